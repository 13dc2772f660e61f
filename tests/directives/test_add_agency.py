"""An agency that was missed is given a directive later, and stays linked to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from directives.models import Assignment, Directive, HistoryEntry, Notice, NoticeKind, PartyRole
from directives.states import Status, Verb
from tests.directives.corrected import DUE, dated
from tests.factories import TODAY, AgencyFactory, AgencyGroupFactory, AssignmentFactory, PartyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignIn = Callable[[User], Client]


def post(directive: Directive, client: Client, to: Agency, **changed: Any) -> Any:
    fields = {"agency": to.pk, "due_on": "15/3/2023", "reason": "Bỏ sót", "version": directive.version}
    return client.post(reverse("add_agency", args=[directive.pk]), fields | changed, follow=True)


def test_it_is_given_from_today_and_told(stp: Agency, stttt: Agency, chi: User, dung: User, client_of: SignIn) -> None:
    directive, _ = dated(stp)
    answer = post(directive, client_of(dung), stttt)
    assert "Đã giao thêm mục 1.1 cho Sở Thông tin và Truyền thông" in answer.content.decode()
    given = Assignment.objects.get(agency=stttt)
    assert (given.assigned_on, given.due_on, given.original_due_on) == (TODAY, DUE, DUE)
    assert given.party and given.party.phrase == "Sở Thông tin và Truyền thông"
    assert HistoryEntry.objects.get(assignment=given, verb=Verb.ASSIGN).note == "Bỏ sót"
    assert [one.recipient for one in Notice.objects.filter(kind=NoticeKind.ASSIGNED)] == [chi]


def test_struck_out_of_a_group_it_comes_back_into_it(stp: Agency, stttt: Agency, dung: User, client_of: SignIn) -> None:
    directive, _ = dated(stp)
    group = AgencyGroupFactory.create()
    party = PartyFactory.create(
        directive=directive, role=PartyRole.LEAD, phrase="Các sở", group=group, struck_out=["STTTT", "KHAC"]
    )
    post(directive, client_of(dung), stttt)
    party.refresh_from_db()
    assert party.struck_out == ["KHAC"]
    assert Assignment.objects.get(agency=stttt).party == party


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"agency": ""}, "Chọn cơ quan bổ sung"),
        ({"reason": ""}, "Nhập lý do bổ sung"),
        ({"due_on": "1/2/2023"}, "Hạn 01/02/2023 đã qua. Nhập hạn mới"),
        ({"due_on": "30/2/2023"}, "Không có ngày 30/2/2023"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(
    changed: dict[str, str], sentence: str, stp: Agency, stttt: Agency, dung: User, client_of: SignIn
) -> None:
    directive, _ = dated(stp)
    answer = post(directive, client_of(dung), stttt, **changed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Assignment.objects.count() == 1


def test_who_has_it_already_or_is_no_more_cannot_be_chosen(stp: Agency, dung: User, client_of: SignIn) -> None:
    directive, _ = dated(stp)
    ended = AgencyFactory.create(short_name="Sở đã giải thể", valid_to=date(2023, 1, 31))
    officer = client_of(dung)
    page = officer.get(reverse("add_agency", args=[directive.pk])).content.decode()
    assert "Sở đã giải thể" not in page
    for agency in (stp, ended):
        assert post(directive, officer, agency).status_code == 422
    assert Assignment.objects.count() == 1


def test_pressed_twice_it_is_given_once(stp: Agency, stttt: Agency, dung: User, client_of: SignIn) -> None:
    directive, _ = dated(stp)
    for _ in range(2):
        post(directive, client_of(dung), stttt)
    assert Assignment.objects.filter(agency=stttt).count() == 1


def test_what_was_withdrawn_from_it_begins_anew(stp: Agency, stttt: Agency, dung: User, client_of: SignIn) -> None:
    directive, _ = dated(stp)
    there = AssignmentFactory.create(directive=directive, agency=stttt, submitted=True)
    Assignment.objects.filter(pk=there.pk).update(status=Status.WITHDRAWN)
    post(directive, client_of(dung), stttt)
    there.refresh_from_db()
    assert (there.status, there.percent, there.stopped_on, there.due_on) == (Status.NOT_STARTED, 0, None, DUE)
    entry = HistoryEntry.objects.get(assignment=there, verb=Verb.ASSIGN)
    assert (entry.from_status, entry.to_status) == (Status.WITHDRAWN, Status.NOT_STARTED)
