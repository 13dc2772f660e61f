"""From sheets to the bytes of an .xlsx; the same snapshot gives the same bytes.

openpyxl makes the file, its formats and page setups; the rows go in as text (cells.py).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from zipfile import ZIP_STORED, ZipFile

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from reports.content.letterhead import OFFICE
from reports.exports.package import legal, timeless, utc
from reports.exports.workbook.cells import Styles, Value, height_of, rows_of
from reports.exports.workbook.sheets import Sheet, sheets_of
from reports.snapshots import Snapshot

_FONT, _SIZE = "Times New Roman", 11
_LINE = Side(style="thin", color="808080")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_MARGIN = 1 / 2.54  # a centimetre in inches
_SAMPLES: dict[str, tuple[Value, str, str]] = {  # look → a value of its kind, number format, alignment
    "text": ("a", "General", "left"),
    "guarded": ("a", "General", "left"),
    "count": (1, "#,##0", "right"),
    "share": (0.1, "0.0%", "right"),
    "day": (1, "dd/mm/yyyy", "left"),
    "moment": (1, "hh:mm dd/mm/yyyy", "left"),
}


def write(snapshot: Snapshot) -> bytes:
    """Summary, tasks, what else the report has, and what it is."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _describe(book, snapshot)
    rewrite = {}
    for place, sheet in enumerate(sheets_of(snapshot), start=1):
        styles = _set_up(book.create_sheet(sheet.name), sheet, snapshot)
        rewrite[f"xl/worksheets/sheet{place}.xml"] = partial(_filled, sheet=sheet, styles=styles)
    saved = io.BytesIO()
    with ZipFile(saved, "w", ZIP_STORED) as archive:
        ExcelWriter(book, archive).save()  # book.save() would write the time of day into the properties
    return timeless(saved.getvalue(), rewrite)


def _describe(book: Workbook, snapshot: Snapshot) -> None:
    about = book.properties
    about.title, about.creator, about.lastModifiedBy = legal(snapshot.kind.label), OFFICE.author, OFFICE.author
    about.language, about.identifier = "vi-VN", snapshot.code
    about.created = about.modified = utc(snapshot.taken_at)
    book.calculation = CalcProperties(fullCalcOnLoad=False)


def _set_up(page: Worksheet, sheet: Sheet, snapshot: Snapshot) -> tuple[Styles, Styles]:
    """Head, widths, filter, page; the formats of ordinary rows and of the total."""
    last, rows = get_column_letter(len(sheet.columns)), len(sheet.rows) + 1
    for place, (heading, width) in enumerate(sheet.columns.items(), start=1):
        cell = page.cell(1, place, heading)
        cell.font, cell.border = Font(name=_FONT, size=_SIZE, bold=True), _BORDER
        cell.fill = PatternFill("solid", fgColor="E7ECF2")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        page.column_dimensions[get_column_letter(place)].width = width
    page.row_dimensions[1].height = height_of(list(sheet.columns), [width - 2 for width in sheet.columns.values()])
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{last}{rows - sheet.has_total}"
    page.print_title_rows = "1:1"
    page.print_area = f"A1:{last}{rows}"
    _set_up_paper(page, sheet, snapshot)
    return _styles(page, bold=False), _styles(page, bold=True)


def _set_up_paper(page: Worksheet, sheet: Sheet, snapshot: Snapshot) -> None:
    """A4 landscape, as wide as one page, numbered above, with the report's code below."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = page.page_margins
    margins.left = margins.right = _MARGIN
    margins.top = margins.bottom = 2 * _MARGIN
    page.HeaderFooter.oddHeader = HeaderFooterItem(center=_HeaderFooterPart(f"{sheet.name} - trang &P/&N"))
    page.HeaderFooter.oddFooter = HeaderFooterItem(left=_HeaderFooterPart(f"Mã báo cáo {snapshot.code}"))


def _styles(page: Worksheet, *, bold: bool) -> Styles:
    """The index of each format, which a cell has to bear once to be given one; the cells are taken away again."""
    found = {}
    for place, (name, (value, number_format, side)) in enumerate(_SAMPLES.items(), start=1):
        cell = page.cell(2, place, value)
        cell.font, cell.border, cell.number_format = Font(name=_FONT, size=_SIZE, bold=bold), _BORDER, number_format
        cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=side == "left")
        cell.quotePrefix = name == "guarded"
        found[name] = cell.style_id
    page.delete_rows(2)
    return found


def _filled(part: bytes, sheet: Sheet, styles: tuple[Styles, Styles]) -> Iterator[bytes]:
    """The rows behind that of the head."""
    ordinary, bold = styles
    widths = list(sheet.columns.values())
    body = sheet.rows[: len(sheet.rows) - sheet.has_total]
    before, end, after = part.partition(b"</sheetData>")
    yield before
    yield from (row.encode() for row in rows_of(body, widths, ordinary, first=2))
    yield from (row.encode() for row in rows_of(sheet.rows[len(body) :], widths, bold, first=len(body) + 2))
    yield end + after
