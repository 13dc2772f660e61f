"""An agency says that it has an assignment: one press, and whoever reports has said so too."""

from __future__ import annotations

import pytest

from directives.models import HistoryEntry
from directives.states import Status, Verb
from tests.directives.submissions import submit
from tests.factories import NOW, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def press(client, assignment, **options):
    return client.post(f"/viec/{assignment.pk}/da-nhan/", **options)


def test_one_press_notes_who_and_when(client_of, an, stp):
    given = AssignmentFactory.create(agency=stp)
    response = press(client_of(an), given, follow=True)
    given.refresh_from_db()
    assert (given.acknowledged_at, given.status) == (NOW, Status.NOT_STARTED)
    assert HistoryEntry.objects.get(assignment=given).actor == an
    assert "Sở Tư pháp đã nhận nhiệm vụ" in response.text
    assert "Đã ghi nhận cơ quan đã nhận nhiệm vụ." in response.text


def test_a_second_press_changes_nothing(client_of, an, binh, stp):
    given = AssignmentFactory.create(agency=stp)
    for person in (an, binh):
        press(client_of(person), given)
    given.refresh_from_db()
    assert given.version == 2
    assert HistoryEntry.objects.filter(assignment=given, verb=Verb.ACKNOWLEDGE).count() == 1


def test_the_button_stands_on_the_page_until_it_was_pressed(client_of, an, stp):
    client, given = client_of(an), AssignmentFactory.create(agency=stp)
    address = f'action="/viec/{given.pk}/da-nhan/"'
    assert address in client.get(f"/viec/{given.pk}/").text
    press(client, given)
    assert address not in client.get(f"/viec/{given.pk}/").text


def test_whoever_reports_has_received(an):
    assert submit(an, days_ago=2).acknowledged_at is not None


def test_what_was_taken_back_cannot_be_received(client_of, an, stp):
    given = AssignmentFactory.create(agency=stp, withdrawn=True)
    response = press(client_of(an), given, follow=True)
    assert "Chưa xác nhận đã nhận được: nhiệm vụ đang ở trạng thái «Đã thu hồi»" in response.text
    given.refresh_from_db()
    assert given.acknowledged_at is None


def test_the_office_has_no_such_button(client_of, dung, stp):
    given = AssignmentFactory.create(agency=stp)
    assert "/da-nhan/" not in client_of(dung).get(f"/viec/{given.pk}/").text
    assert press(client_of(dung), given).status_code == 403
