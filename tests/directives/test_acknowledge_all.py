"""One press says that the agency has everything new that the list showed."""

from __future__ import annotations

import pytest

from directives.models import Assignment, HistoryEntry
from directives.states import Verb
from tests.factories import AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def received():
    return set(Assignment.objects.exclude(acknowledged_at=None).values_list("pk", flat=True))


def test_everything_new_is_received_and_what_came_later_is_not(client_of, an, stp):
    rows = AssignmentFactory.create_batch(3, agency=stp)
    client = client_of(an)
    page = client.get("/viec/")
    assert "3 nhiệm vụ mới" in page.text
    later = AssignmentFactory.create(agency=stp)
    response = client.post("/viec/da-nhan/", {"nv": page.context["new"]}, follow=True)
    assert "Đã ghi nhận cơ quan đã nhận 3 nhiệm vụ." in response.text
    assert received() == {row.pk for row in rows}
    assert HistoryEntry.objects.filter(verb=Verb.ACKNOWLEDGE, actor=an).count() == 3
    assert later.acknowledged_at is None


def test_another_agency_s_is_left_alone_and_junk_too(client_of, an, stttt):
    other = AssignmentFactory.create(agency=stttt)
    client_of(an).post("/viec/da-nhan/", {"nv": [f"{other.pk}:1", "x", ""]})
    assert received() == set()


def test_what_is_no_longer_with_the_agency_is_left_as_it_is(client_of, an, stp):
    gone = AssignmentFactory.create(agency=stp, withdrawn=True)
    client_of(an).post("/viec/da-nhan/", {"nv": [f"{gone.pk}:1"]})
    assert received() == set()


def test_with_nothing_new_there_is_no_button(client_of, an, stp):
    AssignmentFactory.create(agency=stp, in_progress=True)
    assert "/viec/da-nhan/" not in client_of(an).get("/viec/").text
