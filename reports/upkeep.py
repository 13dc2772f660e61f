"""What the clock calls for: reports that are made on their day, drafts that have had their time.

Any number of clocks may run: a schedule serves a period once (a unique row), in the transaction that tells people.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, Q
from django.urls import reverse
from django.utils import timezone

from directives import notices
from directives.models import NoticeKind
from directives.notices import NewNotice
from reports import periods, snapshots
from reports.models import Denominator, Report, ReportKind, ReportSchedule, ScheduledReport
from reports.periods import Length, Period, System
from reports.snapshots import Asked, Window

logger = logging.getLogger(__name__)

FROM_HOUR = 7  # nobody is written to at night
CATCH_UP = 12  # periods of a schedule: a year of months


def make_due(*, now: datetime) -> list[UUID]:
    """Ask for the reports of the periods that have ended and were not served yet; the new ones, to be rendered.

    After an outage those that were missed too, the oldest first, as far back as CATCH_UP; each is told of.
    """
    local = timezone.localtime(now)
    if local.hour < FROM_HOUR:
        return []
    made = []
    for schedule, period in _due(local.date()):
        report = _serve(schedule, period, now)
        if report is not None:
            made.append(report.pk)
    return made


def _due(today: date) -> Iterator[tuple[ReportSchedule, Period]]:
    for schedule in ReportSchedule.objects.running().select_related("agency", "letter").order_by("pk"):
        served = set(schedule.runs.values_list("window_from", "window_to"))
        for period in _ended(schedule, today)[::-1]:
            if (period.first, period.last) not in served:
                yield schedule, period


def _ended(schedule: ReportSchedule, today: date) -> list[Period]:
    """The last periods that ended since the schedule was set, the newest first."""
    found: list[Period] = []
    period = periods.containing(today, System(schedule.system), Length(schedule.length)).previous
    while period.last >= schedule.begins_on and len(found) < CATCH_UP:
        found.append(period)
        period = period.previous
    return found


def _serve(schedule: ReportSchedule, period: Period, now: datetime) -> Report | None:
    """None when another clock was faster."""
    asked = Asked(
        Window(period.first, period.last, period.last),
        ReportKind(schedule.kind),
        schedule.agency,
        schedule.letter,
        Denominator(schedule.leading),
    )
    try:
        with transaction.atomic():
            report = snapshots.ask(asked, by=None, now=now)
            ScheduledReport.objects.create(
                schedule=schedule, window_from=period.first, window_to=period.last, report=report, made_at=now
            )
            notices.queue(_told(schedule, report, period), now=now)
            return report
    except IntegrityError:
        return None


def _told(schedule: ReportSchedule, report: Report, period: Period) -> Iterator[NewNotice]:
    title = f"{report.title} {period.words} ({schedule.focus})"
    path = reverse("report", args=[report.pk])
    for person in schedule.recipients.filter(is_active=True).order_by("pk"):
        yield NewNotice(person, NoticeKind.REPORT, f"report:{report.pk.hex}", (), title=title[:300], path=path)


def expire_drafts(*, now: datetime) -> int:
    """Delete drafts nobody has touched for `REPORT_DRAFT_DAYS` days, with their files; how many. 0 days keeps all.

    What was issued stays for ever, and so do drafts that something else refers to.
    """
    days = settings.REPORT_DRAFT_DAYS
    if not days:
        return 0
    before = now - timedelta(days=days)
    touched = Q(edits__at__gte=before) | Q(replaces__isnull=False)
    old = Report.objects.filter(issued_at__isnull=True, requested_at__lt=before).exclude(touched)
    return sum(map(_expire, old.only("pk", "file", "word_file", "workbook_file").order_by("requested_at", "pk")))


def _expire(report: Report) -> bool:
    names = [file.name for file in report.files.values() if file]
    try:
        with transaction.atomic():
            report.edits.all().delete()
            report.delete()
    except ProtectedError:
        return False
    for name in names:
        report.file.storage.delete(name)
    return True
