"""What test_races.py sets against each other: `python -m tests.faults.races_scene` plays every race, answers in JSON.

Each competitor is a thread with a connection of its own, and all begin at the same moment.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from threading import Barrier
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402

from agencies.models import Agency, Role  # noqa: E402
from directives.actions.assignments import Conflict  # noqa: E402
from directives.actions.directory import hand_over_from  # noqa: E402
from directives.actions.extensions import grant_extension, refuse_extension  # noqa: E402
from directives.actions.handover import Way  # noqa: E402
from directives.actions.holidays import change_day  # noqa: E402
from directives.actions.periods import open_periods  # noqa: E402
from directives.actions.staffing import WorkChanged, hand_over_work  # noqa: E402
from directives.actions.succession import carry_on  # noqa: E402
from directives.clocks import counted  # noqa: E402
from directives.deadlines import DueKind, Period  # noqa: E402
from directives.models import (  # noqa: E402
    AgencyChange,
    Assignment,
    CalendarChange,
    DayKind,
    HistoryEntry,
    Notice,
    NoticeKind,
    Succession,
)
from directives.states import NotAllowed, Status, Verb  # noqa: E402
from tests.factories import (  # noqa: E402
    NOW,
    TODAY,
    AgencyFactory,
    AssignmentFactory,
    DirectiveFactory,
    ExtensionFactory,
    UserFactory,
)

ROUNDS = 4
REFUSALS = (NotAllowed, Conflict, WorkChanged)


def at_once(*competitors: Callable[[], Any]) -> list[str]:
    """How each ended: "done", or the name of what refused it."""
    start = Barrier(len(competitors))

    def compete(what: Callable[[], Any]) -> str:
        connection.ensure_connection()
        start.wait()
        try:
            what()
        except REFUSALS as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(competitors)) as threads:
        return list(threads.map(compete, competitors))


def versions(rows: list[Assignment]) -> dict[int, int]:
    return {row.pk: row.version for row in rows}


def lines(verb: Verb, rows: list[Assignment]) -> list[int]:
    """How many lines of history of a verb each row has."""
    found = Counter(HistoryEntry.objects.filter(verb=verb, assignment__in=rows).values_list("assignment", flat=True))
    return [found[row.pk] for row in rows]


def a_persons_work() -> dict[str, Any]:
    """Two heads hand a person's work over, to two colleagues, each of them twice.

    One row: with more of them the versions would find it out without a lock.
    """
    agency: Agency = AgencyFactory.create()
    heads = [UserFactory.create(agency=agency, role=Role.AGENCY_HEAD) for _ in range(2)]
    leaving, *heirs = (UserFactory.create(agency=agency) for _ in range(3))
    rows = AssignmentFactory.create_batch(1, agency=agency, handler=leaving)
    seen = versions(rows)
    ended = at_once(
        *(
            partial(hand_over_work, leaving, by=head, now=NOW, to=heir, versions=seen)
            for head, heir in zip(heads, heirs, strict=True)
            for _ in range(2)
        )
    )
    told = Notice.objects.filter(kind=NoticeKind.GIVEN, recipient__in=heirs)
    return {
        "ended": ended,
        "handlers": len(set(Assignment.objects.filter(pk__in=seen).values_list("handler", flat=True))),
        "still_leaving": Assignment.objects.filter(handler=leaving).count(),
        "lines": lines(Verb.GIVE, rows),
        "told": told.count(),
    }


def periods() -> dict[str, Any]:
    """Workers open what was missed in three months; two more come in between with a `tick`."""
    officer = UserFactory.create(role=Role.OFFICER)
    directive = DirectiveFactory.create(
        letter__entered_by=officer, due_kind=DueKind.RECURRING, due_details={"period": Period.MONTH, "day": 15}
    )
    agencies = AgencyFactory.create_batch(2)
    for agency in agencies:
        UserFactory.create(agency=agency)
        AssignmentFactory.create(directive=directive, agency=agency, period="2023-01", due_on=date(2023, 1, 15))
    opened: list[int] = []

    def work() -> None:
        opened.extend(one.pk for one in open_periods(now=NOW + timedelta(days=60)) if one.directive_id == directive.pk)

    ended = at_once(*[work] * 4)
    there = Counter(directive.assignments.values_list("agency", "period"))
    new = list(directive.assignments.exclude(period="2023-01").order_by("pk"))
    return {
        "ended": ended,
        "rows": sorted(Counter(period for _, period in there).items()),
        "each_once": set(there.values()) == {1},
        "opened": sorted(opened) == [one.pk for one in new],
        "lines": lines(Verb.OPEN_PERIOD, new),
    }


def the_calendar(day: date) -> dict[str, Any]:
    """Four officers: two say that a day is off, in the same words, one says so of the next, one of the day after."""
    officers = [UserFactory.create(role=Role.OFFICER) for _ in range(4)]
    clock = counted(day - timedelta(days=3), 5)
    rows = [AssignmentFactory.create(**{k: v for k, v in clock.columns.items() if k != "period"}) for _ in range(3)]
    days = [day, day, day + timedelta(days=1), day + timedelta(days=2)]
    ended = at_once(
        *(
            partial(change_day, by=one, now=NOW, day=off, kind=DayKind.REST, name="Nghỉ bù")
            for one, off in zip(officers, days, strict=True)
        )
    )
    expected = counted(day - timedelta(days=3), 5).due_on
    return {
        "ended": ended,
        "said": CalendarChange.objects.filter(day__in=days).count(),
        "due": {row.due_on == expected for row in Assignment.objects.filter(pk__in=versions(rows))} == {True},
        "moved": expected != clock.due_on,
    }


def an_ended_agency() -> dict[str, Any]:
    """Four officers hand the same open work of an agency over, two to each of two successors."""
    officers = [UserFactory.create(role=Role.OFFICER) for _ in range(4)]
    old, *heirs = AgencyFactory.create_batch(3)
    rows = AssignmentFactory.create_batch(3, agency=old)
    seen = versions(rows)
    ended = at_once(
        *(
            partial(hand_over_from, old, seen, Way(heirs[n % 2], TODAY, "Nghị quyết số 04/NQ-HĐND"), by=one, now=NOW)
            for n, one in enumerate(officers)
        )
    )
    taken = Assignment.objects.filter(agency__in=heirs)
    return {
        "ended": ended,
        "taken": taken.count(),
        "receivers": taken.values("agency").distinct().count(),
        "withdrawn": Assignment.objects.filter(pk__in=seen, status=Status.WITHDRAWN, continued_by__in=taken).count(),
        "lines": lines(Verb.HAND_OVER, rows),
        "log": AgencyChange.objects.filter(agency=old).count(),
    }


def a_recurring_duty() -> dict[str, Any]:
    """An agency ended between two periods; four officers give the ones to come to two successors."""
    officers = [UserFactory.create(role=Role.OFFICER) for _ in range(4)]
    old = AgencyFactory.create(valid_to=TODAY - timedelta(days=1))
    heirs = AgencyFactory.create_batch(2)
    row = AssignmentFactory.create(
        directive__due_kind=DueKind.RECURRING,
        directive__due_details={"period": Period.MONTH, "day": 15},
        agency=old,
        period="2023-02",
        done=True,
    )
    ended = at_once(
        *(
            partial(carry_on, old, {row.directive_id}, Way(heirs[n % 2], TODAY, "Nghị quyết"), by=one, now=NOW)
            for n, one in enumerate(officers)
        )
    )
    return {"ended": ended, "kept": Succession.objects.filter(agency=old).count()}


def one_extension() -> dict[str, Any]:
    """Two grant another day each, one refuses, one grants once more: one of them decides."""
    deciders = [UserFactory.create(role=role) for role in (Role.OFFICER, Role.LEADER) * 2]
    asked = ExtensionFactory.create()
    row, due = asked.assignment, asked.due_before
    days = [due + timedelta(days=n) for n in (5, 6, 7)]
    grants = [
        partial(grant_extension, asked, by=one, now=NOW, granted_on=_working(day), version=row.version)
        for one, day in zip(deciders, days, strict=False)
    ]
    refusal = partial(refuse_extension, asked, by=deciders[3], now=NOW, note="Còn đủ thời gian.", version=row.version)
    ended = at_once(*grants, refusal)
    asked.refresh_from_db()
    row.refresh_from_db()
    told = Notice.objects.filter(kind=NoticeKind.EXTENSION_DECIDED, items__assignment=row).count()
    return {
        "ended": ended,
        "agrees": row.due_on == (asked.granted_on or due),
        "lines": sum(sum(lines(verb, [row])) for verb in (Verb.GRANT_EXTENSION, Verb.REFUSE_EXTENSION)),
        "told": told,
    }


def _working(day: date) -> date:
    return day if day.weekday() < 5 else day + timedelta(days=7 - day.weekday())


def main() -> None:
    mondays = [date(2023, 6, 5) + timedelta(weeks=2 * n) for n in range(ROUNDS)]
    played = {
        "a_persons_work": [a_persons_work() for _ in range(ROUNDS)],
        "periods": [periods() for _ in range(ROUNDS)],
        "the_calendar": [the_calendar(day) for day in mondays],
        "an_ended_agency": [an_ended_agency() for _ in range(ROUNDS)],
        "a_recurring_duty": [a_recurring_duty() for _ in range(ROUNDS)],
        "one_extension": [one_extension() for _ in range(ROUNDS)],
    }
    print(json.dumps(played))


if __name__ == "__main__":
    main()
