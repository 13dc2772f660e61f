"""On which days the offices work, by the Office's own table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agencies.models import User
from directives.models import CalendarChange, DayKind
from directives.workdays import after_working_days, is_rest_day
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db

TUESDAY = TODAY + timedelta(days=1)


def say(day: date, kind: DayKind, by: User) -> None:
    CalendarChange.objects.create(day=day, kind=kind, name="Theo thông báo", changed_by=by, changed_at=NOW)


def test_the_last_word_on_a_day_counts(dung: User) -> None:
    assert not is_rest_day(TUESDAY)
    say(TUESDAY, DayKind.REST, dung)
    assert is_rest_day(TUESDAY)
    assert after_working_days(TODAY, 1) == TODAY + timedelta(days=2)
    say(TUESDAY, DayKind.USUAL, dung)
    assert not is_rest_day(TUESDAY)
    saturday = date(2023, 2, 25)
    say(saturday, DayKind.WORK, dung)
    assert after_working_days(date(2023, 2, 24), 1) == saturday
