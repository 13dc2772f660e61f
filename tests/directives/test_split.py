"""Step 2 of entering a letter: its text beside the cards; every act is a button of an ordinary form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from directives.deadlines import DueKind
from directives.drafting.cards import CardParty, Cards, CardState, cards_to_json
from directives.models import Draft
from tests.factories import AgencyFactory, AgencyGroupFactory, DraftFactory, UserFactory, two_cards

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def draft(dung: User, stp: Agency) -> Draft:
    return DraftFactory.create(created_by=dung)


@pytest.fixture
def officer(dung: User, client_of: SignIn) -> Client:
    return client_of(dung)


def address(draft: Draft) -> str:
    return reverse("split", args=[draft.pk])


def titles(draft: Draft) -> dict[str, str]:
    return {f"c{card.id}-title": card.title for card in draft.the_cards if card.is_kept}


def post(officer: Client, draft: Draft, act: str, **typed: Any) -> Any:
    draft.refresh_from_db()
    return officer.post(address(draft), {**titles(draft), "version": draft.version, "act": act, **typed})


def cards(draft: Draft) -> Cards:
    draft.refresh_from_db()
    return draft.the_cards


def test_the_text_and_the_cards_point_at_each_other(draft: Draft, officer: Client) -> None:
    page = officer.get(address(draft)).content.decode()
    for card in draft.the_cards:
        assert f'id="doan-{card.id}" href="#nv-{card.id}"' in page
        assert f'<a href="#doan-{card.id}">Mục {card.label}</a>' in page
    assert "2 lượt giao cho 1 cơ quan" in page


def test_a_title_is_kept_by_whatever_button(draft: Draft, officer: Client) -> None:
    post(officer, draft, "check:2", **{"c1-title": "Đôn đốc Kế hoạch 91"})
    first, second = cards(draft)
    assert first.title == "Đôn đốc Kế hoạch 91"
    assert (first.state, second.state) == (CardState.PROPOSED, CardState.CHECKED)


def test_dropped_a_card_stays_in_sight_and_can_be_taken_back(draft: Draft, officer: Client) -> None:
    post(officer, draft, "drop:2")
    assert draft.kept_count == 2  # as it was read before
    assert cards(draft)[1].state == CardState.DROPPED
    assert "đã bỏ, không giao" in officer.get(address(draft)).content.decode()
    post(officer, draft, "restore:2")
    assert cards(draft)[1].is_kept


def test_two_cards_become_one_and_one_becomes_two(draft: Draft, officer: Client) -> None:
    post(officer, draft, "merge:2")
    (both,) = cards(draft)
    assert "91/KH-UBND" in draft.text[both.start : both.end]
    assert "tổng hợp kết quả" in draft.text[both.start : both.end]
    at = draft.text.index("Cung cấp")
    answer = post(
        officer, draft, f"split:{both.id}", open=str(both.id), **{f"c{both.id}-at": str(at)}, **whole(both.id)
    )
    assert answer.status_code == 302
    assert [draft.text[one.start :].split()[0] for one in cards(draft)] == ["Theo", "Cung"]


def whole(pk: int, **changed: str) -> dict[str, str]:
    """The fields of an open card as its page posts them."""
    fields = {"modality": "yeu-cau", "requires_evidence": "on", "due_kind": "none", **changed}
    parties = {"lead-0-phrase": "Sở Tư pháp", "lead-0-body": "a:STP"}
    return {f"c{pk}-{name}": value for name, value in {**parties, **fields}.items()}


def test_a_passage_that_was_passed_over_becomes_a_card(draft: Draft, officer: Client) -> None:
    answer = post(officer, draft, "add", first="Đề nghị các cơ quan", last="thực hiện.")
    assert "?sua=" in answer.headers["Location"]
    new = cards(draft)[-1]
    assert draft.text[new.start : new.end] == "Đề nghị các cơ quan có liên quan phối hợp thực hiện."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Chọn đoạn văn bản cần thêm"),
        ({"first": "không có chữ này"}, "Không thấy «Không có chữ này» trong văn bản"),
        ({"from": "5", "to": "7"}, "quá ngắn"),
    ],
)
def test_a_passage_that_is_not_there_gets_a_sentence(
    typed: dict[str, str], sentence: str, draft: Draft, officer: Client
) -> None:
    answer = post(officer, draft, "add", **typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert len(cards(draft)) == 2


def test_everything_about_an_open_card_can_be_changed(draft: Draft, officer: Client) -> None:
    AgencyFactory.create(code="STC", short_name="Sở Tài chính")
    fields = whole(1, modality="de-nghi", due_kind="date", due_on="15/3/2023", **{"lead-add": "a:STC"})
    fields.pop("c1-requires_evidence")
    answer = post(officer, draft, "check:1", open="1", **fields)
    assert answer.status_code == 302
    first = cards(draft)[0]
    assert [party.agency for party in first.leads] == ["STP", "STC"]
    assert (first.modality, first.requires_evidence, first.due.kind) == ("de-nghi", False, DueKind.DATE)
    assert first.due_is_internal


def test_a_group_shows_its_members_and_loses_one(draft: Draft, officer: Client) -> None:
    AgencyFactory.create(code="STC", short_name="Sở Tài chính")
    AgencyGroupFactory.create(code="G.SBN")
    first, second = two_cards()
    draft.cards = cards_to_json((replace(first, leads=(CardParty("Các sở, ban, ngành", group="G.SBN"),)), second))
    draft.save()
    page = officer.get(address(draft) + "?sua=1").content.decode()
    assert "2 cơ quan: bỏ bớt" in page
    typed = {"lead-0-phrase": "Các sở, ban, ngành", "lead-0-body": "g:G.SBN", "lead-0-shown": "g:G.SBN"}
    fields = whole(1) | {f"c1-{name}": value for name, value in typed.items()}
    fields |= {"c1-lead-0-shown": "G.SBN", "c1-lead-0-member": "STC"}
    post(officer, draft, "save", open="1", **fields)
    assert cards(draft)[0].leads[0].struck_out == ("STP",)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("due_on", "31/2/2023", "Không có ngày 31/2/2023"),
        ("due_on", "4/1/2023", "05/01/2023"),
        ("title", "x" * 301, "300 ký tự"),
    ],
)
def test_a_wrong_field_gets_its_sentence_and_the_rest_stays_as_typed(
    field: str, typed: str, sentence: str, draft: Draft, officer: Client
) -> None:
    fields = whole(1, due_kind="date", due_on="15/3/2023") | {f"c1-{field}": typed}
    answer = post(officer, draft, "save", open="1", **{"c2-title": "Tên mới của mục hai", **fields})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Có thông tin cần sửa" in page
    assert sentence in page
    assert "Tên mới của mục hai" in page
    assert cards(draft) == two_cards()


def test_the_page_saves_by_itself_and_says_when(draft: Draft, officer: Client) -> None:
    answer = post(officer, draft, "autosave", **{"c1-title": "Đôn đốc Kế hoạch 91"})
    assert "Đã lưu nháp lúc" in answer.content.decode()
    assert cards(draft)[0].title == "Đôn đốc Kế hoạch 91"
    assert f'value="{draft.version}"' in answer.content.decode()


def test_saved_by_itself_a_wrong_field_is_said_and_nothing_lost(draft: Draft, officer: Client) -> None:
    answer = post(officer, draft, "autosave", open="1", **whole(1, due_kind="date", due_on="31/2/2023"))
    assert answer.status_code == 422
    assert "Chưa lưu: có thông tin cần sửa" in answer.content.decode()


def test_two_officers_at_one_letter_are_told(draft: Draft, officer: Client, dung: User, client_of: SignIn) -> None:
    colleague = UserFactory.create(full_name="Mai Thị Hoa", role=dung.role)
    post(client_of(colleague), draft, "save", **{"c1-title": "tên do Hoa đặt"})
    assert "cũng đang nhập văn bản này" in officer.get(address(draft)).content.decode()
    mine = {**titles(draft), "c1-title": "tên do Dũng đặt", "version": 1}
    answer = officer.post(address(draft), {**mine, "act": "save"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "tên do Hoa đặt" in page
    assert "tên do Dũng đặt" in page
    assert cards(draft)[0].title == "tên do Hoa đặt"
    assert officer.post(address(draft), {**mine, "act": "autosave"}).status_code == 409
    assert officer.post(address(draft), {**mine, "version": draft.version, "act": "save"}).status_code == 302
    assert cards(draft)[0].title == "tên do Dũng đặt"


def test_a_page_without_its_version_is_old(draft: Draft, officer: Client) -> None:
    answer = officer.post(address(draft), {**titles(draft), "act": "save"})
    assert answer.status_code == 422
    assert "Trang này đã cũ" in answer.content.decode()


def test_the_next_step_opens(draft: Draft, officer: Client) -> None:
    assert post(officer, draft, "next").headers["Location"] == reverse("check_and_assign", args=[draft.pk])
