"""An agency takes its request for more time back."""

from __future__ import annotations

import pytest

from directives.models import ExtensionState, HistoryEntry
from directives.states import Verb
from tests.factories import AssignmentFactory, ExtensionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def drop(client, asked, version=1):
    return client.post(f"/gia-han/{asked.pk}/rut/", {"version": version})


@pytest.fixture
def asked(stp, an):
    return ExtensionFactory.create(assignment=AssignmentFactory.create(agency=stp), asked_by=an)


def test_it_is_taken_back_and_another_can_be_asked_for(client_of, an, asked):
    client = client_of(an)
    assert 'name="version" value="1" id="drop_version"' in client.get(f"/viec/{asked.assignment_id}/gia-han/").text
    assert drop(client, asked).headers["Location"] == f"/viec/{asked.assignment_id}/"
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == (ExtensionState.WITHDRAWN, an)
    assert HistoryEntry.objects.get(assignment=asked.assignment).verb == Verb.DROP_EXTENSION
    assert "Gửi đề nghị" in client.get(f"/viec/{asked.assignment_id}/gia-han/").text


def test_a_colleague_of_the_same_agency_may_too(client_of, binh, asked):
    assert drop(client_of(binh), asked).status_code == 302


def test_what_was_decided_cannot_be_taken_back(client_of, an, stp):
    asked = ExtensionFactory.create(assignment=AssignmentFactory.create(agency=stp), granted=True)
    response = drop(client_of(an), asked)
    assert response.status_code == 422
    assert "Đề nghị gia hạn này đã có kết quả: được gia hạn." in response.text


def test_somebody_who_changed_the_task_in_between_is_shown_first(client_of, an, asked):
    asked.assignment.version = 3
    asked.assignment.save()
    assert drop(client_of(an), asked, version=2).status_code == 409
    asked.refresh_from_db()
    assert asked.state == ExtensionState.OPEN


def test_a_link_takes_nothing_back(client_of, an, asked):
    response = client_of(an).get(f"/gia-han/{asked.pk}/rut/")
    assert response.headers["Location"] == f"/viec/{asked.assignment_id}/gia-han/"
