"""Two people, or two workers, do the same thing in the same moment: it is done once, and whoever was late is told.

Each race is run several times with four competitors, each on a connection of its own (RELIABILITY U1, U2).
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.mail.portal import running_portal

pytestmark = pytest.mark.services

Rounds = list[dict[str, Any]]


@pytest.fixture(scope="module")
def races(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rounds]:
    with running_portal(tmp_path_factory.mktemp("races") / "portal") as portal:
        played: dict[str, Rounds] = json.loads(portal.run("python", "-m", "tests.faults.races_scene"))
        return played


def test_a_persons_work_is_handed_over_once(races: dict[str, Rounds]) -> None:
    for one in races["a_persons_work"]:
        assert one["ended"].count("done") == 1, one
        assert (one["handlers"], one["still_leaving"], one["lines"], one["told"]) == (1, 0, [1], 1), one


def test_each_period_is_opened_once_by_whichever_worker(races: dict[str, Rounds]) -> None:
    for one in races["periods"]:
        assert one["ended"] == ["done"] * 4, one
        assert one["rows"] == [["2023-01", 2], ["2023-02", 2], ["2023-03", 2], ["2023-04", 2], ["2023-05", 2]], one
        assert (one["each_once"], one["opened"], set(one["lines"])) == (True, True, {1}), one


def test_a_day_is_said_once_and_every_due_day_follows_all_of_them(races: dict[str, Rounds]) -> None:
    for one in races["the_calendar"]:
        assert sorted(one["ended"]) == ["NotAllowed", "done", "done", "done"], one
        assert (one["said"], one["due"], one["moved"]) == (3, True, True), one


def test_an_ended_agencys_work_goes_to_one_successor_once(races: dict[str, Rounds]) -> None:
    for one in races["an_ended_agency"]:
        assert one["ended"].count("done") == 1, one
        assert (one["taken"], one["receivers"], one["withdrawn"]) == (3, 1, 3), one
        assert (one["lines"], one["log"]) == ([1, 1, 1], 1), one


def test_a_recurring_duty_goes_on_with_one_successor(races: dict[str, Rounds]) -> None:
    for one in races["a_recurring_duty"]:
        assert (one["ended"].count("done"), one["ended"].count("NotAllowed"), one["kept"]) == (1, 3, 1), one


def test_one_decision_on_an_extension_counts(races: dict[str, Rounds]) -> None:
    for one in races["one_extension"]:
        assert one["ended"].count("done") == 1, one
        assert (one["agrees"], one["lines"], one["told"]) == (True, 1, 1), one
