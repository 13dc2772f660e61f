"""A narrowed list kept under a name: one's own, on the page, with what the list understands."""

from __future__ import annotations

import pytest

from directives.models import SavedFilter
from tests.factories import AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
URL = "/nhiem-vu/bo-loc/"


def test_it_is_saved_and_stands_on_the_page_of_its_owner_alone(client_of, dung, giang, an):
    AssignmentFactory.create(agency=an.agency, overdue=True)
    client = client_of(dung)
    answer = client.post(URL, {"name": "Tư pháp quá hạn", "query": "tt=qua-han&cq=STP&la=1&tt2=x"})
    assert answer["Location"] == "/nhiem-vu/?tt=qua-han&cq=STP"
    assert '<a href="/nhiem-vu/?tt=qua-han&amp;cq=STP">Tư pháp quá hạn</a>' in client.get("/nhiem-vu/").text
    assert client.get(answer["Location"]).context["page_obj"].paginator.count == 1
    assert "Tư pháp quá hạn" not in client_of(giang).get("/nhiem-vu/").text


def test_the_same_name_takes_the_new_choices_and_a_double_click_makes_one(client_of, dung):
    client = client_of(dung)
    for query in ("tt=qua-han", "tt=qua-han", "tt=sap-den-han"):
        client.post(URL, {"name": "Việc gấp", "query": query})
    assert list(SavedFilter.objects.values_list("name", "query")) == [("Việc gấp", "tt=sap-den-han")]


@pytest.mark.parametrize(
    ("name", "query", "sentence"),
    [
        ("", "tt=qua-han", "Nhập tên bộ lọc"),
        ("a" * 61, "tt=qua-han", "(thừa 1 ký tự)"),
        ("Tất cả", "", "Chọn ít nhất một bộ lọc trước khi lưu"),
        ("Tất cả", "tt=khong-co", "Chọn ít nhất một bộ lọc trước khi lưu"),
    ],
)
def test_what_cannot_be_saved_gets_its_sentence_and_the_list_stays_narrow(client_of, dung, name, query, sentence):
    answer = client_of(dung).post(URL, {"name": name, "query": query})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert answer.context["filter"].chosen == ({"tt": "qua-han"} if query == "tt=qua-han" else {})
    assert not SavedFilter.objects.exists()


def test_an_open_list_offers_nothing_to_save(client_of, dung):
    client = client_of(dung)
    assert ["Lưu bộ lọc" in client.get(page).text for page in ("/nhiem-vu/", "/nhiem-vu/?tt=qua-han")] == [False, True]
