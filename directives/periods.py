"""The periods of recurring reports as pure functions: their windows, the day they are due, their names.

Windows as Nghị định 09/2019/NĐ-CP, điều 13 counts figures: a month from the 15th before it to its 14th, a quarter from
the 15th before it to the 14th of its last month, the half years and the year likewise; or, by the Office's choice, as
the calendar has them. A week is Monday to Sunday either way. No clock and no database here.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from agencies.text import fold
from directives.deadlines import DueRule, Period

MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}
ROMAN = ("I", "II", "III", "IV")
FRIDAY = 5  # of the week, Monday is 1
_CODE = re.compile(r"(\d{4})(?:-(Q|H|W)?(\d{1,2}))?")


@dataclass(frozen=True)
class Window:
    """One period: `code` as Assignment.period has it, the days its figures cover, both included."""

    code: str
    first: date
    last: date

    @property
    def last_month(self) -> tuple[int, int]:
        """Year and month in which a period of months ends, in whichever way its days are counted."""
        year, sort, number = parse(self.code)
        return year, {"": 12, "Q": 3 * number, "H": 6 * number, "M": number}[sort]


def window_on(period: Period, day: date, *, nd09: bool) -> Window:
    """The period of a sort in which a day lies."""
    if period == Period.WEEK:
        year, week, _ = day.isocalendar()
        return window_of(f"{year}-W{week:02}", nd09=nd09)
    shifted = nd09 and day.day >= 15
    months = day.year * 12 + day.month - 1 + shifted
    size = MONTHS[period]
    year, number = divmod(months // size, 12 // size)
    return window_of(_code(period, year, number + 1), nd09=nd09)


def window_of(code: str, *, nd09: bool) -> Window:
    """The days of a period of which the code is known. Raises ValueError for what is no code."""
    year, sort, number = parse(code)
    if sort == "W":
        monday = date.fromisocalendar(year, number, 1)
        return Window(code, monday, monday + timedelta(days=6))
    size = {"": 12, "Q": 3, "H": 6, "M": 1}[sort]
    end = year * 12 + size * number - 1  # months since the year 0, of the last one
    if nd09:
        return Window(code, _day(end - size, 15), _day(end, 14))
    return Window(code, _day(end - size + 1, 1), _day(end, 31))


def following(window: Window, period: Period, *, nd09: bool) -> Window:
    """The next one; its sort may be another, where the rule was changed."""
    return window_on(period, window.last + timedelta(days=1), nd09=nd09)


def due_day(rule: DueRule, window: Window, *, day_before: bool = True) -> date:
    """The day on which the report of a period is due: the rule's day in its last month, else the window's last day.

    "trước ngày 15" is the 14th with `day_before`; a day that the month does not have is its last one.
    """
    day = rule.day
    if day and day_before and re.search(rf"\btruoc\b.*\b0?{day}\b", fold(rule.phrase)):
        day -= 1
    if parse(window.code)[1] == "W":
        return window.first + timedelta(days=(day if day and 1 <= day <= 7 else FRIDAY) - 1)
    year, month = window.last_month
    return _day(year * 12 + month - 1, day) if day else window.last


def words(code: str) -> str:
    """A period as people say it: "tháng 04/2023", "quý II/2023", "6 tháng đầu năm 2023"; "" for none."""
    if not code:
        return ""
    year, sort, number = parse(code)
    match sort:
        case "W":
            return f"tuần {number:02}/{year}"
        case "M":
            return f"tháng {number:02}/{year}"
        case "Q":
            return f"quý {ROMAN[number - 1]}/{year}"
        case "H":
            return f"6 tháng {'đầu' if number == 1 else 'cuối'} năm {year}"
    return f"năm {year}"


def parse(code: str) -> tuple[int, str, int]:
    """Year, sort ("W", "M", "Q", "H", "" for a year) and number of a period. Raises ValueError for what is no code."""
    found = _CODE.fullmatch(code)
    if found is None:
        raise ValueError(f"{code!r} is no period")
    year, sort, number = found.groups()
    return int(year), (sort or "M") if number else "", int(number or 1)


def _code(period: Period, year: int, number: int) -> str:
    return {
        Period.MONTH: f"{year}-{number:02}",
        Period.QUARTER: f"{year}-Q{number}",
        Period.HALF_YEAR: f"{year}-H{number}",
    }.get(period, str(year))


def _day(months: int, day: int) -> date:
    """A day of a month counted from the year 0; the month's last one when it does not have so many."""
    year, month = divmod(months, 12)
    return date(year, month + 1, min(max(day, 1), monthrange(year, month + 1)[1]))
