"""The Office's own word on single days, and the due days that move with it: one act."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from agencies.models import Role, User
from directives import notices, workdays
from directives.actions.act import Act
from directives.clocks import due_by
from directives.models import Assignment, CalendarChange, DayKind, HistoryEntry, not_changeable
from directives.states import NotAllowed, Verb


def change_day(*, by: User, now: datetime, day: date, kind: DayKind, name: str) -> list[Assignment]:
    """Say that a day is off, or worked, or as the common calendar has it; what was counted over it is counted anew.

    The original due days stay. Every agency whose day moves is told. Returns what moved; raises NotAllowed.
    """
    with transaction.atomic():
        _take_turns()
        if refusal := not_changeable(day, kind, name):
            raise NotAllowed(refusal)
        change = CalendarChange.objects.create(day=day, kind=kind, name=name.strip(), changed_by=by, changed_at=now)
        rows = list(Assignment.objects.counted_open().locked())
        calendar = workdays.office()
        moved = [(row, due) for row in rows if (due := due_by(row, calendar)) != row.due_on]
        entries = [_move(row, due, change, by=by, now=now) for row, due in moved]
        notices.queue_changed(entries, now=now)
        return [entry.assignment for entry in entries if entry.assignment]


def _take_turns() -> None:
    """The calendar is everybody's and has no row of its own to lock: whoever may change it waits for whoever does."""
    list(User.objects.select_for_update(no_key=True).filter(role=Role.OFFICER).order_by("pk"))


def _move(row: Assignment, due: date, change: CalendarChange, *, by: User, now: datetime) -> HistoryEntry:
    act = Act.begin(Verb.RECOUNT, row, by=by, now=now)
    act.row.due_on = due
    return act.finish(note=f"{change.day:%d/%m/%Y}: {change.get_kind_display().lower()} ({change.name}).")
