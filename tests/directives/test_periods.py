"""Periods as Nghị định 09/2019/NĐ-CP and as the calendar counts them: windows, due days, names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.deadlines import DueKind, DueRule, Period
from directives.periods import due_day, following, parse, window_of, window_on, words

MONTH, QUARTER, HALF, YEAR, WEEK = Period.MONTH, Period.QUARTER, Period.HALF_YEAR, Period.YEAR, Period.WEEK

WINDOWS = [  # sort, a day in it by the decree, code, the decree's days, the calendar's days
    (MONTH, "2023-04-14", "2023-04", "2023-03-15 2023-04-14", "2023-04-01 2023-04-30"),
    (MONTH, "2023-04-15", "2023-05", "2023-04-15 2023-05-14", "2023-05-01 2023-05-31"),
    (MONTH, "2022-12-15", "2023-01", "2022-12-15 2023-01-14", "2023-01-01 2023-01-31"),
    (QUARTER, "2022-12-15", "2023-Q1", "2022-12-15 2023-03-14", "2023-01-01 2023-03-31"),
    (QUARTER, "2023-03-15", "2023-Q2", "2023-03-15 2023-06-14", "2023-04-01 2023-06-30"),
    (HALF, "2023-06-14", "2023-H1", "2022-12-15 2023-06-14", "2023-01-01 2023-06-30"),
    (HALF, "2023-06-15", "2023-H2", "2023-06-15 2023-12-14", "2023-07-01 2023-12-31"),
    (YEAR, "2023-12-14", "2023", "2022-12-15 2023-12-14", "2023-01-01 2023-12-31"),
    (WEEK, "2023-02-20", "2023-W08", "2023-02-20 2023-02-26", "2023-02-20 2023-02-26"),
]


@pytest.mark.parametrize(("sort", "day", "code", "decree", "calendar"), WINDOWS)
def test_the_windows(sort: Period, day: str, code: str, decree: str, calendar: str) -> None:
    window = window_on(sort, date.fromisoformat(day), nd09=True)
    assert (window.code, f"{window.first} {window.last}") == (code, decree)
    plain = window_of(code, nd09=False)
    assert f"{plain.first} {plain.last}" == calendar


@given(st.sampled_from(list(Period)), st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.booleans())
def test_every_day_lies_in_one_period_and_the_next_begins_where_it_ends(sort: Period, day: date, nd09: bool) -> None:
    window = window_on(sort, day, nd09=nd09)
    assert window.first <= day <= window.last
    assert window_of(window.code, nd09=nd09) == window
    after = following(window, sort, nd09=nd09)
    assert after.first == window.last + timedelta(days=1)
    assert after.code != window.code


@pytest.mark.parametrize(
    ("code", "day", "phrase", "due"),
    [
        ("2023-04", None, "định kỳ hằng tháng", date(2023, 4, 14)),  # the last day of the decree's window
        ("2023-04", 20, "ngày 20 hằng tháng", date(2023, 4, 20)),
        ("2023-04", 15, "trước ngày 15 hằng tháng", date(2023, 4, 14)),
        ("2023-04", 14, "trước ngày 15 hằng tháng", date(2023, 4, 14)),  # set by an officer
        ("2023-02", 31, "ngày 31 hằng tháng", date(2023, 2, 28)),
        ("2023-Q2", 20, "trước ngày 20 của tháng cuối quý", date(2023, 6, 19)),
        ("2023-H1", None, "6 tháng", date(2023, 6, 14)),
        ("2023", 10, "", date(2023, 12, 10)),
        ("2023-W08", None, "hằng tuần", date(2023, 2, 24)),  # Friday
        ("2023-W08", 4, "thứ Năm hằng tuần", date(2023, 2, 23)),
    ],
)
def test_the_due_day_of_a_period(code: str, day: int | None, phrase: str, due: date) -> None:
    rule = DueRule(DueKind.RECURRING, phrase, day=day)
    assert due_day(rule, window_of(code, nd09=True)) == due


def test_before_may_mean_the_day_itself() -> None:
    rule = DueRule(DueKind.RECURRING, "trước ngày 15 hằng tháng", day=15)
    assert due_day(rule, window_of("2023-04", nd09=True), day_before=False) == date(2023, 4, 15)


def test_a_calendar_period_without_a_day_is_due_on_its_last_one() -> None:
    assert due_day(DueRule(DueKind.RECURRING), window_of("2024-02", nd09=False)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", ""),
        ("2023-04", "tháng 04/2023"),
        ("2023-Q2", "quý II/2023"),
        ("2023-H1", "6 tháng đầu năm 2023"),
        ("2023-H2", "6 tháng cuối năm 2023"),
        ("2023", "năm 2023"),
        ("2023-W08", "tuần 08/2023"),
    ],
)
def test_a_period_in_words(code: str, said: str) -> None:
    assert words(code) == said


def test_what_is_no_period_is_refused() -> None:
    with pytest.raises(ValueError, match="no period"):
        parse("tháng tư")
