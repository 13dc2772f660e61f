"""The columns of the drawn annex and the lines around its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from reports.pdf.annex.geometry import RULE, SIDE
from reports.pdf.drawing.content import Segment


@dataclass(frozen=True)
class Grid:
    """Columns between `edges` (points from the left of the page, one more than columns); which are centred.

    As in the style sheet, the line to the right of a cell and the line below it are part of the cell; the table's left
    line is part of the first column, its upper line stands above the first row.
    """

    edges: tuple[float, ...]
    centred: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.centred)

    @cached_property
    def lefts(self) -> tuple[float, ...]:
        """Where the text of each column begins."""
        return tuple(edge + SIDE + (0 if place else RULE) for place, edge in enumerate(self.edges[:-1]))

    @cached_property
    def rooms(self) -> tuple[float, ...]:
        """Points for the text of each column."""
        return tuple(right - RULE - SIDE - left for left, right in zip(self.lefts, self.edges[1:], strict=True))

    @cached_property
    def lines(self) -> tuple[float, ...]:
        """The middles of the vertical lines."""
        return self.edges[0] + RULE / 2, *(edge - RULE / 2 for edge in self.edges[1:])

    def segments(self, bottoms: list[tuple[float, bool]]) -> Iterator[Segment]:
        """The lines of the table; `bottoms`: the lower end of each row's text, and whether the row is a heading.

        The first entry is that of the table's upper line. Lines between columns do not run through headings.
        """
        left, *between, right = self.lines
        middles = [(y + RULE / 2, heading) for y, heading in bottoms]
        top, bottom = middles[0][0], middles[-1][0]
        yield from ((self.edges[0], y, self.edges[-1], y) for y, _ in middles)
        yield from ((x, top, x, bottom) for x in (left, right))
        yield from ((x, above, x, below) for above, below in _spans(middles) for x in between)


def _spans(middles: list[tuple[float, bool]]) -> Iterator[tuple[float, float]]:
    """From where to where the lines between columns run: everywhere but beside headings."""
    start = middles[0][0]
    for (above, _), (below, heading) in pairwise(middles):
        if heading:
            if start > above:
                yield start, above
            start = below
    if start > middles[-1][0]:
        yield start, middles[-1][0]
