"""What an agency says when it declines an assignment, and what the Office answers."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from agencies.forms import TextField
from agencies.models import Agency
from directives.models import Assignment

LONGEST = 2000  # characters of a reason


class ReasonForm(forms.Form):
    """A reason. `version` is the one of the assignment that was looked at; the action refuses another."""

    asks: ClassVar[str] = "Lý do"
    hint: ClassVar[str] = ""

    version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value"), "Trang này đã cũ. Mở lại nhiệm vụ rồi làm lại"
        ),
    )
    reason = TextField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, posted: QueryDict | None = None, *, assignment: Assignment, **kwargs: Any) -> None:
        super().__init__(posted, initial={"version": assignment.version}, **kwargs)
        self.assignment = assignment
        reason = self.fields["reason"]
        reason.label, reason.help_text = self.asks, self.hint
        reason.error_messages["required"] = f"Nhập {self.asks[0].lower()}{self.asks[1:]}"

    def renew(self, current: Assignment) -> None:
        """What was typed stays; sent again, it counts over what is there now."""
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        self.data["version"] = str(current.version)


class DeclineForm(ReasonForm):
    asks = "Lý do không thuộc thẩm quyền"
    hint = "Nêu quy định về chức năng, nhiệm vụ và cơ quan có thẩm quyền (nếu biết)."


class InsistForm(ReasonForm):
    asks = "Lý do giữ nguyên việc giao"
    hint = "Cơ quan đọc được lý do này."


class ReassignForm(ReasonForm):
    """The reason, and the agency that takes the assignment over."""

    asks = "Lý do chuyển"
    hint = "Cả hai cơ quan đọc được lý do này."

    to = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Cơ quan nhận",
        empty_label="Chọn cơ quan",
        error_messages={"required": "Chọn cơ quan nhận", "invalid_choice": "Chọn cơ quan trong danh sách"},
    )
    field_order = ("to", "reason")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, forms.ModelChoiceField)
        to.queryset = Agency.objects.valid_on(today).order_by("sort_key", "pk")

    def clean_to(self) -> Agency:
        to: Agency = self.cleaned_data["to"]
        if to.pk == self.assignment.agency_id:
            raise ValidationError("Cơ quan này đang giữ nhiệm vụ. Chọn cơ quan khác")
        return to
