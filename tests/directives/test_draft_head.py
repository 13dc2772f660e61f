"""The head of a letter being entered, checked before its directives are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import User
from directives.models import Draft
from tests.factories import DraftFactory, LetterFactory, UserFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def draft(dung: User) -> Draft:
    return DraftFactory.create(created_by=dung)


def address(draft: Draft) -> str:
    return reverse("draft_head", args=[draft.pk])


def typed(draft: Draft, **changed: Any) -> dict[str, Any]:
    head = {name: value for name, value in draft.head.items() if isinstance(value, str)}
    days = {"issued_on": "05/01/2023", "effective_on": "05/01/2023"}
    return {**head, **days, "version": draft.version, **changed}


def test_a_letter_without_number_and_day_goes_on_to_the_next_step(draft: Draft, dung: User, client_of: SignIn) -> None:
    answer = client_of(dung).post(address(draft), typed(draft, number="", issued_on="", effective_on="1/1/2023"))
    assert answer.headers["Location"] == reverse("split", args=[draft.pk])
    draft.refresh_from_db()
    assert draft.the_head.number == ""
    assert draft.the_head.issued_on is None


def test_a_wrong_day_gets_its_sentence_and_what_was_typed_stays(draft: Draft, dung: User, client_of: SignIn) -> None:
    answer = client_of(dung).post(address(draft), typed(draft, issued_on="31/2/2023", subject="nội dung mới"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Không có ngày 31/2/2023" in page
    assert "nội dung mới" in page
    draft.refresh_from_db()
    assert draft.version == 1


def test_the_same_letter_is_named_with_a_link(draft: Draft, dung: User, client_of: SignIn) -> None:
    there = LetterFactory.create(number="125")
    draft.head["number"] = "125"
    draft.save()
    page = client_of(dung).get(address(draft)).content.decode()
    assert "Có thể văn bản này đã được nhập" in page
    assert reverse("letter", args=[there.pk]) in page


def test_two_officers_see_both_texts_and_the_second_save_works(draft: Draft, dung: User, client_of: SignIn) -> None:
    colleague = UserFactory.create(full_name="Mai Thị Hoa", role=dung.role)
    mine = typed(draft, subject="trích yếu của Dũng")
    client_of(colleague).post(address(draft), typed(draft, subject="trích yếu của Hoa"))
    officer = client_of(dung)
    answer = officer.post(address(draft), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mai Thị Hoa" in page
    assert "trích yếu của Hoa" in page
    assert "trích yếu của Dũng" in page
    draft.refresh_from_db()
    assert officer.post(address(draft), mine | {"version": draft.version}).status_code == 302
    draft.refresh_from_db()
    assert draft.the_head.subject == "trích yếu của Dũng"
