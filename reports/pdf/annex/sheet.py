"""What is the same on every page of the drawn annex: faces, columns, the head of the table; and the rows, wrapped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.pdf.annex import geometry as g
from reports.pdf.annex.form import Annex
from reports.pdf.annex.grid import Grid
from reports.pdf.annex.paging import Cells, Row, height_of
from reports.pdf.drawing.content import Face
from reports.pdf.drawing.faces import Faces, Texts
from reports.pdf.drawing.lines import Line, wrap

DRAFT = "Dự thảo"


@dataclass(frozen=True)
class Head:
    """One row of the table's head."""

    cells: Cells
    face: Face
    size: float
    height: float


@dataclass(frozen=True)
class Sheet:
    regular: Face
    bold: Face
    italic: Face
    grid: Grid
    heads: tuple[Head, ...]
    source: list[Line]

    @property
    def head_height(self) -> float:
        """With the line above it."""
        return g.RULE + sum(head.height for head in self.heads)


def texts_of(annex: Annex, source: str) -> Texts:
    """What is drawn with each face."""
    rows = (cell for section in annex.sections for row in section.rows for cell in row)
    headings = [*(column.heading for column in annex.columns), *(section.heading for section in annex.sections)]
    return Texts([source, *rows], headings, [DRAFT, *_numbers(annex)])


def sheet_of(annex: Annex, source: str, faces: Faces) -> Sheet:
    grid = _grid(annex)
    names = _head([column.heading for column in annex.columns], faces.bold, g.SIZE, grid, g.PADDING)
    numbers = _head(_numbers(annex), faces.italic, g.COLUMN_NUMBER_SIZE, grid, 0)
    return Sheet(
        regular=faces.regular,
        bold=faces.bold,
        italic=faces.italic,
        grid=grid,
        heads=(names, numbers),
        source=wrap(source, faces.regular.type, g.WIDTH * 1000 / g.SOURCE_SIZE),
    )


def _numbers(annex: Annex) -> list[str]:
    return [f"({place})" for place in range(1, len(annex.columns) + 1)]


def rows_of(annex: Annex, sheet: Sheet) -> Iterator[Row]:
    """The rows of all sections, each section under its heading."""
    face, grid = sheet.regular.type, sheet.grid
    widths = [room * 1000 / g.SIZE for room in grid.rooms]
    across = (g.WIDTH - 2 * g.SIDE - 2 * g.RULE) * 1000 / g.SIZE
    for section in annex.sections:
        if section.heading:
            yield Row([wrap(section.heading, sheet.bold.type, across)], heading=True)
        for cells in section.rows:
            yield Row([wrap(text, face, width) for text, width in zip(cells, widths, strict=True)])


def _grid(annex: Annex) -> Grid:
    edges = [g.LEFT]
    for column in annex.columns:
        edges.append(edges[-1] + column.width)
    return Grid(tuple(edges), tuple(column.centred for column in annex.columns))


def _head(texts: list[str], face: Face, size: float, grid: Grid, padding: float) -> Head:
    cells = [wrap(text, face.type, room * 1000 / size) for text, room in zip(texts, grid.rooms, strict=True)]
    lines = max(map(len, cells))
    return Head(cells, face, size, height_of(lines) - 2 * (g.PADDING - padding))
