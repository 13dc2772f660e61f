"""Working days as pure functions: Vietnam's own calendar, and what the Office says of single days.

Monday to Friday less the public holidays, with the days the Government swaps each year, as the library `holidays` knows
them (Bộ luật Lao động, điều 112; swaps by the Prime Minister's yearly announcement). The Office's table goes before it.
No database here: workdays.py reads the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from holidays import HolidayBase, country_holidays

ONE_DAY = timedelta(days=1)
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@cache
def _year(year: int) -> HolidayBase:
    return country_holidays("VN", years=year, language="vi")


@dataclass(frozen=True)
class Said:
    """What the Office says of one day: that it rests, or that it is worked, and why."""

    rests: bool
    name: str


@dataclass(frozen=True)
class Calendar:
    """The days on which the offices work; `said` goes before the library's holidays."""

    said: Mapping[date, Said] = field(default_factory=dict)

    def is_rest_day(self, day: date) -> bool:
        """Weekends and holidays; not the Saturdays that are worked in exchange for another day."""
        if day in self.said:
            return self.said[day].rests
        year = _year(day.year)
        return day in year or (day.weekday() >= 5 and day not in year.weekend_workdays)

    def name_of(self, day: date) -> str:
        """What a day off is called ("Tết Nguyên Đán", "thứ Bảy"), or why a day of a weekend is worked; "" otherwise."""
        if day in self.said:
            return self.said[day].name
        year = _year(day.year)
        if day in year:
            return year[day]
        if day.weekday() >= 5:
            return "ngày làm bù" if day in year.weekend_workdays else WEEKDAYS[day.weekday()]
        return ""

    def is_special(self, day: date) -> bool:
        """Whether the day is not as its day of the week says: a holiday, a swapped day, a day of the Office's."""
        return self.is_rest_day(day) != (day.weekday() >= 5) or day in self.said or day in _year(day.year)

    def move(self, start: date, count: int) -> date:
        """The day `count` working days after `start`, before it when negative; `start` itself is not counted
        (Bộ luật Dân sự, điều 147)."""
        step = ONE_DAY if count >= 0 else -ONE_DAY
        day = start
        for _ in range(abs(count)):
            day += step
            while self.is_rest_day(day):
                day += step
        return day

    def count(self, after: date, until: date) -> int:
        """Working days from the day behind `after` to `until`; negative when `until` is the earlier one."""
        if until < after:
            return -self.count(until, after)
        return sum(not self.is_rest_day(day) for day in days_behind(after, until))

    def rests_between(self, after: date, until: date) -> list[date]:
        """The days off from the day behind `after` to `until`."""
        return [day for day in days_behind(after, until) if self.is_rest_day(day)]


def days_behind(after: date, until: date) -> Iterator[date]:
    """The days behind `after`, `until` the last of them."""
    return (after + n * ONE_DAY for n in range(1, (until - after).days + 1))
