"""The workbook: typed cells, ready to filter and to print, no formula whatever the text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.exports import workbook
from reports.exports.package import legal
from reports.exports.workbook.cells import LONGEST
from reports.models import Denominator
from tests.reports import frozen
from tests.reports.every_kind import EVERY

pytestmark = pytest.mark.xdist_group("workbook")  # each file is made once

KINDS = pytest.mark.parametrize("kind", EVERY)


@cache
def made(kind: str) -> bytes:
    return workbook.write(EVERY[kind])


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def rows(content: bytes, sheet: str) -> list[dict[str, Any]]:
    """Heading → value, row by row."""
    head, *body = opened(content)[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_the_sheets_are_summary_tasks_what_else_there_is_and_what_it_is() -> None:
    assert opened(made("tinh-hinh")).sheetnames == ["Tổng hợp", "Nhiệm vụ", "Các kỳ", "Đến hạn theo tuần", "Thông tin"]
    assert opened(made("van-ban")).sheetnames == ["Tổng hợp", "Nhiệm vụ", "Theo nhiệm vụ", "Thông tin"]
    assert opened(made("khong-co-gi")).sheetnames == ["Tổng hợp", "Nhiệm vụ", "Thông tin"]


def test_numbers_are_numbers_and_percentages_carry_their_denominator() -> None:
    first = rows(made("tinh-hinh"), "Tổng hợp")[0]
    assert first["Tên đơn vị"] == "Sở Tư pháp"
    assert (first["Tổng số"], first["HT trong hạn"], first["HT trễ hạn"], first["Chưa HT trễ hạn"]) == (6, 2, 1, 1)
    assert (first["Tỷ lệ HT đúng hạn"], first["Mẫu số của tỷ lệ HT đúng hạn"]) == (0.5, 4)
    sheet = opened(made("tinh-hinh"))["Tổng hợp"]
    formats = {cell.value: sheet.cell(2, cell.column).number_format for cell in sheet[1]}
    assert formats["Tỷ lệ HT đúng hạn"] == "0.0%"
    assert formats["Tổng số"] == "#,##0"


@pytest.mark.parametrize("leading", Denominator)
def test_the_denominator_that_leads_leads_here_too(leading: Denominator) -> None:
    snapshot = replace(frozen.usual(), leading=leading)
    total = rows(workbook.write(snapshot), "Tổng hợp")[-1]
    for share, name in zip(
        snapshot.totals.shares(leading), ("HT đúng hạn", "HT trễ hạn", "chưa HT trễ hạn"), strict=True
    ):
        assert total[f"Mẫu số của tỷ lệ {name}"] == share.whole
        assert total[f"Tỷ lệ {name}"] == pytest.approx((share.percent or 0) / 100)


def test_a_task_has_days_as_days_and_words_as_words() -> None:
    tasks = [
        frozen.task(due="08/02/2023", updated="19/02/2023", days_late=12),
        frozen.task(due="Thường xuyên", result="Chưa báo cáo"),
    ]
    dated, standing = rows(workbook.write(frozen.of_agency(tasks)), "Nhiệm vụ")
    assert (dated["Thời hạn"], dated["Loại thời hạn"]) == (datetime(2023, 2, 8), "Có ngày")  # noqa: DTZ001
    assert dated["Cập nhật cuối"] == datetime(2023, 2, 19)  # noqa: DTZ001
    assert (dated["Tiến độ"], dated["Số ngày quá hạn"]) == (0.3, 12)
    assert str(dated["Kết quả thực hiện"]).startswith("Đã có văn bản đôn đốc")
    assert (standing["Thời hạn"], standing["Loại thời hạn"]) == (None, "Thường xuyên")
    assert (standing["Tiến độ"], standing["Kết quả thực hiện"]) == (None, "Chưa báo cáo")
    sheet = opened(workbook.write(frozen.of_agency(tasks)))["Nhiệm vụ"]
    assert sheet["G2"].number_format == "dd/mm/yyyy"


def test_the_last_sheet_says_what_it_is() -> None:
    snapshot = EVERY["tinh-hinh"]
    facts = {row["Mục"]: row["Nội dung"] for row in rows(made("tinh-hinh"), "Thông tin") if row["Mục"] != "Ghi chú"}
    assert facts["Mã báo cáo"] == snapshot.code
    assert facts["SHA-256 của số liệu"] == snapshot.hash
    assert facts["Phạm vi"] == "Tất cả cơ quan"
    assert facts["Kỳ báo cáo: từ ngày"].date() == date(2023, 1, 1)
    assert facts["Số liệu chốt lúc"] == datetime(2023, 2, 20, 8, 0)  # noqa: DTZ001
    assert facts["Mẫu số của các tỷ lệ"] == "Số nhiệm vụ đến hạn"


@KINDS
def test_every_sheet_is_ready_to_filter_and_to_print(kind: str) -> None:
    for sheet in opened(made(kind)):
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$1:$1"
        assert all(sheet.column_dimensions[cell.column_letter].width > 5 for cell in sheet[1])


@KINDS
def test_the_same_snapshot_gives_the_same_bytes(kind: str) -> None:
    assert workbook.write(replace(EVERY[kind])) == made(kind)
    assert {entry.date_time[0] for entry in ZipFile(BytesIO(made(kind))).infolist()} == {1980}


# --- no formula leaves ------------------------------------------------------------------------------------------------
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=60)
FORMULAS = st.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(0)", "\t=1", " =1", "'=1", "#N/A", "%1", "|x"])


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(ANY_TEXT | FORMULAS | st.builds(str.__add__, FORMULAS, ANY_TEXT), min_size=4, max_size=4))
def test_no_formula_leaves_whatever_the_text(texts: list[str]) -> None:
    name, title, evidence, result = texts
    snapshot = frozen.of_agency([frozen.task(name, title=title, evidence=evidence, result=result)], name)
    content = workbook.write(snapshot)
    for entry in ZipFile(BytesIO(content)).namelist():
        assert b"<f>" not in ZipFile(BytesIO(content)).read(entry)
    for sheet in opened(content):
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    cells = opened(content)["Nhiệm vụ"]
    for address, text in (("E2", title), ("K2", evidence)):
        cell, kept = cells[address], legal(text)
        assert (cell.value or "").replace("_x005F_", "_") == kept.replace("_x005F_", "_")
        if kept:
            assert cell.data_type == "s"
            assert bool(cell.quotePrefix) == kept.lstrip().startswith(("=", "+", "-", "@", "|", "%"))


def test_a_text_that_looks_like_an_escape_stays_itself() -> None:
    content = workbook.write(frozen.of_agency([frozen.task(title="Mục _x0041_ của biểu")]))
    assert "Mục _x005F_x0041_ của biểu" in ZipFile(BytesIO(content)).read("xl/worksheets/sheet2.xml").decode()


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    (row,) = rows(workbook.write(frozen.of_agency([frozen.task(title="a" * 40_000)])), "Nhiệm vụ")
    assert len(row["Nội dung nhiệm vụ"]) == LONGEST
    assert row["Nội dung nhiệm vụ"].endswith("… (xem tiếp ở bản PDF)")
