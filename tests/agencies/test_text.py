"""Folding and sorting of Vietnamese text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.text import fold, nfc, sort_key

PAIRS = [
    ("Sở Tư pháp", "so tu phap"),
    ("UỶ BAN", "ủy ban"),
    ("hoà", "hòa"),
    ("Ðồng Đăng", "dong dang"),
    (unicodedata.normalize("NFD", "Lộc Bình"), "LỘC BÌNH"),
    ("  Văn   Quan ", "van quan"),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_both_are_found_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert nfc(nfc(text)) == nfc(text)


def test_names_stand_in_the_order_of_the_dictionary() -> None:
    names = ["Ủy ban", "Đình Lập", "Dân tộc", "Sở Y tế", "Sở Xây dựng", "Ăn", "An", "Ân", "Bả", "Bà", "Ba"]
    in_order = ["An", "Ăn", "Ân", "Ba", "Bà", "Bả", "Dân tộc", "Đình Lập", "Sở Xây dựng", "Sở Y tế", "Ủy ban"]
    assert sorted(names, key=sort_key) == in_order
