"""What was done to hurry tasks along by the day of the report: how often, when last, whether somebody had to explain.

An act that was taken back never left the house, so it is not counted for the days before that either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from directives.models import AssignmentQuerySet, ChaseItem
from directives.states import ChaseKind
from reports.snapshots.shapes import AgencyChases, TaskRow, Window
from reports.standings import end_of


@dataclass(frozen=True)
class Act:
    """An act of chasing as far as it speaks of one assignment. `answered`: explained by the day of the report."""

    assignment: int
    agency: str
    chase: int
    kind: str
    day: date
    answered: bool


def acts_on(rows: AssignmentQuerySet, on: date) -> list[Act]:
    """Those up to the end of a day, the oldest first, agency by agency in Vietnamese order: one query."""
    items = ChaseItem.objects.standing().filter(assignment__in=rows.order_by(), chase__chased_on__lte=on)
    ordered = items.order_by("agency__sort_key", "agency", "chase__chased_at", "chase", "pk")
    columns = ("assignment", "agency__short_name", "chase", "chase__kind", "chase__chased_on")
    found = ordered.values_list(*columns, "explanation__explained_at")
    return [
        Act(assignment, agency, chase, kind, day, explained_at is not None and explained_at <= end_of(on))
        for assignment, agency, chase, kind, day, explained_at in found
    ]


def told(tasks: Iterable[TaskRow], acts: Iterable[Act]) -> Iterator[TaskRow]:
    """The rows with what was done about each; the others as they are."""
    by_assignment: dict[int, list[Act]] = {}
    for act in acts:
        by_assignment.setdefault(act.assignment, []).append(act)
    for task in tasks:
        theirs = by_assignment.get(task.assignment)
        yield _told(task, theirs) if theirs else task


def _told(task: TaskRow, acts: list[Act]) -> TaskRow:
    chases = [act for act in acts if act.kind != ChaseKind.EXPLANATION]
    demands = [act for act in acts if act.kind == ChaseKind.EXPLANATION]
    return replace(
        task,
        chases=_number(chases, ChaseKind.CHASE),
        requests=_number(chases, ChaseKind.REQUEST),
        chased=f"{max(act.day for act in chases):%d/%m/%Y}" if chases else "",
        demanded=bool(demands),
        explained=bool(demands) and demands[-1].answered,
    )


def by_agency(acts: Iterable[Act], counted: Collection[int], window: Window) -> Iterator[AgencyChases]:
    """The acts within the window about assignments (ids) that the report counts."""
    within = (act for act in acts if act.assignment in counted and window.first <= act.day <= window.last)
    for name, group in groupby(within, key=lambda act: act.agency):
        theirs = list(group)
        demands = {act.chase: act.answered for act in theirs if act.kind == ChaseKind.EXPLANATION}
        yield AgencyChases(
            name,
            chases=_number(theirs, ChaseKind.CHASE),
            requests=_number(theirs, ChaseKind.REQUEST),
            demands=len(demands),
            answered=sum(demands.values()),
        )


def _number(acts: Iterable[Act], kind: ChaseKind) -> int:
    """An act about several assignments is one."""
    return len({act.chase for act in acts if act.kind == kind})
