"""Tables of tasks, a row a line ("TT | Nội dung | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn") → drafts.

Only a table whose heading row has a column of tasks and one of those who lead assigns anything; other tables are data.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from . import bodies, marks
from .drafts import Draft
from .lines import Line
from .sheet import Sheet, bare, squeeze
from .who import ORDER

Row = dict[int, Line]

_ROLES = {
    "support": re.compile(r".*\bphoi hop\b"),
    "lead": re.compile(
        r".*\b(?:chu tri|dau moi|chiu trach nhiem)\b|(?:co quan|don vi|phong|bo phan)\b.*\b(?:thuc hien|duoc giao)\b"
    ),
    "due": re.compile(r".*\b(?:thoi gian|thoi han|tien do|han hoan thanh|ngay hoan thanh)\b"),
    "task": re.compile(r"(?:ten |cac )?(?:noi dung|nhiem vu|cong viec|dau viec|hoat dong|nhom nhiem vu)\b"),
    "ordinal": re.compile(r"(?:tt|stt|so tt|so thu tu|so)$"),
}
_ORDINAL = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?")
_LONGEST = 300  # characters of a cell that names bodies
_SECTIONS = ("roman", "part", "article", "number")


@dataclass
class Table:
    """`columns`: role → column; rows below the heading row."""

    columns: dict[str, int]
    section: str
    rows: list[Row] = field(default_factory=list)


def read(sheet: Sheet, lines: Sequence[Line], known: Sequence[str]) -> tuple[list[Draft], list[Line]]:
    """The drafts of all tables of tasks in `lines`, and the lines that are no part of one."""
    rest: list[Line] = []
    drafts: list[Draft] = []
    table: Table | None = None
    section = ""
    for held in _rows(sheet.text, lines):
        row, first = _cells(sheet.text, held), held[0]
        columns = _columns(row)
        if columns:
            table = Table(columns, section)
        elif table and (len(row) > 1 or first.column > 0):
            drafts += _draft(sheet, table, row, known)
            table.rows.append(row)
        else:
            table = None
            rest += held
            section = _section(first) or section
    return drafts, rest


def _rows(text: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that stand in one row of the text."""
    row: list[Line] = []
    for line in lines:
        if row and "\n" in text[row[-1].end : line.start]:
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _cells(text: str, lines: Sequence[Line]) -> Row:
    """The row's cells by column; pieces of one cell are one."""
    row: Row = {}
    for line in lines:
        start = row[line.column].start if line.column in row else line.start
        row[line.column] = Line(start, line.end, column=line.column, text=text[start : line.end])
    return row


def _columns(row: Row) -> dict[str, int] | None:
    """What each column holds, when the row is the heading of a table of tasks."""
    if len(row) < 3:
        return None
    found: dict[str, int] = {}
    for column, cell in row.items():
        plain = squeeze(bare(cell.text)).strip(" .:*")
        role = next((role for role, pattern in _ROLES.items() if len(plain) < 60 and pattern.match(plain)), None)
        if role:
            found.setdefault(role, column)
    return found if {"task", "lead"} <= set(found) else None


def _section(line: Line) -> str | None:
    mark = marks.read(line.text, 0, len(line.text))
    return mark.label if mark and mark.kind in _SECTIONS else None


def _draft(sheet: Sheet, table: Table, row: Row, known: Sequence[str]) -> list[Draft]:
    """One task; a row without anybody who leads belongs to the body above (merged cells), unless it is a heading."""
    task, lead = row.get(table.columns["task"]), row.get(table.columns["lead"])
    ordinal = row.get(table.columns.get("ordinal", -1))
    if not task or (ordinal and not _ORDINAL.fullmatch(ordinal.text)):
        return []
    above = table.rows[-1].get(table.columns["lead"]) if table.rows and not lead and ordinal else None
    led = _named(sheet, lead or above, known)
    if not led or (not any(char.isalpha() for char in task.text)):
        return []
    if above:
        row[table.columns["lead"]] = above
    own = [cell for cell in row.values() if cell.start >= task.start and cell.start >= (task.start if lead else 0)]
    end = max(cell.end for cell in own)
    number = ordinal.text.rstrip(".") if ordinal else str(len(table.rows) + 1)
    label = f"{table.section}.{number}" if table.section else number
    support = _named(sheet, row.get(table.columns.get("support", -1)), known)
    others = tuple(phrase for phrase in support if phrase not in led)
    start, stop = sheet.to_flat(task.start), sheet.to_flat(end - 1) + 1
    when = row.get(table.columns.get("due", -1))
    term = (sheet.to_flat(when.start), sheet.to_flat(when.end - 1) + 1) if when else None
    stop = min(stop, len(sheet.flat))
    return [Draft(label, start, stop, ORDER, led, others, "attribute", ("attributes",), term)]


def _named(sheet: Sheet, cell: Line | None, known: Sequence[str]) -> tuple[str, ...]:
    """The bodies in a cell; a cell that names none the reader knows is taken whole, unless it tells a story."""
    if not cell or len(cell) > _LONGEST or not any(char.isalpha() for char in cell.text):
        return ()
    own = Sheet.of(cell.text)
    found = bodies.read(own, 0, len(own.flat), known, verbs=False)
    if found and found.end >= len(own.flat.rstrip(" .;,")):
        return found.phrases
    return bodies.as_written(cell.text)
