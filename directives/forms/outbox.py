"""What the list of messages is narrowed to: read from the address, tolerant of anything that stands there."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms

from agencies.forms import TextField
from directives.models import NoticeKind, NoticeQuerySet, NoticeState

# code → (words on the tab, states); what somebody has to act on comes first.
GROUPS: dict[str, tuple[str, frozenset[NoticeState]]] = {
    "can-xu-ly": ("Cần xử lý", frozenset({NoticeState.UNCERTAIN, NoticeState.BOUNCED})),
    "cho-gui": ("Chờ gửi", frozenset({NoticeState.PENDING})),
    "dang-gui": ("Đang gửi", frozenset({NoticeState.SENDING, NoticeState.DOT})),
    "da-gui": ("Đã gửi", frozenset({NoticeState.SENT})),
    "khong-gui": ("Không gửi", frozenset({NoticeState.SKIPPED, NoticeState.CANCELLED})),
}


class OutboxFilter(forms.Form):
    """How it stands (`tt`), which kind (`loai`), words to search (`q`)."""

    tt = forms.ChoiceField(required=False, choices=[("", ""), *((code, text) for code, (text, _) in GROUPS.items())])
    loai = forms.ChoiceField(label="Loại thư", required=False, choices=[("", "Tất cả"), *NoticeKind.choices])
    q = TextField(
        label="Tìm người nhận, cơ quan",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def __init__(self, query: Mapping[str, str]) -> None:
        super().__init__(query, use_required_attribute=False)
        self.is_valid()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, rows: NoticeQuerySet) -> NoticeQuerySet:
        """Those of a kind that hold the words; the tabs count these."""
        rows = rows.matching(self.chosen.get("q", ""))
        return rows.filter(kind=self.chosen["loai"]) if "loai" in self.chosen else rows

    def found(self, rows: NoticeQuerySet) -> NoticeQuerySet:
        rows = self.narrow(rows)
        return rows.filter(state__in=GROUPS[self.chosen["tt"]][1]) if "tt" in self.chosen else rows
