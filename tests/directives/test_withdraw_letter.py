"""Taking a given letter back: what is open ends, what is done stays, all of it can be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from directives import delivery
from directives.actions import adjustments, extensions
from directives.models import HistoryEntry, LetterState, Notice, NoticeKind, NoticeState
from directives.states import Status, Verb
from tests.directives.corrected import DUE, dated
from tests.factories import NOW, AgencyFactory, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignIn = Callable[[User], Client]


def test_open_work_ends_done_work_stays_and_everybody_can_read(
    stp: Agency, an: User, dung: User, client_of: SignIn
) -> None:
    directive, (ours,) = dated(stp)
    done = AssignmentFactory.create(directive=directive, agency=AgencyFactory.create(), done=True)
    officer, address = client_of(dung), reverse("withdraw_letter", args=[directive.letter_id])
    assert "1 lượt giao chưa hoàn thành" in officer.get(address).content.decode()
    answer = officer.post(address, {"version": 1, "reason": "Ban hành nhầm"}, follow=True)
    assert "Đã thu hồi văn bản, 1 lượt giao" in answer.content.decode()
    for one in (ours, done, directive.letter):
        one.refresh_from_db()
    assert (ours.status, done.status) == (Status.WITHDRAWN, Status.DONE)
    assert directive.letter.state == LetterState.WITHDRAWN
    assert HistoryEntry.objects.get(assignment=ours, verb=Verb.WITHDRAW).note == "Ban hành nhầm"
    staff = client_of(an)
    assert "Văn bản đã thu hồi" in staff.get(reverse("letter", args=[directive.letter_id])).content.decode()
    assert "thu hồi nhiệm vụ" in staff.get(reverse("assignment", args=[ours.pk])).content.decode()


def test_agencies_are_told_why(
    stp: Agency, an: User, dung: User, client_of: SignIn, mailoutbox: list, settings: object
) -> None:
    directive, _ = dated(stp)
    client_of(dung).post(
        reverse("withdraw_letter", args=[directive.letter_id]), {"version": 1, "reason": "Ban hành nhầm"}
    )
    (notice,) = Notice.objects.all()
    assert (notice.kind, notice.recipient, notice.state) == (NoticeKind.WITHDRAWN, an, NoticeState.PENDING)
    message = delivery._write(notice, now=NOW + timedelta(minutes=1))
    assert message is not None
    assert message.subject.startswith("Thu hồi công văn")
    assert "Lý do: Ban hành nhầm" in message.body


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_taken_back(reason: str, stp: Agency, dung: User, client_of: SignIn) -> None:
    directive, (ours,) = dated(stp)
    address = reverse("withdraw_letter", args=[directive.letter_id])
    answer = client_of(dung).post(address, {"version": 1, "reason": reason})
    assert answer.status_code == 422
    assert "Nhập lý do thu hồi văn bản" in answer.content.decode()
    ours.refresh_from_db()
    assert ours.status == Status.NOT_STARTED


def test_withdrawn_once_it_is_not_withdrawn_again(stp: Agency, dung: User, client_of: SignIn) -> None:
    directive, _ = dated(stp)
    officer, address = client_of(dung), reverse("withdraw_letter", args=[directive.letter_id])
    officer.post(address, {"version": 1, "reason": "Ban hành nhầm"})
    answer = officer.post(address, {"version": 2, "reason": "Ban hành nhầm"})
    assert answer.status_code == 422
    assert "đã thu hồi" in answer.content.decode()
    assert HistoryEntry.objects.filter(verb=Verb.WITHDRAW, assignment=None).count() == 1


def test_nothing_waits_on_what_was_taken_back(stp: Agency, an: User, dung: User, client_of: SignIn) -> None:
    directive, (ours,) = dated(stp)
    extensions.ask_extension(
        ours, by=an, now=NOW, asked_on=DUE + timedelta(days=9), reason="Cần thêm thời gian", version=1
    )
    adjustments.pause(ours, by=dung, now=NOW, reason="Chờ hướng dẫn", version=2)
    client_of(dung).post(
        reverse("withdraw_letter", args=[directive.letter_id]), {"version": 1, "reason": "Ban hành nhầm"}
    )
    assert not ours.extensions.open().exists()
    assert not ours.pauses.open().exists()
