"""Reporting periods: those of Nghị định 09/2019/NĐ-CP and those of the calendar, and what each is called.

By the decree (điều 12) a month runs from the 15th of the one before to its own 14th; quarters, half-years and years are
shifted alike (DOMAIN §3).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_ROMAN = ("I", "II", "III", "IV")
_HALVES = ("đầu", "cuối")
_FIRST, _LAST = 15, 14  # days of the decree


class System(StrEnum):
    DECREE = "nd-09"
    CALENDAR = "duong-lich"


SYSTEM_NAMES = {System.DECREE: "Kỳ theo Nghị định 09/2019/NĐ-CP", System.CALENDAR: "Kỳ theo dương lịch"}


class Length(StrEnum):
    MONTH = "thang"
    QUARTER = "quy"
    HALF = "nua-nam"
    YEAR = "nam"

    @property
    def months(self) -> int:
        return _MONTHS[self]


_MONTHS = {Length.MONTH: 1, Length.QUARTER: 3, Length.HALF: 6, Length.YEAR: 12}
LENGTH_NAMES = {Length.MONTH: "Tháng", Length.QUARTER: "Quý", Length.HALF: "6 tháng", Length.YEAR: "Năm"}


@dataclass(frozen=True)
class Period:
    """The `number`th period of its length in a year, from 1."""

    system: System
    length: Length
    year: int
    number: int

    @property
    def first(self) -> date:
        month = (self.number - 1) * self.length.months + 1
        if self.system == System.CALENDAR:
            return date(self.year, month, 1)
        return (date(self.year, month, 1) - timedelta(days=1)).replace(day=_FIRST)

    @property
    def last(self) -> date:
        month = self.number * self.length.months
        day = monthrange(self.year, month)[1] if self.system == System.CALENDAR else _LAST
        return date(self.year, month, day)

    @property
    def words(self) -> str:
        """As in a sentence: "tháng 02 năm 2023", "quý I năm 2023", "6 tháng đầu năm 2023", "năm 2023"."""
        match self.length:
            case Length.MONTH:
                return f"tháng {self.number:02d} năm {self.year}"
            case Length.QUARTER:
                return f"quý {_ROMAN[self.number - 1]} năm {self.year}"
            case Length.HALF:
                return f"6 tháng {_HALVES[self.number - 1]} năm {self.year}"
        return f"năm {self.year}"

    @property
    def name(self) -> str:
        """As on a screen: "Tháng 02/2023", "Quý I/2023"; a period of the decree says so."""
        match self.length:
            case Length.MONTH:
                name = f"Tháng {self.number:02d}/{self.year}"
            case Length.QUARTER:
                name = f"Quý {_ROMAN[self.number - 1]}/{self.year}"
            case _:
                name = self.words[:1].upper() + self.words[1:]
        return f"{name} (NĐ 09)" if self.system == System.DECREE else name

    @property
    def short_name(self) -> str:
        """The name where the system is said already."""
        return self.name.removesuffix(" (NĐ 09)")

    @property
    def previous(self) -> Period:
        return containing(self.first - timedelta(days=1), self.system, self.length)


def containing(day: date, system: System, length: Length) -> Period:
    """The period that `day` falls in."""
    if system == System.DECREE and day.day >= _FIRST:
        day = day.replace(day=1) + timedelta(days=31)  # it belongs to the next month
    return Period(system, length, day.year, (day.month - 1) // length.months + 1)


def named(first: date, last: date) -> Period | None:
    """The period that has just these days."""
    every = (containing(last, system, length) for system in System for length in Length)
    return next((period for period in every if (period.first, period.last) == (first, last)), None)


def before(first: date, last: date) -> tuple[date, date]:
    """The days of the period before: by its name where it has one, else as many days as these."""
    period = named(first, last)
    if period is not None:
        return period.previous.first, period.previous.last
    return first - (last - first) - timedelta(days=1), first - timedelta(days=1)


def usual(day: date, system: System) -> Iterator[Period]:
    """Those a report is usually asked for on a day: the last one that ended and the one that runs."""
    for length in (Length.MONTH, Length.QUARTER, Length.HALF, Length.YEAR):
        running = containing(day, system, length)
        yield running
        yield running.previous


def name_of(first: date, last: date) -> str:
    """The name of a period on a screen, else both days."""
    period = named(first, last)
    return period.name if period else f"Từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}"


def words_of(first: date, last: date) -> str:
    """The name of a period in a sentence, else both days."""
    period = named(first, last)
    return period.words if period else f"từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"
