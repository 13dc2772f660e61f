"""What an agency's list of work is narrowed to."""

from __future__ import annotations

from datetime import date

from django import forms

from agencies.forms import TextField
from agencies.models import User
from directives.deadlines import LABEL_NAMES, Label
from directives.forms.filters import Choices, ScopeFilter
from directives.models import AssignmentQuerySet


class WorkFilter(ScopeFilter):
    """How it stands (`tt`, a label), which letter (`vb`), words to search (`q`). What is not offered is ignored."""

    nhom = None  # type: ignore[assignment]  # takes the field away: there is one agency
    tt = forms.ChoiceField(required=False)
    q = TextField(
        label="Tìm nhiệm vụ", max_length=200, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )

    def offered(self, user: User) -> dict[str, Choices]:
        every_letter = super().offered(user)["vb"]
        return {"vb": every_letter, "tt": [("", "Tất cả"), *((label.value, LABEL_NAMES[label]) for label in Label)]}

    @property
    def label(self) -> Label | None:
        return Label(self.chosen["tt"]) if "tt" in self.chosen else None

    @property
    def is_narrow(self) -> bool:
        """Whether something besides the tab hides rows."""
        return "vb" in self.chosen or "q" in self.chosen

    def narrow(self, rows: AssignmentQuerySet) -> AssignmentQuerySet:
        """Those of the letter that hold the words; the tabs count these."""
        return super().narrow(rows).matching(self.chosen.get("q", ""))

    def found(self, rows: AssignmentQuerySet, on: date) -> AssignmentQuerySet:
        """Those asked for, worst first; withdrawn ones only under their own tab."""
        rows = self.narrow(rows)
        rows = rows.with_label(on, [self.label]) if self.label else rows.counted()
        return rows.most_urgent_first(on)
