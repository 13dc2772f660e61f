"""What this room stores: reports."""

from reports.models.download import ReportDownload
from reports.models.kinds import FOCUS, Denominator, Focus, ReportFormat, ReportKind, ReportState
from reports.models.report import TRIES, Report, ReportEdit, ReportQuerySet
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
