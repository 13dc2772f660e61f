"""Where things stand on paper, held to the table of Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from reports import pdf
from reports.content.edition import Edition
from tests.reports import frozen
from tests.reports.every_kind import EVERY, rendered
from tests.reports.paper import MM, Paper, Rule, Word

pytestmark = pytest.mark.xdist_group("pdf")

LEFT, RIGHT, TOP, BOTTOM = 30, 195, 20, 277  # mm of the layout zone of a portrait page
MIDDLE = (LEFT + RIGHT) / 2
LEFT_COLUMN, RIGHT_COLUMN = 63, 145.5  # their middles


@pytest.fixture(scope="module")
def paper() -> Paper:
    return Paper(pdf.render(frozen.usual()).content)


COMPONENTS = [
    # words, points allowed, face, middle (None: not centred)
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, 13), "Tinos-Bold", RIGHT_COLUMN),
    ("Độc lập - Tự do - Hạnh phúc", (13, 14), "Tinos-Bold", RIGHT_COLUMN),
    ("ỦY BAN NHÂN DÂN", (12, 13), "Tinos", LEFT_COLUMN),
    ("TỈNH LẠNG SƠN", (12, 13), "Tinos", LEFT_COLUMN),
    ("VĂN PHÒNG", (12, 13), "Tinos-Bold", LEFT_COLUMN),
    ("Số: /BC-VP", (13, 13), "Tinos", LEFT_COLUMN),
    ("Lạng Sơn, ngày tháng năm 2023", (13, 14), "Tinos-Italic", RIGHT_COLUMN),
    ("BÁO CÁO", (13, 14), "Tinos-Bold", MIDDLE),
    ("Tình hình thực hiện nhiệm vụ do Ủy ban nhân dân tỉnh giao", (13, 14), "Tinos-Bold", MIDDLE),
    ("I. TÌNH HÌNH THỰC HIỆN NHIỆM VỤ", (13, 14), "Tinos-Bold", None),
    ("1. Kết quả chung", (13, 14), "Tinos-Bold", None),
    ("CHÁNH VĂN PHÒNG", (13, 14), "Tinos-Bold", 153.75),
    ("Nơi nhận:", (12, 12), "Tinos-Bold-Italic", None),
    ("- Lưu: VT, KGVX.", (11, 11), "Tinos", None),
    ("Phụ lục", (14, 14), "Tinos-Bold", (30 + 282) / 2),
    ("DANH MỤC NHIỆM VỤ VÀ TÌNH HÌNH THỰC HIỆN", (13, 14), "Tinos-Bold", (30 + 282) / 2),
    ("(Kèm theo Báo cáo số", (13, 14), "Tinos-Italic", None),
]


@pytest.mark.parametrize(("words", "points", "face", "middle"), COMPONENTS, ids=[one[0] for one in COMPONENTS])
def test_a_component_has_its_letters_and_place(
    paper: Paper, words: str, points: tuple[int, int], face: str, middle: float | None
) -> None:
    found = paper.find(words, font=face)
    assert found, f"«{words}» stands nowhere on one line"
    assert {word.font for word in found} == {face}
    assert all(points[0] <= word.size <= points[1] for word in found)
    if middle is not None:
        assert (found[0].left + found[-1].right) / 2 == pytest.approx(middle, abs=0.5)


def rule_under(paper: Paper, line: list[Word]) -> Rule:
    below = [rule for rule in paper.rules if rule.page == line[0].page and 0 < rule.y - line[0].bottom < 2]
    return min(below, key=lambda rule: rule.y)


def test_the_rule_under_the_motto_is_as_long_as_the_motto(paper: Paper) -> None:
    motto = paper.find("Độc lập - Tự do - Hạnh phúc")
    rule = rule_under(paper, motto)
    assert (rule.left, rule.right) == pytest.approx((motto[0].left, motto[-1].right), abs=0.5)


@pytest.mark.parametrize("words", ["VĂN PHÒNG", "năm 2023"])
def test_the_rules_under_issuer_and_title_take_a_third_to_a_half_of_the_text(paper: Paper, words: str) -> None:
    last = paper.find(words, font="Tinos-Bold")
    rule = rule_under(paper, last)
    longest = last if words == "VĂN PHÒNG" else paper.find("Tình hình thực hiện nhiệm vụ do Ủy ban nhân dân tỉnh giao")
    assert 1 / 3 <= rule.length / (longest[-1].right - longest[0].left) <= 1 / 2
    assert (rule.left + rule.right) / 2 == pytest.approx((longest[0].left + longest[-1].right) / 2, abs=0.5)


def test_number_and_date_stand_on_one_line(paper: Paper) -> None:
    number, date = paper.find("Số: /BC-VP")[0], paper.find("Lạng Sơn, ngày tháng năm 2023")[0]
    assert number.bottom == pytest.approx(date.bottom, abs=0.2)


def test_recipients_and_signer_begin_on_one_level(paper: Paper) -> None:
    recipients, position = paper.find("Nơi nhận:")[0], paper.find("CHÁNH VĂN PHÒNG")[0]
    assert recipients.page == position.page
    assert recipients.top == pytest.approx(position.top, abs=1)


def test_the_signature_has_room_and_never_stands_alone_on_a_page(paper: Paper) -> None:
    position = paper.find("CHÁNH VĂN PHÒNG")[0]
    ending = next(word for word in paper.words if word.text.endswith("./."))
    assert ending.page == position.page
    assert position.bottom + 30 <= BOTTOM


def test_paragraphs_have_the_first_line_indented(paper: Paper) -> None:
    assert paper.find("Thực hiện chức năng")[0].left == pytest.approx(LEFT + 12.7, abs=0.2)
    assert paper.find("Thực hiện chức năng")[0].size == 14


def lines_of(paper: Paper, first: str, last: str) -> list[list[Word]]:
    """The lines of a paragraph, from its first words to its last."""
    start, end = (paper.words.index(paper.find(words)[place]) for words, place in ((first, 0), (last, -1)))
    lines: list[list[Word]] = []
    for word in paper.words[start : end + 1]:
        if lines and abs(lines[-1][-1].bottom - word.bottom) < 0.5:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def test_the_text_is_justified_with_single_to_one_and_a_half_spacing_and_six_points_between_paragraphs(
    paper: Paper,
) -> None:
    opening = lines_of(paper, "Thực hiện chức năng", "như sau:")
    assert len(opening) > 2
    assert [line[0].left for line in opening[1:]] == pytest.approx([LEFT] * (len(opening) - 1), abs=0.2)
    assert [line[-1].right for line in opening[:-1]] == pytest.approx([RIGHT] * (len(opening) - 1), abs=0.3)
    apart = [(below[0].bottom - above[0].bottom) * MM for above, below in pairwise(opening)]
    single = 14 * 1.15  # points
    assert all(single * 0.98 <= distance <= single * 1.5 for distance in apart)
    item = lines_of(paper, "- Đã hoàn thành", "thời hạn.")
    following = paper.find("- Chưa hoàn thành 10")[0]
    assert (following.bottom - item[-1][0].bottom) * MM - apart[0] >= 5.9


ISSUED = Edition(
    number="7", day=date(2023, 2, 5), position="KT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG", signer="Trần Mẫu"
)


def test_what_was_filled_in_stands_where_the_decree_has_it() -> None:
    issued = Paper(pdf.render(frozen.usual(), replace(ISSUED, is_final=True)).content)
    number, dated = issued.find("Số: 07/BC-VP"), issued.find("Lạng Sơn, ngày 05 tháng 02 năm 2023")
    assert [(word.size, word.font) for word in number] == [(13, "Tinos")] * 2
    assert {word.font for word in dated} == {"Tinos-Italic"}
    (first, second, name) = (issued.find(words) for words in ("KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Trần Mẫu"))
    for line in (first, second, name):
        assert {word.font for word in line} == {"Tinos-Bold"}
        assert all(13 <= word.size <= 14 for word in line)
        assert (line[0].left + line[-1].right) / 2 == pytest.approx(153.75, abs=0.5)
    assert first[0].page == name[0].page
    assert 20 <= name[0].top - second[0].bottom <= 35  # room for the signature and the seal
    assert issued.find("Dự thảo") == []
    assert issued.find("(Kèm theo Báo cáo số 07/BC-VP ngày 05 tháng 02 năm 2023 của")


@pytest.mark.parametrize("kind", EVERY)
def test_every_kind_keeps_the_zone_and_begins_with_the_state_on_one_line(kind: str) -> None:
    every = Paper(rendered(kind).content)
    state = every.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", page=1)
    assert (state[0].left + state[-1].right) / 2 == pytest.approx(RIGHT_COLUMN, abs=0.5)
    assert every.sizes[0] == pytest.approx((210, 297), abs=0.1)
    for word in every.words:
        wide, high = every.sizes[word.page - 1]
        assert LEFT - 0.1 <= word.left <= word.right <= wide - 14.7, word
        assert TOP - 0.1 <= word.top <= word.bottom <= high - 19.5 or outside_the_zone(word, high), word


def outside_the_zone(word: Word, high: float) -> bool:
    above = word.bottom < TOP and (word.text.isdigit() or word.text in ("Dự", "thảo"))
    return above or (word.top > high - 20 and word.size == 8)


def test_the_text_keeps_the_margins(paper: Paper) -> None:
    portrait = [page for page, (width, _) in enumerate(paper.sizes, start=1) if width < 211]
    for word in (word for page in portrait for word in paper.on_page(page)):
        assert LEFT - 0.1 <= word.left <= word.right <= RIGHT + 0.3, word
        assert TOP - 0.1 <= word.top <= word.bottom <= BOTTOM + 0.1 or stands_in_a_margin(word), word


def stands_in_a_margin(word: Word) -> bool:
    """Page number and draft mark above, the line that says where the report comes from below."""
    above = word.bottom < TOP and (word.text.isdigit() or word.text in ("Dự", "thảo"))
    return above or (word.top > BOTTOM and word.size == 8)


def test_the_page_number_is_centred_in_the_upper_margin_and_hidden_on_the_first_page(paper: Paper) -> None:
    numbers = {
        page: [word for word in paper.on_page(page) if word.bottom < TOP and word.text.isdigit()] for page in (1, 2)
    }
    assert numbers[1] == []
    (second,) = numbers[2]
    assert (second.text, second.size, second.font) == ("2", 14, "Tinos")
    assert second.centre == pytest.approx(MIDDLE, abs=0.2)


def test_the_annex_is_landscape_and_numbered_by_itself(paper: Paper) -> None:
    first = paper.find("Phụ lục", font="Tinos-Bold")[0].page
    assert all(size == pytest.approx((297, 210), abs=0.1) for size in paper.sizes[first - 1 :])
    assert all(size == pytest.approx((210, 297), abs=0.1) for size in paper.sizes[: first - 1])
    numbers = [
        [word.text for word in paper.on_page(page) if word.bottom < TOP and word.text.isdigit()]
        for page in range(first, len(paper.sizes) + 1)
    ]
    assert numbers == [[], *([str(n)] for n in range(2, len(numbers) + 1))]


def test_every_page_says_that_it_is_a_draft_and_where_it_comes_from(paper: Paper) -> None:
    code = frozen.usual().code
    for page in range(1, len(paper.sizes) + 1):
        assert paper.find("Dự thảo", page)
        assert paper.find(f"Trích xuất từ hệ thống lúc 08 giờ 00 ngày 20/02/2023; mã {code};", page)
