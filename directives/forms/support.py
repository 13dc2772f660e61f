"""Whom to invite to take part in a duty, and for what."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from agencies.forms import TextField
from agencies.models import Agency
from directives.models import Assignment, PartyRole


class InviteForm(forms.Form):
    """`named`: bodies the letter names for support; `other`: any other body that exists on the day."""

    named = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label="Cơ quan văn bản nêu phối hợp",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Chọn cơ quan trong danh sách"},
    )
    other = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Cơ quan khác",
        required=False,
        empty_label="– không chọn –",
        error_messages={"invalid_choice": "Chọn cơ quan trong danh sách"},
    )
    note = TextField(
        label="Nội dung cần phối hợp",
        help_text="Cơ quan được mời đọc được nội dung này",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Nhập nội dung cần phối hợp"},
    )

    def __init__(self, *args: Any, lead: Assignment, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = Assignment.objects.filter(directive=lead.directive_id, period=lead.period).values("agency")
        free = Agency.objects.valid_on(today).exclude(pk__in=there).order_by("sort_key", "pk")
        named = free.filter(pk__in=_named_in(lead, today))
        self.fields["named"].queryset = named  # type: ignore[attr-defined]
        self.fields["other"].queryset = free.exclude(pk__in=named)  # type: ignore[attr-defined]
        if not named:
            del self.fields["named"]
            self.fields["other"].label = "Cơ quan phối hợp"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors.keys() & {"named", "other"} and not self.agencies:
            self.add_error("other", "Chọn ít nhất một cơ quan phối hợp")
        return given

    @property
    def agencies(self) -> list[Agency]:
        other = self.cleaned_data.get("other")
        return [*self.cleaned_data.get("named", ()), *([other] if other else [])]


def _named_in(lead: Assignment, today: date) -> set[int]:
    """The ids of the bodies, and of the members of groups, that the directive's letter names for support."""
    found: set[int] = set()
    for party in lead.directive.parties.filter(role=PartyRole.SUPPORT).select_related("group"):
        if party.agency_id:
            found.add(party.agency_id)
        if party.group:
            found.update(party.group.members(today).values_list("pk", flat=True))
    return found
