"""A directive that was missed is added to a given letter and given at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from directives.models import Assignment, Directive, HistoryEntry, Letter, Notice, NoticeKind
from directives.states import Verb
from tests.directives.corrected import dated, directive_of
from tests.factories import AgencyGroupFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
MISSED = {"first": "Cung cấp tài liệu", "last": "báo chí."}


@pytest.fixture
def letter(stp: Agency) -> Letter:
    """1.1 and 1.2 of the letter were given, the paragraph between them was missed."""
    letter = dated(stp)[0].letter
    directive_of("1.2", "Tổng hợp kết quả, báo cáo UBND tỉnh.", letter=letter, position=2)
    return letter


def typed(letter: Letter, **changed: Any) -> dict[str, Any]:
    fields = {"modality": "yeu-cau", "requires_evidence": "on", "due_kind": "none", "lead": "a:STP", **MISSED}
    return fields | {"version": letter.version} | changed


def post(letter: Letter, client: Client, **changed: Any) -> Any:
    return client.post(reverse("add_directive", args=[letter.pk]), typed(letter, **changed), follow=True)


def test_it_stands_at_its_place_with_the_next_free_number(
    letter: Letter, an: User, dung: User, client_of: SignIn
) -> None:
    answer = post(letter, client_of(dung))
    assert "Đã thêm mục 1.1b, 1 lượt giao" in answer.content.decode()
    labels = list(letter.directives.order_by("position").values_list("label", "position"))
    assert labels == [("1.1", 1), ("1.1b", 2), ("1.2", 3)]
    new = letter.directives.get(label="1.1b")
    assert new.text == "Cung cấp tài liệu cho các cơ quan báo chí."
    assert new.title == "Cung cấp tài liệu cho các cơ quan báo chí"
    (given,) = Assignment.objects.filter(directive=new)
    assert HistoryEntry.objects.filter(assignment=given, verb=Verb.ASSIGN, actor=dung).count() == 1
    assert [one.recipient for one in Notice.objects.filter(kind=NoticeKind.ASSIGNED)] == [an]


def test_a_group_stands_for_its_members_on_the_letters_day(
    letter: Letter, stttt: Agency, dung: User, client_of: SignIn
) -> None:
    AgencyGroupFactory.create(code="G.SBN")
    post(letter, client_of(dung), lead="g:G.SBN", label="5", due_kind="date", due_on="20/3/2023")
    given = Assignment.objects.filter(directive__label="5")
    assert {str(one.agency) for one in given} == {"Sở Tư pháp", str(stttt)}
    assert {one.party.group.code for one in given if one.party and one.party.group} == {"G.SBN"}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"first": "", "last": ""}, "Chọn đoạn văn bản cần thêm"),
        ({"lead": ""}, "Chọn cơ quan chủ trì"),
        ({"lead": "a:KHONGCO"}, "Chọn cơ quan chủ trì"),
        ({"label": "1.2"}, "Văn bản đã có mục 1.2"),
        ({"due_kind": "date", "due_on": "1/1/2023"}, "Hạn phải sau ngày ban hành văn bản (05/01/2023)"),
        ({"due_kind": "date"}, "Nhập ngày của hạn"),
    ],
)
def test_what_does_not_fit_gets_a_sentence_and_adds_nothing(
    changed: dict[str, str], sentence: str, letter: Letter, dung: User, client_of: SignIn
) -> None:
    answer = post(letter, client_of(dung), **changed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Directive.objects.count() == 2


def test_pressed_twice_it_is_added_once(letter: Letter, dung: User, client_of: SignIn) -> None:
    officer = client_of(dung)
    post(letter, officer)
    answer = post(letter, officer)
    assert answer.status_code == 409
    assert Directive.objects.count() == 3
