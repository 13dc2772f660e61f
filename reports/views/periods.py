"""The periods a report is usually asked for, as of a day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Period:
    """A named run of days, both ends included."""

    name: str
    first: date
    last: date


def month_of(day: date) -> Period:
    return Period(f"Tháng {day:%m/%Y}", day.replace(day=1), _last_of(day.year, day.month))


def quarter_of(day: date) -> Period:
    number = (day.month - 1) // 3
    first = date(day.year, 3 * number + 1, 1)
    return Period(f"Quý {_ROMAN[number]}/{day.year}", first, _last_of(day.year, 3 * number + 3))


def year_of(day: date) -> Period:
    return Period(f"Năm {day.year}", date(day.year, 1, 1), date(day.year, 12, 31))


def usual(day: date) -> list[Period]:
    """This month and the one before it, this quarter, this year."""
    before = day.replace(day=1) - timedelta(days=1)
    return [month_of(day), month_of(before), quarter_of(day), year_of(day)]


def name_of(first: date, last: date) -> str:
    """ "Tháng 02/2023" for a whole month, likewise quarters and years; else both days."""
    whole = (period for period in (month_of(first), quarter_of(first), year_of(first)))
    named = next((period.name for period in whole if (period.first, period.last) == (first, last)), None)
    return named or f"Từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}"


def _last_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
