"""Lists as workbooks. Every text is typed as text: nothing a person wrote can become a formula (RELIABILITY F3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from directives.models import Assignment

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 20_000
_COLUMNS = (
    ("Số, ký hiệu văn bản", 22),
    ("Mục", 8),
    ("Nhiệm vụ", 60),
    ("Cơ quan", 30),
    ("Vai trò", 10),
    ("Thời hạn", 12),
    ("Tình trạng", 26),
    ("Tiến độ (%)", 10),
    ("Cập nhật", 12),
    ("Chuyên viên theo dõi", 24),
)


def workbook_of(rows: Iterable[Assignment], *, on: date) -> bytes:
    """One line per assignment, as it stands on a day; dates are dates, percentages numbers, all else text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Nhiệm vụ")
    sheet.freeze_panes = "A2"
    for place, (_, width) in enumerate(_COLUMNS):
        sheet.column_dimensions[chr(ord("A") + place)].width = width
    sheet.append([_cell(sheet, title, bold=True) for title, _ in _COLUMNS])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in _values(row, on)])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _values(row: Assignment, on: date) -> Iterable[str | int | date | None]:
    reported = timezone.localtime(row.reported_at).date() if row.reported_at else None
    return (
        row.directive.letter.reference,
        row.directive.label,
        row.directive.title,
        str(row.agency),
        row.get_role_display(),
        row.due_on,
        row.words_on(on),
        row.percent,
        reported,
        str(row.officer_in_charge),
    )


def _cell(sheet: Any, value: str | int | date | None, *, bold: bool = False) -> Any:
    text: Any = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, value=text)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    cell.font = Font(bold=bold)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = True
    elif isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    return cell
