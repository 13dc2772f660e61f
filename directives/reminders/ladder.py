"""The ladder of rungs before and after a due day: which of them a person is to be told of on a day.

A rung is the policy's that governs its own day, so a change of policy calls for nothing that lies before it. A rung
that was missed, on a rest day or because no machine ran, is caught up, the latest one only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from agencies.models import User
from directives import notices
from directives.models import Absence, Assignment, Modality, NoticeItem, NoticeKind, NoticeState, deadline_meant
from directives.models.policy import Reign
from directives.policy import ABOVE, Hearer
from directives.reminders.due import CATCH_UP, Reminder, of_agency

TELL_THE_DEADLINE = (
    NoticeKind.REMINDER,
    NoticeKind.ASSIGNED,
    NoticeKind.EXTENSION_DECIDED,
    NoticeKind.CHANGED,
    NoticeKind.CORRECTED,
)
NOT_TOLD = (NoticeState.SKIPPED, NoticeState.CANCELLED)


@dataclass(frozen=True)
class Rung:
    """A step on the days one policy governs. `when_asked`: whether it counts for bodies that are only asked."""

    day: int
    first: date
    last: date
    hearers: frozenset[Hearer]
    when_asked: bool


Heard = list[tuple[Rung, list[User]]]  # the rungs by their day, each with those who hear it


def rungs(reigns: Sequence[Reign]) -> list[Rung]:
    """Every rung of the policies, by day. Bodies that are only asked hear nothing of the red ones."""
    found = [
        Rung(
            step.day,
            reign.first,
            reign.last,
            step.hearers,
            step.day <= 0 or (reign.policy.asked_when_late and not reign.policy.is_red(step.day)),
        )
        for reign in reigns
        for step in reign.policy.steps
    ]
    return sorted(found, key=lambda rung: rung.day)


def due(today: date, reigns: Sequence[Reign], *, replaced: Collection[int] = ()) -> Iterator[Reminder]:
    """What the ladder calls for on `today` and nobody was told yet, worst first. Nothing is written.

    `reigns` cover the days of CATCH_UP up to today; `replaced` as in `due_reminders`.
    """
    ladder = rungs(reigns)
    if not ladder:
        return
    first, last = today - timedelta(days=ladder[-1].day) - CATCH_UP, today - timedelta(days=ladder[0].day)
    rows = Assignment.objects.with_agency().filter(due_on__range=(first, last)).order_by("due_on", "pk")
    told = _told(first, last, since=today - CATCH_UP, replaced=set(replaced))
    people = notices.audience(set(rows.order_by().values_list("agency", flat=True)))
    heard = partial(_heard, ladder, notices.above())
    deputies = Absence.objects.deputies(today)
    known: dict[tuple[int, bool, int | None], Heard] = {}
    columns = ("pk", "agency", "handler", "agency__is_subordinate", "directive__modality", "assigned_on", "due_on")
    for pk, agency, handler, subordinate, modality, assigned_on, due_on in rows.values_list(*columns).iterator():
        assert due_on is not None
        asked = not subordinate or modality == Modality.REQUEST
        case = (agency, asked, handler)
        if case not in known:
            known[case] = heard(notices.concerned(people.get(agency, []), handler, deputies), asked)
        for person, steps in _untold(known[case], pk, due_on, max(assigned_on, today - CATCH_UP), today, told):
            yield Reminder(person, pk, today, due_on=due_on, step=steps[-1], missed=tuple(steps[:-1]))


def _untold(
    heard: Heard, pk: int, due_on: date, since: date, today: date, told: dict[tuple[int, int], date]
) -> Iterator[tuple[User, list[int]]]:
    """Each person with the rungs, earliest first, whose day has come since `since` and that nobody told them of."""
    untold: defaultdict[User, list[int]] = defaultdict(list)
    for rung, people in heard:
        day = due_on + timedelta(days=rung.day)
        if not (since <= day <= today and rung.first <= day <= rung.last):
            continue
        for person in people:
            if told.get((person.pk, pk), date.min) < day:
                untold[person].append(rung.day)
    yield from untold.items()


def _heard(ladder: list[Rung], above: Mapping[Hearer, list[User]], theirs: list[User], asked: bool) -> Heard:
    """`theirs`: the people of the agency whom the assignment concerns."""
    if asked:
        wanted = frozenset({Hearer.STAFF})
        return [(rung, of_agency(theirs, rung.hearers & wanted)) for rung in ladder if rung.when_asked]
    return [
        (rung, [*of_agency(theirs, rung.hearers), *(one for who in rung.hearers & ABOVE for one in above[who])])
        for rung in ladder
    ]


def _told(first: date, last: date, *, since: date, replaced: set[int]) -> dict[tuple[int, int], date]:
    """(person, assignment) → the last day on which the person was told of the deadline that stands today."""
    items = NoticeItem.objects.filter(
        assignment__due_on__range=(first, last),
        notice__kind__in=TELL_THE_DEADLINE,
        notice__occasion__gte=since,
    ).exclude(notice__state__in=NOT_TOLD)
    columns = ("notice", "notice__recipient", "assignment", "notice__occasion", "step", "assignment__due_on")
    told: dict[tuple[int, int], date] = {}
    for notice, person, assignment, occasion, step, due_on in items.values_list(*columns).iterator():
        if notice not in replaced and (not step or deadline_meant(occasion, step) == due_on):
            told[person, assignment] = max(told.get((person, assignment), occasion), occasion)
    return told
