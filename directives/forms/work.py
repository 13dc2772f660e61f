"""What an agency's list of work is narrowed to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import forms
from django.db.models import Q

from agencies.forms import TextField
from agencies.models import User
from directives.deadlines import LABEL_NAMES, Label
from directives.forms.filters import Choices, ScopeFilter
from directives.models import AssignmentQuerySet
from directives.models.assignment import done_by
from directives.states import OPEN

MINE, NOBODYS = "toi", "chua"


class WorkFilter(ScopeFilter):
    """Whose it is (`cua`), how it stands (`tt`, a label), which letter (`vb`), words to search (`q`).

    What is not offered is ignored.
    """

    nhom = None  # type: ignore[assignment]  # takes the field away: there is one agency
    cua = forms.ChoiceField(required=False)
    tt = forms.ChoiceField(required=False)
    q = TextField(
        label="Tìm nhiệm vụ", max_length=200, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, query: Mapping[str, str], *, user: User, on: date) -> None:
        super().__init__(query, user=user)
        self.user, self.on = user, on

    def offered(self, user: User) -> dict[str, Choices]:
        every_letter = super().offered(user)["vb"]
        return {
            "cua": [("", "Cả cơ quan"), (MINE, "Của tôi"), (NOBODYS, "Chưa phân công"), *_colleagues(user)],
            "vb": every_letter,
            "tt": [("", "Tất cả"), *((label.value, LABEL_NAMES[label]) for label in Label)],
        }

    def is_of(self, cua: str) -> Q:
        """What a value of `cua` asks for."""
        if cua == MINE:
            return done_by(self.user, self.on)
        if cua == NOBODYS:
            return Q(handler__isnull=True, status__in=OPEN)  # what is done needs nobody any more
        return Q(handler=int(cua)) if cua else Q(pk__isnull=False)

    @property
    def label(self) -> Label | None:
        return Label(self.chosen["tt"]) if "tt" in self.chosen else None

    @property
    def is_narrow(self) -> bool:
        """Whether something besides the tab hides rows."""
        return any(name in self.chosen for name in ("vb", "q", "cua"))

    def narrow(self, rows: AssignmentQuerySet) -> AssignmentQuerySet:
        """Those of the letter that hold the words, of whom is asked for; the tabs count these."""
        return self.searched(rows).filter(self.is_of(self.chosen.get("cua", "")))

    def searched(self, rows: AssignmentQuerySet) -> AssignmentQuerySet:
        """Those of the letter that hold the words, whoever does them."""
        return super().narrow(rows).matching(self.chosen.get("q", ""))

    def found(self, rows: AssignmentQuerySet, on: date) -> AssignmentQuerySet:
        """Those asked for, worst first; withdrawn ones only under their own tab."""
        rows = self.narrow(rows)
        rows = rows.with_label(on, [self.label]) if self.label else rows.counted()
        return rows.most_urgent_first(on)


def _colleagues(user: User) -> Choices:
    return [(str(one.pk), str(one)) for one in User.objects.visible_to(user).order_by("full_name", "pk")]
