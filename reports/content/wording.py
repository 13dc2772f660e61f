"""How numbers, percentages, days and periods are written in administrative Vietnamese."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from reports.queries import Share

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
NARROW = 8  # letters that fit into one line of the column of a share


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


def in_narrow(fraction: str) -> str:
    """A fraction for a narrow column: its denominator below when both do not fit in one line ("1.234/", "5.678")."""
    return fraction if len(fraction) <= NARROW else fraction.replace("/", "/\n")


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
