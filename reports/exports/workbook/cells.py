"""Rows of SpreadsheetML (ISO/IEC 29500-1 §18) as text: a list of tasks has 150,000 cells.

A cell is what its value is: text, whole number, share of one as a percentage, day or moment. Text is written as text
whatever it begins with, so that no formula can leave the portal; what a hand could turn into one by leaving the cell
(= + - @) also bears Excel's mark for text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from html import escape
from math import ceil

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from reports.exports.package import legal

Value = str | int | float | date | datetime | None  # a float is a share of one
Styles = Mapping[str, int]  # name of a look → index of its format

LONGEST = 32_767  # characters Excel takes in a cell
_LEADING, _HIGHEST = 15, 409  # points of a line and of a row
_CUT = "… (xem tiếp ở bản PDF)"
_RISKY = ("=", "+", "-", "@", "|", "%")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # "_x0041_" would be read as "A"


def rows_of(rows: Iterable[Sequence[Value]], widths: Sequence[int], styles: Styles, *, first: int) -> Iterator[str]:
    """`widths` in characters; `first`: the number of the first row on its sheet."""
    letters = [get_column_letter(place) for place in range(1, len(widths) + 1)]
    for number, row in enumerate(rows, start=first):
        cells = (_cell(f"{letter}{number}", value, styles) for letter, value in zip(letters, row, strict=True))
        yield f'<row r="{number}" ht="{height_of(row, widths)}">{"".join(cells)}</row>'


def height_of(row: Sequence[Value], widths: Sequence[int]) -> float:
    """Points that the lines of the highest text take; Calc does not look at the texts, and Excel ends at 409."""
    texts = ((value, width) for value, width in zip(row, widths, strict=True) if isinstance(value, str))
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return min(lines * _LEADING + 2, _HIGHEST)


def _lines(text: str, width: int) -> int:
    """Letters are narrower than the digits that widths are told in; narrow columns lose that again between words."""
    letters = width * 1.2 if width > 20 else width
    return sum(ceil(max(len(line), 1) / letters) for line in text.split("\n"))


def look_of(value: Value) -> str:
    """The name of the look of a value."""
    match value:
        case str():
            return "guarded" if value.lstrip().startswith(_RISKY) else "text"
        case int():
            return "count"
        case float():
            return "share"
        case datetime():
            return "moment"
        case date():
            return "day"
    return "text"


def _cell(place: str, value: Value, styles: Styles) -> str:
    if isinstance(value, str):
        value = legal(value)
    start = f'<c r="{place}" s="{styles[look_of(value)]}"'
    if value is None or value == "":
        return f"{start}/>"
    if isinstance(value, str):
        return f'{start} t="inlineStr"><is><t xml:space="preserve">{_written(value)}</t></is></c>'
    number = to_excel(value) if isinstance(value, date) else value
    return f"{start}><v>{number!r}</v></c>"


def _written(text: str) -> str:
    if len(text) > LONGEST:
        text = text[: LONGEST - len(_CUT)] + _CUT
    return escape(_ESCAPED.sub("_x005F_", text), quote=False)
