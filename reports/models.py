"""A report: a frozen snapshot of figures and rows, and the file rendered from it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from agencies.models import AGENCY_ROLES, Agency, User
from agencies.permissions import Permission, allowed


class ReportKind(models.TextChoices):
    PROGRESS = "tinh-hinh", "Tình hình thực hiện nhiệm vụ"


class ReportState(models.TextChoices):
    WAITING = "cho-tao", "Chờ tạo"
    RENDERING = "dang-tao", "Đang tạo"
    DONE = "da-xong", "Đã xong"
    FAILED = "that-bai", "Không tạo được"


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> ReportQuerySet:
        """An agency sees the reports on itself; the Office and leaders those on everything and on any agency."""
        if not allowed(user, Permission.MAKE_REPORTS):
            return self.none()
        return self.filter(agency=user.agency_id) if user.role in AGENCY_ROLES else self

    def for_lists(self) -> ReportQuerySet:
        """The newest first, with whose it is, without the frozen rows."""
        return self.select_related("agency", "requested_by").defer("snapshot").order_by("-requested_at", "pk")

    def with_totals(self) -> ReportQuerySet:
        """Annotate `totals`: the frozen figures of the whole scope, as data."""
        return self.annotate(totals=F("snapshot__totals"))  # type: ignore[no-redef]  # declared on the model


class Report(models.Model):
    """`snapshot` holds everything that is printed, so that printing again months later gives the same."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("loại", max_length=20, choices=ReportKind.choices, default=ReportKind.PROGRESS)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # the scope
    window_from = models.DateField("từ ngày")
    window_to = models.DateField("đến ngày")
    on = models.DateField("số liệu đến ngày")
    snapshot = models.JSONField()
    snapshot_hash = models.CharField(max_length=64)  # SHA-256 of the canonical JSON
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    requested_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    parts_done = models.PositiveSmallIntegerField(default=0)
    parts_total = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)
    file = models.FileField(upload_to="reports/%Y/%m", blank=True)
    pages = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    totals: dict[str, int]  # only where fetched `with_totals`

    class Meta:
        verbose_name = "báo cáo"
        verbose_name_plural = "báo cáo"
        constraints = (
            models.CheckConstraint(condition=Q(window_from__lte=F("window_to")), name="report_window_in_order"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_known"),
            models.CheckConstraint(
                condition=~Q(state=ReportState.DONE) | (~Q(file="") & Q(finished_at__isnull=False)),
                name="report_done_has_its_file",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.window_from:%d/%m/%Y} - {self.window_to:%d/%m/%Y}"
