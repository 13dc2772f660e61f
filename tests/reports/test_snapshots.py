"""What is frozen: the identities of DOMAIN §2 in every snapshot, the same as data and back, one key for one content."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from agencies.models import Agency, Kind, User
from directives.deadlines import DueKind, Label
from directives.models import Assignment, PartyRole
from reports import snapshots
from reports.models import Denominator, Report, ReportKind
from reports.queries import Figures, count, count_by_agency, total
from reports.snapshots import Asked, Snapshot, Window, take
from tests.factories import NOW, TODAY, AgencyFactory, AssignmentFactory, DirectiveFactory, LetterFactory
from tests.reports import frozen

pytestmark = pytest.mark.django_db

YEAR = Window(date(2023, 1, 1), date(2023, 12, 31), TODAY)
TRAITS = ("overdue", "due_soon", "undated", "in_progress", "submitted", "returned", "done", "done_late", "withdrawn")


def identities(figures: Figures) -> None:
    assert figures.given == figures.done + figures.open
    assert figures.done == figures.done_on_time + figures.done_late + figures.done_undated
    assert figures.open == figures.open_on_track + figures.open_overdue + figures.open_undated
    assert figures.fallen_due == figures.done_on_time + figures.done_late + figures.open_overdue
    for leading in Denominator:
        assert all(0 <= share.part <= share.whole for share in figures.shares(leading))


def fill(seed: int) -> None:
    """A portal with whatever the seed says."""
    chance = random.Random(seed)
    kinds = (Kind.DEPARTMENT, Kind.DISTRICT, Kind.PRESS, Kind.FRONT)
    agencies = [AgencyFactory.create(kind=chance.choice(kinds)) for _ in range(4)]
    letter = LetterFactory.create()
    duties = [
        DirectiveFactory.create(letter=letter, due_kind=chance.choice([DueKind.NONE, DueKind.STANDING]))
        for _ in range(3)
    ]
    for duty in duties:
        for agency in chance.sample(agencies, chance.randint(1, 4)):
            traits = {one: True for one in chance.sample(TRAITS, 2) if chance.random() < 0.6}
            AssignmentFactory.create(agency=agency, directive=duty, **traits)


@pytest.mark.parametrize("seed", range(8))
def test_figures_rows_and_parts_agree_whatever_there_is(seed: int) -> None:
    fill(seed)
    taken = take(Asked(YEAR), now=NOW)
    rows = Assignment.objects.given_in(YEAR.first, YEAR.last)
    assert taken.totals == count(rows, TODAY) == total(taken.agencies)
    assert list(taken.agencies) == count_by_agency(rows, TODAY)
    for figures in (taken.totals, *(one.figures for one in taken.agencies)):
        identities(figures)
    assert len(taken.tasks) == taken.totals.given
    assert Counter(task.agency for task in taken.tasks) == {one.name: one.figures.given for one in taken.agencies}
    assert sum(task.state == Label.OVERDUE for task in taken.tasks) == taken.totals.open_overdue
    assert sum(week.tasks for week in taken.due_weeks) <= taken.totals.open
    letter = Assignment.objects.all()[0].directive.letter
    of_letter = take(Asked(YEAR, ReportKind.LETTER, letter=letter), now=NOW)
    assert sum((one.figures for one in of_letter.directives), Figures()) == of_letter.totals
    for one in (taken, of_letter):
        assert Snapshot.from_data(one.as_data()) == one


def test_figures_count_the_lead_and_tell_support_apart(stp: Agency) -> None:
    lead = AssignmentFactory.create(agency=stp)
    AssignmentFactory.create(agency=stp, role=PartyRole.SUPPORT)
    taken = take(Asked(YEAR, ReportKind.AGENCY, stp), now=NOW)
    assert (taken.totals.given, taken.support, [task.assignment for task in taken.tasks]) == (1, 1, [lead.pk])


def test_exceptions_are_the_longest_overdue_of_bodies_that_take_orders(stp: Agency) -> None:
    front = AgencyFactory.create(kind=Kind.FRONT)
    for days in (3, 30, 12):
        AssignmentFactory.create(agency=stp, due_on=TODAY - timedelta(days=days))
    AssignmentFactory.create(agency=front, overdue=True)
    AssignmentFactory.create(agency=stp, due_on=TODAY - timedelta(days=5), submitted=True)
    taken = take(Asked(YEAR, ReportKind.EXCEPTIONS), now=NOW)
    assert [task.days_late for task in taken.tasks] == [30, 12, 3]
    assert {task.missing for task in taken.tasks} == {"Chưa có báo cáo, minh chứng"}
    assert taken.totals.given == 5


def test_what_was_frozen_before_a_field_came_is_read_and_keeps_its_hash() -> None:
    old = frozen.usual()
    data = old.as_data()
    assert "kind" not in data
    assert not any("state" in row for row in data["tasks"])
    assert Snapshot.from_data(data).hash == old.hash


def test_the_key_is_of_what_is_said_and_not_of_when() -> None:
    one = frozen.usual()
    later = replace(one, taken_at=NOW + timedelta(hours=1))
    assert (later.content_key, later.hash == one.hash) == (one.content_key, False)
    assert replace(one, leading=Denominator.GIVEN).content_key != one.content_key


@pytest.mark.services
def test_two_requests_that_say_the_same_make_one_report(stp: Agency, dung: User, giang: User) -> None:
    AssignmentFactory.create(agency=stp)
    first = snapshots.freeze(Asked(YEAR), by=dung, now=NOW)
    second = snapshots.freeze(Asked(YEAR), by=giang, now=NOW + timedelta(minutes=5))
    assert first == second
    assert Report.objects.get().requested_by == dung


def test_the_one_that_comes_second_in_a_race_gets_the_others_report(
    stp: Agency, dung: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    AssignmentFactory.create(agency=stp)
    first = snapshots.freeze(Asked(YEAR), by=dung, now=NOW)
    looked: list[int] = []

    class Blind(type(Report.objects.all())):  # type: ignore[misc]  # sees nothing the first time, as in a race
        def first(self) -> Report | None:
            looked.append(1)
            return None if len(looked) == 1 else super().first()

    monkeypatch.setattr(Report.objects, "_queryset_class", Blind)
    assert snapshots.freeze(Asked(YEAR), by=None, now=NOW) == first
    assert len(looked) == 2


def test_an_issued_report_is_what_the_next_period_is_compared_with(stp: Agency, dung: User) -> None:
    AssignmentFactory.create(agency=stp, due_on=date(2023, 1, 20))
    january = Window(date(2023, 1, 1), date(2023, 1, 31), date(2023, 1, 31))
    issued = snapshots.freeze(Asked(january), by=dung, now=NOW)
    Report.objects.filter(pk=issued.pk).update(issued_at=NOW, issued_by=dung)
    Assignment.objects.update(due_on=date(2023, 12, 1))
    february = take(Asked(Window(date(2023, 2, 1), date(2023, 2, 28), TODAY)), now=NOW)
    assert february.previous is not None
    assert february.previous.figures == Figures(open_overdue=1)
    assert february.previous.code == snapshots.code_of(issued.snapshot_hash)


def test_the_trend_goes_back_to_the_first_thing_that_was_given(stp: Agency) -> None:
    AssignmentFactory.create(agency=stp, assigned_on=date(2022, 11, 20))
    trend = take(Asked(Window(date(2023, 2, 1), date(2023, 2, 28), TODAY)), now=NOW).trend
    assert [(one.first.month, one.figures.given) for one in trend] == [(11, 1), (12, 1), (1, 1)]
