"""Parts of the page of one assignment."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from directives.models import Assignment
from directives.states import MOVES
from directives.turns import Move, Spent, spent
from directives.workdays import is_rest_day


def time_spent(assignment: Assignment, on: date) -> Spent:
    """The days the assignment was with its agency and with the Office: one query."""
    moves = assignment.history.filter(verb__in=MOVES).order_by("pk").values_list("at", "verb", "to_status")
    told = [Move(timezone.localtime(at).date(), verb, status) for at, verb, status in moves]
    return spent(assignment.assigned_on, told, on=on, rests=is_rest_day)
