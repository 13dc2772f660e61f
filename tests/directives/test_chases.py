"""Đôn đốc: who is late, the worst first, and every act of chasing so far."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Kind
from directives.models import Assignment
from directives.states import Status
from tests.directives.chased import chase_now
from tests.factories import NOW, TODAY, AgencyFactory, AssignmentFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
URL = "/don-doc/"


def late(agency, days=12, **details):
    return AssignmentFactory.create(agency=agency, due_on=TODAY - timedelta(days=days), **details)


def rows_of(response):
    return [
        (block.comparison.label, [row.agency.short_name for row in block.rows]) for block in response.context["blocks"]
    ]


def test_late_agencies_stand_worst_first_within_those_they_compare_with(client_of, dung, stp, stttt):
    district = AgencyFactory.create(short_name="UBND huyện Tràng Định", kind=Kind.DISTRICT)
    front = AgencyFactory.create(short_name="Ủy ban MTTQ tỉnh", kind=Kind.FRONT)
    union = AgencyFactory.create(short_name="Hội Nông dân tỉnh", kind=Kind.MASS_ORGANISATION)
    for agency, days in ((stp, 3), (stttt, 5), (stttt, 2), (district, 30), (front, 9), (front, 8), (union, 1)):
        late(agency, days)
    response = client_of(dung).get(URL)
    assert rows_of(response) == [
        ("Sở, ban, ngành", ["Sở Thông tin và Truyền thông", "Sở Tư pháp"]),
        ("Địa phương", ["UBND huyện Tràng Định"]),
        ("Mặt trận, đoàn thể và cơ quan khác", ["Hội Nông dân tỉnh", "Ủy ban MTTQ tỉnh"]),
    ]
    assert "5 cơ quan có 7 nhiệm vụ quá hạn" in response.text
    assert "gửi đề nghị, không xếp thứ tự" in response.text


@pytest.mark.parametrize("trait", ["submitted", "done", "withdrawn", "paused"])
def test_what_is_not_with_the_agency_does_not_make_it_late(client_of, dung, stp, trait):
    late(stp, **({"status": Status.PAUSED} if trait == "paused" else {trait: True}))
    assert rows_of(client_of(dung).get(URL)) == []


def test_how_often_an_agency_was_chased_stands_beside_it(client_of, dung, stp):
    first, second = late(stp), late(stp)
    chase_now(dung, first, second, now=NOW - timedelta(days=5))
    chase_now(dung, first, now=NOW - timedelta(days=2))
    [block] = client_of(dung).get(URL).context["blocks"]
    assert (block.rows[0].chases, block.rows[0].latest) == (2, TODAY - timedelta(days=2))


def test_an_assignment_knows_how_often_it_was_chased(dung, stp):
    first, second = late(stp), late(stp)
    chase_now(dung, first, second, now=NOW - timedelta(days=5))
    chase_now(dung, first, now=NOW - timedelta(days=2))
    known = {one.pk: (one.chases, one.chased_on) for one in Assignment.objects.with_chases()}
    assert known == {first.pk: (2, TODAY - timedelta(days=2)), second.pk: (1, TODAY - timedelta(days=5))}


def test_acts_are_listed_and_a_fresh_one_can_be_taken_back(client_of, dung, stp):
    chase_now(dung, late(stp), now=NOW - timedelta(minutes=11))
    [fresh] = chase_now(dung, late(stp), late(stp), now=NOW - timedelta(minutes=3, seconds=30))
    text = client_of(dung).get(URL).text
    assert "Đôn đốc số 01/2023" in text
    assert "1 cơ quan, 2 nhiệm vụ" in text
    assert text.count("/hoan-tac/") == 1
    assert f"/don-doc/{fresh.pk}/hoan-tac/" in text
    assert "(còn 7 phút)" in text


def test_an_empty_page_says_so(client_of, dung):
    text = client_of(dung).get(URL).text
    assert "Không có cơ quan nào để nhiệm vụ quá hạn." in text
    assert "Chưa đôn đốc lần nào." in text


def test_the_page_takes_as_many_queries_for_many_agencies(client_of, dung, stp):
    browser = client_of(dung)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            browser.get(URL)
        return len(captured)

    chase_now(dung, late(stp))
    few = queries()
    for _ in range(5):
        person = UserFactory.create()
        chase_now(dung, late(person.agency), now=NOW - timedelta(hours=1))
    assert queries() == few <= 10
