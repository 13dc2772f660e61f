"""The rows of the summary with their lines broken, so that the height of each is known before there are pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from reports.content.summary import Line as Written
from reports.content.summary import Summary
from reports.content.tasklist import clean
from reports.content.wording import in_narrow
from reports.pdf.drawing.faces import Texts, Types
from reports.pdf.drawing.lines import Line, wrap
from reports.pdf.drawing.typeface import Typeface
from reports.pdf.summary import geometry as g


class Piece(NamedTuple):
    """Lines of one size; a cell has one piece below the other."""

    lines: list[Line]
    size: float


Cell = tuple[Piece, ...]


@dataclass(frozen=True)
class Row:
    """`anchor`: the id of the empty row that WeasyPrint lays out (_summary_line.html)."""

    anchor: str
    cells: tuple[Cell, ...]
    is_total: bool = False

    @property
    def lines(self) -> int:
        """How many the highest cell has."""
        return max(map(lines_in, self.cells))


@dataclass(frozen=True)
class Band:
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Form:
    bands: tuple[Band, ...]
    total: Row | None

    @property
    def rows(self) -> tuple[Row, ...]:
        """From top to bottom."""
        rows = tuple(row for band in self.bands for row in band.rows)
        return (*rows, self.total) if self.total else rows

    def heights_as_css(self) -> Iterator[str]:
        """A rule for the empty rows of each number of lines."""
        for lines in sorted({row.lines for row in self.rows}):
            yield f".summary .lines-{lines} td {{ height: {lines * g.LEADING:g}pt }}"


def lines_in(cell: Cell) -> int:
    return sum(len(piece.lines) for piece in cell)


def texts_of(summary: Summary) -> Texts:
    """What is drawn with each face."""
    plain = [text for band in summary.bands for line in band.lines for text in _texts(line)]
    return Texts(plain, list(_texts(summary.total)) if summary.total else [])


def form_of(summary: Summary, types: Types) -> Form:
    anchors = (f"tong-hop-{place}" for place in count(1))
    bands = tuple(
        Band(band.heading, tuple(Row(next(anchors), _cells(line, types.regular)) for line in band.lines))
        for band in summary.bands
    )
    total = Row(next(anchors), _cells(summary.total, types.bold), is_total=True) if summary.total else None
    return Form(bands, total)


def _texts(line: Written) -> Iterator[str]:
    yield from (line.ordinal, _name(line), *line.counts, line.note)
    yield from (text for share in line.shares for text in share)


def _name(line: Written) -> str:
    return clean(line.name).replace("\n", " ")


def _cells(line: Written, face: Typeface) -> tuple[Cell, ...]:
    plain = [((text, g.SIZE),) for text in (line.ordinal, _name(line), *line.counts)]
    shares = [((percent, g.SIZE), (in_narrow(fraction), g.FRACTION_SIZE)) for percent, fraction in line.shares]
    written = [*plain, *shares, ((line.note, g.NOTE_SIZE),)]
    return tuple(
        tuple(Piece(wrap(text, face, g.room_of(column) * 1000 / size), size) for text, size in pieces)
        for column, pieces in enumerate(written)
    )
