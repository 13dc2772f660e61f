"""What this room stores: reports."""

from reports.models.download import ReportDownload
from reports.models.report import (
    FOCUS,
    TRIES,
    Denominator,
    Focus,
    Report,
    ReportEdit,
    ReportFormat,
    ReportKind,
    ReportQuerySet,
    ReportState,
)
from reports.models.schedule import ReportSchedule, ReportScheduleQuerySet, ScheduledReport

__all__ = [
    "FOCUS",
    "TRIES",
    "Denominator",
    "Focus",
    "Report",
    "ReportDownload",
    "ReportEdit",
    "ReportFormat",
    "ReportKind",
    "ReportQuerySet",
    "ReportSchedule",
    "ReportScheduleQuerySet",
    "ReportState",
    "ScheduledReport",
]
