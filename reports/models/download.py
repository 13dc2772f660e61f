"""Who took which file of a report away."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agencies.models import User
from reports.models.kinds import ReportFormat
from reports.models.report import Report


class ReportDownload(models.Model):
    """Rows are added, never changed. `report` is gone when its draft has expired; `code` is what was printed on it."""

    report = models.ForeignKey(Report, on_delete=models.SET_NULL, null=True, related_name="downloads")
    code = models.CharField(max_length=14)
    format = models.CharField("dạng tệp", max_length=4, choices=ReportFormat.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người tải")
    at = models.DateTimeField("tải lúc")

    class Meta:
        verbose_name = "lượt tải báo cáo"
        verbose_name_plural = "lượt tải báo cáo"
        constraints = (
            models.CheckConstraint(condition=Q(format__in=ReportFormat.values), name="download_format_known"),
        )

    def __str__(self) -> str:
        return f"{self.code}.{self.format}"
