"""Days with the agency, days with the Office: every day has one owner, and what was taken back never was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.calendars import Calendar
from directives.states import Status, Verb
from directives.turns import Days, Move, Spent, spent

is_rest_day = Calendar().is_rest_day
MONDAY = date(2023, 2, 20)


def after(days):
    return MONDAY + timedelta(days=days)


def report(day):
    return Move(after(day), Verb.REPORT, Status.IN_PROGRESS)


def submit(day):
    return Move(after(day), Verb.SUBMIT, Status.SUBMITTED)


def send_back(day):
    return Move(after(day), Verb.RETURN, Status.RETURNED)


def confirm(day):
    return Move(after(day), Verb.CONFIRM, Status.DONE)


def undo(day):
    return Move(after(day), Verb.UNDO, Status.SUBMITTED)


def withdraw(day, back_to=Status.IN_PROGRESS):
    return Move(after(day), Verb.WITHDRAW_UPDATE, back_to)


def calendar(*moves, on):
    result = spent(MONDAY, moves, on=after(on), rests=is_rest_day)
    return result.agency.calendar, result.office.calendar, result.nobody.calendar


@pytest.mark.parametrize(
    ("moves", "on", "expected"),
    [
        ((), 10, (10, 0, 0)),
        ((report(2),), 10, (10, 0, 0)),
        ((submit(4),), 10, (4, 6, 0)),
        ((submit(4), confirm(7)), 30, (4, 3, 23)),
        ((submit(4), send_back(7)), 10, (7, 3, 0)),  # returned: the agency's days run on, those at the Office stay
        ((submit(4), send_back(7), submit(9), confirm(9)), 30, (6, 3, 21)),
        ((submit(4), withdraw(6)), 10, (10, 0, 0)),  # withdrawn: as if it had not been submitted
        ((report(1), submit(4), withdraw(6), submit(8)), 10, (8, 2, 0)),
        ((submit(4), confirm(5), undo(5)), 10, (4, 6, 0)),  # undone: it never left the Office
        ((submit(0), confirm(0)), 0, (0, 0, 0)),
    ],
)
def test_every_day_has_one_owner(moves, on, expected):
    assert calendar(*moves, on=on) == expected


def test_working_days_leave_out_weekends_and_holidays():
    tet = date(2023, 1, 16)  # the Monday before Tết, which is off from 20 to 26 January
    moves = [Move(date(2023, 1, 19), Verb.SUBMIT, Status.SUBMITTED)]
    result = spent(tet, moves, on=date(2023, 1, 30), rests=is_rest_day)
    assert result == Spent(Days(3, 3), Days(11, 2), Days())


def test_a_letter_entered_before_the_day_it_counts_from_costs_nobody_days():
    moves = [Move(after(-3), Verb.SUBMIT, Status.SUBMITTED)]
    assert spent(MONDAY, moves, on=after(2), rests=is_rest_day) == Spent(office=Days(2, 2))


@given(
    gaps=st.lists(st.integers(0, 9), min_size=0, max_size=12),
    kinds=st.randoms(use_true_random=False),
    late=st.integers(0, 20),
)
def test_the_days_always_add_up_to_the_whole_time(gaps, kinds, late):
    day, moves = 0, []
    for gap in gaps:
        day += gap
        moves.append(kinds.choice([report, submit, send_back, confirm, undo, withdraw])(day))
    result = spent(MONDAY, moves, on=after(day + late), rests=is_rest_day)
    parts = (result.agency, result.office, result.nobody)
    assert sum(part.calendar for part in parts) == day + late
    assert sum(part.working for part in parts) == sum(not is_rest_day(after(n)) for n in range(1, day + late + 1))
