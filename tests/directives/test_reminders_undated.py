"""What has no due day: standing assignments are nudged once a month, conditions are checked once a quarter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail

from agencies.models import Agency, Kind, Role, User
from directives import delivery, reminders
from directives.deadlines import DueKind
from directives.models import Assignment, Notice, NoticeState
from directives.states import Status
from tests.directives.policies import lay_down
from tests.factories import NOW, TODAY, AgencyFactory, AssignmentFactory, DirectiveFactory, UserFactory

DAY = timedelta(days=1)


def standing(agency: Agency, days: int, **details: object) -> Assignment:
    """A standing assignment given so many days ago and not reported on since."""
    directive = DirectiveFactory.create(due_kind=DueKind.STANDING)
    return AssignmentFactory.create(
        agency=agency, directive=directive, undated=True, assigned_on=TODAY - days * DAY, **details
    )


def told_on(day: date) -> list[str]:
    now = NOW + (day - TODAY)
    reminders.queue_due(now=now)
    before = len(mail.outbox)
    delivery.send_all(clock=lambda: now)
    return sorted(message.to[0].partition("@")[0] for message in mail.outbox[before:])


def walk(first: date, days: int) -> dict[date, list[str]]:
    return {day: told for number in range(days) if (told := told_on(day := first + number * DAY))}


def test_a_standing_assignment_is_nudged_once_a_month_and_the_head_hears_after_90_days(
    stp: Agency, an: User, binh: User
) -> None:
    standing(stp, 20)
    assert walk(TODAY, 90) == {
        date(2023, 3, 2): ["an"],  # 30 days without a report
        date(2023, 4, 3): ["an"],  # a month later was a Saturday
        date(2023, 5, 4): [
            "an",
            "binh",
        ],  # 90 days were over on the holiday, 1 May; the staff's month on Wednesday, 3 May
    }
    assert mail.outbox[0].subject == (
        "Đề nghị cập nhật: «Theo dõi, đôn đốc triển khai Kế hoạch số 91/KH-UBND» – chưa cập nhật 30 ngày, từ 31/01/2023"
    )


def test_a_report_begins_the_days_anew(stp: Agency, an: User) -> None:
    standing(stp, 100, reported_at=NOW - 29 * DAY, in_progress=False, status=Status.IN_PROGRESS)
    assert walk(TODAY, 3) == {TODAY + DAY: ["an"]}


@pytest.mark.parametrize("status", [Status.PAUSED, Status.WITHDRAWN])
def test_a_paused_or_withdrawn_one_is_silent(stp: Agency, an: User, status: Status) -> None:
    standing(stp, 100, status=status)
    assert told_on(TODAY) == []


def test_a_body_that_is_only_asked_is_asked_and_its_head_hears_nothing(db: None) -> None:
    front = AgencyFactory.create(kind=Kind.FRONT)
    UserFactory.create(agency=front, username="can-bo")
    UserFactory.create(agency=front, username="truong", role=Role.AGENCY_HEAD)
    standing(front, 200)
    assert told_on(TODAY) == ["can-bo"]
    assert mail.outbox[0].subject.startswith("Trân trọng đề nghị quan tâm thực hiện: «")


def test_the_nudges_can_be_switched_off(stp: Agency, an: User) -> None:
    lay_down(standing_after=None, standing_head_after=None)
    standing(stp, 200)
    assert told_on(TODAY) == []


def test_a_nudge_is_in_the_same_mail_as_the_days_deadlines(stp: Agency, an: User) -> None:
    standing(stp, 40)
    AssignmentFactory.create(agency=stp, due_soon=True)
    assert told_on(TODAY) == ["an"]
    assert mail.outbox[0].subject == "Nhắc hạn: 1 nhiệm vụ sắp đến hạn, 1 nhiệm vụ thường xuyên chưa cập nhật"
    body = str(mail.outbox[0].body)
    assert body.index("Sắp đến hạn (1)") < body.index("Nhiệm vụ thường xuyên chưa cập nhật (1)") < body.index("2. Theo")


def test_a_nudge_that_could_not_leave_goes_with_the_next_days_mail(stp: Agency, an: User) -> None:
    standing(stp, 40)
    reminders.queue_due(now=NOW)  # the relay is away all day
    assert told_on(TODAY + DAY) == ["an"]
    assert sorted(Notice.objects.values_list("state", flat=True)) == [NoticeState.SKIPPED, NoticeState.SENT]


def test_a_nudge_is_not_sent_to_who_has_just_reported(stp: Agency, an: User) -> None:
    duty = standing(stp, 40)
    reminders.queue_due(now=NOW)
    Assignment.objects.filter(pk=duty.pk).update(reported_at=NOW, status=Status.IN_PROGRESS)
    assert delivery.send_all(clock=lambda: NOW + timedelta(minutes=1)) == 0
    assert Notice.objects.get().state == NoticeState.CANCELLED


def conditional() -> None:
    """A directive that waits for a condition, given to two agencies in the quarter before."""
    directive = DirectiveFactory.create(due_kind=DueKind.CONDITIONAL)
    for _ in range(2):
        AssignmentFactory.create(directive=directive, undated=True, assigned_on=date(2022, 12, 20))


def test_the_office_checks_conditions_once_a_quarter_a_line_for_each_directive(dung: User, an: User) -> None:
    conditional()
    assert walk(TODAY, 140) == {TODAY: ["dung"], date(2023, 4, 3): ["dung"], date(2023, 7, 3): ["dung"]}
    assert mail.outbox[0].subject == "Kiểm tra điều kiện của 1 nhiệm vụ"
    assert "Kiểm tra xem điều kiện đã có chưa, đặt thời hạn nếu đã có." in str(mail.outbox[0].body)


def test_a_condition_that_came_about_is_not_asked_for(dung: User) -> None:
    conditional()
    assert reminders.queue_due(now=NOW) == 1
    Assignment.objects.update(due_on=TODAY + 20 * DAY)
    assert delivery.send_all(clock=lambda: NOW) == 0


def test_the_checks_can_be_switched_off(dung: User) -> None:
    lay_down(condition_months=None)
    conditional()
    assert told_on(TODAY) == []
