"""Stopping the making of a report and having it made again."""

from __future__ import annotations

from datetime import datetime

from agencies.models import User
from reports.models import Report, ReportState


def stop(report: Report, *, by: User | None, now: datetime) -> bool:
    """Nobody goes on making its file: whoever is at it notices at the next part.

    False when it was not being made, and when it was issued: that file has to be.
    """
    going_on = Report.objects.in_the_making().filter(pk=report.pk, issued_at__isnull=True)
    return bool(going_on.update(state=ReportState.STOPPED, finished_at=now, lease_until=None))


def retry(report: Report, *, by: User | None, now: datetime) -> bool:
    """A report that failed or was stopped waits to be rendered again, with the figures it was frozen with.

    False if it neither failed nor was stopped."""
    return bool(Report.objects.ended_in_vain().filter(pk=report.pk).make_again())
