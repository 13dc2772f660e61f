"""Keeping a snapshot as a Report."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from agencies.models import User
from reports.models import Report
from reports.snapshots.asked import Asked
from reports.snapshots.taking import take


def freeze(asked: Asked, *, by: User | None, now: datetime) -> Report:
    """The report that says what was asked for: a new one that waits to be rendered, or the one that says it already.

    Two requests at once end with one report: the second meets the first's unique `content_key`.
    """
    snapshot = take(asked, now=now)
    new = Report(
        kind=asked.kind,
        agency=asked.agency,
        letter=asked.letter,
        window_from=asked.window.first,
        window_to=asked.window.last,
        on=asked.window.on,
        snapshot=snapshot.as_data(),
        snapshot_hash=snapshot.hash,
        content_key=snapshot.content_key,
        replaces=asked.replaces,
        requested_by=by,
        requested_at=now,
    )
    same = Report.objects.filter(content_key=snapshot.content_key).for_lists()
    found = same.first()
    if found is not None:
        return _wanted_again(found)
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:
        found = same.first()
        if found is None:
            raise
        return _wanted_again(found)
    return new


def _wanted_again(report: Report) -> Report:
    """Whoever asks for a report whose making failed or was stopped wants it made."""
    if Report.objects.ended_in_vain().filter(pk=report.pk).make_again():
        report.refresh_from_db(fields=["state", "problem", "attempt", "parts_done", "parts_total"])
    return report
