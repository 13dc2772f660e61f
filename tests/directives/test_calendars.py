"""Which days the offices work, and how working days are counted: no database."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.calendars import Calendar, Said, days_behind

USUAL = Calendar()
TYPHOON, SATURDAY = date(2026, 9, 8), date(2026, 9, 12)
OFFICE = Calendar({TYPHOON: Said(True, "Nghỉ do bão"), SATURDAY: Said(False, "Làm bù ngày 08/09")})


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2023, 2, 18), "thứ Bảy"),
        (date(2023, 1, 23), "Mùng hai Tết Nguyên Đán"),
        (date(2023, 5, 2), "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"),  # which was a Saturday
        (date(2026, 2, 16), "Giao thừa Tết Nguyên Đán"),
        (date(2026, 8, 31), "Ngày nghỉ (thay cho ngày 22/08/2026)"),
        (date(2026, 11, 24), "Ngày Văn hóa Việt Nam"),  # since 2026
    ],
)
def test_rest_days_and_their_names(day: date, name: str) -> None:
    assert USUAL.is_rest_day(day)
    assert USUAL.name_of(day) == name


@pytest.mark.parametrize("day", [date(2023, 2, 20), date(2026, 8, 22), date(2025, 11, 24), date(2026, 2, 23)])
def test_working_days(day: date) -> None:
    assert not USUAL.is_rest_day(day)
    assert USUAL.name_of(day) == ("ngày làm bù" if day.weekday() == 5 else "")


@pytest.mark.parametrize(
    ("day", "special"),
    [
        (date(2023, 2, 20), False),
        (date(2023, 2, 18), False),
        (date(2023, 1, 22), True),  # a holiday, though a Sunday
        (date(2026, 8, 22), True),
        (date(2026, 8, 31), True),
    ],
)
def test_a_day_is_special_when_its_day_of_the_week_does_not_tell_it(day: date, special: bool) -> None:
    assert USUAL.is_special(day) == special


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2023, 2, 20), 0, date(2023, 2, 20)),
        (date(2023, 2, 20), 2, date(2023, 2, 22)),
        (date(2023, 2, 24), 1, date(2023, 2, 27)),
        (date(2026, 2, 13), 1, date(2026, 2, 23)),  # Tết 2026
        (date(2026, 2, 12), 5, date(2026, 2, 26)),
        (date(2026, 8, 21), 1, date(2026, 8, 22)),  # the Saturday that is worked
        (date(2026, 8, 28), 1, date(2026, 9, 3)),  # the Monday given for it, and Quốc khánh
        (date(2023, 2, 22), -2, date(2023, 2, 20)),
        (date(2026, 2, 23), -1, date(2026, 2, 13)),
    ],
)
def test_working_days_are_counted_from_the_next_day(start: date, count: int, end: date) -> None:
    assert USUAL.move(start, count) == end
    assert USUAL.count(start, end) == count


def test_what_the_office_says_goes_first() -> None:
    assert OFFICE.is_rest_day(TYPHOON) and OFFICE.name_of(TYPHOON) == "Nghỉ do bão"
    assert not OFFICE.is_rest_day(SATURDAY)
    assert OFFICE.is_special(TYPHOON) and OFFICE.is_special(SATURDAY)
    monday = date(2026, 9, 7)
    assert [calendar.move(monday, 5) for calendar in (USUAL, OFFICE)] == [date(2026, 9, 14), date(2026, 9, 14)]
    assert [calendar.move(monday, 1) for calendar in (USUAL, OFFICE)] == [TYPHOON, date(2026, 9, 9)]
    assert OFFICE.rests_between(monday, date(2026, 9, 13)) == [TYPHOON, date(2026, 9, 13)]


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(-60, 60))
def test_counting_undoes_moving(start: date, count: int) -> None:
    end = USUAL.move(start, count)
    assert USUAL.count(start, end) == count or USUAL.is_rest_day(start)
    assert count == 0 or not USUAL.is_rest_day(end)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 60))
def test_every_day_is_worked_or_off(start: date, length: int) -> None:
    days = list(days_behind(start, date.fromordinal(start.toordinal() + length)))
    assert len(days) == length
    if days:
        off = USUAL.rests_between(start, days[-1])
        assert USUAL.count(start, days[-1]) + len(off) == length
        assert all(USUAL.name_of(day) for day in off)
