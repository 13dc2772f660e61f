"""On which days the offices work."""

from __future__ import annotations

from datetime import date

import pytest

from directives.workdays import after_working_days, is_rest_day


@pytest.mark.parametrize(
    "day",
    [
        date(2023, 2, 18),  # a Saturday
        date(2023, 1, 23),  # Tết
        date(2023, 5, 2),  # in place of Giỗ Tổ, which was a Saturday
        date(2026, 2, 16),  # New Year's Eve by the moon
        date(2026, 8, 31),  # swapped for Saturday 22 August
        date(2026, 11, 24),  # since 2026
    ],
)
def test_rest_days(day: date) -> None:
    assert is_rest_day(day)


@pytest.mark.parametrize("day", [date(2023, 2, 20), date(2026, 8, 22), date(2025, 11, 24), date(2026, 2, 23)])
def test_working_days(day: date) -> None:
    assert not is_rest_day(day)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2023, 2, 20), 0, date(2023, 2, 20)),
        (date(2023, 2, 20), 2, date(2023, 2, 22)),
        (date(2023, 2, 24), 1, date(2023, 2, 27)),
        (date(2026, 2, 13), 1, date(2026, 2, 23)),
        (date(2026, 8, 21), 1, date(2026, 8, 22)),
    ],
)
def test_working_days_are_counted_from_the_next_day(start: date, count: int, end: date) -> None:
    assert after_working_days(start, count) == end
