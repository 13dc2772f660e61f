"""The chain over the history: what is hashed, and the walk that finds where somebody laid hands on it.

A seal hashes its line, its own place and time, and the hash before it. So a line that was changed, deleted, inserted or
moved no longer fits its seal, and whoever makes the seals anew from there changes the last hash, the head. A head that
was kept elsewhere finds that out, and a tail that was cut off (docs/operations.md).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from itertools import islice
from typing import Any
from unicodedata import normalize

from directives.models import LONGEST, HistoryEntry, HistorySeal

FORM = 1  # of new seals
FIELDS = {  # what a seal of each form hashes; a field that comes later needs a form of its own
    1: (
        "id",
        "letter_id",
        "directive_id",
        "assignment_id",
        "update_id",
        "verb",
        "from_status",
        "to_status",
        "actor_id",
        "at",
        "note",
        "details",
    )
}
BLOCK = 1000  # lines that are read or sealed at once
SHOWN = 16  # digits of a head that are printed: enough that nobody finds another history with the same ones

Line = Mapping[str, Any]


def digest(position: int, previous: str, sealed_at: datetime, line: Line, *, form: int) -> str:
    """SHA-256 (hex) of the canonical JSON: sorted, in NFC, times in UTC; the same on every machine and database."""
    said = {name: line[name] for name in FIELDS[form]}
    whole = {"form": form, "position": position, "previous": previous, "sealed_at": sealed_at, "entry": said}
    text = json.dumps(whole, default=_utc, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(normalize("NFC", text).encode("utf-8", "surrogatepass")).hexdigest()


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def code_of(head: str) -> str:
    """ "3F2A-91C0-77DE-0B12" of a hash, as it is printed; blank of none."""
    digits = head[:SHOWN].upper()
    return "-".join(digits[at : at + 4] for at in range(0, len(digits), 4))


class Fault(Enum):
    CHANGED = "a line or its seal is not what was sealed"
    DELETED = "a sealed line is gone"
    GAP = "a seal is gone"
    INSERTED = "a line says it is older than what was sealed before it came"
    UNKNOWN_HEAD = "no seal has the hash that was kept elsewhere"


@dataclass(frozen=True)
class Break:
    """Where the history is not what it was. `position`, `entry` (id): 0 when there is none."""

    fault: Fault
    position: int = 0
    entry: int = 0
    at: datetime | None = None
    head: str = ""


@dataclass
class Verdict:
    """`heads`: those that were asked for and found, with their seals' positions."""

    sealed: int = 0
    waiting: int = 0
    head: str = ""
    heads: dict[str, int] = field(default_factory=dict)
    broken: Break | None = None


def examine(wanted: Sequence[str] = ()) -> Verdict:
    """Walk the whole chain. `wanted`: heads kept elsewhere, or how they begin (lower-case hex)."""
    verdict, clock = Verdict(waiting=HistoryEntry.objects.filter(seal=None).count()), _Clock()
    for seal, line in _pairs():
        verdict.broken = _misfit(seal, line, verdict)
        if verdict.broken or line is None:
            return verdict
        verdict.sealed, verdict.head = seal.position, seal.hash
        verdict.heads |= {one: seal.position for one in wanted if seal.hash.startswith(one)}
        clock.meet(seal, line)
    missing = (Break(Fault.UNKNOWN_HEAD, head=one) for one in wanted if one not in verdict.heads)
    verdict.broken = next(missing, None) or clock.inserted or _slipped_in(clock.latest)
    return verdict


def _pairs() -> Iterator[tuple[HistorySeal, Line | None]]:
    """Every seal in its order, with its line as it is now."""
    seals = HistorySeal.objects.order_by("position").iterator(chunk_size=BLOCK)
    while block := list(islice(seals, BLOCK)):
        ids = [seal.entry_id for seal in block]
        lines = {line["id"]: line for line in HistoryEntry.objects.filter(pk__in=ids).values()}
        yield from ((seal, lines.get(seal.entry_id)) for seal in block)


def _misfit(seal: HistorySeal, line: Line | None, before: Verdict) -> Break | None:
    if seal.position != before.sealed + 1:
        return Break(Fault.GAP, before.sealed + 1)
    if line is None:
        return Break(Fault.DELETED, seal.position, seal.entry_id)
    known = seal.form in FIELDS
    if known and seal.hash == digest(seal.position, before.head, seal.sealed_at, line, form=seal.form):
        return None
    return Break(Fault.CHANGED, seal.position, seal.entry_id, line["at"])


@dataclass
class _Clock:
    """Times go up along the chain: a line sealed after others cannot be much older than they are.

    Lines that one run sealed may stand in any order, so each is held against those of the runs before.
    """

    run: datetime | None = None
    settled: datetime | None = None  # the latest time in the runs before
    latest: datetime | None = None
    inserted: Break | None = None  # the first

    def meet(self, seal: HistorySeal, line: Line) -> None:
        if seal.sealed_at != self.run:
            self.run, self.settled = seal.sealed_at, self.latest
        if self.inserted is None and self.settled and line["at"] < self.settled - LONGEST:
            self.inserted = Break(Fault.INSERTED, seal.position, seal.entry_id, line["at"])
        self.latest = max(self.latest or line["at"], line["at"])


def _slipped_in(latest: datetime | None) -> Break | None:
    """A line that no seal has and that is older than what was sealed without it."""
    if latest is None:
        return None
    late = HistoryEntry.objects.filter(seal=None, at__lt=latest - LONGEST).order_by("pk").first()
    return Break(Fault.INSERTED, entry=late.pk, at=late.at) if late else None
