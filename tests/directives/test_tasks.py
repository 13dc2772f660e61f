"""What Celery wakes, when, and that a page never suffers from a broker that is away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kombu.exceptions import OperationalError

from congvan.celery import app
from directives import tasks


def test_every_entry_of_the_timetable_names_a_task() -> None:
    app.loader.import_default_modules()
    for entry in app.conf.beat_schedule.values():
        assert entry["task"] in app.tasks


def test_a_wake_up_call_nobody_took_is_dropped_before_the_next() -> None:
    for entry in app.conf.beat_schedule.values():
        assert entry["options"]["expires"] < entry["schedule"]


def test_limits_stand_in_the_right_order() -> None:
    last_mail = timedelta(seconds=app.conf.task_soft_time_limit) - tasks.SENDING_TIME
    assert last_mail >= timedelta(seconds=30)
    assert app.conf.task_soft_time_limit < app.conf.task_time_limit < 300


class Broken:
    """A task whose broker is away."""

    calls = 0

    def apply_async(self, args: object) -> None:
        self.calls += 1
        raise OperationalError("away")


@pytest.fixture(autouse=True)
def rested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tasks._rest, "until", 0.0)


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_is_asked_once_and_then_left_alone() -> None:
    task = Broken()
    for _ in range(50):
        tasks.wake(task, 1)
    assert task.calls == 1


def test_nothing_is_published_before_the_rows_are_committed(db: None) -> None:
    task = Broken()
    tasks.wake(task, 1)
    assert task.calls == 0
