"""The head's page: who of the agency has how much, who is away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import TODAY, AbsenceFactory, AssignmentFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

URL = "/co-quan-toi/"


def loads(response):
    return {str(load.person): (load.open, load.overdue) for load in response.context["loads"]}


def test_everybody_with_what_is_open_and_late(client_of, binh, an, chi, stp, stttt):
    AssignmentFactory.create_batch(2, agency=stp, handler=an)
    AssignmentFactory.create(agency=stp, handler=an, overdue=True)
    AssignmentFactory.create(agency=stp, handler=an, done=True)
    AssignmentFactory.create(agency=stp, overdue=True)
    AssignmentFactory.create(agency=stttt, handler=chi)
    response = client_of(binh).get(URL)
    assert loads(response) == {"Hoàng Thị Bình": (0, 0), "Nông Văn An": (3, 1), "None": (1, 1)}
    assert "4 việc đang mở" in response.text
    assert f'href="/viec/?cua={an.pk}&amp;tt=qua-han"' in response.text
    assert f'href="/co-quan-toi/{an.pk}/ban-giao/"' in response.text
    assert "Lý Thị Chi" not in response.text


def test_who_has_left_is_listed_as_long_as_there_is_work(client_of, binh, stp):
    left = UserFactory.create(full_name="Hà Văn Nghỉ", agency=stp, is_active=False)
    client = client_of(binh)
    assert "Hà Văn Nghỉ" not in client.get(URL).text
    AssignmentFactory.create(agency=stp, handler=left)
    assert "tài khoản đã ngừng" in client.get(URL).text


def test_absences_of_today_and_to_come(client_of, binh, an, chi):
    AbsenceFactory.create(person=an)
    AbsenceFactory.create(person=an, first_day=TODAY - timedelta(9), last_day=TODAY - timedelta(1))
    AbsenceFactory.create(person=chi)
    response = client_of(binh).get(URL)
    assert len(response.context["absences"]) == 1
    assert "20/02/2023 – 24/02/2023" in response.text


def test_the_menu_leads_there_for_the_head_and_coordinators(client_of, binh, an, stp):
    minh = UserFactory.create(agency=stp, is_coordinator=True)
    assert [URL in client_of(person).get("/viec/").text for person in (an, minh, binh)] == [False, True, True]


def test_queries_do_not_grow_with_people_and_work(client_of, binh, stp):
    client = client_of(binh)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            client.get(URL)
        return len(seen)

    one = queries()
    for person in UserFactory.create_batch(5, agency=stp):
        AssignmentFactory.create(agency=stp, handler=person)
        AbsenceFactory.create(person=person)
    assert queries() == one
