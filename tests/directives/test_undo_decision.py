"""Ten minutes to take a decision back: the submission waits again, its message never left, history says so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from directives import delivery
from directives.actions.assignments import confirm, return_for_revision
from directives.actions.decisions import confirm_all, undo_decisions
from directives.actions.taking_back import withdraw_letter
from directives.models import Assignment, HistoryEntry, Notice, NoticeState
from directives.states import UNDO_WITHIN, NotAllowed, Status, Verb
from tests.directives.submissions import submit, submit_again
from tests.factories import NOW, TODAY, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
URL = "/duyet/hoan-tac/"
MINUTE = timedelta(minutes=1)


def decide(assignment, by, *, verb, ago=timedelta(0)):
    if verb == Verb.CONFIRM:
        confirm(assignment, by=by, now=NOW - ago)
    else:
        return_for_revision(assignment, by=by, now=NOW - ago, reason="Thiếu số văn bản.")


def press(client, at=NOW, *, follow=False):
    return client.post(URL, {"luc": at.isoformat()}, follow=follow)


def fields_of(assignment):
    row = Assignment.objects.get(pk=assignment.pk)
    return row.status, row.stopped_on, row.completed_on, row.confirmed_at, row.submitted_at


@pytest.mark.parametrize("verb", [Verb.CONFIRM, Verb.RETURN])
def test_everything_is_as_before_the_decision_and_history_keeps_both(client_of, dung, an, verb):
    assignment = submit(an, days_ago=3)
    before = fields_of(assignment)
    decide(assignment, dung, verb=verb)
    response = press(client_of(dung), follow=True)
    assert fields_of(assignment) == before
    assert "Đã hoàn tác: 1 nhiệm vụ chờ xác nhận trở lại." in response.text
    assert response.redirect_chain == [(f"/duyet/{assignment.pk}/", 302)]
    verbs = list(assignment.history.order_by("pk").values_list("verb", flat=True))
    assert verbs == [Verb.SUBMIT, verb, Verb.UNDO]
    assert "Văn phòng UBND tỉnh hoàn tác việc" in response.text


@pytest.mark.parametrize("verb", [Verb.CONFIRM, Verb.RETURN])
def test_the_agency_never_hears_of_a_decision_taken_back(client_of, dung, an, verb, mailoutbox):
    assignment = submit(an)
    decide(assignment, dung, verb=verb)
    notice = Notice.objects.get(recipient=an)
    assert notice.next_at == NOW + UNDO_WITHIN
    press(client_of(dung))
    notice.refresh_from_db()
    assert notice.state == NoticeState.CANCELLED
    delivery.send_all(clock=lambda: NOW + timedelta(hours=1))
    assert mailoutbox == []


def test_one_press_undoes_all_of_a_bulk_confirmation(client_of, dung, an, chi):
    rows = [submit(an), submit(chi), submit(an)]
    confirm_all({row.pk: row.version for row in rows}, by=dung, now=NOW)
    client = client_of(dung)
    assert "Đã xác nhận 3 nhiệm vụ lúc 08:00." in client.get("/duyet/").text
    assert "(còn 10 phút)" in client.get("/duyet/").text
    press(client)
    assert {fields_of(row)[0] for row in rows} == {Status.SUBMITTED}


def test_what_was_decided_stands_once_the_letter_is_taken_back(client_of, dung, an):
    assignment = submit(an)
    decide(assignment, dung, verb=Verb.CONFIRM)
    client, letter = client_of(dung), assignment.directive.letter
    withdraw_letter(letter, by=dung, now=NOW, version=letter.version, reason="Ban hành nhầm.")
    assert "Hoàn tác" not in client.get("/duyet/").text
    response = press(client)
    assert response.status_code == 422
    assert "hoặc văn bản đã thu hồi" in response.text
    assert fields_of(assignment)[0] == Status.DONE


@pytest.mark.parametrize(("ago", "expected"), [(UNDO_WITHIN - MINUTE, 302), (UNDO_WITHIN, 422)])
def test_ten_minutes_and_no_more(client_of, dung, an, ago, expected):
    assignment = submit(an)
    decide(assignment, dung, verb=Verb.CONFIRM, ago=ago)
    response = press(client_of(dung), NOW - ago)
    assert response.status_code == expected
    if expected == 422:
        assert "Không hoàn tác được nữa: đã quá 10 phút" in response.text
        assert fields_of(assignment)[0] == Status.DONE


def test_what_the_agency_sent_again_stays(client_of, dung, an):
    assignment = submit(an, days_ago=2)
    decide(assignment, dung, verb=Verb.RETURN, ago=5 * MINUTE)
    assignment.refresh_from_db()
    submit_again(assignment, an, days_ago=0, document="90/STP-VP")
    client = client_of(dung)
    assert "Hoàn tác</button>" not in client.get("/duyet/").text
    assert press(client, NOW - 5 * MINUTE).status_code == 422
    assert not HistoryEntry.objects.filter(verb=Verb.UNDO).exists()


def test_a_second_press_finds_nothing_to_undo(client_of, dung, an):
    decide(submit(an), dung, verb=Verb.CONFIRM)
    client = client_of(dung)
    assert [press(client).status_code for _ in range(2)] == [302, 422]
    assert HistoryEntry.objects.filter(verb=Verb.UNDO).count() == 1


def test_another_officers_decision_is_not_undone(client_of, dung, an):
    colleague = UserFactory.create(role=dung.role)
    assignment = submit(an)
    decide(assignment, colleague, verb=Verb.CONFIRM)
    assert press(client_of(dung)).status_code == 422
    entry = HistoryEntry.objects.get(verb=Verb.CONFIRM)
    with pytest.raises(NotAllowed):
        undo_decisions([entry], by=dung, now=NOW)
    assert fields_of(assignment)[0] == Status.DONE


def test_the_clock_stands_where_it_stood_when_it_was_submitted(client_of, dung, an):
    assignment = submit(an, days_ago=3, due_on=TODAY - timedelta(days=2))
    decide(assignment, dung, verb=Verb.RETURN)
    press(client_of(dung))
    assignment.refresh_from_db()
    assert assignment.stopped_on == TODAY - timedelta(days=3)


@pytest.mark.parametrize("moment", ["", "hôm nay", "2023-02-20T08:00:00", "2023-99-99T08:00:00+07:00"])
def test_a_moment_nobody_can_read_is_refused_with_a_sentence(client_of, dung, moment):
    response = client_of(dung).post(URL, {"luc": moment})
    assert response.status_code == 422
    assert "Chọn quyết định cần hoàn tác" in response.text


@pytest.mark.parametrize("person", ["an", "binh", "giang", "quan"])
def test_nobody_else_undoes(client_of, request, dung, an, person):
    assignment = submit(an)
    decide(assignment, dung, verb=Verb.CONFIRM)
    assert press(client_of(request.getfixturevalue(person))).status_code == 403
    assert fields_of(assignment)[0] == Status.DONE
