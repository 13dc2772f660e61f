"""What a person asks of a report: which kind, which days, whom it is on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from agencies.forms import DayField, DayForm
from agencies.models import AGENCY_ROLES, Agency, User
from directives.models import Assignment, Letter
from reports.models import FOCUS, Denominator, Focus, ReportKind
from reports.snapshots import EARLIEST, Asked, Window

OFFICE_KINDS = (ReportKind.PROGRESS, ReportKind.AGENCY, ReportKind.LETTER, ReportKind.EXCEPTIONS)


class LetterChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        subject = obj.subject if len(obj.subject) <= 80 else f"{obj.subject[:79]}…"
        return f"{obj.reference}, {obj.dated} – {subject}"


class ReportForm(DayForm):
    """`tu` and `den` bound the window. The Office and leaders choose a kind and its scope, agencies have their own."""

    loai = forms.ChoiceField(
        label="Loại báo cáo",
        choices=[(kind.value, kind.label) for kind in OFFICE_KINDS],
        required=False,
        error_messages={"invalid_choice": "Chọn loại báo cáo trong danh sách"},
    )
    tu = DayField(label="Từ ngày", error_messages={"required": "Nhập ngày đầu kỳ, ví dụ 1/2/2023"})
    den = DayField(label="Đến ngày", error_messages={"required": "Nhập ngày cuối kỳ, ví dụ 28/2/2023"})
    pham_vi = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Cơ quan",
        required=False,
        empty_label="Tất cả cơ quan",
        error_messages={"invalid_choice": "Chọn một cơ quan trong danh sách"},
        widget=forms.Select(attrs={"data-only-if": f"loai={ReportKind.AGENCY}"}),
    )
    van_ban = LetterChoice(
        Letter.objects.none(),
        label="Văn bản",
        required=False,
        empty_label="Chọn văn bản",
        error_messages={"invalid_choice": "Chọn một văn bản trong danh sách"},
        widget=forms.Select(attrs={"data-only-if": f"loai={ReportKind.LETTER}"}),
    )
    mau_so = forms.ChoiceField(
        label="Mẫu số của các tỷ lệ",
        choices=Denominator.choices,
        required=False,
        error_messages={"invalid_choice": "Chọn mẫu số trong danh sách"},
    )

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, use_required_attribute=False, label_suffix="", **kwargs)
        self.user = user
        if user.role in AGENCY_ROLES:
            for name in ("loai", "pham_vi", "van_ban"):
                del self.fields[name]
        else:
            given = Assignment.objects.visible_to(user)
            agencies = Agency.objects.filter(pk__in=given.values("agency")).order_by("sort_key", "pk")
            letters = Letter.objects.visible_to(user).filter(pk__in=given.values("directive__letter"))
            self._choose("pham_vi", agencies)
            self._choose("van_ban", letters.defer("text", "search").order_by("-effective_on", "-pk"))

    def _choose(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        first, last = given.get("tu"), given.get("den")
        if first and first > self.today:
            self.add_error("tu", "Ngày đầu kỳ phải là hôm nay hoặc trước đó")
        elif first and last and first > last:
            self.add_error("den", f"Ngày cuối kỳ phải từ ngày đầu kỳ ({first:%d/%m/%Y}) trở đi")
        elif first and first < EARLIEST:
            self.add_error("tu", f"Ngày đầu kỳ phải từ {EARLIEST:%d/%m/%Y} trở đi")
        self._clean_scope(given)
        return given

    def _clean_scope(self, given: dict[str, Any]) -> None:
        focus = FOCUS[self.kind]
        if focus == Focus.AGENCY and "pham_vi" in given and given["pham_vi"] is None:
            self.add_error("pham_vi", "Chọn cơ quan cho báo cáo của một cơ quan")
        if focus == Focus.LETTER and "van_ban" in given and given["van_ban"] is None:
            self.add_error("van_ban", "Chọn văn bản cần báo cáo")

    @property
    def kind(self) -> ReportKind:
        """The kind asked for; where none is said it follows from the scope."""
        given = self.cleaned_data
        if self.user.role in AGENCY_ROLES:
            return ReportKind.OWN
        if given.get("loai"):
            return ReportKind(given["loai"])
        if given.get("van_ban"):
            return ReportKind.LETTER
        return ReportKind.AGENCY if given.get("pham_vi") else ReportKind.PROGRESS

    @property
    def asked(self) -> Asked:
        """What a valid form asks for, as of today. A scope that the kind has no use for is dropped."""
        given, focus = self.cleaned_data, FOCUS[self.kind]
        agency = self.user.agency if self.user.role in AGENCY_ROLES else given["pham_vi"]
        return Asked(
            Window(given["tu"], given["den"], self.today),
            self.kind,
            agency if focus == Focus.AGENCY else None,
            given["van_ban"] if focus == Focus.LETTER else None,
            Denominator(given["mau_so"] or Denominator.FALLEN_DUE),
        )
