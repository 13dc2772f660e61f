"""The label of an assignment as SQL: the twin of `deadlines.label_of`; a test holds the two together row by row."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce

from directives.deadlines import SOON_DAYS, DueKind, Label
from directives.states import Status


def _cases(on: date, due: str = "due_on") -> list[tuple[Q, Label]]:
    """The SQL twin of `deadlines.label_of`, case by case: the first that holds gives the label, none gives UNDATED.

    `due`: the column (or annotation) of the due day that is asked about.
    """
    dated = Q(**{f"{due}__isnull": False})
    late = dated & Q(**{f"{due}__lt": Coalesce(F("stopped_on"), Value(on, models.DateField()))})
    return [
        (Q(status=Status.WITHDRAWN), Label.WITHDRAWN),
        (late & Q(status=Status.DONE), Label.DONE_LATE),
        (Q(status=Status.DONE), Label.DONE),
        (Q(status=Status.PAUSED), Label.PAUSED),
        (late, Label.OVERDUE),
        (Q(status=Status.SUBMITTED), Label.WAITING),
        (Q(status=Status.RETURNED), Label.RETURNED),
        (dated & Q(**{f"{due}__lte": on + timedelta(days=SOON_DAYS)}), Label.DUE_SOON),
        (dated, Label.ON_TRACK),
        (Q(directive__due_kind=DueKind.STANDING), Label.STANDING),
        (Q(directive__due_kind=DueKind.CONDITIONAL), Label.CONDITIONAL),
    ]


def label_case(on: date, *, undated_apart: bool = True, due: str = "due_on") -> Case:
    """The label of a row as an SQL expression.

    Without `undated_apart` what has no due day is UNDATED whatever its rule: figures need no more, and the expression
    then needs no other table.
    """
    cases = [case for case in _cases(on, due) if undated_apart or case[1] not in (Label.STANDING, Label.CONDITIONAL)]
    whens = (When(condition, then=Value(label)) for condition, label in cases)
    return Case(*whens, default=Value(Label.UNDATED), output_field=models.CharField())


# Worst first, for lists (UX §7 "worst first").
URGENCY = (
    Label.OVERDUE,
    Label.DUE_SOON,
    Label.RETURNED,
    Label.ON_TRACK,
    Label.UNDATED,
    Label.STANDING,
    Label.CONDITIONAL,
    Label.WAITING,
    Label.PAUSED,
    Label.DONE_LATE,
    Label.DONE,
    Label.WITHDRAWN,
)


def urgency_case(on: date) -> Case:
    """The place of a row's label in URGENCY as an SQL expression."""
    whens = (When(condition, then=Value(URGENCY.index(label))) for condition, label in _cases(on))
    return Case(*whens, default=Value(URGENCY.index(Label.UNDATED)), output_field=models.SmallIntegerField())
