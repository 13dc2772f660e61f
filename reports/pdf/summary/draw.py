"""Draws the cells of the summary into the rows that WeasyPrint has laid out empty."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import pydyf
from weasyprint import Document

from reports.pdf.conformity import resolve
from reports.pdf.drawing.content import Content, Face
from reports.pdf.drawing.faces import Faces
from reports.pdf.drawing.tags import Cell as TaggedCell
from reports.pdf.drawing.tags import Element, PageTags, page_tags
from reports.pdf.summary import geometry as g
from reports.pdf.summary.form import Cell, Form, Row, lines_in
from reports.pdf.summary.places import Place, insert, places_of

Placed = tuple[Row, Place]


def draw(form: Form, faces: Faces, document: Document, pdf: pydyf.PDF) -> None:
    """Draw all rows; a report has one summary."""
    placed = list(places_of(form.rows, document, pdf))
    for (page, mark), run in groupby(placed, key=lambda one: (one[1].page, one[1].mark)):
        insert(pdf, page, mark, _drawn(list(run), faces, pdf, page))


def _drawn(run: list[Placed], faces: Faces, pdf: pydyf.PDF, page: int) -> bytes:
    """Rows that follow one another without anything between them."""
    sheet = resolve(pdf, pdf.page_references[page])
    tags, height, content = page_tags(pdf, sheet), sheet["MediaBox"][3], Content()
    for row, place in run:
        cells = _tagged(row, place, pdf)
        _draw_row(content, row, cells, faces, tags, place.left, height - place.top)
        for cell in cells:
            cell.write(place.row)
    (_, first), (_, last) = run[0], run[-1]
    between = (first.left + edge for edge in g.EDGES[1:-1])
    content.rules(((x, height - first.top, x, height - last.bottom) for x in between), 2 * g.BORDER)
    return content.data


def _tagged(row: Row, place: Place, pdf: pydyf.PDF) -> list[TaggedCell]:
    """The cells of the row; the first takes the place of the empty one."""
    first = Element.instead_of(place.cell, pdf)
    elements = [first, *(Element(pdf) for _ in row.cells[1:])]
    cells = [TaggedCell(element, "", "TD") for element in elements]
    cells[g.NAME] = TaggedCell(elements[g.NAME], "/A<</O/Table/Scope/Row>>", "TH")
    place.row["K"] = pydyf.Array(element.reference for element in elements)
    return cells


def _draw_row(
    content: Content, row: Row, tagged: Iterable[TaggedCell], faces: Faces, tags: PageTags, left: float, top: float
) -> None:
    face = faces.bold if row.is_total else faces.regular
    for column, (cell, tag) in enumerate(zip(row.cells, tagged, strict=True)):
        lines = lines_in(cell)
        if lines:
            content.begin(tag.tag, tags.mark(tag))
            above = g.BORDER + g.PADDING + (row.lines - lines) * g.LEADING / 2
            _draw_cell(content, cell, face, column, left + g.left_of(column), top - above)
            content.end()


def _draw_cell(content: Content, cell: Cell, face: Face, column: int, left: float, top: float) -> None:
    centre_in = 0 if column == g.NAME else g.room_of(column)
    for lines, size in cell:
        if lines:
            content.text(lines, face, size, leading=g.LEADING, left=left, top=top, centre_in=centre_in)
            top -= len(lines) * g.LEADING
