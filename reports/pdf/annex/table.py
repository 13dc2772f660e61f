"""The drawn table, page by page: head, rows, lines, and the tags of what is drawn."""

from __future__ import annotations

from collections.abc import Iterable

import pydyf

from reports.pdf.annex import geometry as g
from reports.pdf.annex.outline import Bookmark, add_bookmarks
from reports.pdf.annex.paging import Slice
from reports.pdf.annex.sheet import Head, Sheet
from reports.pdf.annex.tags import TableTags
from reports.pdf.drawing.content import Content
from reports.pdf.drawing.tags import Cell, PageTags, page_tags


class Table:
    """The table as far as it is drawn. `headings`: the texts of its heading rows, in order."""

    def __init__(self, sheet: Sheet, pdf: pydyf.PDF, headings: Iterable[str]) -> None:
        self._sheet, self._pdf = sheet, pdf
        self._tags = TableTags(pdf)
        self._headings = iter(headings)
        self._bookmarks: list[Bookmark] = []
        self._row: list[Cell] = []
        self._begun = False

    def draw(self, content: Content, page: pydyf.Dictionary, slices: list[Slice], top: float) -> None:
        """The part of the table on one page, from `top` downwards."""
        tags = page_tags(self._pdf, page)
        bottoms = [(top - g.RULE, False)]
        for head in self._sheet.heads:
            self._draw_head(content, head, bottoms[-1][0], tags)
            bottoms.append((bottoms[-1][0] - head.height, False))
        for part in slices:
            self._draw_slice(content, part, bottoms[-1][0], tags)
            bottoms.append((bottoms[-1][0] - part.height, part.heading))
        content.rules(self._sheet.grid.segments(bottoms), g.RULE)
        self._begun = True

    def close(self) -> None:
        """Write the tags and bookmarks; nothing can be drawn after that."""
        self._tags.close()
        add_bookmarks(self._pdf, self._bookmarks)

    def _draw_head(self, content: Content, head: Head, top: float, tags: PageTags) -> None:
        """Content where the table begins, an artifact where it is repeated."""
        cells = [] if self._begun else self._tags.head(len(head.cells))
        if self._begun:
            content.begin_artifact()
        for column, lines in enumerate(head.cells):
            if cells:
                content.begin(cells[column].tag, tags.mark(cells[column]))
            above = (head.height - g.RULE - len(lines) * g.LEADING) / 2
            left, room = self._place(column)
            content.text(lines, head.face, head.size, leading=g.LEADING, left=left, top=top - above, centre_in=room)
            if cells:
                content.end()
        if self._begun:
            content.end()

    def _draw_slice(self, content: Content, part: Slice, top: float, tags: PageTags) -> None:
        if part.first:
            self._row = self._tags.heading(len(self._sheet.grid)) if part.heading else self._tags.row(len(part.cells))
        if part.heading:
            self._bookmarks.append(Bookmark(next(self._headings), tags.reference, top))
        face = self._sheet.bold if part.heading else self._sheet.regular
        for column, lines in enumerate(part.cells):
            if not lines:
                continue
            cell = self._row[column]
            content.begin(cell.tag, tags.mark(cell))
            left, room = self._place(column)
            centre_in = room if self._sheet.grid.centred[column] and not part.heading else 0
            content.text(lines, face, g.SIZE, leading=g.LEADING, left=left, top=top - g.PADDING, centre_in=centre_in)
            content.end()

    def _place(self, column: int) -> tuple[float, float]:
        """Where the text of a column begins, and its room."""
        return self._sheet.grid.lefts[column], self._sheet.grid.rooms[column]
