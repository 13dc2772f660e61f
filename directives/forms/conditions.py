"""What an officer says when a condition has come about."""

from __future__ import annotations

from typing import Any

from agencies.forms import DayField, DayForm, NumberField, TextField
from directives.actions.conditions import Met


class MeetConditionForm(DayForm):
    document = TextField(
        label="Văn bản đáp ứng điều kiện",
        help_text="Số, ký hiệu và cơ quan ban hành. Ví dụ: 1234/BNV-TCBC của Bộ Nội vụ",
        max_length=200,
        error_messages={"required": "Nhập số, ký hiệu văn bản đáp ứng điều kiện"},
    )
    document_on = DayField(label="Ngày văn bản")
    count = NumberField(
        label="Số ngày làm việc, tính từ hôm nay",
        least=1,
        most=999,
        required=False,
        asked="Nhập số ngày làm việc từ 1 đến 999",
    )
    due_on = DayField(label="Hoặc hạn cụ thể", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("document_on") and given["document_on"] > self.today:
            self.add_error("document_on", "Ngày văn bản phải là hôm nay hoặc trước đó")
        both_read = "count" in given and "due_on" in given
        if both_read and (given["count"] is None) == (given["due_on"] is None):
            self.add_error("count", "Nhập số ngày làm việc hoặc hạn cụ thể, chỉ một trong hai")
        if given.get("due_on") and given["due_on"] < self.today:
            self.add_error("due_on", f"Hạn phải từ hôm nay ({self.today:%d/%m/%Y}) trở đi")
        return given

    @property
    def met(self) -> Met:
        return Met(**self.cleaned_data)
