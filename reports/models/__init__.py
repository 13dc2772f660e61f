"""What this room stores: reports."""

from reports.models.report import (
    FOCUS,
    Denominator,
    Focus,
    Report,
    ReportKind,
    ReportQuerySet,
    ReportState,
)

__all__ = ["FOCUS", "Denominator", "Focus", "Report", "ReportKind", "ReportQuerySet", "ReportState"]
