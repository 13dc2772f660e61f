"""The figures: every assignment once, identities, comparable groups."""

from datetime import timedelta
from itertools import pairwise

import pytest

from agencies.models import Comparison, Kind
from directives.models import Assignment
from directives.states import Status
from reports import queries
from reports.charts import stacked_bar
from reports.queries import Figures, Share
from tests.factories import TODAY, AgencyFactory, AssignmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_of_each(stp):
    """Every way an assignment can stand, with and without a due day; two withdrawn ones that count nowhere."""
    for traits in (
        {"overdue": True},
        {"overdue": True, "submitted": True},
        {"overdue": True, "returned": True},
        {"due_soon": True},
        {},
        {"in_progress": True},
        {"submitted": True},
        {"submitted": True, "undated": True},
        {"returned": True},
        {"returned": True, "undated": True},
        {"undated": True},
        {"status": Status.PAUSED},
        {"status": Status.PAUSED, "undated": True},
        {"done": True},
        {"done": True, "undated": True},
        {"done_late": True},
        {"withdrawn": True},
        {"withdrawn": True, "undated": True},
    ):
        AssignmentFactory.create(agency=stp, **traits)


def test_every_assignment_counts_once_and_withdrawn_ones_never(one_of_each):
    figures = queries.count(Assignment.objects.all(), TODAY)
    assert figures == Figures(
        done_on_time=1,
        done_late=1,
        done_undated=1,
        open_on_track=6,
        open_overdue=3,
        open_undated=4,
        due_soon=1,
        waiting=2,
        returned=2,
        paused=2,
        running=2,
        overdue_submitted=1,
    )
    assert figures.given == 16 == figures.done + figures.open == figures.in_time + figures.late + figures.undated
    assert figures.without_clock == 1


def test_a_bar_holds_everything_that_was_given(one_of_each):
    figures = queries.count(Assignment.objects.all(), TODAY)
    bar = stacked_bar(figures)
    assert sum(segment.count for segment in bar) == figures.given
    assert [segment.code for segment in bar] == [
        "hoan-thanh",
        "hoan-thanh-qua-han",
        "cho-xac-nhan",
        "trong-han",
        "khong-thoi-han",
        "tam-dung",
        "tra-lai",
        "sap-den-han",
        "qua-han",
    ]
    assert bar[0].x == 0
    for left, right in pairwise(bar):
        assert right.x == pytest.approx(left.x + left.width, abs=0.01)
    assert bar[-1].x + bar[-1].width == pytest.approx(100, abs=0.01)


def test_nothing_given_is_an_empty_bar():
    assert stacked_bar(Figures()) == []


def test_agencies_add_up_to_the_whole(one_of_each, stttt):
    AssignmentFactory.create_batch(2, agency=stttt, done=True)
    rows = Assignment.objects.all()
    counted = queries.count_by_agency(rows, TODAY)
    assert queries.total(counted) == queries.count(rows, TODAY)
    assert sum(group.figures.given for group in queries.by_comparison(counted)) == queries.count(rows, TODAY).given
    assert queries.size(rows) == (18, 2)


def test_the_most_overdue_stand_first_among_their_like_and_the_front_goes_by_name():
    for name, kind, overdue in (
        ("Sở Nội vụ", Kind.DEPARTMENT, 1),
        ("Sở Y tế", Kind.DEPARTMENT, 2),
        ("UBND huyện Lộc Bình", Kind.DISTRICT, 3),
        ("Tỉnh đoàn", Kind.MASS_ORGANISATION, 2),
        ("Hội Nông dân tỉnh", Kind.MASS_ORGANISATION, 0),
    ):
        agency = AgencyFactory.create(short_name=name, kind=kind)
        AssignmentFactory.create_batch(overdue, agency=agency, overdue=True)
        AssignmentFactory.create(agency=agency)
    groups = queries.by_comparison(queries.count_by_agency(Assignment.objects.all(), TODAY))
    assert [(group.comparison, group.ranked) for group in groups] == [
        (Comparison.DEPARTMENTS, True),
        (Comparison.LOCALITIES, True),
        (Comparison.OTHERS, False),
    ]
    assert [[one.name for one in group.agencies] for group in groups] == [
        ["Sở Y tế", "Sở Nội vụ"],
        ["UBND huyện Lộc Bình"],
        ["Hội Nông dân tỉnh", "Tỉnh đoàn"],
    ]


def test_leaders_are_shown_what_is_overdue_longest_and_can_be_ordered(stp):
    old = AssignmentFactory.create(agency=stp, due_on=TODAY - timedelta(days=30))
    newer = AssignmentFactory.create(agency=stp, overdue=True)
    AssignmentFactory.create(agency=stp, overdue=True, submitted=True)  # lies with the Office
    AssignmentFactory.create(
        agency=AgencyFactory.create(kind=Kind.FRONT), due_on=TODAY - timedelta(days=90)
    )  # is asked, not chased
    rows = Assignment.objects.all()
    assert queries.longest_overdue(rows, TODAY, limit=5) == [old, newer]
    assert queries.longest_overdue(rows, TODAY, limit=1) == [old]


def test_the_oldest_submission_in_time_is_known(stp, now):
    rows = Assignment.objects.all()
    assert queries.waiting_since(rows, TODAY) is None
    AssignmentFactory.create(agency=stp, submitted=True)
    oldest = AssignmentFactory.create(agency=stp, submitted=True, submitted_at=now - timedelta(days=4))
    AssignmentFactory.create(agency=stp, overdue=True, submitted=True, submitted_at=now - timedelta(days=9))
    assert queries.waiting_since(rows, TODAY) == oldest.submitted_at


def test_a_percentage_without_a_whole_is_none():
    assert Share(0, 0).percent is None
    assert Share(1, 3).percent == 33.3
