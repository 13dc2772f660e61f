"""The days and hours on which the offices of the province work.

Monday to Friday less the public holidays, with the days the Government swaps each year, as the library `holidays` knows
them (Bộ luật Lao động, điều 112; swaps by the Prime Minister's yearly announcement).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from django.utils import timezone
from holidays import HolidayBase, country_holidays

ONE_DAY = timedelta(days=1)


@cache
def _year(year: int) -> HolidayBase:
    return country_holidays("VN", years=year)


def is_rest_day(day: date) -> bool:
    """Weekends and holidays; not the Saturdays that are worked in exchange for another day."""
    year = _year(day.year)
    return day in year or (day.weekday() >= 5 and day not in year.weekend_workdays)


def after_working_days(start: date, count: int) -> date:
    """The day `count` working days after `start`, which is not counted itself (Bộ luật Dân sự, điều 147)."""
    day = start
    for _ in range(count):
        day += ONE_DAY
        while is_rest_day(day):
            day += ONE_DAY
    return day


@dataclass(frozen=True)
class Hours:
    """When mail that nobody waits for may go out, in Vietnam's time; `closes` is the first moment it may not."""

    opens: time
    closes: time
    every_day: bool = False  # also on rest days

    def include(self, moment: datetime) -> bool:
        local = timezone.localtime(moment)
        working = self.every_day or not is_rest_day(local.date())
        return working and self.opens <= local.time() < self.closes


OFFICE = Hours(time(7), time(17))
