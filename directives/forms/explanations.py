"""A leader's demand to explain, and the agency's answer."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from agencies.forms import DayField, DayForm, TextField
from directives.actions.explanations import Answer
from directives.workdays import after_working_days

DAYS_TO_ANSWER = 3  # working days, unless the leader says otherwise
LONGEST = 2000  # characters


def proposed_day(today: date) -> date:
    """Until when an answer is asked unless the leader says otherwise."""
    return after_working_days(today, DAYS_TO_ANSWER)


class DemandForm(DayForm):
    """`text` may stay empty: the demand says what is asked without it."""

    answer_by = DayField(
        label="Trả lời trước 17:00 ngày",
        error_messages={"required": "Nhập ngày trả lời, ví dụ 27/3/2023"},
    )
    text = TextField(
        label="Nội dung cần giải trình (không bắt buộc)",
        called="Nội dung cần giải trình",
        help_text="Để trống thì cơ quan được yêu cầu nêu nguyên nhân, việc đã làm và thời gian hoàn thành.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), "Trang này đã cũ. Mở lại nhiệm vụ rồi làm lại"),
    )

    @classmethod
    def opened(cls, today: date) -> DemandForm:
        """The form as it is first shown."""
        return cls(initial={"answer_by": proposed_day(today), "key": uuid4()}, today=today)

    def clean_answer_by(self) -> date:
        answer_by: date = self.cleaned_data["answer_by"]
        if answer_by < self.today:
            raise ValidationError(f"Ngày trả lời phải là hôm nay ({self.today:%d/%m/%Y}) hoặc sau đó")
        return answer_by


class ExplainForm(DayForm):
    text = TextField(
        label="Nội dung giải trình",
        help_text="Nguyên nhân chậm, việc đã làm, khó khăn và trách nhiệm có liên quan.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Nhập nội dung giải trình"},
    )
    finish_by = DayField(
        label="Cam kết hoàn thành trước ngày (không bắt buộc)", help_text="Ví dụ: 27/3/2023", required=False
    )
    document_reference = TextField(
        label="Số, ký hiệu văn bản giải trình (nếu có)",
        called="Số, ký hiệu",
        help_text="Ví dụ: 88/STP-VP",
        required=False,
        max_length=50,
    )

    def clean_finish_by(self) -> date | None:
        day: date | None = self.cleaned_data["finish_by"]
        if day is not None and day < self.today:
            raise ValidationError(f"Ngày cam kết phải là hôm nay ({self.today:%d/%m/%Y}) hoặc sau đó")
        return day

    @property
    def answer(self) -> Answer:
        data: dict[str, Any] = self.cleaned_data
        return Answer(**data)
