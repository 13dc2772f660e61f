"""The head of a given letter: it gets its number and day later, or was mis-typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from directives.models import HistoryEntry, Letter
from directives.states import Verb
from tests.directives.corrected import dated
from tests.factories import LetterFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def letter(stp: Agency) -> Letter:
    letter = dated(stp)[0].letter
    letter.number, letter.issued_on, letter.effective_on = "", None, date(2023, 1, 1)
    letter.save()
    return letter


def address(letter: Letter) -> str:
    return reverse("correct_letter", args=[letter.pk])


def typed(letter: Letter, **changed: str) -> dict[str, Any]:
    names = ("kind", "number", "notation", "place", "issuer", "subject")
    head = {name: getattr(letter, name) for name in names}
    return {**head, "effective_on": "1/1/2023", "version": letter.version, "reason": "Đã cấp số", **changed}


def test_the_letter_gets_its_number_and_day_and_history_says_so(letter: Letter, dung: User, client_of: SignIn) -> None:
    answer = client_of(dung).post(address(letter), typed(letter, number="125", issued_on="5/1/2023"), follow=True)
    assert "Đã đính chính thông tin văn bản" in answer.content.decode()
    letter.refresh_from_db()
    assert (letter.reference, letter.issued_on, letter.effective_on) == (
        "125/UBND-KGVX",
        date(2023, 1, 5),
        date(2023, 1, 5),
    )
    entry = HistoryEntry.objects.get(letter=letter, verb=Verb.CORRECT)
    assert entry.note == "Đã cấp số"
    assert entry.details["number"] == ["", "125"]
    assert entry.details["effective_on"] == ["2023-01-01", "2023-01-05"]
    assert "subject" not in entry.details


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": " "}, "Nhập lý do đính chính"),
        ({"issued_on": "31/2/2023"}, "Không có ngày 31/2/2023"),
        ({"issued_on": "20/3/2023"}, "Ngày ban hành phải trước hạn 15/03/2023 của mục 1.1"),
        ({"subject": ""}, "Nhập trích yếu"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(
    changed: dict[str, str], sentence: str, letter: Letter, dung: User, client_of: SignIn
) -> None:
    answer = client_of(dung).post(address(letter), typed(letter, **changed))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not HistoryEntry.objects.filter(verb=Verb.CORRECT).exists()


def test_the_number_of_another_letter_is_refused(letter: Letter, dung: User, client_of: SignIn) -> None:
    LetterFactory.create(number="777")
    answer = client_of(dung).post(address(letter), typed(letter, number="777"))
    assert answer.status_code == 422
    assert "đã có trong năm" in answer.content.decode()


def test_two_officers_the_second_sees_and_saves_again(letter: Letter, dung: User, client_of: SignIn) -> None:
    officer, first = client_of(dung), typed(letter, number="125")
    officer.post(address(letter), first)
    answer = officer.post(address(letter), {**first, "number": "126"})
    assert answer.status_code == 409
    assert 'value="126"' in answer.content.decode()
    assert officer.post(address(letter), {**first, "number": "126", "version": 2}).status_code == 302
