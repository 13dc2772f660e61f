"""A letter comes in as a file or as pasted text; the reader proposes, nothing is given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agencies.models import User
from agencies.resources import load_directory
from directives.models import Assignment, Draft, Roster
from tests.directives.intake import made

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
ADDRESS = "/van-ban/moi/"
TEXT = (Path(__file__).parents[2] / "directives/data/langson_2023_ubnd_kgvx.txt").read_text("utf-8")


@pytest.fixture
def officer(dung: User, client_of: SignIn) -> Client:
    load_directory()
    return client_of(dung)


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(lambda: {"text": TEXT}, id="pasted"),
        pytest.param(lambda: {"file": SimpleUploadedFile(*made.docx(TEXT))}, id="docx"),
        pytest.param(lambda: {"file": SimpleUploadedFile(*made.pdf(TEXT))}, id="pdf"),
        pytest.param(lambda: {"file": SimpleUploadedFile("cv.txt", TEXT.encode())}, id="txt"),
    ],
)
def test_the_seed_letter_becomes_a_draft_of_15_cards(way: Callable[[], dict], officer: Client) -> None:
    answer = officer.post(ADDRESS, way())
    draft = Draft.objects.get()
    assert answer.headers["Location"] == reverse("draft_head", args=[draft.pk])
    assert draft.kept_count == 15
    assert draft.the_head.effective_on == date(2023, 1, 1)  # the day is blank, its month is not
    assert Roster.on(date(2023, 1, 1)).assignments(draft.the_cards) == 144
    assert draft.the_head.notation == "UBND-KGVX"
    assert draft.the_head.number == ""
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        pytest.param(dict, "Chọn tệp văn bản hoặc dán nội dung", id="nothing"),
        pytest.param(
            lambda: {"text": "1. Sở Tư pháp", "file": SimpleUploadedFile("a.txt", b"abc")},
            "Chọn một cách",
            id="both",
        ),
        pytest.param(lambda: {"file": SimpleUploadedFile("a.exe", b"MZ")}, "DOCX", id="another-kind"),
        pytest.param(lambda: {"file": SimpleUploadedFile("a.docx", b"PK\x03\x04rest")}, "tệp", id="broken"),
        pytest.param(lambda: {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4")}, "tệp", id="broken-pdf"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(typed: Callable[[], dict], sentence: str, officer: Client) -> None:
    answer = officer.post(ADDRESS, typed())
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_text_without_directives_is_a_draft_to_which_cards_are_added(officer: Client) -> None:
    answer = officer.post(ADDRESS, {"text": "Trên đây là thông tin để các đồng chí được biết."}, follow=True)
    assert answer.status_code == 200
    draft = Draft.objects.get()
    assert draft.kept_count == 0
    assert "Chưa có nhiệm vụ nào" in officer.get(reverse("split", args=[draft.pk])).content.decode()
