"""Which reminders a day calls for: the ladder, who hears, what is caught up, and that nobody is told twice."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from agencies.models import Agency, Kind, Role, User
from directives import delivery, notices, reminders
from directives.models import Assignment, Modality, Notice, NoticeKind, NoticeState
from directives.policy import DEFAULT, Hearer, Step
from directives.states import Status
from tests.directives.policies import lay_down
from tests.factories import (
    NOW,
    TODAY,
    AbsenceFactory,
    AgencyFactory,
    AssignmentFactory,
    DirectiveFactory,
    LetterFactory,
    UserFactory,
)

DAY = timedelta(days=1)


def told_on(day: int, *, send: bool = True) -> list[str]:
    """Run the day `day` days after TODAY; the user names that are told something new, as often as they are."""
    now = NOW + day * DAY
    before = set(Notice.objects.values_list("pk", flat=True))
    reminders.queue_due(now=now)
    if send:
        delivery.send_all(clock=lambda: now)
    new = Notice.objects.exclude(pk__in=before).exclude(key="bo-qua").select_related("recipient")
    return sorted(notice.recipient.username for notice in new)


def skipped() -> dict[date, str]:
    """The days whose rungs went by without a word, and why."""
    return dict(Notice.objects.filter(key="bo-qua", state=NoticeState.SKIPPED).values_list("occasion", "problem"))


def reminders_only() -> None:
    """Without the Office's morning overview, which goes out every day on which there is something to tell."""
    lay_down(overview=False)


def walk(days: range) -> dict[int, list[str]]:
    """Every day on which somebody is told something."""
    return {day: told for day in days if (told := told_on(day))}


def test_the_ladder_goes_up_from_the_staff_to_the_head_and_then_to_the_office_and_the_leaders(
    stp: Agency, an: User, binh: User, chi: User, dung: User, giang: User, quan: User
) -> None:
    reminders_only()
    AssignmentFactory.create(agency=stp, due_on=TODAY + 9 * DAY)  # a Wednesday
    staff, everybody = ["an"], ["an", "binh", "dung", "giang"]
    assert walk(range(30)) == {2: staff, 7: staff, 9: staff, 10: staff, 14: everybody}  # 6, 12 and 13 are rest days
    assert "Đỏ đặc biệt: Sở Tư pháp – «Theo dõi" in mail.outbox[-1].subject


def test_planning_again_on_the_same_day_adds_nothing(stp: Agency, an: User) -> None:
    AssignmentFactory.create(agency=stp, due_soon=True)
    assert told_on(0) == ["an"]
    assert told_on(0) == []
    assert told_on(0, send=False) == []


def test_one_person_gets_one_digest_a_day_however_much_is_due(stp: Agency, an: User) -> None:
    for days in (-3, 0, 3, 7):
        AssignmentFactory.create(agency=stp, due_on=TODAY + days * DAY)
    assert told_on(0) == ["an"]
    assert Notice.objects.get(occasion=TODAY).items.count() == 4
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
    UserFactory.create(role=Role.OFFICER)
    UserFactory.create(role=Role.LEADER)
    reminders_only()
    assert walk(range(10)) == {0: ["can-bo"], 1: ["can-bo"], 3: ["can-bo"]}


def test_a_request_to_a_subordinate_body_is_not_escalated_either(stp: Agency, an: User, binh: User) -> None:
    request = DirectiveFactory.create(modality=Modality.REQUEST)
    AssignmentFactory.create(agency=stp, directive=request, due_on=TODAY)
    assert walk(range(10)) == {0: ["an"], 1: ["an"], 3: ["an"]}
    assert all(message.subject.startswith("Trân trọng đề nghị") for message in mail.outbox)


def test_a_submission_stops_the_ladder_and_a_return_takes_it_up_again(stp: Agency, an: User, now: datetime) -> None:
    duty = AssignmentFactory.create(agency=stp, due_on=TODAY + 3 * DAY)
    assert told_on(0) == ["an"]
    Assignment.objects.filter(pk=duty.pk).update(status=Status.SUBMITTED, submitted_at=now, stopped_on=TODAY)
    assert walk(range(1, 4)) == {}
    Assignment.objects.filter(pk=duty.pk).update(status=Status.RETURNED, stopped_on=None)
    assert walk(range(4, 12)) == {4: ["an"], 7: ["an"], 8: ["an"]}  # 5 and 6 are a weekend


def test_a_moved_deadline_starts_anew(stp: Agency, an: User) -> None:
    duty = AssignmentFactory.create(agency=stp, due_on=TODAY)
    assert told_on(0) == ["an"]
    Assignment.objects.filter(pk=duty.pk).update(due_on=TODAY + 8 * DAY)
    assert walk(range(1, 13)) == {1: ["an"], 7: ["an"], 8: ["an"], 9: ["an"], 11: ["an"]}  # 5 is a Saturday


def test_after_days_of_silence_the_latest_rung_is_caught_up_once_and_the_others_are_skipped(
    stp: Agency, an: User
) -> None:
    AssignmentFactory.create(agency=stp, due_on=TODAY + 10 * DAY)
    assert walk(range(8, 11)) == {8: ["an"], 10: ["an"]}  # rungs -7 and -3, on the days 3 and 7, were missed
    assert "còn 2 ngày" in mail.outbox[0].subject
    assert skipped() == {
        TODAY + 3 * DAY: "Bỏ qua mốc ngày 23/02/2023 (hệ thống không gửi được trong ngày); mốc sau đã được nhắc."
    }


def test_on_rest_days_nothing_goes_out_and_the_next_morning_says_it_once(stp: Agency, an: User, binh: User) -> None:
    AssignmentFactory.create(agency=stp, due_on=TODAY + 5 * DAY)  # a Saturday
    assert walk(range(10)) == {0: ["an"], 2: ["an"], 7: ["an"], 8: ["an", "binh"]}
    assert skipped()[TODAY + 5 * DAY] == "Bỏ qua mốc ngày 25/02/2023 (ngày nghỉ); mốc sau đã được nhắc."


def test_nothing_goes_out_before_or_after_office_hours(stp: Agency, an: User) -> None:
    AssignmentFactory.create(agency=stp, due_on=TODAY)
    for hour in (-1.5, 9):  # 06:30 and 17:00
        assert reminders.queue_due(now=NOW + timedelta(hours=hour)) == 0
    reminders.queue_due(now=NOW)
    assert delivery.send_all(clock=lambda: NOW + timedelta(hours=9)) == 0
    assert delivery.send_all(clock=lambda: NOW + DAY) == 1


def test_a_decision_is_told_at_any_hour(stp: Agency, an: User) -> None:
    notices.queue_for_agency(AssignmentFactory.create(agency=stp, returned=True), kind=NoticeKind.RETURNED, now=NOW)
    assert delivery.send_all(clock=lambda: NOW + 5 * DAY + timedelta(hours=14)) == 1


def test_a_rung_missed_long_ago_is_history(stp: Agency, an: User) -> None:
    AssignmentFactory.create(agency=stp, due_on=TODAY - DEFAULT.steps[-1].day * DAY - reminders.CATCH_UP - DAY)
    assert told_on(0) == []


def test_who_was_just_given_the_assignment_is_not_reminded_of_it_the_same_day(
    stp: Agency, an: User, now: datetime
) -> None:
    duty = AssignmentFactory.create(agency=stp, due_on=TODAY + 5 * DAY, assigned_on=TODAY)
    notices.queue_assigned(duty.directive.letter, [duty], now=now)
    assert walk(range(8)) == {2: ["an"], 7: ["an"]}  # 5 and 6 are a weekend


def test_a_digest_that_could_not_leave_is_taken_up_in_the_next_days(stp: Agency, an: User) -> None:
    first = AssignmentFactory.create(agency=stp, due_on=TODAY + 3 * DAY)
    second = AssignmentFactory.create(agency=stp, due_on=TODAY + 8 * DAY)
    assert told_on(0, send=False) == ["an"]  # the relay was away all day
    assert told_on(1) == ["an"]
    old, new = Notice.objects.filter(key="").order_by("occasion")
    assert (old.state, old.problem) == (NoticeState.SKIPPED, "Gộp vào thư nhắc ngày 21/02/2023.")
    assert {item.assignment for item in new.items.all()} == {first, second}
    assert len(mail.outbox) == 1


def test_an_old_digest_is_sent_by_itself_when_todays_has_left_already(stp: Agency, an: User) -> None:
    AssignmentFactory.create(agency=stp, due_on=TODAY + 3 * DAY)
    AssignmentFactory.create(agency=stp, due_on=TODAY + 8 * DAY)
    told_on(0, send=False)
    sent = Notice.objects.filter(key="")
    sent.update(state=NoticeState.SENDING, lease_until=NOW + 2 * DAY)  # a sender holds it into the next day
    assert told_on(1) == ["an"]
    Notice.objects.filter(state=NoticeState.SENDING).update(state=NoticeState.PENDING, lease_until=None)
    assert told_on(1) == []
    assert Counter(sent.values_list("state", flat=True)) == {NoticeState.SENT: 2}


def test_looking_writes_nothing(stp: Agency, an: User) -> None:
    AssignmentFactory.create(agency=stp, due_on=TODAY)
    assert [(one.recipient, one.step, one.days) for one in reminders.due_reminders(TODAY)] == [(an, 0, 0)]
    assert not Notice.objects.exists()


def test_the_worst_comes_first(stp: Agency, an: User) -> None:
    for days in (3, -3, 7, -1, 0):
        AssignmentFactory.create(agency=stp, due_on=TODAY + days * DAY)
    assert [one.days for one in reminders.due_reminders(TODAY)] == [3, 1, 0, -3, -7]


def test_planning_for_many_takes_no_more_queries_than_for_few(db: None) -> None:
    def queries(people: int) -> int:
        for _ in range(people):
            AssignmentFactory.create(agency=UserFactory.create().agency, due_on=TODAY, assigned_on=TODAY)
        with CaptureQueriesContext(connection) as captured:
            assert reminders.queue_due(now=NOW) == people
        return len(captured)

    assert queries(people=5) == queries(people=40)


def test_an_ordinary_minute_takes_few_queries(
    stp: Agency, an: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    AssignmentFactory.create(agency=stp, due_on=TODAY)
    reminders.queue_due(now=NOW)
    with django_assert_max_num_queries(12):
        assert reminders.queue_due(now=NOW) == 0


def test_a_days_reminders_have_one_kind_and_one_day(stp: Agency, an: User) -> None:
    AssignmentFactory.create(agency=stp, due_on=TODAY, assigned_on=TODAY)
    told_on(0)
    assert list(Notice.objects.values_list("kind", "occasion", "key")) == [(NoticeKind.REMINDER, TODAY, "")]


def test_who_has_the_work_hears_of_it_and_in_an_absence_the_deputy_too(an: User, stp: Agency) -> None:
    reminders_only()
    minh, _ = (UserFactory.create(username=name, agency=stp) for name in ("minh", "thao"))
    AssignmentFactory.create(agency=stp, handler=an, due_on=TODAY + 7 * DAY)
    assert told_on(0) == ["an"]
    AbsenceFactory.create(person=an, deputy=minh, first_day=TODAY + 3 * DAY)
    assert told_on(4) == ["an", "minh"]


def test_single_mails_are_one_for_each_assignment_and_no_more_the_next_day(stp: Agency, an: User, dung: User) -> None:
    lay_down(digest=False, overview=False)
    for days in (-5, -5, 3):
        AssignmentFactory.create(agency=stp, due_on=TODAY + days * DAY)
    assert told_on(0) == ["an", "an", "an", "dung"]  # the Office's stays one
    assert told_on(0) == []
    assert [len(notice.items.all()) for notice in Notice.objects.filter(recipient=an).exclude(key="bo-qua")] == [
        1,
        1,
        1,
    ]
    assert told_on(1) == []


def test_single_mails_that_could_not_leave_are_taken_up_in_the_next_days(stp: Agency, an: User) -> None:
    lay_down(digest=False)
    AssignmentFactory.create_batch(2, agency=stp, due_on=TODAY + 3 * DAY)
    assert told_on(0, send=False) == ["an", "an"]
    assert told_on(1) == ["an", "an"]
    assert len(mail.outbox) == 2
    states = Notice.objects.exclude(key="bo-qua").values_list("state", flat=True)
    assert Counter(states) == {NoticeState.SKIPPED: 2, NoticeState.SENT: 2}


def test_124_assignments_of_one_letter_make_31_mails(db: None) -> None:
    letter = LetterFactory.create()
    people = [UserFactory.create() for _ in range(31)]
    for _ in range(4):
        directive = DirectiveFactory.create(letter=letter)
        for person in people:
            AssignmentFactory.create(directive=directive, agency=person.agency, due_on=TODAY + 3 * DAY)
    assert len(told_on(0)) == 31
    assert len(mail.outbox) == 31
    assert all("4 nhiệm vụ sắp đến hạn" in message.subject for message in mail.outbox)


@pytest.mark.parametrize("status", [Status.PAUSED, Status.WITHDRAWN])
def test_a_paused_or_withdrawn_assignment_is_silent(stp: Agency, an: User, status: Status) -> None:
    AssignmentFactory.create(agency=stp, due_on=TODAY, status=status)
    assert walk(range(10)) == {}


def test_after_an_outage_of_weeks_each_person_gets_one_mail(
    stp: Agency, an: User, binh: User, dung: User, giang: User
) -> None:
    """No flood: whatever was missed, the latest rung of each assignment is in one digest, the others are on record."""
    for days in range(-18, 8):
        AssignmentFactory.create(agency=stp, due_on=TODAY + days * DAY)
    assert told_on(0) == ["an", "binh", "dung", "giang"]
    assert len(mail.outbox) == 4
    assert sum(notice.items.count() for notice in Notice.objects.filter(recipient=giang)) == 14  # 5 to 18 days late
    assert set(skipped().values()) == {
        f"Bỏ qua mốc ngày {day:%d/%m/%Y} ({why}); mốc sau đã được nhắc."
        for day, why in (
            (
                TODAY + number * DAY,
                "ngày nghỉ" if (TODAY + number * DAY).weekday() > 4 else "hệ thống không gửi được trong ngày",
            )
            for number in range(-14, 0)
        )
    }
    assert told_on(0) == []


def test_a_change_of_the_policy_calls_for_nothing_that_lies_before_it(stp: Agency, an: User) -> None:
    lay_down(since=TODAY + DAY, steps=(Step(-14, frozenset({Hearer.STAFF})),))
    AssignmentFactory.create(agency=stp, due_on=TODAY + 12 * DAY)  # 14 days before was before the change
    AssignmentFactory.create(agency=stp, due_on=TODAY + 16 * DAY)
    assert walk(range(30)) == {2: ["an"]}
