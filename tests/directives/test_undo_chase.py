"""A chase is taken back within ten minutes, while none of its mail has left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from directives import delivery
from directives.actions.chases import undo_chase
from directives.models import Assignment, Chase, HistoryEntry, Notice, NoticeState
from directives.states import NotAllowed, Verb
from tests.directives.chased import chase_now
from tests.factories import NOW, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def act(stp, an, binh, dung):
    duty = AssignmentFactory.create(agency=stp, overdue=True)
    return chase_now(dung, duty, now=NOW - timedelta(minutes=5))[0]


def press(client, act):
    return client.post(f"/don-doc/{act.pk}/hoan-tac/", follow=True)


def test_nothing_is_sent_and_the_history_says_so(client_of, dung, act):
    response = press(client_of(dung), act)
    assert "Đã hoàn tác đôn đốc số 01/2023, không có thư nào gửi đi." in response.text
    act.refresh_from_db()
    assert (act.undone_by, act.undone_at) == (dung, NOW)
    assert delivery.send_all(clock=lambda: NOW + timedelta(hours=1)) == 0
    assert set(Notice.objects.values_list("state", flat=True)) == {NoticeState.CANCELLED}
    assert list(HistoryEntry.objects.order_by("pk").values_list("verb", flat=True)) == [Verb.CHASE, Verb.UNDO_CHASE]


def test_it_counts_no_more_but_its_number_stays_used(dung, act):
    undo_chase(act, by=dung, now=NOW)
    duty = Assignment.objects.with_chases().get()
    assert (duty.chases, duty.chased_on) == (0, None)
    assert chase_now(dung, duty)[0].reference == "02/2023"


def test_too_late_is_too_late(client_of, dung, act):
    Chase.objects.update(chased_at=NOW - timedelta(minutes=10))
    assert "Thư đôn đốc đã gửi đi, không hoàn tác được nữa." in press(client_of(dung), act).text
    act.refresh_from_db()
    assert act.undone_at is None


def test_a_mail_that_has_left_cannot_be_taken_back_and_the_others_go_on(dung, an, act):
    Notice.objects.filter(recipient=an).update(state=NoticeState.SENT, sent_at=NOW)
    with pytest.raises(NotAllowed, match="đã gửi đi"):
        undo_chase(act, by=dung, now=NOW)
    assert Notice.objects.filter(state=NoticeState.PENDING).count() == 1


def test_it_is_taken_back_once(client_of, dung, act):
    press(client_of(dung), act)
    assert "Đôn đốc số 01/2023 đã được hoàn tác." in press(client_of(dung), act).text
    assert HistoryEntry.objects.filter(verb=Verb.UNDO_CHASE).count() == 1


@pytest.mark.parametrize(
    ("person", "status"), [("an", 403), ("binh", 403), ("chi", 403), ("giang", 404), ("quan", 403)]
)
def test_nobody_else_takes_it_back(client_of, request, act, person, status):
    assert client_of(request.getfixturevalue(person)).post(f"/don-doc/{act.pk}/hoan-tac/").status_code == status
    act.refresh_from_db()
    assert act.undone_at is None


def test_a_link_takes_nothing_back_and_leads_to_the_page(client_of, dung, act):
    assert client_of(dung).get(f"/don-doc/{act.pk}/hoan-tac/").headers["Location"] == f"/don-doc/{act.pk}/"
