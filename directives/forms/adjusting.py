"""What the Office says when it pauses, resumes or withdraws an assignment or puts its due day right."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from agencies.forms import DayField, TextField
from directives.forms.extensions import LONGEST, VersionForm
from directives.states import Verb


def _reason(label: str, missing: str, help_text: str = "Cơ quan đọc được lý do này") -> TextField:
    return TextField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": missing},
    )


class AdjustForm(VersionForm):
    """One act; `verb` stands in the page's hidden field `act`, and keeps the ids of its forms apart."""

    verb: ClassVar[Verb]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{self.verb}_%s", **kwargs})


class PauseForm(AdjustForm):
    verb = Verb.PAUSE
    reason = _reason("Lý do tạm dừng", "Nhập lý do tạm dừng")


class ResumeForm(AdjustForm):
    verb = Verb.RESUME
    note = TextField(
        label="Ý kiến (không bắt buộc)",
        help_text="Cơ quan đọc được ý kiến này",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CorrectDueForm(AdjustForm):
    verb = Verb.CORRECT
    original_due_on = DayField(label="Hạn ban đầu đúng", required=False)
    due_on = DayField(label="Hạn hiện nay đúng", required=False)
    reason = _reason("Lý do sửa hạn", "Nhập lý do sửa hạn", "Ví dụ: nhập nhầm năm. Cơ quan đọc được lý do này")


class WithdrawForm(AdjustForm):
    verb = Verb.WITHDRAW
    reason = _reason("Lý do thu hồi", "Nhập lý do thu hồi")


FORMS: dict[str, type[AdjustForm]] = {
    one.verb.value: one for one in (PauseForm, ResumeForm, CorrectDueForm, WithdrawForm)
}
