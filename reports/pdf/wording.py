"""How numbers, percentages, days and periods are written in administrative Vietnamese."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from reports.queries import Share

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_QUARTERS = {1: "I", 4: "II", 7: "III", 10: "IV"}  # by first month
_HALVES = {1: "đầu", 7: "cuối"}


def number(n: int) -> str:
    """A count in a table: "7", "1.234"."""
    return f"{n:,}".replace(",", ".")


def quantity(n: int) -> str:
    """A count in a sentence, with the leading 0 that administrative texts write below 10: "07", "1.234"."""
    return f"{n:02d}" if 0 < n < 10 else number(n)


def percent(share: Share) -> str:
    """ "78,1%"; a dash when there is nothing to divide by."""
    return f"{share.percent:.1f}%".replace(".", ",") if share.percent is not None else "–"


def fraction(share: Share) -> str:
    """The part over its denominator: "25/32"."""
    return f"{number(share.part)}/{number(share.whole)}"


def percent_of(share: Share) -> str:
    """A percentage with its denominator: "78,1% (25/32)"."""
    return f"{percent(share)} ({fraction(share)})"


def day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """A moment as clocks in Vietnam show it: "08 giờ 05 ngày 20/02/2023"."""
    return f"{timezone.localtime(value):%H giờ %M ngày %d/%m/%Y}"


def roman(n: int) -> str:
    """Upper-case Roman numeral of a number from 1 to 399."""
    letters = ""
    for value, letter in _ROMAN:
        letters += letter * (n // value)
        n %= value
    return letters


def period(first: date, last: date) -> str:
    """The name of a calendar period ("năm 2023", "quý I năm 2023", "tháng 02 năm 2023"), else its two days."""
    whole_months = first.day == 1 and (last + timedelta(days=1)).day == 1
    name = _calendar_name(first, _months(first, last)) if whole_months else ""
    return name or f"từ ngày {day(first)} đến ngày {day(last)}"


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _calendar_name(first: date, months: int) -> str:
    if months == 12 and first.month == 1:
        return f"năm {first.year}"
    if months == 6 and first.month in _HALVES:
        return f"6 tháng {_HALVES[first.month]} năm {first.year}"
    if months == 3 and first.month in _QUARTERS:
        return f"quý {_QUARTERS[first.month]} năm {first.year}"
    return f"tháng {first.month:02d} năm {first.year}" if months == 1 else ""
