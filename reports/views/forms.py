"""What a person asks of a report: which days, which agency."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from agencies.forms import DayField, DayForm
from agencies.models import AGENCY_ROLES, Agency, User
from directives.models import Assignment
from reports.models import ReportKind
from reports.snapshots import Asked, Window


class ReportForm(DayForm):
    """`tu` and `den` bound the window; the Office and leaders also choose the scope, agencies have their own."""

    tu = DayField(label="Từ ngày", error_messages={"required": "Nhập ngày đầu kỳ, ví dụ 1/2/2023"})
    den = DayField(label="Đến ngày", error_messages={"required": "Nhập ngày cuối kỳ, ví dụ 28/2/2023"})
    pham_vi = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Phạm vi",
        required=False,
        empty_label="Tất cả cơ quan",
        error_messages={"invalid_choice": "Chọn một cơ quan trong danh sách"},
    )

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, use_required_attribute=False, label_suffix="", **kwargs)
        self.user = user
        if user.role in AGENCY_ROLES:
            del self.fields["pham_vi"]
        else:
            scope = self.fields["pham_vi"]
            assert isinstance(scope, forms.ModelChoiceField)
            given = Assignment.objects.visible_to(user).values("agency")
            scope.queryset = Agency.objects.filter(pk__in=given).order_by("sort_key", "pk")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        first, last = given.get("tu"), given.get("den")
        if first and first > self.today:
            self.add_error("tu", "Ngày đầu kỳ phải là hôm nay hoặc trước đó")
        elif first and last and first > last:
            self.add_error("den", f"Ngày cuối kỳ phải từ ngày đầu kỳ ({first:%d/%m/%Y}) trở đi")
        return given

    @property
    def agency(self) -> Agency | None:
        """The scope of a valid form; None for all agencies."""
        return self.user.agency if self.user.role in AGENCY_ROLES else self.cleaned_data["pham_vi"]

    @property
    def asked(self) -> Asked:
        """What a valid form asks for; the figures are those of today."""
        window = Window(self.cleaned_data["tu"], self.cleaned_data["den"], self.today)
        kind = ReportKind.PROGRESS if self.agency is None else ReportKind.AGENCY
        return Asked(window, kind, self.agency)
