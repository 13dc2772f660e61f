"""No page breaks an accessibility rule (axe, WCAG 2.2 AA and best practice), none scrolls sideways, none cries CSP."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Portal, SignedIn

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("portal")]

WIDTHS = (1366, 768, 390, 320)
RULED = (1366, 320)  # the two layouts there are, at their widest and their narrowest; the rules take a second each time
PAGES = {
    "canbo.stttt": [
        "/viec/",
        "/viec/?tt=qua-han",
        "/viec/?q=khong+co+gi+nhu+the",
        "first:/viec/",
        "/van-ban/",
        "first:/van-ban/",
        "/bao-cao/",
        "/tro-giup/",
        "/kieu-mau/",
        "/khong-co-trang-nay/",
        "/duyet/",
    ],
    "thutruong.sct": ["/co-quan-toi/", "/co-quan-toi/vang-mat/", "first:/viec/", "/viec/?cua=toi"],
    "kgvx": [
        "/tong-quan/",
        "/tong-quan/?tat-ca=1",
        "/nhiem-vu/",
        "/duyet/",
        "first:/duyet/",
        "/don-doc/",
        "/don-doc/moi/?cq=STP&cq=STTTT",
        "/thong-bao/",
        "/tai-khoan/",
        "/tinh-trang/",
        "/thu-bao/",
        "/danh-muc/co-quan/",
        "/danh-muc/co-quan/moi/",
        "/danh-muc/co-quan/11/thay-doi/?chon=1",
        "/viec/1/chuyen/",
        "/nhac-han/",
        "/gia-han/",
        "/viec/1/dieu-chinh/",
        "/nhiem-vu/1/dieu-kien/",
        "/danh-muc/ngay-nghi/",
        "/van-ban/",
        "first:/van-ban/",
        "/van-ban/moi/",
        "/van-ban/1/dinh-chinh/",
        "/van-ban/1/sua/",
        "/van-ban/1/them-nhiem-vu/",
        "/nhiem-vu-van-ban/1/sua/",
        "/bao-cao/",
        "/bao-cao/lich/",
        "first:/nhiem-vu/",
        "/nhiem-vu/?tt=qua-han",
        "/nhiem-vu/chuyen-vien/?nv=1&nv=2",
        "/duyet/xac-nhan-nhieu/?nv=1&nv=2",
        "/tim/?q=bao+chi",
        "/viec/1/lich-su/",
        "/viec/1/danh-gia/",
        "/viec/1/moi-phoi-hop/",
        "/van-ban/1/lich-su/",
    ],
    "lanhdao": [
        "/lanh-dao/",
        "/viec/1/y-kien/",
        "/viec/1/yeu-cau-giai-trinh/",
        "/thong-bao/",
        "/tong-quan/",
        "/gia-han/?tt=da-quyet-dinh",
        "/bao-cao/",
        "first:/van-ban/",
    ],
}
# What axe cannot decide by itself; looked at by eye.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what holds is not told element by element
}


@pytest.mark.parametrize("person", PAGES)
def test_every_page_can_be_used_by_everybody(person: str, signed_in: SignedIn) -> None:
    screen = signed_in(person)
    complaints: list[str] = []
    screen.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    problems = [found for address in PAGES[person] for found in _problems(screen, address)]
    assert problems == []
    assert complaints == []


def test_the_sign_in_page_too_with_and_without_an_error(portal: Portal, page: Page) -> None:
    page.goto(f"{portal.address}/dang-nhap/")
    assert check(page) == []
    page.get_by_label("Tên đăng nhập").fill("ai-do")
    page.get_by_label("Mật khẩu", exact=True).fill("sai")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page).to_have_title(re.compile("Lỗi"))
    assert check(page) == []


def test_a_form_with_errors_can_be_used_by_everybody(signed_in: SignedIn) -> None:
    screen = signed_in("canbo.sct")
    _open(screen, "first:/viec/")
    screen.get_by_role("button", name="Lưu cập nhật").click()
    screen.get_by_text("Có thông tin cần sửa").wait_for()
    assert check(screen) == []


def test_a_report_its_words_and_two_beside_each_other_too(signed_in: SignedIn) -> None:
    screen = signed_in("kgvx")
    screen.goto("/bao-cao/?loai=tinh-hinh&tu=01/01/2023&den=31/12/2026")
    screen.get_by_role("button", name="Tạo báo cáo").click()
    screen.get_by_role("heading", name="Số liệu trong báo cáo").wait_for()
    report = screen.url.rstrip("/").rpartition("/")[2]
    ways = (f"/bao-cao/{report}/", f"/bao-cao/{report}/sua/", f"/bao-cao/so-sanh/?truoc={report}&sau={report}")
    assert [found for address in ways for found in _problems(screen, address)] == []


def _problems(screen: Page, address: str) -> list[str]:
    _open(screen, address)
    return [f"{address}: {problem}" for problem in check(screen)]


def _open(screen: Page, address: str) -> None:
    """`first:/viec/` is the first object the list at /viec/ leads to."""
    screen.set_viewport_size({"width": 1366, "height": 768})
    if not address.startswith("first:"):
        screen.goto(address)
        return
    listing = address.removeprefix("first:")
    screen.goto(listing)
    target = "/viec/" if listing == "/nhiem-vu/" else listing
    links = screen.locator(f"main a[href^='{target}']")
    hrefs = [links.nth(n).get_attribute("href") or "" for n in range(links.count())]
    screen.goto(next(href for href in hrefs if href.removeprefix(target).strip("/").isdigit()))


def check(screen: Page) -> list[str]:
    found = []
    for width in WIDTHS:
        screen.set_viewport_size({"width": width, "height": 800})
        broken = Axe().run(screen, options=RULES).response["violations"] if width in RULED else []
        found += [f"{width}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in broken]
        too_wide = screen.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if too_wide > 0:
            found.append(f"{width}: scrolls sideways by {too_wide} px")
    return found
