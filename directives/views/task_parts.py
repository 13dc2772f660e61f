"""Parts of the page of one assignment."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from agencies.models import User
from agencies.permissions import Permission, allowed
from directives.models import Assignment
from directives.states import MOVES, WITH_AGENCY
from directives.turns import Move, Spent, spent
from directives.workdays import is_rest_day


def chases_of(assignment: Assignment, user: User) -> dict[str, Any]:
    """How often it was chased, and whether `user` may chase now: one query."""
    return {
        "chased": Assignment.objects.only("pk").with_chases().get(pk=assignment.pk),
        "to_chase": assignment.status in WITH_AGENCY and allowed(user, Permission.CHASE),
    }


def time_spent(assignment: Assignment, on: date) -> Spent:
    """The days the assignment was with its agency and with the Office: one query."""
    moves = assignment.history.filter(verb__in=MOVES).order_by("pk").values_list("at", "verb", "to_status")
    told = [Move(timezone.localtime(at).date(), verb, status) for at, verb, status in moves]
    return spent(assignment.assigned_on, told, on=on, rests=is_rest_day)
