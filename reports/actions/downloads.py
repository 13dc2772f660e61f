"""Writing down who takes a report's file away."""

from __future__ import annotations

from datetime import datetime

from agencies.models import User
from reports import snapshots
from reports.models import Report, ReportDownload, ReportFormat


def log_download(report: Report, *, form: ReportFormat, by: User, now: datetime) -> ReportDownload:
    """Before the file is sent: that it arrived nobody knows."""
    code = snapshots.code_of(report.snapshot_hash)
    return ReportDownload.objects.create(report=report, code=code, format=form, by=by, at=now)
