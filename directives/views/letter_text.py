"""A letter's text cut for the screen: its paragraphs, and in them the runs that belong to directives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from directives.drafting.changes import SHORTEST
from directives.drafting.proposals import shortened

_SHOWN = 80  # characters of a paragraph that may be added
_PARAGRAPH = re.compile(r"\S.*?(?=\s*\n[ \t]*\n|\s*\Z)", re.DOTALL)  # an empty line parts two paragraphs
_BOLD = re.compile(r"\*\*")  # transcripts set bold lines between these; they are no words of the letter


class Clause(Protocol):
    """A directive, or the card of one to be: a place in the text with a name."""

    @property
    def pk(self) -> int: ...
    @property
    def label(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True)
class Run:
    """A stretch of one paragraph, from `start` in the text.

    `directives`: whose clause it is; `begins`: those whose clause begins here.
    """

    text: str
    start: int
    directives: tuple[Clause, ...] = ()
    begins: tuple[Clause, ...] = ()
    bold: bool = False


def paragraphs(text: str, directives: Sequence[Clause]) -> list[list[Run]]:
    """Every word of the letter in its order, line ends kept; each directive begins exactly once.

    Spans may overlap or reach over several paragraphs.
    """
    begun: set[int] = set()
    found = _PARAGRAPH.finditer(text)
    return [list(_runs(text, one.start(), one.end(), directives, begun)) for one in found]


def passages(text: str, directives: Sequence[Clause]) -> list[tuple[str, str]]:
    """(place "start-end", first words) of the paragraphs that no directive reaches into: they may have been missed."""
    found = []
    for runs in paragraphs(text, directives):
        start, end = runs[0].start, runs[-1].start + len(runs[-1].text)
        if end - start >= SHORTEST and not any(run.directives for run in runs):
            found.append((f"{start}-{end}", shortened(" ".join(text[start:end].replace("**", "").split()), _SHOWN)))
    return found


def _runs(text: str, start: int, end: int, directives: Sequence[Clause], begun: set[int]) -> Iterator[Run]:
    bold = False
    for left, right in pairwise(_cuts(text, start, end, directives)):
        if _BOLD.fullmatch(text, left, right):
            bold = not bold
            continue
        here = tuple(one for one in directives if one.start < right and one.end > left)
        new = tuple(one for one in here if one.pk not in begun)
        begun.update(one.pk for one in new)
        yield Run(text[left:right], left, here, new, bold)


def _cuts(text: str, start: int, end: int, directives: Sequence[Clause]) -> list[int]:
    """Where something begins or ends inside a paragraph, with the paragraph's own ends."""
    cuts = {start, end}
    cuts.update(place for one in directives for place in (one.start, one.end) if start < place < end)
    for mark in _BOLD.finditer(text, start, end):
        cuts.update(mark.span())
    return sorted(cuts)
