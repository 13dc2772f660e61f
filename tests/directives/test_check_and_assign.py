"""Step 3 of entering a letter: everything on one page, what is uncertain on top, one button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from directives.deadlines import DueKind, DueRule
from directives.drafting.cards import CardParty, cards_to_json
from directives.models import Assignment, Draft, HistoryEntry, Letter, Notice, NoticeKind
from tests.factories import DraftFactory, LetterFactory, UserFactory, two_cards

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def draft(dung: User, stp: Agency) -> Draft:
    return DraftFactory.create(created_by=dung)


def address(draft: Draft) -> str:
    return reverse("check_and_assign", args=[draft.pk])


def test_the_page_counts_what_is_going_to_be_given(draft: Draft, dung: User, client_of: SignIn) -> None:
    page = client_of(dung).get(address(draft)).content.decode()
    assert "2 nhiệm vụ → 2 lượt giao cho 1 cơ quan" in page
    assert "Chưa có số" in page
    assert not Assignment.objects.exists()


def test_one_button_gives_everything_with_history_and_one_message_an_agency(
    draft: Draft, an: User, dung: User, client_of: SignIn
) -> None:
    answer = client_of(dung).post(address(draft), {"version": draft.version}, follow=True)
    letter = Letter.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("letter", args=[letter.pk])
    assert "Đã giao 2 nhiệm vụ, 2 lượt giao cho 1 cơ quan" in answer.content.decode()
    assert letter.text == draft.text
    assert Assignment.objects.filter(directive__letter=letter).count() == 2
    assert HistoryEntry.objects.filter(letter=letter, verb="assign", assignment__isnull=False).count() == 2
    assert Notice.objects.filter(kind=NoticeKind.ASSIGNED, recipient=an).count() == 1


def test_the_second_press_finds_the_letter_and_gives_nothing_again(draft: Draft, dung: User, client_of: SignIn) -> None:
    officer = client_of(dung)
    for _ in range(2):
        officer.post(address(draft), {"version": draft.version})
    assert Letter.objects.count() == 1
    assert Assignment.objects.count() == 2


def test_a_card_that_nobody_leads_stops_the_whole_letter(draft: Draft, dung: User, client_of: SignIn) -> None:
    first, second = two_cards()
    open_set = CardParty("các cơ quan có liên quan")
    _put(draft, (first, replace(second, leads=(open_set,))))
    officer = client_of(dung)
    page = officer.get(address(draft)).content.decode()
    assert "Cần sửa trước khi giao" in page
    assert "Giao nhiệm vụ</button>" not in page
    answer = officer.post(address(draft), {"version": draft.version})
    assert answer.status_code == 422
    assert "Mục 1.2: chưa có cơ quan chủ trì" in answer.content.decode()
    assert not Letter.objects.exists()


def test_a_due_day_before_the_letters_day_is_refused(draft: Draft, dung: User, client_of: SignIn) -> None:
    first, second = two_cards()
    _put(draft, (first, replace(second, due=DueRule(DueKind.DATE, printed_on=date(2023, 1, 4)))))
    answer = client_of(dung).post(address(draft), {"version": draft.version})
    assert answer.status_code == 422
    assert "hạn phải sau ngày ban hành văn bản (05/01/2023)" in answer.content.decode()
    assert not Letter.objects.exists()


def test_a_letter_that_is_there_already_is_named_and_not_given_twice(
    draft: Draft, dung: User, client_of: SignIn
) -> None:
    there = LetterFactory.create(number="125")
    draft.head["number"] = "125"
    draft.save()
    officer = client_of(dung)
    assert reverse("letter", args=[there.pk]) in officer.get(address(draft)).content.decode()
    assert officer.post(address(draft), {"version": draft.version}).status_code == 422
    assert Letter.objects.count() == 1


def test_an_agency_that_no_mail_reaches_is_named(draft: Draft, dung: User, client_of: SignIn) -> None:
    page = client_of(dung).get(address(draft)).content.decode()
    assert "1 cơ quan chưa có địa chỉ thư điện tử" in page


def test_what_a_colleague_changed_in_between_is_looked_at_first(draft: Draft, dung: User, client_of: SignIn) -> None:
    colleague = UserFactory.create(full_name="Mai Thị Hoa", role=dung.role)
    Draft.objects.filter(pk=draft.pk).update(version=2, sole_since=1, saved_by=colleague)
    answer = client_of(dung).post(address(draft), {"version": 1})
    assert answer.status_code == 409
    assert "Mai Thị Hoa" in answer.content.decode()
    assert not Letter.objects.exists()


def _put(draft: Draft, cards: tuple) -> None:
    draft.cards = cards_to_json(cards)
    draft.save()
