"""How assignments stood on a day that has passed, out of the facts that are stored (docs/reports.md says what cannot be
known).

The row says how it stands now; its history says what was done after the day, which is taken back. Where an act left no
line of history the row's own times are used.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.utils import timezone

from directives.deadlines import Facts, Label, label_of
from directives.models import AssignmentQuerySet, HistoryEntry
from directives.states import Status, Verb
from reports.queries import Cell, Figures, figures_of

_COLUMNS = (
    "pk",
    "agency",
    "directive",
    "assigned_on",
    "status",
    "due_on",
    "original_due_on",
    "stopped_on",
    "directive__due_kind",
    "submitted_at",
    "confirmed_at",
)


@dataclass(frozen=True)
class Act:
    """A line of history that changed the status or the due day."""

    at: datetime
    verb: str
    from_status: str
    to_status: str
    due_on: tuple[str | None, str | None] | None  # old and new, ISO


@dataclass(frozen=True)
class Standing:
    """One assignment on a day."""

    pk: int
    agency: int
    directive: int
    facts: Facts
    label: Label
    first_label: Label  # by the due day first set


@dataclass(frozen=True)
class _Row:
    pk: int
    agency: int
    directive: int
    assigned_on: date
    status: str
    due_on: date | None
    original_due_on: date | None
    stopped_on: date | None
    due_kind: str
    submitted_at: datetime | None
    confirmed_at: datetime | None


class Course:
    """Assignments and what was done to them: two queries, whatever days are asked for afterwards."""

    def __init__(self, rows: AssignmentQuerySet, *, today: date) -> None:
        self._today = today
        self._rows = [_Row(*row) for row in rows.order_by("pk").values_list(*_COLUMNS)]
        self._acts: defaultdict[int, list[Act]] = defaultdict(list)
        for pk, act in _acts(rows):
            self._acts[pk].append(act)

    @property
    def begun_on(self) -> date:
        """The day on which the first of them was given; the latest of all days when there are none."""
        return min((row.assigned_on for row in self._rows), default=date.max)

    def on(self, on: date, *, first: date, last: date) -> Iterator[Standing]:
        """Those that a window counts (AssignmentQuerySet.given_in), as they stood at the end of a day."""
        is_past = on < self._today
        given_by = min(last, on) if is_past else last
        for row in self._rows:
            if row.assigned_on > given_by:
                continue
            facts = self._facts(row, end_of(on)) if is_past else _now(row)
            if _counts(facts, first):
                first_label = label_of(_by_first_day(facts, row), on=on)
                yield Standing(row.pk, row.agency, row.directive, facts, label_of(facts, on=on), first_label)

    def _facts(self, row: _Row, moment: datetime) -> Facts:
        acts = self._acts.get(row.pk, [])
        status = _status(row, acts, moment)
        return Facts(status, _due_on(row, acts, moment), _stopped_on(row, acts, moment, status), row.due_kind)


def figures(standings: Iterable[Standing], *, by_first_day: bool = False) -> Figures:
    """The same figures as queries.count, out of rows that were read once; or by the due days first set."""
    labelled = ((one.first_label if by_first_day else one.label, one.facts) for one in standings)
    counted = Counter((label, facts.due_on is not None, facts.status) for label, facts in labelled)
    return figures_of([Cell(*what, n) for what, n in counted.items()])


def _by_first_day(facts: Facts, row: _Row) -> Facts:
    """As if no act had moved the due day."""
    moved = facts.due_on is not None and row.original_due_on not in (None, facts.due_on)
    return replace(facts, due_on=row.original_due_on) if moved else facts


def end_of(day: date) -> datetime:
    """The last moment of a day, in the portal's zone."""
    return datetime.combine(day, time.max, tzinfo=timezone.get_default_timezone())


def _acts(rows: AssignmentQuerySet) -> Iterator[tuple[int, Act]]:
    entries = HistoryEntry.objects.filter(assignment__in=rows).order_by("at", "pk")
    for pk, at, verb, before, after, details in entries.values_list(
        "assignment", "at", "verb", "from_status", "to_status", "details"
    ).iterator():
        # A day that was entered wrong never was the deadline: what was put right holds for the past too.
        moved = details.get("due_on") if verb != Verb.CORRECT else None
        if (before and before != after) or moved:
            yield pk, Act(at, verb, before, after, tuple(moved) if moved else None)


def _now(row: _Row) -> Facts:
    return Facts(row.status, row.due_on, row.stopped_on, row.due_kind)


def _counts(facts: Facts, first: date) -> bool:
    done_before = facts.status == Status.DONE and facts.stopped_on is not None and facts.stopped_on < first
    return facts.status != Status.WITHDRAWN and not done_before


def _status(row: _Row, acts: list[Act], moment: datetime) -> str:
    """What the first change after the moment began with; without one, the row's status as far as its times allow."""
    later = next((act for act in acts if act.at > moment and act.from_status), None)
    if later is not None:
        return later.from_status
    if acts and acts[-1].at <= moment:
        return row.status
    if row.submitted_at is not None and row.submitted_at > moment and row.status in _SUBMITTED_ONCE:
        return Status.IN_PROGRESS
    if row.confirmed_at is not None and row.confirmed_at > moment:
        return Status.SUBMITTED
    return row.status


_SUBMITTED_ONCE = (Status.SUBMITTED, Status.RETURNED, Status.DONE)


def _due_on(row: _Row, acts: list[Act], moment: datetime) -> date | None:
    later = next((act.due_on for act in acts if act.at > moment and act.due_on), None)
    if later is None:
        return row.due_on
    return date.fromisoformat(later[0]) if later[0] else None


def _stopped_on(row: _Row, acts: list[Act], moment: datetime, status: str) -> date | None:
    """The clock stands still from a submission until it is returned."""
    if status not in (Status.SUBMITTED, Status.DONE):
        return None
    if not any(act.at > moment and act.from_status for act in acts):
        return row.stopped_on
    before = [act.at for act in acts if act.at <= moment and act.verb == Verb.SUBMIT]
    if before:
        return timezone.localtime(before[-1]).date()
    return row.stopped_on
