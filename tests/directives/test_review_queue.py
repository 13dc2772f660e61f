"""What waits for the Office: the oldest first, with what the agency claims and whether it was in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.directives.submissions import submit
from tests.factories import TODAY, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
URL = "/duyet/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def waiting(response):
    return [row.assignment.pk for row in response.context["rows"]]


def test_the_oldest_submission_comes_first_with_the_count_above(client_of, dung, an, chi):
    young, old = submit(an, days_ago=1), submit(chi, days_ago=4)
    AssignmentFactory(agency=an.agency)
    response = client_of(dung).get(URL)
    assert waiting(response) == [old.pk, young.pk]
    assert "Chờ duyệt 2 · cũ nhất 4 ngày" in response.text
    assert "chờ 4 ngày" in response.text


def test_what_came_in_today_is_said_so(client_of, dung, an):
    submit(an, days_ago=0)
    assert "Chờ duyệt 1 · cũ nhất hôm nay" in client_of(dung).get(URL).text


def test_a_row_says_what_the_agency_claims_and_shows(client_of, dung, an):
    submit(an, days_ago=3, document="88/STP-VP", files=2)
    text = client_of(dung).get(URL).text
    assert "Hoàn thành 17/02/2023" in text
    assert "88/STP-VP · 2 tệp" in text
    assert "Đúng hạn" in text


def test_a_late_submission_is_marked_with_its_days(client_of, dung, an):
    submit(an, days_ago=3, due_on=TODAY - timedelta(days=8))
    assert "Quá hạn 5 ngày" in client_of(dung).get(URL).text


def test_a_claim_without_evidence_and_a_duty_without_deadline_are_told(client_of, dung, an):
    submit(an, document="", files=0, due_on=None, directive__requires_evidence=False)
    text = client_of(dung).get(URL).text
    assert "không có minh chứng" in text
    assert "Không có thời hạn" in text


def test_a_search_needs_no_diacritics_and_goes_on_into_the_pages(client_of, dung, an, chi):
    mine, _ = submit(an), submit(chi)
    response = client_of(dung).get(URL, {"q": "so tu phap"})
    assert waiting(response) == [mine.pk]
    assert f'href="/duyet/{mine.pk}/?q=so%20tu%20phap"' in response.text
    assert "Chờ duyệt 2" in response.text


def test_a_search_that_finds_nothing_says_what_to_do(client_of, dung, an):
    submit(an)
    assert "Không có nhiệm vụ nào khớp" in client_of(dung).get(URL, {"q": "khong co"}).text


def test_an_empty_queue_says_so(client_of, dung):
    text = client_of(dung).get(URL).text
    assert "Chưa có cập nhật nào chờ duyệt." in text
    assert "Duyệt lần lượt" not in text


def test_twenty_fill_a_page(client_of, dung):
    AssignmentFactory.create_batch(21, submitted=True)
    client = client_of(dung)
    assert len(waiting(client.get(URL))) == 20
    assert len(waiting(client.get(URL, {"trang": 2}))) == 1


def test_the_number_of_queries_does_not_grow_with_the_queue(client_of, dung, an, chi, django_assert_num_queries):
    client = client_of(dung)
    submit(an, files=1)
    with CaptureQueriesContext(connection) as one:
        client.get(URL)
    for person in (an, chi) * 4:
        submit(person, files=2)
    with django_assert_num_queries(len(one)):
        assert len(waiting(client.get(URL))) == 9
    assert len(one) <= 9


@pytest.mark.parametrize("person", ["an", "binh", "giang", "quan"])
def test_only_the_office_reviews(client_of, request, person):
    assert client_of(request.getfixturevalue(person)).get(URL).status_code == 403
