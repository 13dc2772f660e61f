"""A directive of a given letter: its name, its words, its time. What follows its day moves with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from directives.models import Directive, HistoryEntry, Notice, NoticeKind
from directives.states import Verb
from tests.directives.corrected import DUE, dated

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def address(directive: Directive) -> str:
    return reverse("correct_directive", args=[directive.pk])


def typed(directive: Directive, **changed: Any) -> dict[str, Any]:
    fields = {
        "title": directive.title,
        "modality": directive.modality,
        "requires_evidence": "on",
        "due_kind": "date",
        "due_on": "15/3/2023",
        "version": directive.version,
        "reason": "Nhập nhầm",
    }
    return fields | changed


def test_a_mis_entered_day_moves_everything_that_follows_it(
    stp: Agency, stttt: Agency, an: User, chi: User, dung: User, client_of: SignIn
) -> None:
    directive, (ours, theirs) = dated(stp, stttt)
    theirs.due_on = DUE + timedelta(days=10)  # an extension was granted
    theirs.save()
    page = client_of(dung).get(address(directive)).content.decode()
    assert "1 lượt giao theo hạn chung 15/03/2023" in page
    assert "1 lượt giao có hạn riêng giữ nguyên" in page
    answer = client_of(dung).post(address(directive), typed(directive, due_on="31/3/2023"), follow=True)
    assert "1 lượt giao đổi hạn" in answer.content.decode()
    for one in (directive, ours, theirs):
        one.refresh_from_db()
    assert directive.due_on == ours.due_on == ours.original_due_on == date(2023, 3, 31)
    assert (theirs.due_on, theirs.original_due_on) == (DUE + timedelta(days=10), DUE)
    entry = HistoryEntry.objects.get(assignment=ours, verb=Verb.CORRECT)
    assert (entry.details, entry.note) == ({"due_on": ["2023-03-15", "2023-03-31"]}, "Nhập nhầm")
    assert [one.recipient for one in Notice.objects.filter(kind=NoticeKind.CORRECTED)] == [an]
    timeline = client_of(an).get(reverse("assignment", args=[ours.pk])).content.decode()
    assert "đính chính: hạn từ 15/03/2023 thành 31/03/2023" in timeline


def test_no_day_any_more_takes_it_from_the_assignments_too(stp: Agency, dung: User, client_of: SignIn) -> None:
    directive, (ours,) = dated(stp)
    assert client_of(dung).post(address(directive), typed(directive, due_kind="standing")).status_code == 302
    ours.refresh_from_db()
    assert (ours.due_on, ours.original_due_on) == (None, None)


def test_a_new_name_and_other_words_move_no_deadline(stp: Agency, dung: User, client_of: SignIn) -> None:
    directive, (ours,) = dated(stp)
    words = {"title": "Cung cấp tài liệu", "first": "Cung cấp tài liệu", "last": "báo chí."}
    client_of(dung).post(address(directive), typed(directive, **words))
    directive.refresh_from_db()
    assert directive.text == "Cung cấp tài liệu cho các cơ quan báo chí."
    assert directive.text == directive.letter.text[directive.start : directive.end]
    ours.refresh_from_db()
    assert (ours.due_on, ours.version) == (DUE, 1)
    assert not Notice.objects.exists()
    assert HistoryEntry.objects.get(directive=directive, assignment=None).details["title"][1] == "Cung cấp tài liệu"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"due_on": "4/1/2023"}, "Hạn phải sau ngày ban hành văn bản (05/01/2023)"),
        ({"due_on": ""}, "Nhập ngày của hạn"),
        ({"title": ""}, "Nhập tên nhiệm vụ"),
        ({"reason": ""}, "Nhập lý do đính chính"),
        ({"first": "không có chữ này"}, "Không thấy «Không có chữ này»"),
        ({"last": "báo chí."}, "Nhập mấy chữ đầu của đoạn"),
    ],
)
def test_what_does_not_fit_gets_a_sentence_and_changes_nothing(
    changed: dict[str, str], sentence: str, stp: Agency, dung: User, client_of: SignIn
) -> None:
    directive, (ours,) = dated(stp)
    answer = client_of(dung).post(address(directive), typed(directive, **changed))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    ours.refresh_from_db()
    assert ours.due_on == DUE
    assert not HistoryEntry.objects.exists()


def test_two_officers_the_second_sees_and_saves_again(stp: Agency, dung: User, client_of: SignIn) -> None:
    directive, _ = dated(stp)
    officer, first = client_of(dung), typed(directive, title="Tên thứ nhất")
    officer.post(address(directive), first)
    answer = officer.post(address(directive), {**first, "title": "Tên thứ hai"})
    assert answer.status_code == 409
    assert "Tên thứ hai" in answer.content.decode()
    assert officer.post(address(directive), {**first, "title": "Tên thứ hai", "version": 2}).status_code == 302
