"""The making of a report's file: the row is the queue, claimed under a lease, so a maker that dies loses nothing.

A row is claimed by a conditional UPDATE that raises its `attempt`; only that attempt may settle it. Whoever dies leaves
a lease that ends; the next claim takes the report up again. After `TRIES` in vain it has failed and says so.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q, QuerySet

from reports import snapshots
from reports.content.edition import Edition
from reports.models import TRIES, Report, ReportFormat, ReportQuerySet, ReportState
from reports.snapshots import Snapshot

if TYPE_CHECKING:
    from reports.exports.forms import Forms

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)  # longer than the hard time limit of a task: who holds a lease that has ended is dead
GAVE_UP = (
    f"Hệ thống đã thử {TRIES} lần mà không tạo được tệp. Bấm «Lập lại»; nếu vẫn không được, báo cho người quản trị."
)


class Superseded(Exception):
    """The lease of this attempt has ended and the report was taken up by another."""


def unfinished(*, now: datetime) -> list[UUID]:
    """Reports that wait for somebody to render them, and those whose maker died, the oldest first."""
    return list(_free(now).order_by("requested_at", "pk").values_list("pk", flat=True))


def claim(report_id: UUID, *, now: datetime) -> Report | None:
    """Take a report that waits or was given up; None when it is done, has failed or somebody is at it."""
    with transaction.atomic():
        free = _free(now).filter(pk=report_id)
        if not free.update(
            state=ReportState.RENDERING,
            attempt=F("attempt") + 1,
            lease_until=now + LEASE,
            parts_done=0,
            parts_total=0,
            pages=0,
            problem="",
        ):
            return None
        return Report.objects.get(pk=report_id)


def render(report_id: UUID, *, clock: Callable[[], datetime]) -> bool:
    """Render a report unless it is done or somebody is at it; True when its file is stored now."""
    fail_abandoned(now=clock())
    report = claim(report_id, now=clock())
    return report is not None and make(report, clock=clock)


def render_all(*, clock: Callable[[], datetime], within: timedelta) -> int:
    """Render one report after another until none is left or the time is up; how many have their file now."""
    until = clock() + within
    fail_abandoned(now=clock())
    return sum(render(report_id, clock=clock) for report_id in unfinished(now=clock()) if clock() < until)


def make(report: Report, *, clock: Callable[[], datetime]) -> bool:
    """Render a claimed report and store its file; what goes wrong is logged and tried again later."""
    try:
        # Here and not above: the web process, which wakes the worker, needs neither WeasyPrint nor Pango to start.
        from reports.exports import forms  # noqa: PLC0415

        if report.snapshot is None and not _take(report, clock=clock):
            return False
        snapshot, edition = Snapshot.from_data(report.snapshot), Edition.from_data(report.edition)
        made = forms.make(snapshot, edition, progress=lambda *parts: _progress(report, *parts))
        return _finish(report, made, now=clock())
    except Superseded:
        logger.warning("Report %s: attempt %s was superseded", report.pk, report.attempt)
    except Exception:
        logger.exception("Report %s: attempt %s failed", report.pk, report.attempt)
        _settle(report, now=clock())
    return False


def _take(report: Report, *, clock: Callable[[], datetime]) -> bool:
    """Give a report its figures. False if another says the same: that one is made then, unless somebody is at it."""
    kept = snapshots.fill(report, _mine(report), now=clock())
    if kept is None:
        raise Superseded
    if kept.pk != report.pk:
        render(kept.pk, clock=clock)
    return kept.pk == report.pk


def fail_abandoned(*, now: datetime) -> int:
    """Reports whose last try ended in a dead maker have failed; how many there were."""
    last = Report.objects.annotate(rest=F("attempt") % TRIES).filter(rest=0)
    dead = last.filter(state=ReportState.RENDERING, lease_until__lt=now)
    return dead.update(state=ReportState.FAILED, problem=GAVE_UP, lease_until=None, finished_at=now)


def _free(now: datetime) -> QuerySet[Report]:
    """Waiting, or held by a lease that has ended and not for the last time (`attempt` counts on after a retry)."""
    abandoned = Q(state=ReportState.RENDERING, lease_until__lt=now) & ~Q(rest=0)
    return Report.objects.annotate(rest=F("attempt") % TRIES).filter(Q(state=ReportState.WAITING) | abandoned)


def _mine(report: Report) -> ReportQuerySet:
    return Report.objects.filter(pk=report.pk, attempt=report.attempt, state=ReportState.RENDERING)


def _progress(report: Report, done: int, total: int, pages: int) -> None:
    if not _mine(report).update(parts_done=done, parts_total=total, pages=pages):
        raise Superseded


def _finish(report: Report, made: Forms, *, now: datetime) -> bool:
    """Store the files, then the row that names them; files whose row was lost to another attempt are deleted.

    So are the files of a draft that these take the place of.
    """
    before = [file.name for file in report.files.values() if file]
    _store(report, made)
    try:
        if not _mine(report).update(
            state=ReportState.DONE,
            file=report.file.name,
            word_file=report.word_file.name,
            workbook_file=report.workbook_file.name,
            pages=made.pdf.pages,
            size=len(made.pdf.content),
            finished_at=now,
            lease_until=None,
        ):
            raise Superseded
    except BaseException:
        for file in report.files.values():
            file.delete(save=False)
        raise
    for name in before:
        report.file.storage.delete(name)
    return True


def _store(report: Report, made: Forms) -> None:
    contents = {
        ReportFormat.PDF: made.pdf.content,
        ReportFormat.WORD: made.word,
        ReportFormat.WORKBOOK: made.workbook,
    }
    for form, file in report.files.items():
        file.save(f"bao-cao-{report.pk.hex}.{form}", ContentFile(contents[form]), save=False)


def _settle(report: Report, *, now: datetime) -> None:
    """After an error: wait for the next try, or after the last one fail with a sentence."""
    if report.attempt % TRIES:
        _mine(report).update(state=ReportState.WAITING, lease_until=None)
    else:
        _mine(report).update(state=ReportState.FAILED, problem=GAVE_UP, lease_until=None, finished_at=now)
