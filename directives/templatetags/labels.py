"""The chip that says how an assignment stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django import template

from directives.deadlines import Label
from directives.models import Assignment

register = template.Library()


@dataclass(frozen=True)
class Chip:
    """What components/_chip.html shows: the label's code (colour, icon) and its words with the number of days."""

    code: Label
    text: str


@register.filter
def beyond_original(assignment: Assignment, on: date) -> int:
    """Days past the due day first set, which no extension moves; 0 while there are none."""
    return max(0, replace(assignment.facts, due_on=assignment.original_due_on).days_late(on))


@register.inclusion_tag("components/_chip.html")
def chip(assignment: Assignment, on: date) -> dict[str, Chip]:
    """The one chip of an assignment as of a day."""
    return {"label": Chip(assignment.label_on(on), assignment.words_on(on))}
