"""The directory of agencies by day, and what an officer enters when one ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Case, Q, Value, When

from agencies.forms import DayField, DayForm, TextField
from agencies.models import NOT_SUBORDINATE, Agency, AgencyQuerySet, Comparison, Kind, User

LONGEST = 1000  # characters of a reason
_UNKNOWN = "Chọn cơ quan trong danh sách"


class DirectoryFilter(DayForm):
    """A day (`ngay`), words to search (`q`), a group of comparable bodies (`nhom`); nonsense is ignored."""

    ngay = DayField(label="Hiệu lực vào ngày", required=False)
    q = TextField(label="Tìm cơ quan", max_length=200, required=False, widget=forms.TextInput(attrs={"type": "search"}))
    nhom = forms.ChoiceField(label="Nhóm", required=False, choices=[("", "Tất cả các nhóm"), *Comparison.choices])

    def __init__(self, query: Mapping[str, str], *, today: date) -> None:
        super().__init__({"ngay": f"{today:%d/%m/%Y}", **{name: query[name] for name in query}}, today=today)
        self.is_valid()

    @property
    def day(self) -> date:
        return self.cleaned_data.get("ngay") or self.today

    def narrow(self, rows: AgencyQuerySet) -> AgencyQuerySet:
        rows = rows.valid_on(self.day).matching(self.cleaned_data.get("q") or "")
        group = self.cleaned_data.get("nhom")
        return rows.filter(kind__in=Comparison(group).kinds) if group else rows


def dated(agency: Agency) -> str:
    """The name with its days: four departments of 2025 bear the names of their predecessors."""
    return f"{agency} ({agency.validity})" if agency.validity else str(agency)


class AgencyField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Agency) -> str:
        return dated(obj)


class AgenciesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Agency) -> str:
        return dated(obj)


class _ChangeForm(DayForm):
    """Of one agency that ends; the receivers offered begin with those named as its successors."""

    reason = TextField(
        label="Căn cứ, lý do",
        help_text="Ví dụ: Nghị quyết số 04/NQ-HĐND ngày 18/02/2025",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Nhập căn cứ hoặc lý do"},
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        heirs = list(agency.successors.values_list("pk", flat=True))
        first = Case(When(pk__in=heirs, then=Value(0)), default=Value(1))
        others = Agency.objects.exclude(pk=agency.pk).order_by(first, "sort_key", "pk")
        for field in self.fields.values():
            if isinstance(field, AgencyField | AgenciesField):
                field.queryset = others


class FoundForm(DayForm):
    """A body that is new, as it is called in letters."""

    name = TextField(label="Tên đầy đủ", max_length=200, error_messages={"required": "Nhập tên đầy đủ của cơ quan"})
    short_name = TextField(
        label="Tên gọi",
        help_text="Tên hiện trên các trang, ví dụ: Sở Nội vụ",
        max_length=100,
        error_messages={"required": "Nhập tên gọi"},
    )
    abbreviation = TextField(label="Viết tắt (nếu có)", max_length=30, required=False)
    code = TextField(
        label="Mã",
        help_text="Không trùng với cơ quan nào, kể cả cơ quan đã kết thúc. Ví dụ: SNV.2025",
        max_length=20,
        error_messages={"required": "Nhập mã"},
    )
    kind = forms.ChoiceField(
        label="Loại",
        choices=[("", "Chọn loại cơ quan"), *Kind.choices],
        error_messages={"required": "Chọn loại cơ quan", "invalid_choice": "Chọn loại trong danh sách"},
    )
    valid_from = DayField(
        label="Hoạt động từ ngày",
        help_text="Ví dụ: 1/3/2025",
        error_messages={"required": "Nhập ngày bắt đầu hoạt động"},
    )
    reason = TextField(
        label="Căn cứ",
        help_text="Ví dụ: Nghị quyết số 04/NQ-HĐND ngày 18/02/2025",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Nhập căn cứ thành lập"},
    )

    @property
    def agency(self) -> Agency:
        """Not saved yet. Bodies outside the line of the People's Committee are only asked."""
        columns = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        return Agency(**columns, is_subordinate=columns["kind"] not in NOT_SUBORDINATE)


class EndForm(_ChangeForm):
    last_day = DayField(
        label="Hoạt động đến hết ngày",
        help_text="Ví dụ: 28/2/2025",
        error_messages={"required": "Nhập ngày hoạt động cuối cùng"},
    )
    successors = AgenciesField(
        Agency.objects.none(),
        label="Cơ quan kế thừa",
        help_text="Hợp nhất: chọn một. Chia, tách: chọn các cơ quan nhận việc. Giải thể: để trống.",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "checks"}),
        error_messages={"invalid_choice": _UNKNOWN, "invalid_pk_value": _UNKNOWN},
    )
    field_order = ("last_day", "successors", "reason")

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, agency=agency, **kwargs)
        field = self.fields["successors"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        open_ended = Q(valid_to__isnull=True) | Q(valid_to__gte=self.today)
        assert field.queryset is not None
        field.queryset = field.queryset.filter(open_ended | Q(predecessors=agency)).distinct()


class HandOverForm(_ChangeForm):
    """`on`: the first day on which the receiver has it."""

    to = AgencyField(
        Agency.objects.none(),
        label="Cơ quan nhận",
        empty_label="Chọn cơ quan",
        error_messages={"required": "Chọn cơ quan nhận", "invalid_choice": _UNKNOWN},
    )
    on = DayField(label="Từ ngày", help_text="Ví dụ: 1/3/2025", error_messages={"required": "Nhập ngày chuyển"})
    field_order = ("to", "on", "reason")


class MovePeopleForm(_ChangeForm):
    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Người chuyển",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một người", "invalid_choice": "Chọn người trong danh sách"},
    )
    to = AgencyField(
        Agency.objects.none(),
        label="Chuyển sang cơ quan",
        empty_label="Chọn cơ quan",
        error_messages={"required": "Chọn cơ quan chuyển sang", "invalid_choice": _UNKNOWN},
    )
    field_order = ("people", "to", "reason")

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, agency=agency, **kwargs)
        field = self.fields["people"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = User.objects.filter(agency=agency).order_by("full_name", "pk")
