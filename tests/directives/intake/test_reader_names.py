"""Phrases in the directory of agencies: what is certain, what is offered, what stays text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date

import pytest

from directives import intake
from directives.intake import resolve
from directives.intake.sheet import bare
from tests.directives.intake.directory import APRIL_2025, JANUARY_2023, langson

CERTAIN = {
    "Sở Thông tin và Truyền thông": "STTTT",
    "Sở TT&TT": "STTTT",
    "Sở TTTT": "STTTT",
    "sở Thông tin & Truyền thông": "STTTT",
    "Sở Lao động – Thương binh và Xã hội": "SLDTBXH",
    "Sở LĐTBXH": "SLDTBXH",
    "Sở Văn hoá, Thể thao và Du lịch": "SVHTTDL",
    "Uỷ ban nhân dân thành phố Lạng Sơn": "UBNDH.178",
    "UBND huyện Tràng Ðịnh": "UBNDH.180",
    "Giám đốc Sở Y tế": "SYT",
    "Văn phòng Ủy ban nhân dân tỉnh": "VPUBND",
    "Sở Nông nghiệp và PTNT": "SNNPTNT",
    "STTTT": "STTTT",
    # slips of a scanner
    "sở thông tín và truyền thống": "STTTT",
    "Sơ Y tế": "SYT",
    "UBND huyện Cao Lọc": "UBNDH.183",
    "Sở Tài chánh": "STC",
}


@pytest.mark.parametrize("phrase", CERTAIN)
def test_a_body_is_known_by_name_abbreviation_alias_and_with_slips(phrase: str) -> None:
    for text in (phrase, unicodedata.normalize("NFD", phrase), phrase.upper()):
        found = resolve.phrase(unicodedata.normalize("NFC", text), langson(), JANUARY_2023)
        assert (found.certainty, found.codes) == ("certain", (CERTAIN[phrase],))


def test_the_same_name_is_another_body_in_another_year() -> None:
    assert resolve.phrase("Sở Nội vụ", langson(), JANUARY_2023).codes == ("SNV",)
    assert resolve.phrase("Sở Nội vụ", langson(), APRIL_2025).codes == ("SNV.2025",)


def test_without_a_day_bodies_of_one_name_are_candidates() -> None:
    found = resolve.phrase("Sở Nội vụ", langson(), None)
    assert (found.certainty, set(found.codes)) == ("candidates", {"SNV", "SNV.2025"})


def test_a_department_that_no_longer_exists_is_not_certain() -> None:
    assert resolve.phrase("Sở Thông tin và Truyền thông", langson(), APRIL_2025).certainty != "certain"


@pytest.mark.parametrize(
    ("phrase", "group", "members"),
    [
        ("Các sở, ban, ngành", "G.SBN", 20),
        ("Thủ trưởng các sở, ban, ngành", "G.SBN", 20),
        ("UBND các huyện, thành phố", "G.HTP", 11),
        ("Ủy ban nhân dân các huyện, thành phố", "G.HTP", 11),
        ("các tổ chức chính trị - xã hội tỉnh", "G.CTXH", 5),
    ],
)
def test_a_group_has_the_members_of_its_day(phrase: str, group: str, members: int) -> None:
    found = resolve.phrase(phrase, langson(), JANUARY_2023)
    assert (found.certainty, found.group, len(found.codes)) == ("group", group, members)


def test_districts_are_no_group_after_they_were_abolished() -> None:
    assert resolve.phrase("UBND các huyện, thành phố", langson(), date(2025, 8, 1)).certainty != "group"


@pytest.mark.parametrize(
    "phrase", ["các cơ quan, đơn vị có liên quan", "các cơ quan liên quan", "các đơn vị, địa phương"]
)
def test_open_sets_are_never_expanded(phrase: str) -> None:
    found = resolve.phrase(phrase, langson(), JANUARY_2023)
    assert (found.certainty, found.codes) == ("open", ())


def test_a_name_cut_short_is_offered_not_taken() -> None:
    found = resolve.phrase("Sở Giao thông", langson(), JANUARY_2023)
    assert (found.certainty, found.codes[0]) == ("candidates", "SGTVT")


@pytest.mark.parametrize("phrase", ["Sở Quy hoạch - Kiến trúc", "Công ty Cổ phần Sơn Hải", "x" * 400])
def test_a_stranger_stays_unknown(phrase: str) -> None:
    found = resolve.phrase(phrase, langson(), JANUARY_2023)
    assert (found.certainty, found.codes) == ("unknown", ())


def test_two_near_names_are_both_offered() -> None:
    """One slip away from two departments: the reader does not choose."""
    found = resolve.phrase("Sở Ngội vụ", langson(), JANUARY_2023)
    assert found.certainty == "candidates"
    assert {"SNV", "SNGV"} <= set(found.codes)


def _lost_marks(name: str) -> str:
    """What a scanner makes of marks: "Sở" → "Sơ", "Quản" → "Quàn"."""
    return name.translate(str.maketrans("ộởảếạệấốờ", "ôơàêaêâôơ"))


def _wrong_letter(name: str) -> str:
    """One letter that a scanner takes for another, in a longer word."""
    words = name.split(" ")
    at = max(range(len(words)), key=lambda place: len(words[place]))
    words[at] = words[at][:-1] + ("r" if words[at][-1] != "r" else "n")
    return " ".join(words)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as printed": str,
    "decomposed": lambda name: unicodedata.normalize("NFC", unicodedata.normalize("NFD", name)),
    "capitals": str.upper,
    "without marks": bare,
    "other marks": lambda name: name.replace("Đ", "Ð").replace(" và ", " & ").replace("Ủy", "Uỷ").replace("hóa", "hoá"),
    "lost marks": _lost_marks,
}


def _first_day(body: intake.Body) -> date:
    return body.valid_from or (JANUARY_2023 if body.is_valid(JANUARY_2023) else body.valid_to or JANUARY_2023)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_body_of_the_directory_is_known_in_every_spelling(spelling: str) -> None:
    for body in langson().bodies:
        found = resolve.phrase(SPELLINGS[spelling](body.name), langson(), _first_day(body))
        assert (body.name, found.certainty, found.codes) == (body.name, "certain", (body.code,))


def test_a_wrong_letter_never_makes_another_body_certain() -> None:
    right = 0
    for body in langson().bodies:
        found = resolve.phrase(_wrong_letter(body.name), langson(), _first_day(body))
        assert body.code in found.codes
        right += found.certainty == "certain"
    assert right >= 0.9 * len(langson().bodies)


@pytest.mark.parametrize(
    "phrase",
    ["Bộ Xây dựng", "Bộ Tài chính", "Bộ Tư pháp", "Văn phòng HĐND tỉnh", "Sở Nội vụ tỉnh Minh Hà", "UBND các huyện"],
)
def test_a_short_word_makes_another_body(phrase: str) -> None:
    assert resolve.phrase(phrase, langson(), JANUARY_2023).certainty != "certain"


def test_a_district_of_before_is_no_commune_of_the_same_name() -> None:
    july = date(2025, 7, 1)
    assert resolve.phrase("UBND huyện Cao Lộc", langson(), JANUARY_2023).codes == ("UBNDH.183",)
    assert resolve.phrase("UBND huyện Cao Lộc", langson(), july).certainty != "certain"
    assert resolve.phrase("UBND xã Cao Lộc", langson(), july).codes == ("UBNDX.06211",)
    assert resolve.phrase("UBND xã Cao Lộc", langson(), JANUARY_2023).certainty != "certain"


def test_the_standing_committee_is_the_front_itself() -> None:
    found = resolve.phrase("Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh", langson(), JANUARY_2023)
    assert (found.certainty, found.codes) == ("certain", ("MTTQ",))
