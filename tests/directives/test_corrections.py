"""The page from which a given letter is put right."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from directives.models import Letter, LetterState
from tests.directives.corrected import dated

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_the_letter_leads_an_officer_to_its_corrections(
    stp: Agency, dung: User, giang: User, client_of: SignIn
) -> None:
    directive, _ = dated(stp)
    letter = reverse("letter", args=[directive.letter_id])
    there = reverse("corrections", args=[directive.letter_id])
    assert there in client_of(dung).get(letter).content.decode()
    assert there not in client_of(giang).get(letter).content.decode()


def test_every_directive_has_its_links(stp: Agency, dung: User, client_of: SignIn) -> None:
    directive, _ = dated(stp)
    page = client_of(dung).get(reverse("corrections", args=[directive.letter_id])).content.decode()
    for name in ("correct_directive", "add_agency"):
        assert reverse(name, args=[directive.pk]) in page
    assert "15/03/2023" in page


def test_what_was_withdrawn_is_only_read(stp: Agency, dung: User, client_of: SignIn) -> None:
    directive, _ = dated(stp)
    Letter.objects.update(state=LetterState.WITHDRAWN)
    page = client_of(dung).get(reverse("corrections", args=[directive.letter_id])).content.decode()
    assert "không sửa được nữa" in page
    assert reverse("correct_directive", args=[directive.pk]) not in page


def test_a_letter_that_nobody_was_given_is_not_corrected_here(stp: Agency, dung: User, client_of: SignIn) -> None:
    directive, _ = dated(stp)
    Letter.objects.update(state=LetterState.DRAFT)
    assert client_of(dung).get(reverse("corrections", args=[directive.letter_id])).status_code == 404
