"""Work that changed hands is counted once: where it was then on a day before, where it is now since."""

from __future__ import annotations

from datetime import timedelta

import pytest

from directives.actions.assignments import return_for_revision
from directives.actions.handover import Way, hand_over
from directives.models import Assignment
from reports.standings import Course
from tests.directives.submissions import RESULT, submit
from tests.factories import ISSUED, NOW, TODAY, AssignmentFactory, DirectiveFactory

pytestmark = pytest.mark.django_db

MOVED = TODAY - timedelta(days=5)


@pytest.fixture
def taken(an, dung, stttt):
    """Reported by Sở Tư pháp, returned, and with Sở TT&TT for five days."""
    given = submit(an, days_ago=10)
    return_for_revision(given, by=dung, now=NOW - timedelta(days=8), reason="Thiếu số văn bản.")
    given.refresh_from_db()
    way = Way(stttt, MOVED, "Đúng chức năng.")
    return hand_over({given.pk: given.version}, way, by=dung, now=NOW - timedelta(days=5))[0]


def holders(on):
    course = Course(Assignment.objects.all(), today=TODAY)
    return [one.agency for one in course.on(on, first=ISSUED, last=on)]


def test_on_every_day_one_agency_has_it(taken, stp, stttt):
    assert holders(MOVED - timedelta(days=1)) == [stp.pk]
    assert holders(MOVED) == holders(TODAY) == [stttt.pk]


def test_two_that_became_one_were_two_before(dung, stp, stttt):
    directive = DirectiveFactory.create()
    ours, _ = (AssignmentFactory.create(directive=directive, agency=one) for one in (stp, stttt))
    hand_over({ours.pk: 1}, Way(stttt, MOVED, "Hợp nhất."), by=dung, now=NOW - timedelta(days=5))
    assert sorted(holders(MOVED - timedelta(days=1))) == sorted([stp.pk, stttt.pk])
    assert holders(TODAY) == [stttt.pk]


def test_the_report_names_where_it_came_from_and_what_was_done_there(make_report, taken, stttt):
    snapshot = str(make_report(agency=stttt).snapshot)
    assert "Chuyển từ Sở Tư pháp ngày 15/02/2023" in snapshot
    assert RESULT in snapshot
