"""A .pdf with a text layer → text set as on the page: rows from top to bottom, columns kept apart by blanks.

PDFium (through pypdfium2) gives each letter's place. Letters are put into rows by their height, so that the order in
which a printer driver happened to write them does not matter, and the two columns of head and foot stand side by side.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdfium2
from pypdfium2 import raw

from . import gutters
from .errors import Unreadable

MAX_PAGES = 300
MAX_CHARACTERS = 2_000_000
_BLANK_WIDTH = 0.5  # of the letter size: one blank on the printed grid
_WORD_GAP = 0.22  # of the letter size: a narrower gap lies inside a word
_COLUMN_GAP = 2.0  # of the letter size: a wider gap parts two columns
_WIDEST = 120  # blanks
_PARAGRAPH_GAP = 1.5  # of the usual leading
_PAGE_NUMBER = re.compile(r"\s*(?:trang\s+)?[-–—.\s]*\d{1,3}(?:\s*/\s*\d{1,3})?[-–—.\s]*$", re.IGNORECASE)

SCANNED = "Tệp PDF là bản quét, không có lớp chữ nên chưa đọc được. Tải lên bản DOCX hoặc dán nội dung vào"
PASSWORD = "Tệp PDF có mật khẩu. Bỏ mật khẩu rồi tải lên lại"
BROKEN = "Không đọc được tệp PDF. Thử lưu lại dạng PDF hoặc DOCX"
TOO_LONG = "Tệp PDF dài quá, không đọc được. Tách tệp hoặc dán phần cần đọc vào"


@dataclass(frozen=True)
class Glyph:
    """A letter and its box in points; `low` is measured from the bottom of the page."""

    char: str
    left: float
    right: float
    low: float
    size: float


def text_of(data: bytes) -> str:
    """The text of all pages, parted by form feeds; raises Unreadable."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        raise Unreadable(PASSWORD if "password" in str(fault).lower() else BROKEN) from fault
    if len(document) > MAX_PAGES:
        raise Unreadable(TOO_LONG)
    pages = [_page_rows(document, number) for number in range(len(document))]
    if not any(char.isalpha() for rows in pages for row in rows for char in row):
        raise Unreadable(SCANNED)
    text = "\n\f".join("\n".join(rows) for rows in _without_furniture(pages))
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(TOO_LONG)
    return text


def _page_rows(document: pypdfium2.PdfDocument, number: int) -> list[str]:
    try:
        glyphs = _glyphs(document[number].get_textpage())
    except pypdfium2.PdfiumError as fault:
        raise Unreadable(BROKEN) from fault
    rows = _rows(glyphs)
    margin = min((row[0].left for row in rows), default=0.0)
    leading = _leading(rows)
    strips = gutters.find([_measured(row) for row in rows])
    written: list[str] = []
    for at, row in enumerate(rows):
        if at and leading and rows[at - 1][0].low - row[0].low > _PARAGRAPH_GAP * leading:
            written.append("")
        written.append(_written(row, margin, strips[at]))
    return written


def _measured(row: Sequence[Glyph]) -> gutters.Row:
    size = median(glyph.size for glyph in row)
    gaps = ((one.right, two.left) for one, two in pairwise(row))
    wide = tuple(gap for gap in gaps if gap[1] - gap[0] > _WORD_GAP * size)
    return gutters.Row(row[0].left, row[-1].right, size, wide)


def _glyphs(textpage: pypdfium2.PdfTextPage) -> list[Glyph]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    found = []
    for at in range(textpage.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(textpage, at))
        if char.isspace() or char < " " or char in "\ufffe\uffff":
            continue
        if not raw.FPDFText_GetCharBox(textpage, at, left, right, bottom, top):
            continue
        size = raw.FPDFText_GetFontSize(textpage, at) or 1.0
        origin_x, origin_y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(textpage, at, origin_x, origin_y)
        size = size if size > 1.5 else max(top.value - bottom.value, 1.0) * 1.4
        found.append(Glyph("-" if char == "\x02" else char, left.value, right.value, origin_y.value, size))
    return found


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Letters on one base line, from left to right; rows from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (-one.low, one.left)):
        if rows and abs(rows[-1][0].low - glyph.low) <= 0.3 * rows[-1][0].size:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _leading(rows: Sequence[Sequence[Glyph]]) -> float:
    steps = [one[0].low - two[0].low for one, two in pairwise(rows)]
    return median(steps) if steps else 0.0


def _written(row: Sequence[Glyph], margin: float, strips: Sequence[gutters.Strip]) -> str:
    """The row as text; gaps between columns become at least three blanks."""
    size = median(glyph.size for glyph in row)
    text = " " * min(round((row[0].left - margin) / (_BLANK_WIDTH * size)), _WIDEST) + row[0].char
    for before, glyph in pairwise(row):
        gap = glyph.left - before.right
        parted = any(before.right <= left + 0.1 and glyph.left >= right - 0.1 for left, right in strips)
        if parted or gap > _COLUMN_GAP * size:
            text += " " * min(max(3, round(gap / (_BLANK_WIDTH * size))), _WIDEST)
        elif gap > _WORD_GAP * size:
            text += " "
        text += glyph.char
    return text


def _without_furniture(pages: Sequence[list[str]]) -> list[list[str]]:
    """Page numbers, and lines that head or end most pages, are left out."""
    ends = Counter(row.strip() for rows in pages for row in {*rows[:1], *rows[-1:]})
    repeated = {row for row, times in ends.items() if row and times >= 3 and times * 2 > len(pages)}
    kept = []
    for rows in pages:
        kept.append(
            [
                row
                for at, row in enumerate(rows)
                if not (at in (0, 1, len(rows) - 1) and (row.strip() in repeated or _PAGE_NUMBER.match(row)))
            ]
        )
    return kept
