"""Documents that a clause cites, as one would look them up."""

from __future__ import annotations

import pytest

from directives.intake import citations
from directives.intake.sheet import Sheet

CITED = {
    "Kế hoạch số 236/KH-UBND ngày 14/12/2021 và Quyết định số 407/QĐ-TTg": ["236/KH-UBND", "407/QĐ-TTg"],
    "Nghị định số 09/2017/NĐ-CP ngày 09/02/2017; Nghị quyết số 30c/NQ-CP": ["09/2017/NĐ-CP", "30c/NQ-CP"],
    "Công văn số 1413/CAT-PC04(Đ1) ngày 16/3/2026": ["1413/CAT-PC04(Đ1)"],
    "Nghị quyết số 02-NQ/TW và Chương trình số 08-CTr/TU": ["02-NQ/TW", "08-CTr/TU"],
    "Quyết định số 5969/QĐ-\nUBND ngày 28/11/2025": ["5969/QĐ-UBND"],
    "Luật Báo chí năm 2016, Luật Tiếp cận thông tin năm 2016 và Luật An ninh mạng": [
        "Luật Báo chí",
        "Luật Tiếp cận thông tin",
        "Luật An ninh mạng",
    ],
    "Luật Phòng, chống tham nhũng và các văn bản hướng dẫn": ["Luật Phòng, chống tham nhũng"],
    "rà soát Luật thương mại và các văn bản liên quan": ["Luật thương mại"],
    "Bộ luật Hình sự theo quy định": ["Bộ luật Hình sự"],
    "theo quy định của pháp luật, Luật này": [],
    "tỷ lệ 50/100, ngày 30/6/2023, 24/24 giờ": [],
    "Kế hoạch số 91/KH-UBND … thực hiện tốt Kế hoạch số 91/KH-UBND": ["91/KH-UBND"],
}


@pytest.mark.parametrize("text", CITED)
def test_each_document_is_named_once(text: str) -> None:
    sheet = Sheet.of(text)
    assert [one.name for one in citations.find(sheet, 0, len(sheet.flat))] == CITED[text]
