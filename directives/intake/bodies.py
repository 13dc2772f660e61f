"""Phrases that name bodies, as written: where each begins and ends, and lists that say their kind once.

Vietnamese names have commas and "và" inside ("Sở Văn hóa, Thể thao và Du lịch"; "các sở, ban, ngành"), so a comma
parts two bodies only where a fresh name begins behind it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import nouns
from .scan import Scan, skip_blanks
from .sheet import Sheet, squeeze

_NOTE = re.compile(
    r"\(\s?(?:sau đây|viết tắt|gọi tắt|gọi chung|bao gồm|gồm|dưới đây|qua|thông qua|để|có danh sách|danh sách|kèm)",
    re.IGNORECASE,
)
_MAX = 400  # characters; a list longer than that is read only so far


@dataclass(frozen=True)
class Bodies:
    """`phrases` as written, each complete; the list lies in [start, end); `colon`: a colon follows it."""

    phrases: tuple[str, ...]
    start: int
    end: int
    colon: bool = False


def read(
    sheet: Sheet, start: int, end: int, known: Sequence[str] = (), verbs: bool = True, cut: bool = True
) -> Bodies | None:
    """The bodies named from `start` on, up to the first verb; None when none begins there.

    `known` are bare names that are certain (addressees, the directory); `verbs=False` reads a heading, where words that
    look like verbs are part of names ("Các doanh nghiệp cung cấp máy tính"); `cut`: a name that runs on to the end of
    its clause without any verb that is known ends where it was last complete.
    """
    start = skip_blanks(sheet, start, end)
    end = min(end, start + _MAX)
    if not nouns.begins(sheet, start, end) and not nouns.known_end(sheet, start, end, known):
        return None
    scan = Scan(sheet, end, tuple(known), verbs, cut)
    scan.run(start)
    phrases = tuple(text for text in (_cut_note(phrase) for phrase in scan.phrases) if text)
    return Bodies(phrases, start, scan.at, sheet.flat[scan.at : scan.at + 1] == ":") if phrases else None


def heading(sheet: Sheet, start: int, end: int, known: Sequence[str] = (), *, strict: bool = False) -> Bodies | None:
    """The bodies when the whole span names nothing but bodies.

    In a sentence (one with a full stop) and when `strict`, words that look like verbs are taken for verbs.
    """
    if nouns.holds_strong_verb(sheet, start, end) and nouns.known_end(sheet, start, end, known) != end:
        return None
    sentence = sheet.phrase(start, end)[-1:] in (".", ";", "/")
    found = read(sheet, start, end, known, verbs=strict or sentence, cut=False)
    return found if found and not sheet.flat[found.end : end].strip(" .:;*_-") else None


def _cut_note(phrase: str) -> str:
    """Without "(sau đây gọi là …)" and what follows it; brackets that belong to the name stay."""
    note = _NOTE.search(phrase)
    return squeeze(phrase[: note.start()] if note else phrase).strip(" ,;:.*_“”\"'`-")


def as_written(text: str) -> tuple[str, ...]:
    """The parts of a list that only names bodies, for names that nobody knows."""
    pieces = re.split(r"[;\n]|\s-\s(?=[A-ZĐ])", text)
    return tuple(part for piece in pieces if (part := squeeze(piece).strip(" .;,-")))
