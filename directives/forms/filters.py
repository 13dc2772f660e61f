"""What a list or the dashboard is narrowed to: read from the address, tolerant of anything that stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from agencies.forms import TextField
from agencies.models import Agency, Comparison, Role, User
from directives.deadlines import LABEL_NAMES, OPEN_LABELS, Label
from directives.models import (
    MANY_EXTENSIONS,
    Assignment,
    AssignmentQuerySet,
    ExtensionRequest,
    Letter,
    LetterState,
    PartyRole,
)

Choices = list[tuple[str, str]]

DONE = "da-hoan-thanh"
OPEN = "chua-hoan-thanh"
OPEN_IN_TIME = "chua-hoan-thanh-con-han"
_SETS: dict[str, tuple[str, frozenset[Label]]] = {
    OPEN: ("Chưa hoàn thành", OPEN_LABELS),
    OPEN_IN_TIME: ("Chưa hoàn thành, chưa quá hạn", OPEN_LABELS - {Label.OVERDUE}),
    DONE: ("Đã hoàn thành", frozenset({Label.DONE, Label.DONE_LATE})),
}
STANDS = {label.value: (LABEL_NAMES[label], frozenset({label})) for label in Label} | _SETS
_ASKED = "dang-xin"
_EXTENDED = {
    _ASKED: "Đang đề nghị gia hạn",
    "1": "Đã gia hạn",
    str(MANY_EXTENSIONS): f"Đã gia hạn từ {MANY_EXTENSIONS} lần",
}
_RECEIPT = {
    "chua-nhan": "Chưa nhận",
    "da-nhan": "Đã nhận",
    "khong-tham-quyen": "Trả lời không thuộc thẩm quyền",
}
_ROLES = {"": "Chủ trì", PartyRole.SUPPORT.value: "Phối hợp", "ca-hai": "Chủ trì và phối hợp"}
_DUE = {"co": "có thời hạn", "khong": "không có thời hạn"}


class ScopeFilter(forms.Form):
    """One letter (`vb`), one group of comparable bodies (`nhom`). What is not offered is ignored.

    `chosen` holds what was asked for and understood, as it stands in the address.
    """

    vb = forms.ChoiceField(label="Văn bản", required=False)
    nhom = forms.ChoiceField(label="Nhóm cơ quan", required=False)

    def __init__(self, query: Mapping[str, str], *, user: User) -> None:
        super().__init__(use_required_attribute=False)
        self.choices = self.offered(user)
        for name, choices in self.choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        self.initial = self.chosen = dict(self._understood(query))

    def offered(self, user: User) -> dict[str, Choices]:
        """The choices of each select, the first of which asks for everything."""
        return {
            "vb": [("", "Tất cả văn bản"), *_letters(user)],
            "nhom": [("", "Tất cả các nhóm"), *Comparison.choices],
        }

    def narrow(self, rows: AssignmentQuerySet) -> AssignmentQuerySet:
        """Those of `rows` that belong to the chosen letter and group."""
        if "vb" in self.chosen:
            rows = rows.filter(directive__letter=int(self.chosen["vb"]))
        if "nhom" in self.chosen:
            rows = rows.filter(agency__kind__in=Comparison(self.chosen["nhom"]).kinds)
        return rows

    def _understood(self, query: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for name, field in self.fields.items():
            try:
                value = field.clean(query.get(name, ""))
            except ValidationError:
                continue
            if value:
                yield name, value


class AssignmentFilter(ScopeFilter):
    """Also how it stands (`tt`), which agency (`cq`, its code), dated or not (`han`), words to search (`q`).

    `vai`: given as lead (what figures count, unless something else is asked for), as support, or either.
    `tn`: received, not received or declined; `gh`: for which more time is asked, or was given so many times.
    """

    tt = forms.ChoiceField(label="Tình trạng", required=False)
    vai = forms.ChoiceField(label="Vai trò", required=False)
    tn = forms.ChoiceField(label="Tiếp nhận", required=False)
    cq = forms.ChoiceField(label="Cơ quan", required=False)
    han = forms.ChoiceField(required=False)
    gh = forms.ChoiceField(label="Gia hạn", required=False)
    cv = forms.ChoiceField(label="Chuyên viên theo dõi", required=False)
    q = TextField(label="Tìm nhiệm vụ", max_length=200, required=False)

    def offered(self, user: User) -> dict[str, Choices]:
        return super().offered(user) | {
            "tt": [("", "Tất cả"), *((code, name) for code, (name, _) in STANDS.items())],
            "vai": list(_ROLES.items()),
            "tn": [("", "Tất cả"), *_RECEIPT.items()],
            "cq": [("", "Tất cả cơ quan"), *_agencies(user)],
            "cv": [("", "Mọi chuyên viên"), *_officers()],
            "han": [("", ""), *_DUE.items()],
            "gh": [("", "Tất cả"), *_EXTENDED.items()],
        }

    def narrow(self, rows: AssignmentQuerySet) -> AssignmentQuerySet:
        rows = self._by_role(super().narrow(rows).matching(self.chosen.get("q", "")))
        if "cq" in self.chosen:
            rows = rows.filter(agency__code=self.chosen["cq"])
        if "cv" in self.chosen:
            rows = rows.followed_by(int(self.chosen["cv"]))
        if "han" in self.chosen:
            rows = rows.filter(due_on__isnull=self.chosen["han"] == "khong")
        if "gh" in self.chosen:
            rows = rows.filter(pk__in=_with_extensions(self.chosen["gh"]))
        return self._by_receipt(rows)

    def _by_role(self, rows: AssignmentQuerySet) -> AssignmentQuerySet:
        match self.chosen.get("vai"):
            case PartyRole.SUPPORT:
                return rows.supports()
            case "ca-hai":
                return rows
        return rows.leads()

    def _by_receipt(self, rows: AssignmentQuerySet) -> AssignmentQuerySet:
        match self.chosen.get("tn"):
            case "chua-nhan":
                return rows.unacknowledged()
            case "da-nhan":
                return rows.filter(acknowledged_at__isnull=False)
            case "khong-tham-quyen":
                return rows.declined()
        return rows

    def found(self, rows: AssignmentQuerySet, on: date) -> AssignmentQuerySet:
        """Those of `rows` that are asked for, as they stand on a day; withdrawn ones only when asked for."""
        rows = self.narrow(rows)
        return rows.with_label(on, STANDS[self.chosen["tt"]][1]) if "tt" in self.chosen else rows.counted()

    @property
    def words(self) -> list[str]:
        """The choices in words, for the line above the list."""
        spoken = [name for name in ("tt", "vai", "tn", "han", "gh", "cq", "cv", "nhom", "vb") if name in self.chosen]
        return [dict(self.choices[name])[self.chosen[name]] for name in spoken]


def _with_extensions(choice: str) -> QuerySet[Any, Any]:
    """The ids of the assignments for which more time is asked, or was given so many times."""
    if choice == _ASKED:
        return ExtensionRequest.objects.to_decide().values("assignment")
    return ExtensionRequest.objects.assignments_extended(int(choice))


def _letters(user: User) -> Choices:
    letters = Letter.objects.visible_to(user).exclude(state=LetterState.DRAFT).order_by("-effective_on", "-pk")
    named = letters.only("kind", "number", "notation", "subject")
    return [(str(one.pk), f"{one.reference} – {one.subject}") for one in named]


def _agencies(user: User) -> Choices:
    given = Assignment.objects.visible_to(user).values("agency")
    return list(Agency.objects.filter(pk__in=given).order_by("sort_key", "pk").values_list("code", "short_name"))


def _officers() -> Choices:
    officers = User.objects.filter(role=Role.OFFICER).order_by("full_name", "pk")
    return [(str(one.pk), str(one)) for one in officers]
