"""When the clock of an assignment starts and where it ends, by the rule of its directive and the Office's settings."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from directives import workdays
from directives.calendars import Calendar
from directives.deadlines import DueKind, DueRule, Period
from directives.models import Assignment
from directives.periods import Window, due_day, following, window_on


@dataclass(frozen=True)
class Clock:
    """The columns of an assignment that hold its time; a day that was counted says from where and how far."""

    period: str = ""
    due_on: date | None = None
    counted_from: date | None = None
    counted_days: int | None = None

    @property
    def columns(self) -> dict[str, Any]:
        return {**asdict(self), "original_due_on": self.due_on}


def clock_of(rule: DueRule, *, on: date) -> Clock:
    """What an assignment gets that is given on a day. `rule.printed_on` of a dated one is its last day.

    Days that run from receipt are counted from `on` until the agency has said that it has the assignment; a recurring
    one begins with the first period that is not yet due; conditional and standing ones have no day.
    """
    if rule.kind == DueKind.DATE:
        return Clock(due_on=rule.last_day())
    if rule.kind == DueKind.RELATIVE and rule.count:
        return counted(on, rule.count, working=rule.working_days)
    if rule.kind == DueKind.RECURRING and rule.period:
        window = first_window(rule, on)
        return Clock(period=window.code, due_on=window_due(rule, window))
    return Clock()


def counted(start: date, count: int, *, working: bool = True) -> Clock:
    """So many working (or calendar) days behind `start`."""
    if not working:
        return Clock(due_on=start + timedelta(days=count))
    return Clock(due_on=workdays.after_working_days(start, count), counted_from=start, counted_days=count)


def start_on_receipt(row: Assignment, received_on: date) -> bool:
    """Count a rule that runs from receipt anew, now that the day is known; whether the due day was moved.

    Not once the provisional day has passed, else late receipt would undo a delay; nor when the day was moved since.
    """
    rule = row.directive.rule
    runs = rule.kind == DueKind.RELATIVE and rule.from_receipt and rule.count
    if not runs or row.due_on is None or row.due_on != row.original_due_on or received_on > row.due_on:
        return False
    clock = counted(received_on, rule.count or 0, working=rule.working_days)
    moved = clock.due_on != row.due_on
    for name, value in clock.columns.items():
        if name != "period":
            setattr(row, name, value)
    return moved


def first_window(rule: DueRule, on: date) -> Window:
    """The first period of which the report is not yet due on a day."""
    window = window_on(_period(rule), on, nd09=nd09())
    return window if window_due(rule, window) >= on else following(window, _period(rule), nd09=nd09())


def next_window(rule: DueRule, window: Window) -> Window:
    return following(window, _period(rule), nd09=nd09())


def window_due(rule: DueRule, window: Window) -> date:
    return due_day(rule, window, day_before=settings.BEFORE_IS_DAY_BEFORE)


def nd09() -> bool:
    """Whether periods are counted as Nghị định 09/2019/NĐ-CP does, and not by the calendar."""
    return settings.REPORT_WINDOWS == "nd09"


def _period(rule: DueRule) -> Period:
    assert rule.period is not None
    return rule.period


def due_by(row: Assignment, calendar: Calendar) -> date:
    """The due day of a counted assignment by a calendar; see `AssignmentQuerySet.counted_open`."""
    assert row.counted_from is not None and row.counted_days is not None
    return calendar.move(row.counted_from, row.counted_days)
