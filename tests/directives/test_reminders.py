"""Which reminders a day calls for: the ladder, who hears, what is caught up, and that nobody is told twice."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from pytest_django import DjangoAssertNumQueries

from agencies.models import Agency, Kind, Role, User
from directives import notices, reminders
from directives.models import Assignment, Notice, NoticeKind, NoticeState
from directives.states import Status
from tests.factories import NOW, TODAY, AgencyFactory, AssignmentFactory, UserFactory

DAY = timedelta(days=1)


def told_on(day: int, *, send: bool = True) -> list[str]:
    """Run the day `day` days after TODAY; the user names that are told something new, as often as they are."""
    now = NOW + day * DAY
    before = set(Notice.objects.values_list("pk", flat=True))
    reminders.queue_due(now=now)
    if send:
        notices.send_all(clock=lambda: now)
    new = Notice.objects.exclude(pk__in=before).select_related("recipient").order_by("recipient__username")
    return [notice.recipient.username for notice in new]


def walk(days: range) -> dict[int, list[str]]:
    """Every day on which somebody is told something."""
    return {day: told for day in days if (told := told_on(day))}


def test_the_ladder_is_7_3_and_0_days_before_and_1_and_3_after_then_with_the_head(
    stp: Agency, an: User, binh: User, chi: User
) -> None:
    AssignmentFactory.create(agency=stp, due_on=TODAY + 10 * DAY)
    staff, both = ["an"], ["an", "binh"]
    assert walk(range(30)) == {3: staff, 7: staff, 10: staff, 11: both, 13: both}


def test_planning_again_on_the_same_day_adds_nothing(stp: Agency, an: User) -> None:
    AssignmentFactory.create(agency=stp, due_soon=True)
    assert told_on(0) == ["an"]
    assert told_on(0) == []
    assert told_on(0, send=False) == []


def test_one_person_gets_one_digest_a_day_however_much_is_due(stp: Agency, an: User) -> None:
    for days in (-3, 0, 3, 7):
        AssignmentFactory.create(agency=stp, due_on=TODAY + days * DAY)
    assert told_on(0) == ["an"]
    assert Notice.objects.get().items.count() == 4
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("trait", ["submitted", "done", "withdrawn"])
def test_what_waits_for_the_office_or_is_over_reminds_nobody(stp: Agency, an: User, trait: str) -> None:
    AssignmentFactory.create(agency=stp, due_on=TODAY, **{trait: True})
    assert told_on(0) == []


def test_an_assignment_without_a_day_reminds_nobody(stp: Agency, an: User) -> None:
    AssignmentFactory.create(agency=stp, undated=True)
    assert walk(range(30)) == {}


def test_a_returned_assignment_is_the_agencys_again(stp: Agency, an: User) -> None:
    AssignmentFactory.create(agency=stp, due_on=TODAY, returned=True)
    assert told_on(0) == ["an"]


def test_the_head_hears_everything_where_no_staff_can_be_written_to(stp: Agency, binh: User) -> None:
    UserFactory.create(agency=stp, email="")
    AssignmentFactory.create(agency=stp, due_on=TODAY + 7 * DAY)
    assert told_on(0) == ["binh"]


def test_bodies_that_are_only_asked_are_not_escalated(db: None) -> None:
    front = AgencyFactory.create(kind=Kind.FRONT)
    UserFactory.create(agency=front, username="can-bo")
    UserFactory.create(agency=front, username="truong", role=Role.AGENCY_HEAD)
    AssignmentFactory.create(agency=front, due_on=TODAY)
    assert walk(range(10)) == {0: ["can-bo"], 1: ["can-bo"], 3: ["can-bo"]}


def test_a_submission_stops_the_ladder_and_a_return_takes_it_up_again(stp: Agency, an: User, now: datetime) -> None:
    duty = AssignmentFactory.create(agency=stp, due_on=TODAY + 3 * DAY)
    assert told_on(0) == ["an"]
    Assignment.objects.filter(pk=duty.pk).update(status=Status.SUBMITTED, submitted_at=now, stopped_on=TODAY)
    assert walk(range(1, 5)) == {}
    Assignment.objects.filter(pk=duty.pk).update(status=Status.RETURNED, stopped_on=None)
    assert walk(range(5, 12)) == {5: ["an"], 6: ["an"]}


def test_a_moved_deadline_starts_anew(stp: Agency, an: User) -> None:
    duty = AssignmentFactory.create(agency=stp, due_on=TODAY)
    assert told_on(0) == ["an"]
    Assignment.objects.filter(pk=duty.pk).update(due_on=TODAY + 8 * DAY)
    assert walk(range(1, 13)) == {1: ["an"], 5: ["an"], 8: ["an"], 9: ["an"], 11: ["an"]}


def test_after_days_of_silence_the_latest_rung_is_caught_up_once(stp: Agency, an: User) -> None:
    AssignmentFactory.create(agency=stp, due_on=TODAY + 7 * DAY)
    assert walk(range(5, 8)) == {5: ["an"], 7: ["an"]}  # rung -7 and -3 were missed
    assert "còn 2 ngày" in mail.outbox[0].subject


def test_a_rung_missed_long_ago_is_history(stp: Agency, an: User) -> None:
    AssignmentFactory.create(agency=stp, due_on=TODAY - 3 * DAY - reminders.CATCH_UP - DAY)
    assert told_on(0) == []


def test_who_was_just_given_the_assignment_is_not_reminded_of_it_the_same_day(
    stp: Agency, an: User, now: datetime
) -> None:
    duty = AssignmentFactory.create(agency=stp, due_on=TODAY + 5 * DAY, assigned_on=TODAY)
    notices.queue_assigned(duty.directive.letter, [duty], now=now)
    assert walk(range(6)) == {2: ["an"], 5: ["an"]}


def test_a_digest_that_could_not_leave_is_taken_up_in_the_next_days(stp: Agency, an: User) -> None:
    first = AssignmentFactory.create(agency=stp, due_on=TODAY + 3 * DAY)
    second = AssignmentFactory.create(agency=stp, due_on=TODAY + 8 * DAY)
    assert told_on(0, send=False) == ["an"]  # the relay was away all day
    assert told_on(1) == ["an"]
    old, new = Notice.objects.order_by("occasion")
    assert (old.state, old.problem) == (NoticeState.SKIPPED, "Gộp vào thư nhắc ngày 21/02/2023")
    assert {item.assignment for item in new.items.all()} == {first, second}
    assert len(mail.outbox) == 1


def test_an_old_digest_is_sent_by_itself_when_todays_has_left_already(stp: Agency, an: User) -> None:
    AssignmentFactory.create(agency=stp, due_on=TODAY + 3 * DAY)
    AssignmentFactory.create(agency=stp, due_on=TODAY + 8 * DAY)
    told_on(0, send=False)
    Notice.objects.update(state=NoticeState.SENDING, lease_until=NOW + 2 * DAY)  # a sender holds it into the next day
    assert told_on(1) == ["an"]
    Notice.objects.filter(state=NoticeState.SENDING).update(state=NoticeState.PENDING, lease_until=None)
    assert told_on(1) == []
    assert Counter(Notice.objects.values_list("state", flat=True)) == {NoticeState.SENT: 2}


def test_looking_writes_nothing(stp: Agency, an: User) -> None:
    AssignmentFactory.create(agency=stp, due_on=TODAY)
    assert [(one.recipient, one.step, one.days) for one in reminders.due_reminders(TODAY)] == [(an, 0, 0)]
    assert not Notice.objects.exists()


def test_the_worst_comes_first(stp: Agency, an: User) -> None:
    for days in (3, -3, 7, -1, 0):
        AssignmentFactory.create(agency=stp, due_on=TODAY + days * DAY)
    assert [one.days for one in reminders.due_reminders(TODAY)] == [3, 1, 0, -3, -7]


def test_planning_for_many_takes_no_more_queries_than_for_one(
    db: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(40):
        AssignmentFactory.create(agency=UserFactory.create().agency, due_on=date(2023, 2, 20 + 3 * (number % 2)))
    with django_assert_max_num_queries(18):
        assert reminders.queue_due(now=NOW) == 40
    with django_assert_max_num_queries(5):
        assert reminders.queue_due(now=NOW) == 0


def test_a_days_reminders_have_one_kind_and_one_day(stp: Agency, an: User) -> None:
    AssignmentFactory.create(agency=stp, due_on=TODAY)
    told_on(0)
    assert list(Notice.objects.values_list("kind", "occasion", "key")) == [(NoticeKind.REMINDER, TODAY, "")]
