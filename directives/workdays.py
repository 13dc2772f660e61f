"""The days on which the offices of the province work.

Monday to Friday less the public holidays, with the days the Government swaps each year, as the library `holidays` knows
them (Bộ luật Lao động, điều 112; swaps by the Prime Minister's yearly announcement).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

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
