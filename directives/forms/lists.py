"""What is done with a list of assignments: acts on ticked rows, and choices kept under a name."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from agencies.forms import TextField
from agencies.models import Role, User
from directives.forms.bulk import ChosenForm
from directives.forms.filters import AssignmentFilter

CONFIRM, OFFICER, CHASE = "xac-nhan", "chuyen-vien", "don-doc"
ACTS = ((CONFIRM, "Xác nhận hoàn thành"), (OFFICER, "Đổi chuyên viên theo dõi"), (CHASE, "Đôn đốc"))


class ActForm(ChosenForm):
    """`viec`: which act leads on to its check page with the ticked rows."""

    viec = forms.ChoiceField(
        label="Với các nhiệm vụ đã chọn",
        choices=ACTS,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn việc cần làm với các nhiệm vụ đã chọn"),
    )


class OfficerForm(ChosenForm):
    officer = forms.ModelChoiceField(
        User.objects.none(),
        label="Chuyên viên theo dõi",
        empty_label="– chọn –",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn chuyên viên theo dõi"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officers = User.objects.filter(role=Role.OFFICER, is_active=True).order_by("full_name", "pk")
        self.fields["officer"].queryset = officers  # type: ignore[attr-defined]


class SaveFilterForm(forms.Form):
    """`query`: the address the list was narrowed by; of it only what the list understands is kept."""

    name = TextField(
        label="Tên bộ lọc", max_length=60, error_messages={"required": "Nhập tên bộ lọc, ví dụ «Quá hạn khối sở»"}
    )
    query = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_query(self) -> str:
        chosen = AssignmentFilter(QueryDict(self.cleaned_data["query"]), user=self.user).chosen
        if not chosen:
            raise forms.ValidationError("Chọn ít nhất một bộ lọc trước khi lưu")
        return urlencode(chosen)
