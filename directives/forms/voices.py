"""What the Office and leaders say of an assignment, and which update an agency takes back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from agencies.forms import TextField

LONGEST = 2_000  # characters
_OLD_PAGE = "Trang này đã cũ nên chưa lưu được. Mở lại nhiệm vụ rồi nhập lại"


class RemarkForm(forms.Form):
    """`key`: the same form sent twice is one remark."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), _OLD_PAGE))
    text = TextField(
        label="Nội dung",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, asked: str, label: str, help_text: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["key"] = uuid4()
        text = self.fields["text"]
        text.label, text.help_text = label, help_text
        text.error_messages["required"] = asked


class WithdrawForm(forms.Form):
    """`update`: the one that was shown; the verb refuses another."""

    update = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Trang này đã cũ nên chưa thu hồi được. Mở lại nhiệm vụ rồi làm lại"
        ),
    )
