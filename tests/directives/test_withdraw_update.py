"""An agency takes its last update back until it is reviewed: everything is as before, the clock runs on."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from directives.actions.assignments import Progress, confirm, report_progress, return_for_revision
from directives.actions.decisions import undo_decisions
from directives.actions.withdrawals import withdraw_update
from directives.deadlines import Label
from directives.models import Assignment, Claim, HistoryEntry
from directives.states import NotAllowed, Status, Verb
from tests.directives.submissions import RESULT, submit, submit_again
from tests.factories import NOW, TODAY, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def press(client, assignment, update=None, *, follow=False):
    update = update or assignment.updates.standing().first()
    return client.post(f"/viec/{assignment.pk}/thu-hoi-cap-nhat/", {"update": update.pk}, follow=follow)


def report(assignment, by, percent=60):
    assignment.refresh_from_db()
    progress = Progress(claim=Claim.IN_PROGRESS, result="Đã họp bàn.", percent=percent)
    return report_progress(assignment, by=by, now=NOW, progress=progress, version=assignment.version, key=uuid4())


def facts(assignment):
    return Assignment.objects.filter(pk=assignment.pk).values(
        "status", "percent", "reported_at", "submitted_at", "stopped_on", "completed_on"
    )[0]


def test_a_withdrawn_submission_leaves_everything_as_before_and_the_form_holds_its_words(client_of, an):
    assignment = AssignmentFactory.create(agency=an.agency)
    before = facts(assignment)
    submit_again(assignment, an, days_ago=1, document="88/STP-VP")
    response = press(client_of(an), assignment, follow=True)
    assert facts(assignment) == before
    assert response.redirect_chain == [(f"/viec/{assignment.pk}/", 302)]
    assert "Đã thu hồi cập nhật." in response.text
    assert response.context["form"]["result"].value() == RESULT
    entry = HistoryEntry.objects.get(verb=Verb.WITHDRAW_UPDATE)
    assert (entry.from_status, entry.to_status, entry.actor) == (Status.SUBMITTED, Status.NOT_STARTED, an)
    assert "Sở Tư pháp thu hồi cập nhật ngày 19/02/2023" in response.text


def test_the_clock_runs_as_if_it_had_not_been_submitted(client_of, an):
    assignment = submit(an, days_ago=3, due_on=TODAY - timedelta(days=2))
    assert assignment.label_on(TODAY) == Label.WAITING
    press(client_of(an), assignment)
    assignment.refresh_from_db()
    assert assignment.label_on(TODAY) == Label.OVERDUE


def test_one_after_another_back_to_the_beginning(an):
    assignment = AssignmentFactory.create(agency=an.agency)
    stages = [facts(assignment)]
    for percent in (30, 60):
        report(assignment, an, percent)
        stages.append(facts(assignment))
    assignment.refresh_from_db()
    submit_again(assignment, an, days_ago=0, document="88/STP-VP")
    while stages:
        withdraw_update(assignment.updates.standing()[0], by=an, now=NOW)
        assert facts(assignment) == stages.pop()


def test_of_a_returned_assignment_the_return_stands_again(an, dung):
    assignment = submit(an, days_ago=5)
    return_for_revision(assignment, by=dung, now=NOW - timedelta(days=3), reason="Thiếu số văn bản.")
    before = facts(assignment)
    report(assignment, an)
    withdraw_update(assignment.updates.standing()[0], by=an, now=NOW)
    assert facts(assignment) == before


def test_a_submission_whose_decision_was_undone_may_be_withdrawn(an, dung):
    assignment = submit(an)
    confirm(assignment, by=dung, now=NOW)
    undo_decisions([HistoryEntry.objects.get(verb=Verb.CONFIRM)], by=dung, now=NOW)
    withdraw_update(assignment.updates.get(), by=an, now=NOW)
    assert facts(assignment)["status"] == Status.NOT_STARTED


@pytest.mark.parametrize("decision", [confirm, lambda row, **by: return_for_revision(row, reason="Thiếu.", **by)])
def test_what_was_reviewed_is_not_withdrawn(client_of, an, dung, decision):
    assignment = submit(an)
    decision(assignment, by=dung, now=NOW)
    before = facts(assignment)
    response = press(client_of(an), assignment)
    assert response.status_code == 422
    assert "Không thu hồi được nữa" in response.text
    assert facts(assignment) == before
    assert "Thu hồi cập nhật</a>" not in client_of(an).get(f"/viec/{assignment.pk}/").text


def test_only_the_last_update_is_withdrawn(client_of, an):
    assignment = AssignmentFactory.create(agency=an.agency)
    first = report(assignment, an, 30)
    report(assignment, an, 60)
    assert press(client_of(an), assignment, first).status_code == 422
    assert assignment.updates.standing().count() == 2


def test_a_double_click_withdraws_once(client_of, an):
    assignment = AssignmentFactory.create(agency=an.agency)
    report(assignment, an, 30)
    last = report(assignment, an, 60)
    client = client_of(an)
    assert [press(client, assignment, last).status_code for _ in range(2)] == [302, 302]
    assert facts(assignment)["percent"] == 30
    assert HistoryEntry.objects.filter(verb=Verb.WITHDRAW_UPDATE).count() == 1


def test_another_assignments_update_is_refused(client_of, an):
    mine, other = submit(an), submit(an)
    assert press(client_of(an), mine, other.updates.get()).status_code == 422
    assert facts(other)["status"] == facts(mine)["status"] == Status.SUBMITTED


@pytest.mark.parametrize("update", ["", "x", "4711"])
def test_an_update_nobody_knows_is_refused_with_a_sentence(client_of, an, update):
    assignment = submit(an)
    response = client_of(an).post(f"/viec/{assignment.pk}/thu-hoi-cap-nhat/", {"update": update})
    assert response.status_code == 422
    assert "thu hồi được" in response.text
    assert facts(assignment)["status"] == Status.SUBMITTED


def test_it_is_asked_once_before_and_shows_what_is_taken_back(client_of, an):
    assignment = submit(an)
    page = client_of(an).get(f"/viec/{assignment.pk}/thu-hoi-cap-nhat/").text
    assert RESULT in page
    assert "thời hạn tính tiếp như chưa gửi" in page
    untouched = AssignmentFactory.create(agency=an.agency)
    assert "Không có cập nhật nào" in client_of(an).get(f"/viec/{untouched.pk}/thu-hoi-cap-nhat/").text


def test_the_queue_forgets_it_and_the_database_keeps_it(client_of, an, dung):
    assignment = submit(an)
    press(client_of(an), assignment)
    assert "Chưa có cập nhật nào chờ duyệt." in client_of(dung).get("/duyet/").text
    assert assignment.updates.get().result == RESULT


def test_an_update_that_another_person_reviews_meanwhile_is_kept(an, dung):
    assignment = submit(an)
    update = assignment.updates.get()
    confirm(assignment, by=dung, now=NOW)
    with pytest.raises(NotAllowed):
        withdraw_update(update, by=an, now=NOW)
