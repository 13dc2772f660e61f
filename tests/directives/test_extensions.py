"""The list of requests for more time, and the assignments that were given it often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives.models import Extended
from tests.factories import NOW, TODAY, AssignmentFactory, ExtensionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_what_waits_is_listed_with_what_was_given_before_the_oldest_first(client_of, giang, stp, stttt):
    late = ExtensionFactory.create(assignment=AssignmentFactory.create(agency=stp))
    early = ExtensionFactory.create(assignment=AssignmentFactory.create(agency=stttt), asked_at=NOW - timedelta(days=5))
    for _ in range(3):
        ExtensionFactory.create(assignment=late.assignment, granted=True)
    page = client_of(giang).get("/gia-han/")
    assert [one for one, _ in page.context["rows"]] == [early, late]
    assert "2 đề nghị chờ quyết định" in page.text
    assert '<strong class="doubt">3 lần</strong>, 30 ngày' in page.text


def test_what_was_confirmed_or_withdrawn_in_the_meantime_needs_no_decision(client_of, dung):
    for trait in ("done", "withdrawn"):
        ExtensionFactory.create(assignment=AssignmentFactory.create(**{trait: True}))
    assert "Không có đề nghị nào chờ quyết định." in client_of(dung).get("/gia-han/").text


def test_decided_ones_have_a_tab_of_their_own(client_of, dung):
    granted, refused = ExtensionFactory.create(granted=True), ExtensionFactory.create(refused=True)
    ExtensionFactory.create()
    page = client_of(dung).get("/gia-han/?tt=da-quyet-dinh")
    assert {one for one, _ in page.context["rows"]} == {granted, refused}
    assert "Được gia hạn đến" in page.text


def test_queries_do_not_grow_with_the_list(client_of, dung):
    client = client_of(dung)

    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get("/gia-han/")
        return len(queries)

    ExtensionFactory.create()
    one = count()
    for _ in range(5):
        ExtensionFactory.create()
    assert count() == one


def test_count_and_days_are_those_that_were_granted():
    duty = AssignmentFactory.create()
    ExtensionFactory.create(assignment=duty, granted=True)
    ExtensionFactory.create(assignment=duty, granted=True, granted_on=TODAY + timedelta(days=29))
    ExtensionFactory.create(assignment=duty, refused=True)
    ExtensionFactory.create(assignment=duty)
    given = Extended.by(duty.extensions.all())
    assert (given.count, given.days, given.is_often) == (2, 14, False)
    assert given.words == "đã gia hạn 2 lần, thêm 14 ngày"


def test_the_list_of_assignments_finds_them(client_of, dung):
    asked, thrice = AssignmentFactory.create(), AssignmentFactory.create()
    AssignmentFactory.create()
    ExtensionFactory.create(assignment=asked)
    for _ in range(3):
        ExtensionFactory.create(assignment=thrice, granted=True)
    client = client_of(dung)
    found = {gh: list(client.get(f"/nhiem-vu/?gh={gh}").context["page_obj"]) for gh in ("dang-xin", "1", "3")}
    assert found == {"dang-xin": [asked], "1": [thrice], "3": [thrice]}
    assert "Đã gia hạn từ 3 lần" in client.get("/nhiem-vu/?gh=3").text


def test_the_task_page_flags_three_or_more(client_of, dung):
    duty = AssignmentFactory.create()
    for _ in range(3):
        ExtensionFactory.create(assignment=duty, granted=True)
    assert "Đã gia hạn 3 lần, thêm 30 ngày." in client_of(dung).get(f"/viec/{duty.pk}/").text
