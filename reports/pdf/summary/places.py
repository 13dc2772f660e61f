"""The empty rows that WeasyPrint has laid out, and where their cells go into what it has drawn and tagged.

All that is known of its making stands here: it writes structure elements in the order of the document, numbers the text
it draws in the same order, and gives a cell that spans columns its ColSpan. tests/reports/test_pdf_summary.py fails
when a new version does otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pydyf
from weasyprint import Document

from reports.pdf.conformity import resolve
from reports.pdf.drawing.units import PIXEL
from reports.pdf.summary import geometry as g
from reports.pdf.summary.form import Row


@dataclass(frozen=True)
class Place:
    """`row` and `cell`: its structure elements; `page` counts from 0; `mark`: the text before it on its page.

    `top` and `left` in points from the upper left corner of the page.
    """

    row: pydyf.Dictionary
    cell: pydyf.Dictionary
    page: int
    mark: int
    left: float
    top: float
    bottom: float


def places_of(rows: tuple[Row, ...], document: Document, pdf: pydyf.PDF) -> Iterator[tuple[Row, Place]]:
    """Each row with its place. Raises ValueError where there are not as many places as rows."""
    for row, (cell, mark) in zip(rows, _empty_cells(pdf), strict=True):
        page = pdf.page_references.index(cell["Pg"])
        left, top, _, bottom = (one * PIXEL for one in document.pages[page].anchors[row.anchor])
        yield row, Place(resolve(pdf, cell["P"]), cell, page, mark, left, top, bottom)


def _empty_cells(pdf: pydyf.PDF) -> Iterator[tuple[pydyf.Dictionary, int]]:
    """Cells as wide as the table that hold nothing, and the number of the text before each."""
    mark = -1
    for element in pdf.objects:
        kids = element.get("K") if isinstance(element, pydyf.Dictionary) and "S" in element else None
        if kids and isinstance(kids[-1], int):
            mark = kids[-1]
        elif kids == [] and element.get("A", {}).get("ColSpan") == len(g.WIDTHS):
            yield element, mark


def insert(pdf: pydyf.PDF, page: int, mark: int, operators: bytes) -> None:
    """Put operators in points from the lower left corner behind the text `mark` of a page.

    Readers that follow the order of drawing find the rows where they belong. WeasyPrint draws in pixels from the upper
    left corner, which is undone around them.
    """
    sheet = resolve(pdf, pdf.page_references[page])
    stream: list[Any] = resolve(pdf, sheet["Contents"]).stream
    begun = next(n for n, item in enumerate(stream) if isinstance(item, pydyf.Dictionary) and item.get("MCID") == mark)
    ended = stream.index(b"EMC", begun)
    height, scale = sheet["MediaBox"][3] / PIXEL, 1 / PIXEL
    axes = f"q {scale:.6f} 0 0 {-scale:.6f} 0 {height:.6f} cm 0 0 0 rg 0 0 0 RG".encode()
    stream[ended + 1 : ended + 1] = [axes, operators, b"Q"]
