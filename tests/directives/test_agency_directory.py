"""The directory of agencies by day."""

from __future__ import annotations

from datetime import date

import pytest

from agencies.models import Kind
from tests.factories import AgencyFactory, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

URL = "/danh-muc/co-quan/"


@pytest.fixture
def old():
    """An agency that ended last year, with its successor."""
    old = AgencyFactory.create(code="BAO", short_name="Báo Lạng Sơn", kind=Kind.PRESS, valid_to=date(2022, 12, 31))
    old.successors.add(
        AgencyFactory.create(code="BVD", short_name="Báo và Đài", kind=Kind.PRESS, valid_from=date(2023, 1, 1))
    )
    return old


def listed(response):
    return [str(agency) for agency in response.context["page_obj"]]


def test_a_day_shows_the_agencies_of_that_day_with_who_was_before_and_after(client_of, dung, old, stp):
    client = client_of(dung)
    assert listed(client.get(URL)) == ["Báo và Đài", "Sở Tư pháp"]
    then = client.get(URL, {"ngay": "31/12/2022"})
    assert listed(then) == ["Báo Lạng Sơn", "Sở Tư pháp"]
    assert "đến 31/12/2022" in then.text
    assert '<td data-label="Kế thừa">Báo và Đài</td>' in then.text
    assert '<td data-label="Tiền thân">Báo Lạng Sơn</td>' in client.get(URL).text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "so tu phap"}, ["Sở Tư pháp"]),
        ({"nhom": "bao-chi"}, ["Báo và Đài"]),
        ({"ngay": "31/2/2023"}, ["Báo và Đài", "Sở Tư pháp"]),
        ({"nhom": "khong-co", "trang": "x"}, ["Báo và Đài", "Sở Tư pháp"]),
    ],
)
def test_words_and_groups_narrow_it_and_nonsense_does_not(client_of, dung, old, stp, query, found):
    response = client_of(dung).get(URL, query)
    assert response.status_code == 200
    assert listed(response) == found


def test_a_day_that_does_not_exist_is_named(client_of, dung):
    assert "Không có ngày 31/2/2023." in client_of(dung).get(URL, {"ngay": "31/2/2023"}).text


def test_what_an_ended_agency_left_open_stands_above(client_of, dung, old, stp):
    AssignmentFactory.create(agency=old, done=True)
    AssignmentFactory.create(agency=stp)
    client = client_of(dung)
    assert "mà còn nhiệm vụ đang mở" not in client.get(URL).text
    AssignmentFactory.create(agency=old)
    page = client.get(URL).text
    assert "1 cơ quan đã kết thúc mà còn nhiệm vụ đang mở." in page
    assert f'<a href="/danh-muc/co-quan/{old.pk}/thay-doi/">Báo Lạng Sơn (1)</a>' in page


def test_queries_do_not_grow(client_of, dung, old, django_assert_max_num_queries):
    client = client_of(dung)
    for _ in range(5):
        old.successors.add(AgencyFactory.create())
    with django_assert_max_num_queries(9):
        client.get(URL)
