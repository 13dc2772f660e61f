"""The days on which the offices of the province work: calendars.py with the Office's own table.

The table is read at each call, so that a change counts from the next one on. Who asks about many days takes `office()`
once and asks that.
"""

from __future__ import annotations

from datetime import date

from directives.calendars import Calendar
from directives.models.holiday import CalendarChange


def office() -> Calendar:
    """The calendar as the Office has it now: one query."""
    return CalendarChange.objects.calendar()


def is_rest_day(day: date) -> bool:
    """Weekends and holidays; not the Saturdays that are worked in exchange for another day."""
    return office().is_rest_day(day)


def after_working_days(start: date, count: int) -> date:
    """The day `count` working days after `start`, which is not counted itself (Bộ luật Dân sự, điều 147)."""
    return office().move(start, count)
