"""Phrases about time → kinds of deadline, and the traps that set none."""

from __future__ import annotations

from datetime import date

import pytest

from directives import deadlines
from directives.deadlines import DueKind, DueRule
from directives.intake import due
from directives.intake.due import Due
from directives.intake.issued import Issued
from directives.intake.sheet import Sheet

MARCH_2023 = Issued(2023, 3, date(2023, 3, 10))


def read(text: str, issued: Issued = MARCH_2023) -> Due:
    sheet = Sheet.of(text)
    return due.find(sheet, 0, len(sheet.flat), issued)


DATES = {
    "Báo cáo UBND tỉnh trước ngày 30/6/2023.": (date(2023, 6, 30), "trước ngày 30/6/2023", True),
    "Hoàn thành chậm nhất là ngày 05 tháng 4 năm 2023.": (date(2023, 4, 5), None, False),
    "Gửi về Sở Nội vụ trước 17 giờ 00 ngày 20/5/2023 để tổng hợp.": (date(2023, 5, 20), None, True),
    "Rà soát xong trước 15/4/2023.": (date(2023, 4, 15), "xong trước 15/4/2023", True),
    "Trình UBND tỉnh trong tháng 3/2023.": (date(2023, 3, 31), "trong tháng 3/2023", False),
    "Hoàn thành trong quý II năm 2023.": (date(2023, 6, 30), None, False),
    "Ban hành kế hoạch trong năm 2023.": (date(2023, 12, 31), "trong năm 2023", False),
    "Thời gian thực hiện: Quý III/2023.": (date(2023, 9, 30), "Quý III/2023", False),
    "Tổ chức mít tinh ngày 25/11/2023 tại quảng trường.": (date(2023, 11, 25), "ngày 25/11/2023", False),
    "Hoạt động trở lại từ ngày 06/5/2023.": (date(2023, 5, 6), "từ ngày 06/5/2023", False),
    # no year printed: the first such day after the letter
    "Báo cáo trước ngày 15/4.": (date(2023, 4, 15), "trước ngày 15/4", True),
    "Báo cáo trước ngày 15/01.": (date(2024, 1, 15), None, True),
}


@pytest.mark.parametrize("text", DATES)
def test_a_date_is_the_day_as_printed_or_the_last_of_the_time_named(text: str) -> None:
    day, phrase, exclusive = DATES[text]
    found = read(text)
    assert (found.kind, found.date, found.exclusive) == ("date", day, exclusive)
    assert phrase is None or found.phrase == phrase


@pytest.mark.parametrize(
    ("text", "period", "day"),
    [
        ("Định kỳ hằng tháng báo cáo UBND tỉnh.", "month", None),
        ("Báo cáo trước ngày 15 hằng tháng.", "month", 15),
        ("Báo cáo trước ngày 20 của tháng cuối quý.", "quarter", 20),
        ("Báo cáo kết quả hằng ngày về Ban Chỉ đạo.", "day", None),
        ("Báo cáo trước 16 giờ hàng ngày.", "day", None),
        ("Định kỳ (ít nhất 6 tháng một lần) tổ chức sơ kết.", "half_year", None),
        ("Định kỳ 06 tháng, hằng năm báo cáo kết quả.", "half_year", None),
        ("Gửi báo cáo trước ngày 01 tháng 6 và ngày 01 tháng 12 hàng năm.", "year", 1),
        ("Kiểm tra theo chế độ 03 tháng/lần.", "quarter", None),
        ("Nhanh chóng triển khai và định kỳ báo cáo kết quả thực hiện.", "other", None),
    ],
)
def test_a_recurring_duty_has_its_period(text: str, period: str, day: int | None) -> None:
    found = read(text)
    assert (found.kind, found.period, found.day) == ("recurring", period, day)


@pytest.mark.parametrize(
    ("text", "count", "unit", "from_receipt"),
    [
        ("Trong vòng 05 ngày làm việc kể từ ngày nhận được văn bản này, báo cáo kết quả.", 5, "working_day", True),
        ("Hoàn thành trong thời hạn 30 ngày kể từ ngày ký.", 30, "day", False),
        ("Trong thời gian 03 tháng kể từ ngày Ủy ban nhân dân tỉnh ban hành Thông báo này.", 3, "month", False),
        ("Báo cáo chậm nhất sau 24 giờ kể từ khi nhận được thông tin.", 24, "hour", True),
    ],
)
def test_a_term_runs_from_receipt_or_from_issue(text: str, count: int, unit: str, from_receipt: bool) -> None:
    found = read(text)
    assert (found.kind, found.count, found.unit, found.from_receipt) == ("relative", count, unit, from_receipt)


def test_a_condition_is_kept_whole() -> None:
    found = read("Hướng dẫn định mức biên chế sau khi có văn bản hướng dẫn của Bộ Nội vụ, Bộ Tài chính.")
    assert found.kind == "conditional"
    assert found.phrase == "sau khi có văn bản hướng dẫn của Bộ Nội vụ, Bộ Tài chính"


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Quyết định số 407/QĐ-TTg ngày 30/3/2023 của Thủ tướng Chính phủ.",
        "Triển khai Nghị định số 09/2023/NĐ-CP ngày 09 tháng 5 năm 2023 của Chính phủ.",
        "Hợp tác truyền thông giai đoạn 2023 - 2025.",
        "Phổ biến Luật Báo chí năm 2016.",
        "Thực hiện nhiệm vụ năm học 2023-2024.",
        "Phấn đấu đến năm 2030 đạt 100% kế hoạch.",
        "Duy trì hiệu quả Hội nghị giao ban báo chí định kỳ.",
        "Đưa vào Kế hoạch cải cách hành chính hằng năm để thực hiện.",
        "Đưa nội dung này vào bình xét thi đua, khen thưởng hàng năm.",
        "Lập dự toán và đưa vào kinh phí hoạt động hằng năm của đơn vị.",
        "Khắc phục sự cố đã xảy ra ngày 05/02/2023.",
        "Khẩn trương triển khai trong thời gian tới.",
        "Quyết định này có hiệu lực thi hành kể từ ngày 01 tháng 4 năm 2023.",
    ],
)
def test_dates_of_documents_terms_of_plans_and_the_past_set_no_deadline(text: str) -> None:
    assert read(text).kind in ("none", "standing")


@pytest.mark.parametrize("text", ["Tiếp tục duy trì các chuyên mục.", "Thường xuyên kiểm tra, đôn đốc."])
def test_a_standing_duty_has_no_clock(text: str) -> None:
    assert read(text).kind == "standing"


def test_the_first_firm_deadline_counts() -> None:
    found = read("Xây dựng kế hoạch trước ngày 30/4/2023; báo cáo năm trước ngày 01/12/2023.")
    assert found.date == date(2023, 4, 30)


def test_without_any_year_the_date_stays_open_and_the_phrase_is_kept() -> None:
    found = read("Báo cáo trước ngày 15/4.", Issued())
    assert (found.kind, found.date, found.phrase) == ("date", None, "trước ngày 15/4")


@pytest.mark.parametrize(
    "text",
    [
        "Báo cáo trước ngày 30/6/2023.",
        "Báo cáo trước ngày 15 hằng tháng.",
        "Định kỳ báo cáo kết quả.",
        "Trong vòng 05 ngày làm việc kể từ ngày nhận.",
        "Trong vòng 02 tuần kể từ ngày ký.",
        "Thực hiện sau khi có hướng dẫn của Bộ.",
        "Tiếp tục thực hiện.",
        "Rà soát hồ sơ.",
    ],
)
def test_every_finding_fits_the_due_rule_of_the_portal(text: str) -> None:
    found = read(text)
    fields = found.rule_fields()
    period = deadlines.Period(str(fields["period"])) if fields["period"] else None
    rule = DueRule(**{**fields, "kind": DueKind(found.kind), "period": period})  # type: ignore[arg-type]
    assert rule.kind == found.kind
    assert rule.phrase == (found.phrase or "")
    if found.kind == "date":
        assert rule.last_day() == date(2023, 6, 29)
    if found.unit == "week":
        assert (rule.count, rule.working_days, rule.from_receipt) == (14, False, False)
