"""What this room stores: reports."""

from reports.models.report import (
    FOCUS,
    TRIES,
    Denominator,
    Focus,
    Report,
    ReportEdit,
    ReportKind,
    ReportQuerySet,
    ReportState,
)

__all__ = [
    "FOCUS",
    "TRIES",
    "Denominator",
    "Focus",
    "Report",
    "ReportEdit",
    "ReportKind",
    "ReportQuerySet",
    "ReportState",
]
