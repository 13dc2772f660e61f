"""Which rows go on which page: rows stay whole, headings with their first row; a row taller than a page is split."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.pdf.annex.geometry import LEADING, PADDING, RULE
from reports.pdf.drawing.lines import Line

Cells = list[list[Line]]  # the lines of each cell
_FEW = 4  # lines: less than these of a split row are not worth starting on a page


@dataclass(frozen=True)
class Row:
    """Wrapped cells; a heading has one, across all columns."""

    cells: Cells
    heading: bool = False

    @property
    def lines(self) -> int:
        return max(map(len, self.cells)) or 1


@dataclass(frozen=True)
class Slice:
    """What stands of a row on one page; `first`: the row begins here."""

    cells: Cells
    height: float
    heading: bool
    first: bool = True


def height_of(lines: int) -> float:
    return lines * LEADING + 2 * PADDING + RULE


def pages(rows: Iterable[Row], *, first_room: float, room: float) -> Iterator[list[Slice]]:
    """The slices of each page; `first_room` and `room`: points for rows on the first and on every other page."""
    page: list[Slice] = []
    left = first_room
    for group in _kept_together(rows):
        needed = sum(height_of(row.lines) for row in group)
        if page and needed > left and (needed <= room or left < _least(group)):
            yield page
            page, left = [], room
        for row in group:
            for part in _split(row, left, room):
                if part.height > left:
                    yield page
                    page, left = [], room
                page.append(part)
                left -= part.height
    if page:
        yield page


def _kept_together(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Each row, with the headings directly before it."""
    group: list[Row] = []
    for row in rows:
        group.append(row)
        if not row.heading:
            yield group
            group = []
    if group:
        yield group


def _least(group: list[Row]) -> float:
    """Points that make it worth starting a group that cannot stay whole."""
    return sum(height_of(row.lines) for row in group[:-1]) + height_of(min(_FEW, group[-1].lines))


def _split(row: Row, left: float, room: float) -> Iterator[Slice]:
    """The row whole, or in slices: the first fills what is left of the page, the others a page each."""
    height = height_of(row.lines)
    if height <= left:
        yield Slice(row.cells, height, row.heading)
        return
    start, space = 0, left
    while start < row.lines:
        fitting = max(int((space - 2 * PADDING - RULE) // LEADING), 1)
        cells = [lines[start : start + fitting] for lines in row.cells]
        count = min(fitting, row.lines - start)
        yield Slice(cells, height_of(count), row.heading, first=start == 0)
        start, space = start + fitting, room
