"""Throwing a draft away: asked first, and only while nothing of it was given."""

from __future__ import annotations

from collections.abc import Callable

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
    return reverse("throw_away_draft", args=[draft.pk])


def test_the_page_says_what_is_lost_and_leaves_the_draft_alone(draft: Draft, dung: User, client_of: SignIn) -> None:
    page = client_of(dung).get(address(draft)).content.decode()
    assert "Bỏ bản nháp này?" in page
    assert "không lấy lại được" in page
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_confirmed_it_is_gone_and_the_list_says_so(draft: Draft, dung: User, client_of: SignIn) -> None:
    answer = client_of(dung).post(address(draft), {"version": draft.version}, follow=True)
    assert not Draft.objects.filter(pk=draft.pk).exists()
    assert "Đã bỏ bản nháp" in answer.content.decode()


def test_what_a_colleague_saved_in_between_is_not_thrown_away(draft: Draft, dung: User, client_of: SignIn) -> None:
    colleague = UserFactory.create(full_name="Mai Thị Hoa", role=dung.role)
    Draft.objects.filter(pk=draft.pk).update(version=2, sole_since=1, saved_by=colleague)
    answer = client_of(dung).post(address(draft), {"version": 1})
    assert answer.status_code == 409
    assert "Mai Thị Hoa" in answer.content.decode()
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_a_draft_that_was_given_leads_to_its_letter(draft: Draft, dung: User, client_of: SignIn) -> None:
    Draft.objects.filter(pk=draft.pk).update(letter=LetterFactory.create())
    answer = client_of(dung).post(address(draft), {"version": draft.version})
    assert answer.status_code == 302
    assert Draft.objects.filter(pk=draft.pk).exists()
