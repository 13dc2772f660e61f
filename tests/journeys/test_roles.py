"""A day of each role, at a desk and on a telephone without JavaScript; each on its own agencies' assignments."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from directives.calendars import Calendar
from tests.journeys.conftest import NARROW, WIDE, SignedIn, shoot, today_in_vietnam

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("portal")]
TELEPHONE = {"viewport": NARROW, "java_script_enabled": False}
DESK = {"viewport": WIDE}
WORDS = "Đã họp với các phòng, thống nhất đề cương; đang soạn dự thảo kế hoạch."
DIRECTORY = Path(__file__).parents[2] / "agencies/data/agencies.csv"


def both_ways(*on_desk: str, on_telephone: tuple[str, ...] = ()) -> pytest.MarkDecorator:
    """The journey's own agencies (and tasks, by their numbers in the demonstration) on either screen."""
    return pytest.mark.parametrize(
        ("screen", "own"),
        [
            pytest.param(DESK, on_desk, id="wide"),
            pytest.param(TELEPHONE, on_telephone, id="narrow-without-javascript"),
        ],
    )


@both_ways("sgtvt", "81", on_telephone=("sxd", "93"))
def test_agency_staff_receives_reports_asks_for_time_and_takes_back(
    screen: dict[str, object], own: tuple[str, ...], signed_in: SignedIn
) -> None:
    agency, task = own
    page = signed_in(f"canbo.{agency}", **screen)
    page.locator(f"main a[href='/viec/{task}/']").click()
    page.get_by_role("button", name="Đã nhận").click()
    expect(page.get_by_role("button", name="Đã nhận")).to_have_count(0)
    _reports_in_three_clicks(page, task)
    _shoot(page, screen, "can-bo-da-cap-nhat")
    page.get_by_role("link", name="Đề nghị gia hạn").click()
    later = Calendar().move(today_in_vietnam() + timedelta(days=40), 1)
    page.get_by_label("Đề nghị gia hạn đến ngày").fill(f"{later:%d/%m/%Y}")
    page.get_by_label("Lý do").fill("Chờ góp ý của các phòng chuyên môn.")
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.get_by_text(f"Đang đề nghị gia hạn đến {later:%d/%m/%Y}")).to_be_visible()
    page.get_by_role("link", name="Thu hồi cập nhật").click()
    page.get_by_role("button", name="Thu hồi cập nhật").click()
    expect(page.get_by_role("link", name="Thu hồi cập nhật")).to_have_count(0)
    expect(page.get_by_role("heading", name="Cơ quan báo cáo")).to_have_count(0)


def _reports_in_three_clicks(page: Page, task: str) -> None:
    """From Việc của tôi; a field that is tabbed into and filled is text, not a click."""
    page.goto("/viec/")
    clicks = [
        page.locator(f"main a[href='/viec/{task}/']"),
        page.get_by_label("Đang thực hiện", exact=True),
        page.get_by_role("button", name="Lưu cập nhật"),
    ]
    assert len(clicks) <= 3
    for click in clicks[:-1]:
        click.click()
    page.get_by_label("Kết quả đã thực hiện").fill(WORDS)
    page.get_by_label("Tiến độ (%)").fill("35")
    clicks[-1].click()
    report = page.locator(".voice").filter(has=page.get_by_role("heading", name="Cơ quan báo cáo"))
    expect(report).to_contain_text(WORDS)
    expect(report).to_contain_text("35 %")


@both_ways("svhttdl", "92", on_telephone=("syt", "63"))
def test_the_head_gives_work_out_and_provides_for_an_absence(
    screen: dict[str, object], own: tuple[str, ...], signed_in: SignedIn
) -> None:
    agency, task = own
    page = signed_in(f"thutruong.{agency}", **screen)
    page.goto(f"/viec/{task}/")
    clerk = _choose(page.get_by_label("Phân công cho"), "cán bộ")
    page.get_by_role("button", name="Phân công").click()
    expect(page.locator("section[aria-labelledby=xu-ly] strong")).to_have_text(clerk)
    page.get_by_role("link", name="Cơ quan tôi").click()
    row = page.get_by_role("region", name="Ai đang làm gì").get_by_role("row").filter(has_text=clerk)
    _shoot(page, screen, "co-quan-toi")
    row.get_by_role("link", name=re.compile("^Bàn giao 1 việc")).click()
    _choose(page.get_by_label("Người nhận"), "thủ trưởng")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("button", name="Bàn giao 1 việc")).to_be_visible()
    _shoot(page, screen, "ban-giao")
    page.get_by_role("link", name="Không làm nữa").click()
    row.get_by_role("link", name=re.compile("Ghi lịch vắng")).click()
    first, last = (Calendar().move(today_in_vietnam(), days) for days in (5, 9))
    page.get_by_label("Vắng từ ngày").fill(f"{first:%d/%m/%Y}")
    page.get_by_label("Đến hết ngày").fill(f"{last:%d/%m/%Y}")
    _choose(page.get_by_label("Người làm thay"), "thủ trưởng")
    page.get_by_role("button", name="Ghi lịch vắng").click()
    absence = page.get_by_role("region", name="Vắng mặt").get_by_role("row").filter(has_text=clerk)
    expect(absence).to_contain_text(f"{first:%d/%m/%Y} – {last:%d/%m/%Y}")
    absence.get_by_role("button", name=re.compile("Bỏ lịch này")).click()
    expect(absence).to_have_count(0)


def _choose(field: Locator, words: str) -> str:
    """Choose the one option with these words; what it says."""
    option = field.locator("option").filter(has_text=re.compile(words, re.IGNORECASE))
    text = (option.text_content() or "").strip()
    field.select_option(label=text)
    return text


@both_ways("27", "89", "83", "SNNPTNT", on_telephone=("15", "82", "95", "UBNDH.186"))
def test_the_officer_returns_confirms_pauses_and_chases(
    screen: dict[str, object], own: tuple[str, ...], signed_in: SignedIn
) -> None:
    returned, confirmed, paused, late = own
    page = signed_in("kgvx", **screen)
    page.get_by_role("link", name="Duyệt", exact=True).click()
    page.locator(f"main a[href='/duyet/{returned}/']").click()
    page.get_by_role("group", name="Lý do trả lại").get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Trả lại để bổ sung").click()
    expect(page.get_by_text(re.compile("Đã trả lại")).first).to_be_visible()
    page.goto(f"/duyet/{confirmed}/")
    page.get_by_role("button", name="Xác nhận hoàn thành").click()
    _shoot(page, screen, "duyet-da-xac-nhan")
    page.locator("form.undo").filter(has_text="Đã xác nhận").get_by_role("button", name="Hoàn tác").click()
    page.goto(f"/duyet/{confirmed}/")
    expect(page.get_by_role("button", name="Xác nhận hoàn thành")).to_be_visible()
    _pause_and_resume(page, paused)
    _chase_and_undo(page, late, screen)


def _pause_and_resume(page: Page, task: str) -> None:
    page.goto(f"/viec/{task}/")
    page.get_by_role("link", name="Tạm dừng, thu hồi, sửa hạn nhập sai").click()
    page.get_by_label("Lý do tạm dừng").fill("Chờ hướng dẫn của Bộ.")
    page.get_by_role("button", name="Tạm dừng nhiệm vụ").click()
    expect(page.locator(".task .banner").filter(has_text="Tạm dừng từ")).to_contain_text("Chờ hướng dẫn của Bộ.")
    page.get_by_role("link", name="Tạm dừng, thu hồi, sửa hạn nhập sai").click()
    page.get_by_role("button", name="Cho tiếp tục").click()
    expect(page.locator(".task .banner").filter(has_text="Tạm dừng từ")).to_have_count(0)


def _chase_and_undo(page: Page, agency: str, screen: dict[str, object]) -> None:
    page.goto("/don-doc/")
    page.locator(f"input[name=cq][value='{agency}']").check()
    page.get_by_role("button", name=re.compile("^Đôn đốc")).click()
    expect(page.get_by_role("heading", name="Kiểm tra trước khi đôn đốc")).to_be_visible()
    _shoot(page, screen, "don-doc-kiem-tra")
    page.get_by_role("button", name="Gửi đôn đốc").click()
    page.get_by_role("button", name=re.compile("^Hoàn tác")).first.click()
    expect(page.get_by_text(re.compile("đã hoàn tác")).first).to_be_visible()


@both_ways(on_telephone=())
def test_the_leader_demands_an_explanation_and_reads_the_answer(
    screen: dict[str, object], own: tuple[str, ...], signed_in: SignedIn
) -> None:
    page = signed_in("lanhdao", **screen)
    expect(page).to_have_url(re.compile("/lanh-dao/$"))
    _shoot(page, screen, "lanh-dao")
    row = page.locator(".red-list li").filter(has=page.get_by_role("button", name="Yêu cầu giải trình")).first
    task = row.get_by_role("link").first.get_attribute("href") or ""
    agency = _code_of(row.locator(".red-what p").inner_text())
    row.get_by_role("button", name="Yêu cầu giải trình").click()
    asked = page.locator(".red-list li").filter(has=page.locator(f"a[href='{task}']"))
    expect(asked).to_contain_text("chưa trả lời")
    _agency_explains(signed_in(f"canbo.{agency}", **screen), task)
    page.reload()
    asked.get_by_role("link", name=re.compile("Đã giải trình")).click()
    expect(page.get_by_role("region", name="Giải trình")).to_contain_text(WORDS)
    page.goto("/lanh-dao/")
    page.locator(".stats a").first.click()  # from a number to one assignment: two clicks
    page.locator("main a[href^='/viec/']").first.click()
    expect(page.get_by_role("heading", name="Nguyên văn chỉ đạo")).to_be_visible()


def _agency_explains(page: Page, task: str) -> None:
    page.goto(task)
    page.get_by_role("status").get_by_role("link", name="Giải trình").click()
    page.get_by_label("Nội dung giải trình").fill(WORDS)
    page.get_by_role("button", name="Gửi giải trình").click()
    expect(page.get_by_role("region", name="Giải trình")).to_contain_text(WORDS)


def _code_of(line: str) -> str:
    """The account name of the agency a line begins with, by the directory."""
    with DIRECTORY.open(encoding="utf-8", newline="") as file:
        names = {row["short_name"]: row["code"].lower() for row in csv.DictReader(file)}
    return names[max((name for name in names if line.startswith(name)), key=len)]


def _shoot(page: Page, screen: dict[str, object], name: str) -> None:
    """Once, on the wide screen."""
    if screen is DESK:
        shoot(page, name)
