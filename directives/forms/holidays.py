"""What the Office says of one day."""

from __future__ import annotations

from typing import Any

from django import forms

from agencies.forms import DayField, DayForm, TextField
from directives.models import DayKind, not_changeable


class ChangeDayForm(DayForm):
    day = DayField(label="Ngày")
    kind = forms.ChoiceField(
        label="Là",
        choices=DayKind.choices,
        initial=DayKind.REST,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Chọn ngày nghỉ, ngày làm việc hay theo lịch chung"
        ),
    )
    name = TextField(
        label="Tên hoặc lý do",
        help_text="Ví dụ: Nghỉ bù Quốc khánh theo thông báo của Chính phủ",
        max_length=200,
        error_messages={"required": "Nhập tên ngày nghỉ hoặc lý do"},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if {"day", "kind", "name"} <= given.keys() and (refusal := not_changeable(**given)):
            self.add_error("day", refusal)
        return given

    @property
    def change(self) -> dict[str, Any]:
        """The arguments of the verb, beside `by` and `now`."""
        return {**self.cleaned_data, "kind": DayKind(self.cleaned_data["kind"])}
