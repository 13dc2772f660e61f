"""Keeping a snapshot as a Report: at once, or by whoever makes the file where so much is counted that it takes long.

Two requests at once end with one report: the second meets the first's unique `content_key`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from agencies.models import User
from reports.models import Denominator, Report, ReportKind, ReportQuerySet, ReportState
from reports.snapshots.asked import Asked
from reports.snapshots.shapes import Snapshot, Window
from reports.snapshots.taking import take

AT_ONCE = 1000  # assignments whose figures a person waits for: about 0.2 s


def ask(asked: Asked, *, by: User | None, now: datetime) -> Report:
    """The report that says what is asked for; of very many assignments its figures are taken by whoever makes it."""
    if asked.rows.count() <= AT_ONCE:
        return freeze(asked, by=by, now=now)
    return _kept(_new(asked, by, now, content_key=_request_key(asked)))


def freeze(asked: Asked, *, by: User | None, now: datetime) -> Report:
    """The report that says what was asked for: a new one that waits to be rendered, or the one that says it already."""
    return _kept(_new(asked, by, now, **_figures(take(asked, now=now))))


def fill(report: Report, mine: ReportQuerySet, *, now: datetime) -> Report | None:
    """Take the figures of a report that waits for them; the report that says so, another if that said it before.

    `mine`: the row as long as it is the caller's. None when it is not any more.
    """
    figures = _figures(take(asked_of(report), now=now))
    try:
        with transaction.atomic():
            if not mine.update(**figures):
                return None
    except IntegrityError:
        same = Report.objects.get(content_key=figures["content_key"])
        ended: dict[str, Any] = {"content_key": None, "lease_until": None, "finished_at": now}
        return _wanted_again(same) if mine.update(state=ReportState.SAME, same_as=same, **ended) else None
    report.refresh_from_db()
    return report


def asked_of(report: Report) -> Asked:
    """What a report was asked for with."""
    return Asked(
        Window(report.window_from, report.window_to, report.on),
        ReportKind(report.kind),
        report.agency,
        report.letter,
        Denominator(report.leading),
        report.replaces,
    )


def asked_again(report: Report, window: Window) -> Asked:
    """The same once more, in place of it."""
    return replace(asked_of(report), window=window, replaces=report)


def _new(asked: Asked, by: User | None, now: datetime, **figures: Any) -> Report:
    return Report(
        kind=asked.kind,
        agency=asked.agency,
        letter=asked.letter,
        window_from=asked.window.first,
        window_to=asked.window.last,
        on=asked.window.on,
        leading=asked.leading,
        replaces=asked.replaces,
        requested_by=by,
        requested_at=now,
        **figures,
    )


def _figures(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "snapshot": snapshot.as_data(),
        "snapshot_hash": snapshot.hash,
        "content_key": snapshot.content_key,
        "taken_at": snapshot.taken_at,
    }


def _request_key(asked: Asked) -> str:
    """The same for two that ask the same."""
    scope = [one.pk if one else None for one in (asked.agency, asked.letter, asked.replaces)]
    days = [asked.window.first, asked.window.last, asked.window.on]
    text = json.dumps([asked.kind, asked.leading, *scope, *days], default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _kept(new: Report) -> Report:
    same = Report.objects.filter(content_key=new.content_key).for_lists()
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
