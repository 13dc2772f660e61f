"""Terms as letters put them that were labelled before the reader saw them, each in sentences written for this test."""

from __future__ import annotations

from datetime import date

import pytest

from directives import intake
from directives.intake import due
from directives.intake.due import Due
from directives.intake.issued import Issued
from directives.intake.sheet import Sheet

MAY_2024 = Issued(2024, 5, date(2024, 5, 6))
ADDRESSED = "Kính gửi: Sở Nội vụ\n\n"


def read(body: str) -> tuple[intake.Proposal, ...]:
    return intake.read_text(ADDRESSED + body).directives


def term(text: str) -> Due:
    sheet = Sheet.of(text)
    return due.find(sheet, 0, len(sheet.flat), MAY_2024)


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("Gửi tài liệu trước ngày họp 05 ngày.", 5, "day"),
        ("Trình hồ sơ trước khi khai mạc hội nghị ít nhất 10 ngày làm việc.", 10, "working_day"),
        ("Báo cáo chậm nhất 03 ngày trước ngày khai giảng.", 3, "day"),
        ("Gửi dự thảo trước kỳ họp 02 tuần.", 2, "week"),
        ("Công bố đường dây nóng trước Tết Trung thu ít nhất 10 ngày.", 10, "day"),
    ],
)
def test_a_term_counted_back_from_an_event_waits_for_its_day(text: str, count: int, unit: str) -> None:
    found = term(text)
    assert (found.kind, found.count, found.unit) == (due.RELATIVE, count, unit)
    assert found.rule_fields()["kind"] == due.CONDITIONAL


@pytest.mark.parametrize("text", ["Báo tin ít nhất 04 giờ trước khi xả lũ.", "Lên lịch trước ngày 05 tháng 7."])
def test_hours_of_an_operation_and_plain_days_are_counted_back_from_nothing(text: str) -> None:
    assert not term(text).counted_back


def test_a_feast_may_stand_before_its_day() -> None:
    found = term("Chuyển quà, xong trước ngày Quốc khánh 02/9/2024.")
    assert found.date == date(2024, 9, 2)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Cứ 02 tuần một lần tổng hợp tiến độ.", "other"),
        ("Báo cáo mực nước 02 giờ/lần.", "other"),
        ("Kiểm tra bếp ăn 01 lần/tháng.", "month"),
        ("Phun khử khuẩn mỗi tuần 02 lần.", "week"),
    ],
)
def test_how_often_is_a_period(text: str, period: str) -> None:
    found = term(text)
    assert (found.kind, found.period) == (due.RECURRING, period)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Gửi dự thảo trong tuần thứ nhất tháng 9/2024.", date(2024, 9, 7)),
        ("Gửi dự thảo trong tuần cuối tháng 5.", date(2024, 5, 31)),
        ("Gửi dự thảo trong tuần này.", date(2024, 5, 10)),
        ("Gửi dự thảo trong tuần sau.", date(2024, 5, 17)),
        ("Báo cáo tại phiên họp thường kỳ tháng 8/2024.", date(2024, 8, 31)),
    ],
)
def test_weeks_and_sessions_end_on_a_day(text: str, day: date) -> None:
    assert term(text).date == day


def test_a_pace_is_no_period() -> None:
    found = term("Ký cam kết tiến độ giải ngân từng tháng, xong trước 31/7/2024.")
    assert (found.kind, found.date) == (due.DATE, date(2024, 7, 31))


def test_issues_of_a_month_are_a_period() -> None:
    assert term("Phát sóng 02 kỳ/tháng.").period == "month"


def test_behind_an_opening_a_known_body_acts_by_whatever_verb() -> None:
    body = "UBND tỉnh có ý kiến như sau:\n\nSở Nội vụ chép lại sổ gốc, giao hồ sơ trong 05 ngày làm việc./.\n"
    (found,) = read(body)
    assert [party.phrase for party in found.lead] == ["Sở Nội vụ"]
    assert (found.due.kind, found.due.count, found.due.unit) == (due.RELATIVE, 5, "working_day")


@pytest.mark.parametrize(
    ("when", "day"),
    [("Tháng 6/2024", date(2024, 6, 30)), ("Từ ngày 15/5/2024 đến ngày 15/6/2024", date(2024, 6, 15))],
)
def test_a_task_says_when_in_a_line_of_its_own(when: str, day: date) -> None:
    body = (
        "UBND tỉnh yêu cầu:\n1. Tổ chức tháng hành động\n- Cơ quan chủ trì: Sở Y tế\n"
        f"- Cơ quan phối hợp: Công an tỉnh\n- Thời gian: {when}\n2. Sở Nội vụ rà soát biên chế./.\n"
    )
    assert read(body)[0].due.date == day


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Báo cáo theo quý, năm về Sở Nội vụ.", due.RECURRING),
        ("Xem xét theo quy định; báo cáo.", due.NONE),
        ("Xây dựng theo quy hoạch.", due.NONE),
    ],
)
def test_by_the_quarter_is_not_by_the_rule(text: str, kind: str) -> None:
    assert term(text).kind == kind


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Trình danh sách vào ngày làm việc đầu tiên của tháng.", "month"),
        ("Chốt số liệu ngày cuối cùng của quý.", "quarter"),
    ],
)
def test_the_first_or_last_day_of_a_period_recurs(text: str, period: str) -> None:
    found = term(text)
    assert (found.kind, found.period) == (due.RECURRING, period)


def test_days_before_a_term_are_no_term() -> None:
    assert term("Nhắc đơn vị trước thời hạn 02 ngày; hằng tháng công khai danh sách.").period == "month"


def test_hours_to_do_it_in_are_a_term() -> None:
    found = term("Khôi phục cấp điện cho bệnh viện trong 24 giờ.")
    assert (found.kind, found.count, found.unit) == (due.RELATIVE, 24, "hour")


def test_a_regular_session_of_one_month_is_no_period() -> None:
    assert term("Mời dự buổi tiếp công dân định kỳ tháng 6/2024.").kind != due.RECURRING


def test_a_cell_that_tells_a_story_names_nobody_and_its_term_is_cut() -> None:
    story = "xem xét nhiều lần " * 40
    first, second = f"1 | Lập sổ | {story}| 31/5/2024", f"2 | Đo đạc | Sở Y tế | 30/6/2024, {story}"
    rows = f"TT | Nội dung | Cơ quan chủ trì | Thời hạn\n{first}\n{second}\n"
    (found,) = read(f"UBND tỉnh giao nhiệm vụ:\n{rows}")
    assert found.due.date == date(2024, 6, 30)
    assert len(found.due.phrase or "") <= 120


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Ra quân làm sạch bãi biển, thời gian từ ngày 02/6/2024 đến ngày 09/6/2024.", date(2024, 6, 9)),
        ("Phát động Tháng an toàn trên địa bàn tỉnh từ ngày 02/6/2024 đến ngày 09/6/2024.", date(2024, 6, 9)),
        ("Mở cổng đăng ký từ ngày 03/6 đến 16h30 ngày 07/6/2024.", date(2024, 6, 7)),
        ("Trưng bày sách từ ngày 01 tháng 7 năm 2024 đến hết ngày 15 tháng 7 năm 2024.", date(2024, 7, 15)),
    ],
)
def test_what_lasts_from_a_day_to_a_day_is_over_with_the_last(text: str, last: date) -> None:
    assert term(text).date == last


@pytest.mark.parametrize(
    "text",
    [
        "Cung cấp số liệu thu phí từ ngày 01/6/2024 đến ngày 30/6/2024.",
        "Đối chiếu nợ tính từ ngày 01/6/2024 đến ngày 30/6/2024.",
        "Sắp xếp lịch trong dịp nghỉ lễ từ ngày 31/8/2024 đến ngày 03/9/2024.",
    ],
)
def test_days_that_figures_are_counted_over_or_people_rest_on_set_no_deadline(text: str) -> None:
    assert term(text).kind == due.NONE


@pytest.mark.parametrize(
    "text",
    [
        "Mời thầu ngay sau khi thiết kế được phê duyệt.",
        "Mở lớp sau khi giáo trình đã được Hội đồng chuyên môn thông qua.",
    ],
)
def test_what_waits_for_a_document_to_be_approved_waits_for_a_condition(text: str) -> None:
    assert term(text).kind == due.CONDITIONAL


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Cấp quà cho hộ nghèo, xong trước ngày 25 tháng Chạp (25/01/2025).", date(2025, 1, 25)),
        ("Gieo hết diện tích lúa xuân trong tháng O2 năm 2025.", date(2025, 2, 28)),
    ],
)
def test_the_moons_day_is_told_by_the_suns_and_a_scanned_o_is_a_nought(text: str, last: date) -> None:
    assert term(text).date == last


def test_a_span_of_days_alone_runs_from_the_letter() -> None:
    found = term("Khôi phục lưới điện trong vòng 03 ngày.")
    assert (found.kind, found.count, found.unit) == (due.RELATIVE, 3, "day")


def test_a_quarter_may_end_with_a_day_of_its_last_month() -> None:
    found = term("Định kỳ ngày 10 của tháng cuối quý tổng hợp, gửi Bộ.")
    assert (found.kind, found.period, found.day) == (due.RECURRING, "quarter", 10)
