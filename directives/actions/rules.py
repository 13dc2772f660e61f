"""What becomes of the assignments of a directive whose due rule was corrected."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from agencies.models import User
from directives import notices
from directives.actions.history import entry_for
from directives.actions.periods import reschedule_periods
from directives.clocks import clock_of, start_on_receipt
from directives.deadlines import DueKind, DueRule
from directives.models import Assignment, Directive, HistoryEntry, NoticeKind
from directives.states import Verb, advance

_OF_TIME = {"due_kind", "due_on", "due_details"}  # the columns that make a due day


def _follow(row: Directive, before: DueRule, *, by: User, now: datetime, reason: str) -> list[Assignment]:
    """The assignments whose time follows the rule, moved; of recurring ones the periods that have not begun."""
    if row.due_kind == DueKind.RECURRING:
        return reschedule_periods(row, by=by, now=now, reason=reason)
    moved = _moved(row, before)
    _move(row, moved, by=by, now=now, reason=reason)
    return moved


def _moved(directive: Directive, before: DueRule) -> list[Assignment]:
    """The assignments that had the rule's own day, locked."""
    same = directive.assignments.counted().filter(period="").select_related("agency")
    rows = same.select_for_update(of=("self",)).order_by("pk")
    return [one for one in rows if one.due_on == one.original_due_on and _is_of_rule(one, before)]


def _is_of_rule(one: Assignment, before: DueRule) -> bool:
    return one.counted_from is not None or one.due_on == clock_of(before, on=one.assigned_on).due_on


def _move(directive: Directive, moved: list[Assignment], *, by: User, now: datetime, reason: str) -> None:
    """Their new day, a line of history each, one message for each agency's people."""
    entries = []
    for one in moved:
        one.directive, old = directive, one.due_on
        one.status = advance(Verb.CORRECT, one.status)
        for name, value in clock_of(directive.rule, on=one.assigned_on).columns.items():
            setattr(one, name, value)
        if one.acknowledged_at:
            start_on_receipt(one, timezone.localtime(one.acknowledged_at).date())
        one.version += 1
        details = {"due_on": [old and old.isoformat(), one.due_on and one.due_on.isoformat()]}
        entries.append(
            entry_for(one, verb=Verb.CORRECT, by=by, now=now, from_status=one.status, note=reason, details=details)
        )
    Assignment.objects.bulk_update(moved, ["due_on", "original_due_on", "counted_from", "counted_days", "version"])
    HistoryEntry.objects.bulk_create(entries)
    key = f"directive:{directive.pk}:{directive.version}"
    notices.queue_about(moved, kind=NoticeKind.CORRECTED, key=key, now=now)
