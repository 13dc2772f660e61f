"""Ticked rows of the list lead to the check page of the chosen act."""

from __future__ import annotations

import pytest

from tests.factories import AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
URL = "/nhiem-vu/chon/"


@pytest.mark.parametrize(
    ("act", "page"),
    [
        ("xac-nhan", "/duyet/xac-nhan-nhieu/?nv={}&nv={}"),
        ("chuyen-vien", "/nhiem-vu/chuyen-vien/?nv={}&nv={}"),
        ("don-doc", "/don-doc/moi/?viec={}&viec={}"),
    ],
)
def test_each_act_opens_its_check_page_with_the_rows(client_of, dung, act, page):
    rows = [one.pk for one in AssignmentFactory.create_batch(2, overdue=True)]
    answer = client_of(dung).get(URL, {"nv": rows, "viec": act})
    assert answer["Location"] == page.format(*rows)
    assert client_of(dung).get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"viec": "xac-nhan"}, "Chọn ít nhất một nhiệm vụ"),
        ({"nv": ["1"]}, "Chọn việc cần làm với các nhiệm vụ đã chọn"),
        ({"nv": ["1"], "viec": "xoa"}, "Chọn việc cần làm với các nhiệm vụ đã chọn"),
    ],
)
def test_an_empty_choice_is_told_above_the_list(client_of, dung, query, sentence):
    AssignmentFactory.create()
    answer = client_of(dung).get(URL, query)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<strong>1 nhiệm vụ</strong>" in answer.text


@pytest.mark.parametrize(("person", "offered"), [("dung", True), ("giang", False), ("an", False)])
def test_only_officers_can_tick(client_of, request, an, person, offered):
    AssignmentFactory.create(agency=an.agency)
    text = client_of(request.getfixturevalue(person)).get("/nhiem-vu/").text
    assert ('name="nv"' in text) is offered
