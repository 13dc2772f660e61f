"""What is known of a directive before its deadline and its bodies are looked up, and what items inherit from above."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .sheet import Sheet, Span
from .stance import Stance
from .who import ORDER

_SIGN_OFF = re.compile(r"\./\.?|/\.")
_LOOSE_ENDS = (" :", " ;", " ,", " |", " -")


@dataclass(frozen=True)
class Draft:
    """One directive; `doubts` are codes of confidence.DOUBTS.

    `lead_from` says where the lead was found: "clause", "heading", "attribute", "opening", "addressees", "nobody".
    """

    label: str
    start: int
    end: int
    modality: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    lead_from: str
    doubts: tuple[str, ...] = ()
    term: Span | None = None  # the cell of a table that says when


@dataclass(frozen=True)
class Scene:
    """What an item inherits: who is told by the heading above, in which stance, with whom."""

    lead: tuple[str, ...] = ()
    lead_from: str = "nobody"
    support: tuple[str, ...] = ()
    modality: str = ORDER
    stance: Stance = Stance.OPEN
    headed: bool = False  # a heading above names the body
    ordered: bool = True  # a verb of ordering or asking introduces the list


def trimmed(sheet: Sheet, start: int, end: int) -> Span:
    """Without blanks, and without what a scanner left behind "./."."""
    start, end = sheet.trim(start, end)
    for found in _SIGN_OFF.finditer(sheet.flat, max(start, end - 16), end):
        if end - found.end() <= 10:
            return sheet.trim(start, found.end())
    while end - start > 3 and sheet.flat[end - 2 : end] in _LOOSE_ENDS:
        start, end = sheet.trim(start, end - 2)
    return start, end


def in_order(drafts: Iterable[Draft]) -> list[Draft]:
    """Sorted by place; of two that overlap the one that begins first stands."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda one: (one.start, one.end)):
        if draft.end > draft.start and (not kept or draft.start >= kept[-1].end):
            kept.append(draft)
    return kept
