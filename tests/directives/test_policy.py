"""What the Office has laid down about reminders: the value, the rows it is kept in, and the days each one governs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from directives.models import ReminderPolicy, ReminderStep
from directives.models.policy import may_go, next_morning, reign_on, reigns
from directives.policy import DEFAULT, Hearer, Step
from directives.reminders.ladder import rungs
from tests.directives.policies import lay_down
from tests.factories import NOW, TODAY, VIETNAM

DAY = timedelta(days=1)


def test_the_default_is_7_and_3_days_before_the_day_itself_and_1_3_and_5_after() -> None:
    assert DEFAULT.summary == "trước hạn 7 và 3 ngày, đúng ngày đến hạn, quá hạn 1, 3 và 5 ngày"
    assert DEFAULT.red_from == 5
    assert str(DEFAULT.steps[-1]) == (
        "quá hạn 5 ngày: Cán bộ đầu mối, Thủ trưởng cơ quan, Văn phòng, Lãnh đạo UBND tỉnh"
    )


def test_a_change_is_told_in_words() -> None:
    changed = replace(DEFAULT, closes=time(16, 30), quiet_weekdays=frozenset({4}), standing_after=None)
    assert DEFAULT.differences(changed) == {
        "Gửi đến": ("17:00", "16:30"),
        "Không gửi vào": ("không có ngày nào", "thứ Sáu"),
        "Nhiệm vụ thường xuyên: nhắc cán bộ sau số ngày không cập nhật": ("30", "không"),
    }


@pytest.mark.parametrize(
    ("days", "summary"),
    [((-7,), "trước hạn 7 ngày"), ((0,), "đúng ngày đến hạn"), ((2, 4), "quá hạn 2 và 4 ngày")],
)
def test_a_summary_names_only_what_there_is(days: tuple[int, ...], summary: str) -> None:
    steps = tuple(Step(day, frozenset({Hearer.STAFF})) for day in days)
    assert replace(DEFAULT, steps=steps).summary == summary
    assert replace(DEFAULT, steps=steps).red_from is None


def test_what_is_stored_is_what_was_laid_down(db: None) -> None:
    wanted = replace(DEFAULT, steps=DEFAULT.steps[2:], quiet_weekdays=frozenset({0, 4}), condition_months=None)
    lay_down(policy=wanted)
    assert reign_on(TODAY).policy == wanted


def test_until_somebody_lays_one_down_the_default_holds(db: None) -> None:
    assert (reign_on(TODAY).policy, reign_on(TODAY).number) == (DEFAULT, 0)


def test_each_policy_governs_until_the_next_ones_first_day_and_of_two_on_one_day_the_later(db: None) -> None:
    for since in (TODAY - 5 * DAY, TODAY, TODAY):
        lay_down(since=since)
    found = [(reign.number, reign.first, reign.last) for reign in reigns(TODAY - 10 * DAY, TODAY + DAY)]
    assert found == [
        (0, date.min, TODAY - 6 * DAY),
        (1, TODAY - 5 * DAY, TODAY - DAY),
        (3, TODAY, TODAY + DAY),
    ]
    assert [reign.number for reign in reigns(TODAY, TODAY)] == [3]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"opens": time(17), "closes": time(7)}, "policy_opens_before_it_closes"),
        ({"asking": ""}, "policy_has_words_to_ask_with"),
        ({"standing_after": 0}, "policy_standing_after_days"),
        ({"standing_after": 30, "standing_head_after": 29}, "policy_head_hears_after_the_staff"),
        ({"standing_after": None, "standing_head_after": 29}, "policy_head_hears_after_the_staff"),
        ({"condition_months": 5}, "policy_condition_months_part_a_year"),
        ({"number": 0}, "policy_numbered_from_1"),
    ],
)
def test_the_database_refuses_a_policy_that_makes_no_sense(db: None, change: dict[str, Any], name: str) -> None:
    row = lay_down()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ReminderPolicy.objects.filter(pk=row.pk).update(**change)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"day": 61}, "policy_rung_near_the_due_day"),
        ({"to_staff": False, "to_head": False}, "policy_rung_tells_somebody"),
    ],
)
def test_the_database_refuses_a_rung_that_makes_no_sense(db: None, change: dict[str, Any], name: str) -> None:
    lay_down()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ReminderStep.objects.filter(day=3).update(**change)


def test_mail_goes_out_in_vietnams_office_hours_of_working_days(db: None) -> None:
    opens = datetime(2023, 2, 20, 7, 0, tzinfo=VIETNAM)
    closes = datetime(2023, 2, 20, 17, 0, tzinfo=VIETNAM)
    moment = timedelta(microseconds=1)
    moments = (opens - moment, opens, closes - moment, closes, opens - DAY)
    assert [may_go(DEFAULT, one) for one in moments] == [False, True, True, False, False]


def test_a_weekday_can_be_left_out(db: None) -> None:
    quiet = replace(DEFAULT, quiet_weekdays=frozenset({0}))
    assert not may_go(quiet, NOW)
    assert may_go(quiet, NOW + DAY)


def test_in_a_demonstration_mail_goes_out_at_any_time(settings: Settings) -> None:
    settings.REMIND_AT_ANY_TIME = True
    assert may_go(DEFAULT, datetime(2023, 2, 19, 3, 0, tzinfo=VIETNAM))


def test_the_next_morning_is_that_of_a_working_day(db: None) -> None:
    friday = date(2026, 2, 13)
    assert next_morning(DEFAULT, friday) == datetime(2026, 2, 23, 7, 0, tzinfo=VIETNAM)
    without_mondays = replace(DEFAULT, opens=time(8, 15), quiet_weekdays=frozenset({0}))
    assert next_morning(without_mondays, friday) == datetime(2026, 2, 24, 8, 15, tzinfo=VIETNAM)


def test_a_rung_is_that_of_the_policy_of_its_own_day(db: None) -> None:
    """A change calls for nothing that lies before it: no flood of rungs that never were."""

    lay_down(since=TODAY, steps=(Step(-30, frozenset({Hearer.STAFF})),))
    found = rungs(reigns(TODAY - 14 * DAY, TODAY))
    assert [(rung.day, rung.first) for rung in found if rung.last == TODAY] == [(-30, TODAY)]
    assert {rung.last for rung in found if rung.day != -30} == {TODAY - DAY}
