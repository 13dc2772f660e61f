"""On which days and hours the offices work."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from pytest_django import Settings

from directives.workdays import after_working_days, is_rest_day, reminders_may_go
from tests.factories import VIETNAM


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


def test_reminders_go_out_in_vietnams_office_hours() -> None:
    opens = datetime(2023, 2, 20, 7, 0, tzinfo=VIETNAM)
    closes = datetime(2023, 2, 20, 17, 0, tzinfo=VIETNAM)
    moment = timedelta(microseconds=1)
    moments = (opens - moment, opens, closes - moment, closes, opens - timedelta(days=1))
    assert [reminders_may_go(one) for one in moments] == [False, True, True, False, False]


def test_in_a_demonstration_they_go_out_at_any_time(settings: Settings) -> None:
    settings.REMIND_AT_ANY_TIME = True
    assert reminders_may_go(datetime(2023, 2, 19, 3, 0, tzinfo=VIETNAM))
