"""Whole letters of every kind the reader knows, each with what a person finds in it.

The letters are written for this test: provinces, bodies and signers do not exist. The .json beside each .txt is the
reading, checked by eye clause by clause.
"""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from directives import intake

LETTERS = sorted(Path(__file__).with_name("letters").glob("*.txt"))
BESIDE = ("confidence", "reasons", "lead_bodies", "support_bodies")


@pytest.mark.parametrize("letter", LETTERS, ids=lambda path: path.stem)
def test_a_letter_reads_as_a_person_reads_it(letter: Path) -> None:
    said = intake.read_text(letter.read_text("utf-8")).as_json()
    gold = json.loads(letter.with_suffix(".json").read_text("utf-8"))
    assert said["letter"] == gold["letter"]
    found = [{key: value for key, value in one.items() if key not in BESIDE} for one in said["directives"]]  # type: ignore[attr-defined]
    assert [one["label"] for one in found] == [one["label"] for one in gold["directives"]]
    for one, right in zip(found, gold["directives"], strict=True):
        assert one == right


@pytest.mark.parametrize("letter", LETTERS, ids=lambda path: path.stem)
def test_every_proposal_says_why_and_how_sure(letter: Path) -> None:
    for found in intake.read_text(letter.read_text("utf-8")).directives:
        assert 0 < found.confidence < 1
        assert found.reasons
        assert all(reason[0].isupper() for reason in found.reasons)


def test_line_ends_of_another_system_and_a_decomposed_text_change_nothing() -> None:
    text = LETTERS[0].read_text("utf-8")
    plain = intake.read_text(text)
    other = intake.read_text(unicodedata.normalize("NFD", text.replace("\n", "\r\n")))
    assert other.as_json() == plain.as_json()
    assert other.text == plain.text
