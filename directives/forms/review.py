"""What an officer says when deciding on a submission."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from agencies.forms import TextField

LONGEST = 2000  # characters of a note or a reason

# Why submissions mostly come back; ticking one is enough of a reason (DOMAIN §2: evidence is what is missing most).
REASONS = (
    "Thiếu số văn bản",
    "Thiếu minh chứng",
    "Minh chứng không khớp",
    "Chưa rõ kết quả",
    "Chưa thực hiện hết nội dung được giao",
)


class _DecisionForm(forms.Form):
    """`version` is the one of the assignment the officer has read; the action refuses another."""

    name: ClassVar[str]  # keeps the ids of the page's two forms apart

    version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value"), "Trang này đã cũ. Mở lại từ danh sách chờ duyệt rồi làm lại"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{self.name}_%s", **kwargs})

    def decision(self) -> dict[str, Any]:
        """The arguments of the action, beside `by` and `now`."""
        return self.cleaned_data


class ConfirmForm(_DecisionForm):
    name = "confirm"
    note = TextField(
        label="Nhận xét của Văn phòng",
        help_text="Cơ quan đọc được nhận xét này.",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def typed(self) -> str:
        """The words of a posted form, whatever became of it."""
        return str(self["note"].value() or "")


class ReturnForm(_DecisionForm):
    name = "return"
    picked = forms.MultipleChoiceField(
        label="Lý do trả lại",
        required=False,
        choices=[(reason, reason) for reason in REASONS],
        error_messages={"invalid_choice": "Chọn lý do trong danh sách"},
        widget=forms.CheckboxSelectMultiple(attrs={"class": "pills"}),
    )
    reason = TextField(
        label="Cần bổ sung, sửa gì",
        called="Lý do trả lại",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "reason" in cleaned and "picked" in cleaned and not (cleaned["reason"] or cleaned["picked"]):
            self.add_error("reason", ValidationError("Nhập lý do trả lại", code="required"))
        return cleaned

    def decision(self) -> dict[str, Any]:
        """The ticked reasons as sentences, then the officer's own words."""
        ticked = [f"{reason}." for reason in self.cleaned_data["picked"]]
        words = " ".join([*ticked, self.cleaned_data["reason"]]).strip()
        return {"reason": words, "version": self.cleaned_data["version"]}

    @property
    def typed(self) -> str:
        return "\n".join([*(self["picked"].value() or []), self["reason"].value() or ""]).strip()
