"""Reporting periods: of Nghị định 09/2019/NĐ-CP and of the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import periods
from reports.periods import Length, Period, System

DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))
SYSTEMS, LENGTHS = st.sampled_from(list(System)), st.sampled_from(list(Length))


@pytest.mark.parametrize(
    ("length", "number", "first", "last"),
    [
        (Length.MONTH, 1, date(2022, 12, 15), date(2023, 1, 14)),
        (Length.MONTH, 3, date(2023, 2, 15), date(2023, 3, 14)),
        (Length.QUARTER, 1, date(2022, 12, 15), date(2023, 3, 14)),
        (Length.QUARTER, 4, date(2023, 9, 15), date(2023, 12, 14)),
        (Length.HALF, 1, date(2022, 12, 15), date(2023, 6, 14)),
        (Length.HALF, 2, date(2023, 6, 15), date(2023, 12, 14)),
        (Length.YEAR, 1, date(2022, 12, 15), date(2023, 12, 14)),
    ],
)
def test_periods_of_the_decree_have_its_days(length: Length, number: int, first: date, last: date) -> None:
    period = Period(System.DECREE, length, 2023, number)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    ("first", "last", "name", "words"),
    [
        (date(2023, 2, 1), date(2023, 2, 28), "Tháng 02/2023", "tháng 02 năm 2023"),
        (date(2024, 2, 1), date(2024, 2, 29), "Tháng 02/2024", "tháng 02 năm 2024"),
        (date(2023, 1, 15), date(2023, 2, 14), "Tháng 02/2023 (NĐ 09)", "tháng 02 năm 2023"),
        (date(2023, 10, 1), date(2023, 12, 31), "Quý IV/2023", "quý IV năm 2023"),
        (date(2022, 12, 15), date(2023, 6, 14), "6 tháng đầu năm 2023 (NĐ 09)", "6 tháng đầu năm 2023"),
        (date(2023, 7, 1), date(2023, 12, 31), "6 tháng cuối năm 2023", "6 tháng cuối năm 2023"),
        (date(2023, 1, 1), date(2023, 12, 31), "Năm 2023", "năm 2023"),
        (
            date(2023, 1, 16),
            date(2023, 2, 14),
            "Từ 16/01/2023 đến 14/02/2023",
            "từ ngày 16/01/2023 đến ngày 14/02/2023",
        ),
    ],
)
def test_a_period_is_called_by_its_name(first: date, last: date, name: str, words: str) -> None:
    assert periods.name_of(first, last) == name
    assert periods.words_of(first, last) == words


@given(DAYS, SYSTEMS, LENGTHS)
def test_periods_follow_one_another_without_a_gap(day: date, system: System, length: Length) -> None:
    period = periods.containing(day, system, length)
    assert period.first <= day <= period.last
    assert period.previous.last == period.first - timedelta(days=1)
    assert periods.before(period.first, period.last) == (period.previous.first, period.previous.last)


@given(DAYS, SYSTEMS, LENGTHS)
def test_a_period_is_known_by_its_days(day: date, system: System, length: Length) -> None:
    period = periods.containing(day, system, length)
    assert periods.named(period.first, period.last) == period


def test_days_without_a_name_are_compared_with_as_many_days_before() -> None:
    assert periods.before(date(2023, 2, 6), date(2023, 2, 12)) == (date(2023, 1, 30), date(2023, 2, 5))
