"""What an agency says when it asks for more time, and what the Office answers."""

from __future__ import annotations

from typing import Any

from django import forms

from agencies.forms import DayField, DayForm, TextField
from directives.forms.uploads import EvidenceField

LONGEST = 2000  # characters of a reason or a note
GRANT, REFUSE = "dong-y", "khong-dong-y"
_STALE_PAGE = dict.fromkeys(("required", "invalid", "min_value"), "Trang này đã cũ. Mở lại nhiệm vụ rồi làm lại")


class VersionForm(DayForm):
    """A form about one assignment: `version` is the one the person has read; the verb refuses another."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, error_messages=_STALE_PAGE)

    def decision(self) -> dict[str, Any]:
        """The arguments of the verb, beside `by` and `now`."""
        return self.cleaned_data


class AskExtensionForm(VersionForm):
    asked_on = DayField(label="Đề nghị gia hạn đến ngày", help_text="Ngày làm việc, sau hạn hiện nay. Ví dụ: 27/3/2023")
    reason = TextField(
        label="Lý do",
        help_text="Nêu việc đã làm, việc còn lại và vì sao chưa kịp hạn",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Nhập lý do đề nghị gia hạn"},
    )
    evidence = EvidenceField(label="Tệp kèm theo (không bắt buộc)", required=False)

    def decision(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {"files": given.pop("evidence"), **given}


class DecideExtensionForm(VersionForm):
    answer = forms.ChoiceField(
        label="Quyết định",
        choices=[(GRANT, "Đồng ý gia hạn"), (REFUSE, "Không gia hạn")],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn đồng ý hoặc không gia hạn"),
    )
    granted_on = DayField(
        label="Gia hạn đến ngày",
        help_text="Có thể khác ngày cơ quan đề nghị",
        required=False,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off", "data-only-if": f"answer={GRANT}"}),
    )
    note = TextField(
        label="Ý kiến của Văn phòng",
        help_text="Cơ quan đọc được ý kiến này. Không gia hạn thì phải nêu lý do",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("answer") == REFUSE:
            self.errors.pop("granted_on", None)  # out of sight then, so nothing in it may stop the person
            if not given.get("note") and "note" not in self.errors:
                self.add_error("note", "Nhập lý do không gia hạn")
        elif given.get("answer") == GRANT and not given.get("granted_on") and "granted_on" not in self.errors:
            self.add_error("granted_on", "Nhập ngày gia hạn đến")
        return given

    @property
    def grants(self) -> bool:
        return self.cleaned_data["answer"] == GRANT

    def decision(self) -> dict[str, Any]:
        names = ("granted_on", "note", "version") if self.grants else ("note", "version")
        return {name: self.cleaned_data[name] for name in names}
