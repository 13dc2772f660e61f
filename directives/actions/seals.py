"""Sealing the history: apart from the acts themselves, so that no act waits for another (docs/decisions)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import IntegrityError, transaction

from directives.actions.ticks import record_tick
from directives.chain import BLOCK, FIELDS, FORM, Line, digest
from directives.models import HistorySeal, TickName

AT_ONCE = 50  # blocks in one run, so that a task ends in its time; the next run goes on


def seal_history(*, by: str, now: datetime) -> int:
    """Seal the lines that wait, block by block; how many. `by`: the machine and the program.

    Any number may run at once: a position is given once, and whoever comes second leaves the rest to the first.
    """
    sealed = 0
    for _ in range(AT_ONCE):
        made = _seal_block(now)
        sealed += made
        if made < BLOCK:
            break
    record_tick(TickName.SEAL, by=by, now=now)
    return sealed


def _seal_block(now: datetime) -> int:
    try:
        with transaction.atomic():
            newest = HistorySeal.objects.newest()
            lines = HistorySeal.objects.waiting().order_by("pk").values(*FIELDS[FORM])[:BLOCK]
            return len(HistorySeal.objects.bulk_create(_seals(newest, lines, now)))
    except IntegrityError:  # the position is taken: another run seals
        return 0


def _seals(newest: HistorySeal | None, lines: Iterable[Line], now: datetime) -> Iterator[HistorySeal]:
    position, head = (newest.position, newest.hash) if newest else (0, "")
    for line in lines:
        position += 1
        head = digest(position, head, now, line, form=FORM)
        yield HistorySeal(position=position, entry_id=line["id"], form=FORM, sealed_at=now, hash=head)
