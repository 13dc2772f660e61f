"""Who of an agency's people does what: given, handed over, taken over while somebody is away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from agencies.forms import DayField, DayForm
from agencies.models import User
from directives.models import Assignment

_STALE = dict.fromkeys(("required", "invalid", "min_value"), "Trang này đã cũ. Mở lại nhiệm vụ rồi làm lại")


class PersonField(forms.ModelChoiceField):
    """One of an agency's people; the form says of which (`among`)."""

    def __init__(self, *, asked: str = "", **kwargs: Any) -> None:
        messages = {"required": asked, "invalid_choice": "Chọn người cùng cơ quan, tài khoản đang hoạt động"}
        super().__init__(User.objects.none(), error_messages=messages, **kwargs)

    def among(self, user: User) -> None:
        """The colleagues of `user`, in the order of their names."""
        self.queryset = User.objects.visible_to(user).active().order_by("full_name", "pk")

    def label_from_instance(self, obj: User) -> str:
        return f"{obj} ({obj.position})" if obj.position else str(obj)


class _ColleagueForm(DayForm):
    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, PersonField):
                field.among(user)


class GiveForm(_ColleagueForm):
    """`version` is the one of the assignment that was looked at; nobody chosen means nobody in particular."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, error_messages=_STALE)
    to = PersonField(label="Người xử lý", required=False, empty_label="Cả cơ quan (không phân công riêng)")

    def renew(self, current: Assignment) -> None:
        """What was chosen stays; sent again, it counts over what is there now."""
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        self.data["version"] = str(current.version)


class HandOverWorkForm(_ColleagueForm):
    to = PersonField(label="Người nhận", asked="Chọn người nhận", empty_label="Chọn người nhận")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_to(self) -> User:
        to: User = self.cleaned_data["to"]
        if to.pk == self.person.pk:
            raise ValidationError("Chọn người nhận khác với người bàn giao")
        return to


class AbsenceForm(_ColleagueForm):
    person = PersonField(label="Người vắng mặt", asked="Chọn người vắng mặt", empty_label="Chọn người")
    first_day = DayField(
        label="Vắng từ ngày", help_text="Ví dụ: 27/3/2023", error_messages={"required": "Nhập ngày đầu"}
    )
    last_day = DayField(
        label="Đến hết ngày", help_text="Ví dụ: 31/3/2023", error_messages={"required": "Nhập ngày cuối"}
    )
    deputy = PersonField(
        label="Người làm thay",
        help_text="Thấy việc của người vắng mặt ở «Việc của tôi» và nhận cả thư nhắc trong những ngày này.",
        asked="Chọn người làm thay",
        empty_label="Chọn người",
    )

    def clean_last_day(self) -> date:
        last: date = self.cleaned_data["last_day"]
        if last < self.today:
            raise ValidationError("Ngày cuối phải từ hôm nay trở đi")
        return last


def looked_at(query: QueryDict) -> dict[int, int]:
    """id → version out of the boxes and hidden fields named `nv` ("17:3"); what is no such pair is left out."""
    pairs = (text.split(":") for text in query.getlist("nv") if text.isascii())
    return {int(pair[0]): int(pair[1]) for pair in pairs if len(pair) == 2 and all(part.isdigit() for part in pair)}


def as_looked_at(rows: Iterable[Assignment]) -> list[str]:
    """The other way round, for the hidden fields of a preview."""
    return [f"{row.pk}:{row.version}" for row in rows]
