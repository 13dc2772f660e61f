"""Draws the annex into a document that WeasyPrint has finished.

WeasyPrint has set the heading of the annex on the last page and left an anchor where the table begins; the table goes
on from there over as many pages as it takes. Nothing here measures or breaks text: see sheet.py, lines.py, paging.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pydyf
from weasyprint import Document

from reports.pdf.annex import geometry as g
from reports.pdf.annex.form import Annex
from reports.pdf.annex.paging import Row, pages
from reports.pdf.annex.sheet import DRAFT, Sheet, rows_of, sheet_of
from reports.pdf.annex.table import Table
from reports.pdf.conformity import resolve
from reports.pdf.drawing.content import Content
from reports.pdf.drawing.faces import Faces
from reports.pdf.drawing.lines import wrap
from reports.pdf.drawing.units import PIXEL
from reports.pdf.packing import packed

ANCHOR = "bang-phu-luc"  # the id in _annex.html
Progress = Callable[[int, int], None]

STEP = 250  # rows between two reports of progress


def draw(
    annex: Annex, source: str, faces: Faces, document: Document, pdf: pydyf.PDF, *, is_draft: bool, progress: Progress
) -> None:
    """Draw all rows. `source`: the line in the bottom margin of each page; a draft is marked in the upper one.

    `progress` is told how many rows there are and on how many pages, every `STEP` rows.
    """
    sheet = sheet_of(annex, source, faces)
    table = Table(sheet, pdf, (section.heading for section in annex.sections))
    rows = _counted(rows_of(annex, sheet), pdf, progress)
    top = g.PAGE_HEIGHT - document.pages[-1].anchors[ANCHOR][1] * PIXEL  # from the upper edge
    first_room, room = top - g.BOTTOM - sheet.head_height, g.HEIGHT - sheet.head_height
    page = resolve(pdf, pdf.page_references[-1])
    for number, slices in enumerate(pages(rows, first_room=first_room, room=room), start=1):
        content = Content()
        if number == 1:
            content.restore()
        else:
            page, top = _new_page(pdf, page["Resources"]), g.PAGE_HEIGHT - g.TOP
            _draw_margins(content, sheet, number, is_draft)
        table.draw(content, page, slices, top)
        _put(pdf, page, content)
    table.close()


def _counted(rows: Iterator[Row], pdf: pydyf.PDF, progress: Progress) -> Iterator[Row]:
    placed = 0
    for row in rows:
        yield row
        if not row.heading:
            placed += 1
            if placed % STEP == 0:
                progress(placed, len(pdf.page_references))


def _new_page(pdf: pydyf.PDF, resources: bytes) -> pydyf.Dictionary:
    page = pydyf.Dictionary(
        {
            "Type": "/Page",
            "Parent": pdf.pages.reference,
            "MediaBox": pydyf.Array([0, 0, round(g.PAGE_WIDTH, 3), round(g.PAGE_HEIGHT, 3)]),
            "Resources": resources,
        }
    )
    pdf.add_page(page)
    return page


def _put(pdf: pydyf.PDF, page: pydyf.Dictionary, content: Content) -> None:
    """Give the page its content. What WeasyPrint drew on the first page turns the axes over, so it stands in q … Q."""
    drawn = _add(pdf, content.data)
    page["Contents"] = pydyf.Array([_add(pdf, b"q"), page["Contents"], drawn]) if "Contents" in page else drawn


def _add(pdf: pydyf.PDF, content: bytes) -> bytes:
    stream = packed(content)
    pdf.add_object(stream)
    reference: bytes = stream.reference
    return reference


def _draw_margins(content: Content, sheet: Sheet, number: int, is_draft: bool) -> None:
    """Page number, draft mark and source line, where the style sheet has them on pages that WeasyPrint sets."""
    upper, lower = g.PAGE_HEIGHT - g.TOP + g.ABOVE, g.BOTTOM - g.BELOW
    numbered = wrap(str(number), sheet.regular.type, g.WIDTH)
    draft = wrap(DRAFT if is_draft else "", sheet.italic.type, g.WIDTH * 1000 / g.DRAFT_SIZE)
    draft_left = g.LEFT + g.WIDTH - sum(line.width for line in draft) * g.DRAFT_SIZE / 1000
    content.begin_artifact()
    for lines, face, size, left, top, centre_in, leading in (
        (numbered, sheet.regular, g.PAGE_NUMBER_SIZE, g.LEFT, upper + g.PAGE_NUMBER_SIZE, g.WIDTH, g.PAGE_NUMBER_SIZE),
        (draft, sheet.italic, g.DRAFT_SIZE, draft_left, upper + g.DRAFT_SIZE, 0, g.DRAFT_SIZE),
        (sheet.source, sheet.regular, g.SOURCE_SIZE, g.LEFT, lower, 0, g.SOURCE_LEADING),
    ):
        if lines:
            content.text(lines, face, size, leading=leading, left=left, top=top, centre_in=centre_in)
    content.end()
