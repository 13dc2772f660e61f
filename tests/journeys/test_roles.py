"""A day of each role, at a desk and on a telephone without JavaScript; each on its own agencies' assignments."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
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


# On either screen; of what there is to choose from the desk takes the first, the telephone the last.
both_ways = pytest.mark.parametrize(
    ("screen", "which"),
    [pytest.param(DESK, 0, id="wide"), pytest.param(TELEPHONE, -1, id="narrow-without-javascript")],
)


@dataclass
class Clicks:
    """What a person does with the mouse or a finger; a field that is tabbed into and filled is text, not a click."""

    count: int = 0

    def on(self, target: Locator) -> None:
        self.count += 1
        target.click()


def _task_with(signed_in: SignedIn, query: str, which: int) -> tuple[str, str]:
    """Of the Office's list: the address of one task and the account name of its agency."""
    page = signed_in("kgvx")
    page.goto(f"/nhiem-vu/?{query}")
    row = _one_of(page.locator("#danh-sach tbody tr"), which)
    address = row.locator("a.title").get_attribute("href") or ""
    return address, _code_of(row.locator("td[data-label='Cơ quan']").inner_text())


def _one_of(rows: Locator, which: int) -> Locator:
    return rows.nth(which % rows.count())


@both_ways
def test_agency_staff_receives_reports_asks_for_time_and_takes_back(
    screen: dict[str, object], which: int, signed_in: SignedIn
) -> None:
    task, agency = _task_with(signed_in, "tt=sap-den-han&tn=chua-nhan", which)
    page = signed_in(f"canbo.{agency}", **screen)
    page.locator(f"main a[href='{task}']").click()
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
    """From Việc của tôi to a saved update."""
    page.goto("/viec/")
    clicks = Clicks()
    clicks.on(page.locator(f"main a[href='{task}']"))
    clicks.on(page.get_by_label("Đang thực hiện", exact=True))
    page.get_by_label("Kết quả đã thực hiện").fill(WORDS)
    page.get_by_label("Tiến độ (%)").fill("35")
    clicks.on(page.get_by_role("button", name="Lưu cập nhật"))
    assert clicks.count <= 3
    report = page.locator(".voice").filter(has=page.get_by_role("heading", name="Cơ quan báo cáo"))
    expect(report).to_contain_text(WORDS)
    expect(report).to_contain_text("35 %")


@both_ways
def test_the_head_gives_work_out_and_provides_for_an_absence(
    screen: dict[str, object], which: int, signed_in: SignedIn
) -> None:
    task, agency = _task_with(signed_in, "tt=trong-han&tn=da-nhan", which)
    page = signed_in(f"thutruong.{agency}", **screen)
    page.goto(task)
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


@both_ways
def test_the_officer_returns_confirms_pauses_and_chases(
    screen: dict[str, object], which: int, signed_in: SignedIn
) -> None:
    paused, _ = _task_with(signed_in, "tt=trong-han&tn=da-nhan", which)
    page = signed_in("kgvx", **screen)
    page.get_by_role("link", name="Duyệt", exact=True).click()
    _one_of(page.locator("main a.title[href^='/duyet/']"), which).click()
    page.get_by_role("group", name="Lý do trả lại").get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Trả lại để bổ sung").click()
    expect(page.get_by_text(re.compile("Đã trả lại")).first).to_be_visible()
    page.goto("/duyet/")
    confirmed = _one_of(page.locator("main a.title[href^='/duyet/']"), which).get_attribute("href") or ""
    page.goto(confirmed)
    page.get_by_role("button", name="Xác nhận hoàn thành").click()
    _shoot(page, screen, "duyet-da-xac-nhan")
    page.locator("form.undo").filter(has_text="Đã xác nhận").get_by_role("button", name="Hoàn tác").click()
    page.goto(confirmed)
    expect(page.get_by_role("button", name="Xác nhận hoàn thành")).to_be_visible()
    _pause_and_resume(page, paused)
    _chase_and_undo(page, which, screen)


def _pause_and_resume(page: Page, task: str) -> None:
    page.goto(task)
    page.get_by_role("link", name="Tạm dừng, thu hồi, sửa hạn nhập sai").click()
    page.get_by_label("Lý do tạm dừng").fill("Chờ hướng dẫn của Bộ.")
    page.get_by_role("button", name="Tạm dừng nhiệm vụ").click()
    expect(page.locator(".task .banner").filter(has_text="Tạm dừng từ")).to_contain_text("Chờ hướng dẫn của Bộ.")
    page.get_by_role("link", name="Tạm dừng, thu hồi, sửa hạn nhập sai").click()
    page.get_by_role("button", name="Cho tiếp tục").click()
    expect(page.locator(".task .banner").filter(has_text="Tạm dừng từ")).to_have_count(0)


def _chase_and_undo(page: Page, which: int, screen: dict[str, object]) -> None:
    page.goto("/don-doc/")
    _one_of(page.locator("input[name=cq][type=checkbox]"), which).check()
    page.get_by_role("button", name=re.compile("^Đôn đốc")).click()
    expect(page.get_by_role("heading", name="Kiểm tra trước khi đôn đốc")).to_be_visible()
    _shoot(page, screen, "don-doc-kiem-tra")
    page.get_by_role("button", name="Gửi đôn đốc").click()
    page.get_by_role("button", name=re.compile("^Hoàn tác")).first.click()
    expect(page.get_by_text(re.compile("đã hoàn tác")).first).to_be_visible()


@both_ways
def test_any_red_item_is_two_clicks_from_the_leaders_page(
    screen: dict[str, object], which: int, signed_in: SignedIn
) -> None:
    page = signed_in("lanhdao", **screen)
    clicks = Clicks()
    clicks.on(page.get_by_role("link", name=re.compile("^Xem đủ")))
    rows = page.locator(".red-list > li")
    expect(rows.nth(5)).to_be_visible()  # more than the five that stand on the page at first
    hidden = rows.last
    assert hidden.locator("[href$='/y-kien/']").count() == 1
    assert hidden.locator(".red-act").get_by_role("button").or_(hidden.locator(".red-act a")).count() == 1
    _shoot(page, screen, "lanh-dao-du")
    clicks.on(hidden.get_by_role("link", name="Cho ý kiến"))
    page.get_by_label("Nội dung ý kiến").fill(WORDS)
    assert clicks.count <= 2
    page.get_by_role("button", name="Gửi ý kiến").click()
    said = page.locator(".voice").filter(has=page.get_by_role("heading", name="Lãnh đạo UBND tỉnh cho ý kiến"))
    expect(said).to_contain_text(WORDS)


@both_ways
def test_the_leader_demands_an_explanation_and_reads_the_answer(
    screen: dict[str, object], which: int, signed_in: SignedIn
) -> None:
    page = signed_in("lanhdao", **screen)
    expect(page).to_have_url(re.compile("/lanh-dao/$"))
    _shoot(page, screen, "lanh-dao")
    row = page.locator(".red-list li").filter(has=page.get_by_role("button", name="Yêu cầu giải trình")).first
    task = row.get_by_role("link").first.get_attribute("href") or ""
    agency = _code_of(row.locator(".red-what p").inner_text())
    clicks = Clicks()
    clicks.on(row.get_by_role("button", name="Yêu cầu giải trình"))
    assert clicks.count == 1
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
        rows = list(csv.DictReader(file))
    names = {row["short_name"]: row["code"].lower() for row in reversed(rows)}  # of two, the body of the letter's day
    return names[max((name for name in names if line.startswith(name)), key=len)]


def _shoot(page: Page, screen: dict[str, object], name: str) -> None:
    """Once, on the wide screen."""
    if screen is DESK:
        shoot(page, name)
