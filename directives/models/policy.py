"""The policies of reminders: a row for each change, never altered; each governs until the next one's first day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from agencies.models import User
from directives.calendars import Calendar
from directives.models.holiday import CalendarChange
from directives.policy import DEFAULT, FARTHEST, Hearer, Policy, Step

COLUMNS = {"to_staff": Hearer.STAFF, "to_head": Hearer.HEAD, "to_office": Hearer.OFFICE, "to_leader": Hearer.LEADER}


@dataclass(frozen=True)
class Reign:
    """A policy and the days it governs. `number`: 0 for the one that holds before anybody changed it."""

    policy: Policy
    first: date
    last: date
    number: int = 0


class ReminderPolicyQuerySet(models.QuerySet["ReminderPolicy"]):
    def newest(self) -> ReminderPolicy | None:
        return self.order_by("-number").first()


class ReminderPolicy(models.Model):
    """One state of the policy, as `directives.policy.Policy` explains it, and who made it so."""

    number = models.PositiveIntegerField("số")
    starts_on = models.DateField("áp dụng từ")
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    changes = models.JSONField(default=dict)  # what → [before, after], in words, against the policy before
    opens = models.TimeField("gửi từ")
    closes = models.TimeField("gửi đến")
    quiet_weekdays = models.JSONField("không gửi vào", default=list, blank=True)  # list of int, 0 is Monday
    digest = models.BooleanField("gộp thành một thư mỗi ngày")
    asking = models.CharField("lời văn với cơ quan được đề nghị", max_length=60)
    asked_when_late = models.BooleanField("nhắc cơ quan được đề nghị khi đã quá hạn")
    standing_after = models.PositiveSmallIntegerField("nhắc cán bộ sau", null=True, blank=True)
    standing_head_after = models.PositiveSmallIntegerField("báo thủ trưởng sau", null=True, blank=True)
    condition_months = models.PositiveSmallIntegerField("kiểm tra điều kiện", null=True, blank=True)
    overview = models.BooleanField("thư tổng hợp buổi sáng")

    objects = ReminderPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "chính sách nhắc hạn"
        verbose_name_plural = "chính sách nhắc hạn"
        constraints = (
            models.UniqueConstraint(fields=("number",), name="policy_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="policy_numbered_from_1"),
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="policy_opens_before_it_closes"),
            models.CheckConstraint(condition=~Q(asking=""), name="policy_has_words_to_ask_with"),
            models.CheckConstraint(
                condition=Q(standing_after__isnull=True) | Q(standing_after__gte=1), name="policy_standing_after_days"
            ),
            models.CheckConstraint(
                condition=Q(standing_head_after__isnull=True)
                | Q(standing_after__isnull=False, standing_head_after__gte=F("standing_after")),
                name="policy_head_hears_after_the_staff",
            ),
            models.CheckConstraint(
                condition=Q(condition_months__isnull=True) | Q(condition_months__in=(1, 3, 6, 12)),
                name="policy_condition_months_part_a_year",
            ),
        )

    def __str__(self) -> str:
        return f"Chính sách nhắc hạn số {self.number}"

    @property
    def policy(self) -> Policy:
        """The row and its rungs as a value."""
        return Policy(
            steps=tuple(sorted((row.step for row in self.steps.all()), key=lambda step: step.day)),
            opens=self.opens,
            closes=self.closes,
            quiet_weekdays=frozenset(self.quiet_weekdays),
            digest=self.digest,
            asking=self.asking,
            asked_when_late=self.asked_when_late,
            standing_after=self.standing_after,
            standing_head_after=self.standing_head_after,
            condition_months=self.condition_months,
            overview=self.overview,
        )


class ReminderStep(models.Model):
    """One rung of a policy and who hears at it."""

    policy = models.ForeignKey(ReminderPolicy, on_delete=models.PROTECT, related_name="steps")
    day = models.SmallIntegerField("số ngày tính từ hạn")
    to_staff = models.BooleanField(Hearer.STAFF.label)
    to_head = models.BooleanField(Hearer.HEAD.label)
    to_office = models.BooleanField(Hearer.OFFICE.label)
    to_leader = models.BooleanField(Hearer.LEADER.label)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("policy", "day"), name="policy_has_a_rung_once_a_day"),
            models.CheckConstraint(condition=Q(day__range=(-FARTHEST, FARTHEST)), name="policy_rung_near_the_due_day"),
            models.CheckConstraint(
                condition=Q(to_staff=True) | Q(to_head=True) | Q(to_office=True) | Q(to_leader=True),
                name="policy_rung_tells_somebody",
            ),
        )

    def __str__(self) -> str:
        return str(self.step)

    @property
    def step(self) -> Step:
        return Step(self.day, frozenset(hearer for column, hearer in COLUMNS.items() if getattr(self, column)))


def reigns(first: date, last: date) -> list[Reign]:
    """The policies that govern the days from `first` to `last`, in order; together they cover all of them."""
    return [reign for reign in _all_until(last) if reign.last >= first]


def reign_on(day: date) -> Reign:
    """The policy that governs a day."""
    return reigns(day, day)[0]


def _all_until(last: date) -> Iterator[Reign]:
    """Of two that start on one day only the later one ever governs."""
    rows = ReminderPolicy.objects.filter(starts_on__lte=last).prefetch_related("steps").order_by("starts_on", "number")
    latest = {row.starts_on: row for row in rows}
    starts = [*latest, last + timedelta(days=1)]
    yield Reign(DEFAULT, date.min, starts[0] - timedelta(days=1))
    for (first, row), following in zip(latest.items(), starts[1:], strict=True):
        yield Reign(row.policy, first, following - timedelta(days=1), row.number)


def is_quiet_day(policy: Policy, day: date, calendar: Calendar | None = None) -> bool:
    """Whether mail that nobody waits for stays in all day: rest days, and the weekdays the policy leaves out.

    Who asks about many days takes the Office's calendar once.
    """
    if settings.REMIND_AT_ANY_TIME:
        return False
    calendar = calendar or CalendarChange.objects.calendar()
    return calendar.is_rest_day(day) or day.weekday() in policy.quiet_weekdays


def may_go(policy: Policy, moment: datetime) -> bool:
    """Whether mail that nobody waits for may go out; at `closes` it is too late. Settings may say always."""
    local = timezone.localtime(moment)
    if settings.REMIND_AT_ANY_TIME:
        return True
    return not is_quiet_day(policy, local.date()) and policy.opens <= local.time() < policy.closes


def next_morning(policy: Policy, after: date) -> datetime:
    """When the first run of the next day begins on which this policy lets mail out (within a year)."""
    calendar = CalendarChange.objects.calendar()
    days = (after + timedelta(days=number) for number in range(1, 366))
    day = next((day for day in days if not is_quiet_day(policy, day, calendar)), after + timedelta(days=1))
    return datetime.combine(day, policy.opens, tzinfo=timezone.get_default_timezone())
