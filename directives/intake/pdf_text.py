"""A .pdf with a text layer → text set as on the page: rows from top to bottom, columns kept apart by blanks.

PDFium (through pypdfium2) gives each word's place. Words are put into rows by their base line, so that the order in
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
_SMALLEST = 1.5  # points; some programs set letters of size 1 and scale them
_LAST_CODE = 0x110000
_WORD = re.compile(r"\S+")
_COLUMN_GAP = 2.0  # of the letter size: a wider gap parts two columns
_WIDEST = 120  # blanks
_PARAGRAPH_GAP = 1.5  # of the usual leading
_PAGE_NUMBER = re.compile(r"\s*(?:trang\s+)?[-–—.\s]*\d{1,3}(?:\s*/\s*\d{1,3})?[-–—.\s]*$", re.IGNORECASE)

SCANNED = "Tệp PDF là bản quét, không có lớp chữ nên chưa đọc được. Tải lên bản DOCX hoặc dán nội dung vào"
PASSWORD = "Tệp PDF có mật khẩu. Bỏ mật khẩu rồi tải lên lại"
BROKEN = "Không đọc được tệp PDF. Thử lưu lại dạng PDF hoặc DOCX"
TOO_LONG = "Tệp PDF dài quá, không đọc được. Tách tệp hoặc dán phần cần đọc vào"


@dataclass(frozen=True)
class Word:
    """Letters without a blank between them, and their box in points; `low` is the base line, from the page's bottom."""

    text: str
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
        words = _words(document[number].get_textpage())
    except pypdfium2.PdfiumError as fault:
        raise Unreadable(BROKEN) from fault
    rows = _rows(words)
    margin = min((row[0].left for row in rows), default=0.0)
    leading = _leading(rows)
    strips = gutters.find([_measured(row) for row in rows])
    written: list[str] = []
    for at, row in enumerate(rows):
        if at and leading and rows[at - 1][0].low - row[0].low > _PARAGRAPH_GAP * leading:
            written.append("")
        written.append(_written(row, margin, strips[at]))
    return written


def _words(textpage: pypdfium2.PdfTextPage) -> list[Word]:
    """The page's words in the order in which they were printed; PDFium puts blanks where letters lie apart."""
    text = "".join(map(_char, (raw.FPDFText_GetUnicode(textpage, at) for at in range(textpage.count_chars()))))
    place = _Place(textpage)
    return [place.word(found.group(), found.start(), found.end() - 1) for found in _WORD.finditer(text)]


def _char(code: int) -> str:
    """One letter for one code: what cannot be printed is a blank; 2 is PDFium's sign for a hyphen at a line's end."""
    if code == 2:
        return "-"
    return chr(code) if 32 < code < _LAST_CODE and not 0xD800 <= code < 0xE000 and code not in (0xFFFE, 0xFFFF) else " "


class _Place:
    """Asks PDFium where letters stand; its answers come through four numbers."""

    def __init__(self, textpage: pypdfium2.PdfTextPage) -> None:
        self._page = textpage
        self._numbers = tuple(ctypes.c_double() for _ in range(4))

    def word(self, text: str, first: int, last: int) -> Word:
        left, right, bottom, top = self._numbers
        raw.FPDFText_GetCharBox(self._page, last, left, right, bottom, top)
        end = right.value
        raw.FPDFText_GetCharBox(self._page, first, left, right, bottom, top)
        begin, height = left.value, max(top.value - bottom.value, 1.0)
        raw.FPDFText_GetCharOrigin(self._page, first, left, right)
        size = raw.FPDFText_GetFontSize(self._page, first)
        return Word(text, begin, max(begin, end), right.value, size if size > _SMALLEST else height * 1.4)


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words on one base line, from left to right; rows from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (-one.low, one.left)):
        if rows and abs(rows[-1][0].low - word.low) <= 0.3 * rows[-1][0].size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _leading(rows: Sequence[Sequence[Word]]) -> float:
    steps = [one[0].low - two[0].low for one, two in pairwise(rows)]
    return median(steps) if steps else 0.0


def _measured(row: Sequence[Word]) -> gutters.Row:
    size = median(word.size for word in row)
    return gutters.Row(row[0].left, row[-1].right, size, tuple((one.right, two.left) for one, two in pairwise(row)))


def _written(row: Sequence[Word], margin: float, strips: Sequence[gutters.Strip]) -> str:
    """The row as text; gaps between columns become at least three blanks."""
    size = median(word.size for word in row)
    parts = [" " * min(round((row[0].left - margin) / (_BLANK_WIDTH * size)), _WIDEST) + row[0].text]
    for before, word in pairwise(row):
        gap = word.left - before.right
        parted = any(before.right <= left + 0.1 and word.left >= right - 0.1 for left, right in strips)
        wide = parted or gap > _COLUMN_GAP * size
        parts.append(" " * (min(max(3, round(gap / (_BLANK_WIDTH * size))), _WIDEST) if wide else 1))
        parts.append(word.text)
    return "".join(parts)


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
