"""An officer enters the seed letter: as a file, pasted, by keyboard alone, without JavaScript; 144 times given."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.directives.intake import made
from tests.journeys.conftest import NARROW, WIDE, SignedIn, shoot
from tests.journeys.test_accessibility import check

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("portal")]
TEXT = (Path(__file__).parents[2] / "directives/data/langson_2023_ubnd_kgvx.txt").read_text("utf-8")
GIVEN = "Đã giao 15 nhiệm vụ, 144 lượt giao cho 40 cơ quan"
CONFIRMED = re.compile("15 nhiệm vụ → 144 lượt giao cho 40 cơ quan")


def _pasted(page: Page, folder: Path) -> None:
    page.get_by_label("Hoặc dán nội dung văn bản").fill(TEXT)


def _file(make: made.Maker) -> Callable[[Page, Path], None]:
    def choose(page: Page, folder: Path) -> None:
        name, content = make(TEXT)
        (folder / name).write_bytes(content)
        page.get_by_label("Tệp văn bản").set_input_files(folder / name)

    return choose


@pytest.mark.parametrize(
    ("way", "options"),
    [
        pytest.param(_file(made.docx), {}, id="docx"),
        pytest.param(_file(made.pdf), {}, id="pdf"),
        pytest.param(_pasted, {"java_script_enabled": False}, id="pasted-without-javascript"),
    ],
)
def test_confirmed_unchanged_the_seed_letter_is_given_144_times(
    way: Callable[[Page, Path], None], options: dict[str, bool], signed_in: SignedIn, tmp_path: Path
) -> None:
    page = signed_in("kgvx", **options)
    page.goto("/van-ban/")
    page.get_by_role("link", name="Thêm văn bản").click()
    way(page, tmp_path)
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page.get_by_role("heading", name="Kiểm tra phần đầu văn bản")).to_be_visible()
    expect(page.get_by_label("Ký hiệu")).to_have_value("UBND-KGVX")
    expect(page.get_by_label("Số", exact=True)).to_have_value("")
    page.get_by_role("button", name="Tiếp: tách nhiệm vụ").click()
    expect(page.get_by_role("heading", name="Nhiệm vụ đề xuất: 15")).to_be_visible()
    page.get_by_role("button", name="Tiếp: kiểm tra 15 nhiệm vụ").click()
    expect(page.get_by_role("heading", name=CONFIRMED)).to_be_visible()
    page.get_by_role("button", name="Giao nhiệm vụ").click()
    expect(page.get_by_text(GIVEN)).to_be_visible()
    expect(page.get_by_role("link", name="Đã hoàn thành 0/144")).to_be_visible()


def test_the_text_and_its_cards_find_each_other_and_the_page_saves_by_itself(signed_in: SignedIn) -> None:
    page = _at_the_cards(signed_in)
    shoot(page, "tach-nhiem-vu")
    page.locator("mark.clause[data-card='11']").first.click()  # 6.1
    expect(page).to_have_url(re.compile("#nv-11$"))
    expect(page.locator("#nv-11")).to_be_in_viewport()
    page.locator("#nv-5 textarea").fill("Theo dõi, đôn đốc Kế hoạch số 91")
    expect(page.locator("mark.clause[data-card='5']").first).to_have_class(re.compile("is-current"))
    expect(page.locator("mark.clause[data-card='5']").first).to_be_in_viewport()
    page.locator("#nv-6 textarea").focus()  # leaving the field saves it
    expect(page.get_by_text("Đã lưu nháp lúc")).to_be_visible()
    expect(page.locator("#luu input[name=version]")).not_to_have_value("1")
    page.reload()
    expect(page.locator("#nv-5 textarea")).to_have_value("Theo dõi, đôn đốc Kế hoạch số 91")


def test_marked_words_become_a_directive_and_members_of_a_group_are_struck_out(signed_in: SignedIn) -> None:
    page = _at_the_cards(signed_in)
    page.get_by_role("button", name="Sửa mục 6.1").click()
    assert check(page) == []
    page.set_viewport_size(WIDE)
    page.get_by_text("11 cơ quan: bỏ bớt").click()
    page.get_by_label("UBND huyện Tràng Định").uncheck()
    page.locator("#nv-11").get_by_role("button", name="Xong, đã kiểm").click()
    expect(page.locator("#nv-11")).to_contain_text("30 lượt giao")
    page.locator(".source span", has_text="UBND tỉnh yêu cầu các cơ quan").click(click_count=3)
    expect(page.locator("#doan-chon")).to_be_visible()
    page.get_by_role("button", name="Thêm nhiệm vụ", exact=True).click()
    expect(page.get_by_role("heading", name="Nhiệm vụ đề xuất: 16")).to_be_visible()
    shoot(page, "tach-nhiem-vu-them")


def test_by_keyboard_alone_a_card_is_checked_and_the_letter_reaches_its_last_step(signed_in: SignedIn) -> None:
    page = _at_the_cards(signed_in, viewport=NARROW)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nhiệm vụ đề xuất")).to_be_focused()
    page.keyboard.press("Enter")
    _tab_to(page, "Đúng, đã kiểm")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã kiểm 1")).to_be_visible()
    _tab_to(page, "Tiếp", most=130)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=CONFIRMED)).to_be_visible()
    assert check(page) == []
    shoot(page, "kiem-tra-giao")


def _at_the_cards(signed_in: SignedIn, **options: object) -> Page:
    page = signed_in("kgvx", **options)
    page.goto("/van-ban/moi/")
    page.get_by_label("Hoặc dán nội dung văn bản").fill(TEXT)
    page.get_by_role("button", name="Đọc văn bản").click()
    page.get_by_role("button", name="Tiếp: tách nhiệm vụ").click()
    expect(page.get_by_role("heading", name="Nhiệm vụ đề xuất: 15")).to_be_visible()
    return page


def _tab_to(page: Page, words: str, most: int = 12) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.innerText || ''"):
            return
    raise AssertionError(f"no «{words}» within {most} keys")
