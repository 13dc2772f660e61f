"""Rows ticked in a list, and what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime

from agencies.forms import TextField
from directives.forms.review import LONGEST

MOST = 200  # rows of one act: each is locked, decided and told of
NOTHING_CHOSEN = "Chọn ít nhất một nhiệm vụ"


class RowsField(forms.Field):
    """Ticked rows: "12", or "12:3" with the version that was read. Gives {id: version or None}."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "required": NOTHING_CHOSEN,
        "invalid": "Có nhiệm vụ không đọc được trong danh sách đã chọn. Mở lại danh sách và chọn lại",
        "too_many": f"Chọn tối đa {MOST} nhiệm vụ mỗi lần",
    }

    def to_python(self, value: Any) -> dict[int, int | None]:
        rows: dict[int, int | None] = {}
        for text in value or ():
            pk, _, version = str(text).partition(":")
            if not _is_number(pk) or (version and not _is_number(version)):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            rows[int(pk)] = int(version) if version else None
        if len(rows) > MOST:
            raise ValidationError(self.error_messages["too_many"], code="too_many")
        return rows


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18


class ChosenForm(forms.Form):
    """`nv`: the rows that were ticked."""

    nv = RowsField()

    @property
    def chosen(self) -> list[int]:
        return list(self.cleaned_data["nv"])


class ConfirmAllForm(ChosenForm):
    """What the check page sends: each row with the version that was read, and one note for all."""

    note = TextField(
        label="Nhận xét của Văn phòng",
        help_text="Không bắt buộc. Ghi vào từng nhiệm vụ, cơ quan đọc được.",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def versions(self) -> dict[int, int]:
        return {pk: version or 0 for pk, version in self.cleaned_data["nv"].items()}


def as_rows(assignments: Sequence[Any]) -> list[str]:
    """The values of `nv` for assignments as they stand now."""
    return [f"{one.pk}:{one.version}" for one in assignments]


class UndoForm(forms.Form):
    """`luc`: the moment of the decisions that are taken back, in ISO form."""

    luc = forms.CharField(error_messages={"required": "Chọn quyết định cần hoàn tác"})

    def clean_luc(self) -> datetime:
        try:
            moment = parse_datetime(self.cleaned_data["luc"])
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise ValidationError("Chọn quyết định cần hoàn tác")
        return moment
