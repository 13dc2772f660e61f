"""Reports that are made on their day without anybody asking."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from agencies.models import Agency, User
from agencies.permissions import Permission, allowed
from directives.models import Letter
from reports.models.kinds import FOCUS, Denominator, Focus, ReportKind
from reports.models.report import Report
from reports.periods import LENGTH_NAMES, SYSTEM_NAMES, Length, System


class ReportScheduleQuerySet(models.QuerySet["ReportSchedule"]):
    def visible_to(self, user: User) -> ReportScheduleQuerySet:
        return self if allowed(user, Permission.SCHEDULE_REPORTS) else self.none()

    def running(self) -> ReportScheduleQuerySet:
        return self.filter(ended_at__isnull=True)


class ReportSchedule(models.Model):
    """A report of one kind on each period that ends, from the one that ends next; `recipients` are told."""

    kind = models.CharField("loại báo cáo", max_length=20, choices=ReportKind.choices)
    system = models.CharField("cách tính kỳ", max_length=12, choices=list(SYSTEM_NAMES.items()))
    length = models.CharField("kỳ", max_length=8, choices=list(LENGTH_NAMES.items()))
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    leading = models.CharField(max_length=20, choices=Denominator.choices, default=Denominator.FALLEN_DUE)
    recipients = models.ManyToManyField(User, related_name="+", verbose_name="người nhận")
    begins_on = models.DateField()  # periods that ended before this day are not made
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ReportScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = "lịch lập báo cáo"
        verbose_name_plural = "lịch lập báo cáo"
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="schedule_kind_known"),
            models.CheckConstraint(condition=Q(system__in=[one.value for one in System]), name="schedule_system_known"),
            models.CheckConstraint(condition=Q(length__in=[one.value for one in Length]), name="schedule_length_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_by__isnull=False), name="schedule_ended_by_somebody"
            ),
            models.UniqueConstraint(
                F("kind"),
                F("system"),
                F("length"),
                Coalesce("agency", Value(0)),
                Coalesce("letter", Value(0)),
                condition=Q(ended_at__isnull=True),
                name="schedule_runs_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_length_display()}"

    @property
    def focus(self) -> str:
        if FOCUS[ReportKind(self.kind)] == Focus.ALL:
            return str(Focus.ALL.label)
        return str(self.agency or self.letter)


class ScheduledReport(models.Model):
    """That a schedule has been served for a period: once for each. `report` is gone when its draft has expired."""

    schedule = models.ForeignKey(ReportSchedule, on_delete=models.PROTECT, related_name="runs")
    window_from = models.DateField()
    window_to = models.DateField()
    report = models.ForeignKey(Report, on_delete=models.SET_NULL, null=True, related_name="runs")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "báo cáo theo lịch"
        verbose_name_plural = "báo cáo theo lịch"
        constraints = (
            models.UniqueConstraint(
                fields=("schedule", "window_from", "window_to"), name="schedule_serves_a_period_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.schedule}: {self.window_from:%d/%m/%Y} - {self.window_to:%d/%m/%Y}"
