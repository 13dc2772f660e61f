"""Which assignments are chased, until when an answer is wanted, and the officer's words."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict

from agencies.forms import DayField, DayForm, TextField
from directives.models import AssignmentQuerySet
from directives.states import WITH_AGENCY
from directives.workdays import after_working_days

LONGEST = 1000  # characters of the words that go into the mail
MOST = 500  # assignments in one act
DAYS_TO_ANSWER = 2  # working days, unless the officer says otherwise


class ChosenField(forms.Field):
    """Ids of assignments, as the ticked boxes send them; gives a list of int, what is no id is left out."""

    widget = forms.SelectMultiple
    default_error_messages = {
        "required": "Chọn ít nhất một nhiệm vụ",
        "many": f"Chọn nhiều nhất {MOST} nhiệm vụ một lần",
    }

    def to_python(self, value: Any) -> list[int]:
        return numbers(value or [])

    def validate(self, value: list[int]) -> None:
        super().validate(value)
        if len(value) > MOST:
            raise ValidationError(self.error_messages["many"], code="many")


class ChaseForm(DayForm):
    """`viec`: the ticked assignments; `offered`: those the page showed, so that an error does not lose the others."""

    viec = ChosenField()
    offered = forms.CharField(required=False, widget=forms.HiddenInput)
    answer_by = DayField(
        label="Đề nghị cập nhật trước 17:00 ngày",
        error_messages={"required": "Nhập ngày đề nghị cập nhật, ví dụ 27/3/2023"},
    )
    text = TextField(
        label="Nội dung thêm (không bắt buộc)",
        called="Nội dung thêm",
        help_text="Ghi vào thư, công văn và lịch sử nhiệm vụ. Danh sách nhiệm vụ và thời hạn đã có sẵn trong thư.",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Trang này đã cũ. Mở lại từ danh sách đôn đốc rồi làm lại"
        ),
    )

    @classmethod
    def opened(cls, today: date) -> ChaseForm:
        """The form as it is first shown."""
        return cls(initial={"answer_by": after_working_days(today, DAYS_TO_ANSWER), "key": uuid4()}, today=today)

    def clean_answer_by(self) -> date:
        answer_by: date = self.cleaned_data["answer_by"]
        if answer_by < self.today:
            raise ValidationError(f"Ngày đề nghị cập nhật phải là hôm nay ({self.today:%d/%m/%Y}) hoặc sau đó")
        return answer_by

    @property
    def shown(self) -> list[int]:
        """Ids of the assignments a posted form was about, ticked or not."""
        return numbers(str(self["offered"].value() or "").split(",")) or self.ticked

    @property
    def ticked(self) -> list[int]:
        return numbers(self["viec"].value() or [])


def numbers(values: list[str]) -> list[int]:
    """What can be an id among `values`, each once, in their order."""
    return list(dict.fromkeys(int(one) for one in values if one.isdecimal() and len(one) <= 15))


def is_about_something(query: QueryDict) -> bool:
    return bool(numbers(query.getlist("viec")) or query.getlist("cq"))


def asked_for(rows: AssignmentQuerySet, query: QueryDict, today: date) -> AssignmentQuerySet:
    """Those of `rows` an address names: `viec` (ids), and all that agencies `cq` (codes) are late with."""
    late = Q(agency__code__in=query.getlist("cq"), due_on__lt=today, status__in=WITH_AGENCY)
    return rows.filter(Q(pk__in=numbers(query.getlist("viec"))[: 2 * MOST]) | late)
