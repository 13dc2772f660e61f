"""The Word document: layout by Nghị định 30/2020/NĐ-CP, the same words as the PDF, editable."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from reports.content.composing import compose
from reports.content.edition import Edition
from reports.exports import word
from tests.factories import NOW
from tests.reports import frozen, office
from tests.reports.every_kind import EVERY, rendered
from tests.reports.paper import Paper

pytestmark = pytest.mark.xdist_group("pdf")  # each file is made once

KINDS = pytest.mark.parametrize("kind", EVERY)


@cache
def made(kind: str) -> bytes:
    return word.write(EVERY[kind])


@cache
def opened(kind: str) -> Any:
    return docx.Document(BytesIO(made(kind)))


def paragraphs(kind: str) -> dict[str, Any]:
    """Text → the paragraph that has it first."""
    document = opened(kind)
    found: dict[str, Any] = {}
    for element in document.element.body.iter(qn("w:p")):
        paragraph = Paragraph(element, document)
        found.setdefault(re.sub(r"\s+", " ", paragraph.text).strip(), paragraph)
    return found


COMPONENTS = [
    # words, points allowed, bold, italic, alignment (Nghị định 30/2020, Phụ lục I)
    ("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", (12, 13), False, False, ALIGN.CENTER),
    ("VĂN PHÒNG", (12, 13), True, False, ALIGN.CENTER),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, 13), True, False, ALIGN.CENTER),
    ("Độc lập - Tự do - Hạnh phúc", (13, 14), True, False, ALIGN.CENTER),
    ("Số: /BC-VP", (13, 13), False, False, ALIGN.CENTER),
    ("Lạng Sơn, ngày tháng năm 2023", (13, 14), False, True, ALIGN.CENTER),
    ("BÁO CÁO", (13, 14), True, False, ALIGN.CENTER),
    ("Tình hình thực hiện nhiệm vụ do Ủy ban nhân dân tỉnh giao năm 2023", (13, 14), True, False, ALIGN.CENTER),
    ("I. TÌNH HÌNH THỰC HIỆN NHIỆM VỤ", (13, 14), True, False, ALIGN.LEFT),
    ("1. Kết quả chung", (13, 14), True, False, ALIGN.LEFT),
    ("CHÁNH VĂN PHÒNG", (13, 14), True, False, ALIGN.CENTER),
    ("Nơi nhận:", (12, 12), True, True, ALIGN.LEFT),
    ("- Lưu: VT, KGVX.", (11, 11), False, False, ALIGN.LEFT),
    ("Phụ lục", (14, 14), True, False, ALIGN.CENTER),
    ("DANH MỤC NHIỆM VỤ VÀ TÌNH HÌNH THỰC HIỆN", (13, 14), True, False, ALIGN.CENTER),
]


@pytest.mark.parametrize(
    ("words", "points", "bold", "italic", "alignment"), COMPONENTS, ids=[one[0] for one in COMPONENTS]
)
def test_a_component_has_its_letters(
    words: str, points: tuple[int, int], bold: bool, italic: bool, alignment: ALIGN
) -> None:
    style = paragraphs("tinh-hinh")[words].style
    assert points[0] <= style.font.size.pt <= points[1]
    assert (bool(style.font.bold), bool(style.font.italic)) == (bold, italic)
    assert style.paragraph_format.alignment == alignment
    letters = style.element.rPr.rFonts
    assert {letters.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}
    assert style.font.color.rgb == RGBColor(0, 0, 0)


def test_the_text_is_justified_with_its_first_line_indented() -> None:
    (opening,) = (one for text, one in paragraphs("tinh-hinh").items() if text.startswith("Thực hiện chức năng"))
    form = opening.style.paragraph_format
    assert form.alignment == ALIGN.JUSTIFY
    assert mm(form.first_line_indent) == pytest.approx(12.7, abs=0.1)
    assert opening.style.font.size == Pt(14)
    assert form.space_after >= Pt(6)
    assert 1 <= form.line_spacing <= 1.5


def mm(length: Length) -> float:
    return length.mm


def test_pages_are_a4_with_the_margins_of_the_decree_and_the_annex_lies() -> None:
    letter, annex = opened("tinh-hinh").sections
    for section in (letter, annex):
        assert 20 <= round(mm(section.top_margin), 1) <= 25
        assert 20 <= round(mm(section.bottom_margin), 1) <= 25
        assert 30 <= round(mm(section.left_margin), 1) <= 35
        assert 15 <= round(mm(section.right_margin), 1) <= 20
    assert (letter.page_width, letter.page_height) == pytest.approx((Mm(210), Mm(297)), abs=Mm(0.1))
    assert (annex.page_width, annex.page_height) == pytest.approx((Mm(297), Mm(210)), abs=Mm(0.1))
    assert annex.orientation == WD_ORIENT.LANDSCAPE


@KINDS
def test_pages_are_numbered_above_but_for_the_first_and_each_annex_by_itself(kind: str) -> None:
    for section in opened(kind).sections:
        assert section.different_first_page_header_footer
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert "PAGE" in fields(section.header)
        assert "PAGE" not in fields(section.first_page_header)
        (number,) = section.header.paragraphs
        assert 13 <= number.style.font.size.pt <= 14


def fields(part: Any) -> str:
    return " ".join(one.get(qn("w:instr")) for one in part._element.iter(qn("w:fldSimple")))


@KINDS
def test_a_draft_says_so_outside_the_layout_zone_with_where_it_comes_from(kind: str) -> None:
    source = compose(EVERY[kind]).text.source
    for section in opened(kind).sections:
        for header in (section.header, section.first_page_header):
            assert header.paragraphs[0].text.strip().endswith("Dự thảo")
        for footer in (section.footer, section.first_page_footer):
            assert footer.paragraphs[0].text == source


@KINDS
def test_head_rows_are_repeated_and_no_row_is_split(kind: str) -> None:
    for table in opened(kind).element.body.iter(qn("w:tbl")):
        rows = table.findall(qn("w:tr"))
        assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in rows)
        if table.find(qn("w:tblPr")).find(qn("w:tblBorders")) is not None:  # the others are layout
            assert rows[0].find(qn("w:trPr")).find(qn("w:tblHeader")) is not None


@KINDS
def test_headings_are_real_and_have_no_gaps(kind: str) -> None:
    styles = (paragraph.style.name for paragraph in opened(kind).paragraphs)
    levels = [int(name[-1]) for name in styles if name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@KINDS
def test_the_file_says_what_it_is(kind: str) -> None:
    about = opened(kind).core_properties
    composed = compose(EVERY[kind])
    assert about.title == composed.text.title[:255]
    assert about.author == composed.letterhead.author
    assert about.language == "vi-VN"
    assert about.identifier == EVERY[kind].code
    assert about.created.replace(tzinfo=UTC) == about.modified.replace(tzinfo=UTC) == NOW
    styles = ZipFile(BytesIO(made(kind))).read("word/styles.xml").decode()
    assert '<w:lang w:val="vi-VN"' in styles


@KINDS
def test_the_words_are_those_of_the_report_in_the_same_order(kind: str) -> None:
    """Every block of what is set, which the tests of the PDF hold to its figures."""
    composed = compose(EVERY[kind])
    text, said = composed.text, office.texts(made(kind))
    wanted = [text.opening]
    for chapter in text.chapters:
        wanted += chapter.paragraphs
        for part in chapter.parts:
            wanted += part.paragraphs
    wanted = [re.sub(r"\s+", " ", words).strip() for words in [*wanted, text.closing]]
    places = [said.index(words) for words in wanted]
    assert places == sorted(places)


def test_what_people_filled_in_stands_in_it() -> None:
    edition = Edition(
        texts={"mo-dau": ("Lời mở đầu do chuyên viên viết.",)},
        number="7",
        day=date(2023, 2, 5),
        position="KT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG",
        signer="Nguyễn Văn Mẫu",
        is_final=True,
    )
    content = word.write(EVERY["tinh-hinh"], edition)
    said = office.texts(content)
    for words in ("Lời mở đầu do chuyên viên viết.", "Số: 07/BC-VP", "Lạng Sơn, ngày 05 tháng 02 năm 2023"):
        assert words in said
    assert "PHÓ CHÁNH VĂN PHÒNG" in said
    assert "Nguyễn Văn Mẫu" in said
    assert "(Kèm theo Báo cáo số 07/BC-VP ngày 05 tháng 02 năm 2023 của" in " ".join(said)
    header = docx.Document(BytesIO(content)).sections[0].header
    assert "Dự thảo" not in header.paragraphs[0].text


def test_the_leaders_page_has_the_rows_of_the_pdf() -> None:
    made_as_pdf = rendered("can-chi-dao")
    written = word.write(EVERY["can-chi-dao"], shown=made_as_pdf.shown)
    rows = [row for row in office.rows(written) if len(row) == 6]
    assert made_as_pdf.pages == 1
    assert sum(1 for row in rows if row[3].endswith(" ngày")) == made_as_pdf.shown > 3
    assert f"{made_as_pdf.shown:02d} nhiệm vụ quá hạn lâu nhất:" in Paper(made_as_pdf.content).text()


@KINDS
def test_the_same_snapshot_gives_the_same_bytes(kind: str) -> None:
    assert word.write(replace(EVERY[kind])) == made(kind)
    assert {entry.date_time[0] for entry in ZipFile(BytesIO(made(kind))).infolist()} == {1980}


def test_ten_thousand_cells_are_no_work() -> None:
    """Written as text: a table that is built cell by cell takes minutes."""
    snapshot = frozen.long(900)
    rows = [row for row in office.rows(word.write(snapshot)) if len(row) == 11 and row[0].isdigit()]
    assert len(rows) == 900
