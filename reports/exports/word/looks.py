"""The styles of the document: Vietnamese names in Word's list, letters and places by Nghị định 30/2020, Phụ lục I.

Everything that is written refers to a style by its key, so that whoever changes a style in Word changes all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
_THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")


@dataclass(frozen=True)
class Look:
    """`size`, `before` and `after` in points, `indent` of the first line in mm, `line`: times the font's own height."""

    name: str
    size: float
    bold: bool = False
    italic: bool = False
    align: ALIGN = ALIGN.LEFT
    before: float = 0
    after: float = 0
    indent: float = 0
    line: float = 1.0
    keep_next: bool = False


_BODY: dict[str, Any] = {"size": 14, "after": 6, "indent": 12.7, "line": 1.09}  # 1.25 em, as in the PDF
_CENTRED: dict[str, Any] = {"align": ALIGN.CENTER}

LOOKS = {
    "Normal": Look("Normal", 14),
    "Heading1": Look("Heading 1", 14, bold=True, align=ALIGN.CENTER, keep_next=True),
    "Heading2": Look("Heading 2", 14, bold=True, before=8, after=6, indent=12.7, keep_next=True),
    "Heading3": Look("Heading 3", 14, bold=True, before=8, after=6, indent=12.7, keep_next=True),
    "Subject": Look("Trích yếu", 14, bold=True, **_CENTRED),
    "Body": Look("Nội dung văn bản", align=ALIGN.JUSTIFY, **_BODY),
    "Addressees": Look("Kính gửi", 14, after=12, **_CENTRED),
    "Superior": Look("Cơ quan chủ quản", 12, **_CENTRED),
    "Issuer": Look("Cơ quan ban hành", 12, bold=True, **_CENTRED),
    "State": Look("Quốc hiệu", 12, bold=True, **_CENTRED),
    "Motto": Look("Tiêu ngữ", 13, bold=True, **_CENTRED),
    "Number": Look("Số, ký hiệu", 13, before=6, **_CENTRED),
    "Dated": Look("Địa danh, thời gian", 13, italic=True, before=6, **_CENTRED),
    "Rule": Look("Đường kẻ", 2, **_CENTRED),
    "Position": Look("Chức vụ người ký", 14, bold=True, **_CENTRED),
    "To": Look("Nơi nhận", 12, bold=True, italic=True),
    "Recipient": Look("Nơi nhận, danh sách", 11),
    "TableName": Look("Tên biểu", 14, bold=True, before=8, keep_next=True, **_CENTRED),
    "TableTitle": Look("Tiêu đề biểu", 14, bold=True, after=6, keep_next=True, **_CENTRED),
    "AnnexTitle": Look("Tên phụ lục", 14, bold=True, keep_next=True, **_CENTRED),
    "AnnexOf": Look("Kèm theo", 14, italic=True, after=8, keep_next=True, **_CENTRED),
    "Cell": Look("Ô bảng", 10),
    "CellCentred": Look("Ô bảng, giữa", 10, **_CENTRED),
    "CellBold": Look("Ô bảng, đậm", 10, bold=True),
    "CellBoldCentred": Look("Ô bảng, đậm, giữa", 10, bold=True, **_CENTRED),
    "CellBand": Look("Ô bảng, nhóm", 10, bold=True, keep_next=True),
    "CellSmall": Look("Ô bảng, nhỏ", 8.5, **_CENTRED),
    "HeadCell": Look("Ô bảng, tiêu đề", 10, bold=True, keep_next=True, **_CENTRED),
    "HeadCellSmall": Look("Ô bảng, tiêu đề nhỏ", 9, bold=True, keep_next=True, **_CENTRED),
    "HeadNumber": Look("Ô bảng, số cột", 9, italic=True, keep_next=True, **_CENTRED),
    "Note": Look("Ghi chú biểu", 11, italic=True, before=3),
    "PageNumber": Look("Số trang", 14, **_CENTRED),
    "Source": Look("Nguồn số liệu", 8),
}


def put_styles(document: Document) -> None:
    for key, look in LOOKS.items():
        _apply(look, _style(document, key, look.name))
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    for name in ("val", "eastAsia"):
        language.set(qn(f"w:{name}"), LANGUAGE)


def _style(document: Document, key: str, name: str) -> Any:
    if name in document.styles:
        return document.styles[name]
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), key)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    return style


def _apply(look: Look, style: Any) -> None:
    font, form = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = FONT, Pt(look.size), look.bold, look.italic
    font.color.rgb = RGBColor(0, 0, 0)
    letters = style.element.rPr.rFonts
    for name in _THEMED:
        letters.attrib.pop(qn(f"w:{name}"), None)
    for name in _SCRIPTS:
        letters.set(qn(f"w:{name}"), FONT)
    form.alignment, form.line_spacing = look.align, look.line
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.first_line_indent = Mm(look.indent)
    form.keep_with_next, form.widow_control = look.keep_next, True
