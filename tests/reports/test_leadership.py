"""Lãnh đạo: four numbers, what is red with one button, who is slowest, the report in one click."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Kind
from directives.actions.explanations import Answer, explain
from directives.models import Chase
from reports.models import ReportState
from tests.directives.test_demand_explanation import demand
from tests.factories import NOW, TODAY, AgencyFactory, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
URL = "/lanh-dao/"


def words_of(response):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.text)))


def late(agency, days=12):
    return AssignmentFactory.create(agency=agency, due_on=TODAY - timedelta(days=days))


@pytest.fixture
def duty(stp, an):
    return late(stp, 30)


def test_the_four_numbers_are_those_of_the_dashboard(client_of, giang, stp, duty):
    AssignmentFactory.create_batch(2, agency=stp, due_soon=True)
    AssignmentFactory.create_batch(3, agency=stp, done=True)
    AssignmentFactory.create(agency=stp, done_late=True)
    browser = client_of(giang)
    response = browser.get(URL)
    assert response.context["figures"] == browser.get("/tong-quan/").context["figures"]
    words = words_of(response)
    for expected in ("1 Quá hạn", "2 Sắp đến hạn", "4 /7 Hoàn thành", "60,0 % Đúng hạn 3/5 nhiệm vụ đến hạn"):
        assert expected in words
    assert "Tình hình thực hiện chỉ đạo – Tháng 02/2023" in words


def test_the_share_is_compared_with_the_end_of_the_month_before(client_of, giang, stp):
    AssignmentFactory.create(agency=stp, due_on=TODAY - timedelta(days=40))
    assert "không đổi so với cuối tháng trước" in words_of(client_of(giang).get(URL))
    AssignmentFactory.create(agency=stp, done=True)
    assert "tăng 50 điểm so với cuối tháng trước" in words_of(client_of(giang).get(URL))


def test_the_longest_overdue_stand_first_each_with_its_button(client_of, giang, stp, stttt, duty):
    rows = [late(stttt, days) for days in (22, 9, 8, 7, 6)]
    front = AgencyFactory.create(short_name="Ủy ban MTTQ tỉnh", kind=Kind.FRONT)
    late(front, 60)
    response = client_of(giang).get(URL)
    assert [one.assignment.pk for one in response.context["red"]] == [duty.pk, *(row.pk for row in rows[:4])]
    assert response.text.count(">Yêu cầu giải trình</button>") == 5


def test_one_press_asks_and_the_line_says_so(client_of, giang, duty):
    browser = client_of(giang)
    page = browser.get(URL).text
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key is not None
    fields = {"answer_by": "23/02/2023", "key": key[1], "next": URL}
    response = browser.post(f"/viec/{duty.pk}/yeu-cau-giai-trinh/", fields, follow=True)
    words = words_of(response)
    assert "Đã yêu cầu Sở Tư pháp giải trình trước ngày 23/02/2023." in words
    assert "Đã yêu cầu 20/02 , chưa trả lời hạn trả lời 23/02/2023" in words
    assert Chase.objects.count() == 1


def test_an_answer_and_a_missing_one_are_seen_at_once(client_of, giang, an, duty):
    demand(giang, duty, now=NOW - timedelta(days=5), answer_by=TODAY - timedelta(days=1))
    assert "quá hạn trả lời 19/02/2023" in words_of(client_of(giang).get(URL))
    explain(duty, by=an, now=NOW, answer=Answer("Do chờ hướng dẫn.", finish_by=TODAY + timedelta(days=18)))
    assert "Đã giải trình 20/02 cam kết xong trước 10/03/2023" in words_of(client_of(giang).get(URL))


def test_bodies_are_compared_with_bodies_like_themselves(client_of, giang, stp, duty):
    district = AgencyFactory.create(short_name="UBND huyện Tràng Định", kind=Kind.DISTRICT)
    late(district)
    late(AgencyFactory.create(short_name="Ủy ban MTTQ tỉnh", kind=Kind.FRONT))
    groups = client_of(giang).get(URL).context["groups"]
    assert [(name, [row.name for row in rows]) for name, rows in groups] == [
        ("Sở, ban, ngành", ["Sở Tư pháp"]),
        ("Địa phương", ["UBND huyện Tràng Định"]),
    ]


def test_the_slowest_letters_lead_to_their_lists(client_of, giang, stp, duty):
    many = [late(stp), AssignmentFactory.create(agency=stp, due_soon=True)]
    AssignmentFactory.create(agency=stp, directive__letter=many[0].directive.letter, overdue=True)
    response = client_of(giang).get(URL)
    assert [row.figures.open_overdue for row in response.context["letters"]] == [2, 1]
    assert f'href="/nhiem-vu/?vb={many[0].directive.letter_id}"' in response.text


def test_the_last_report_is_one_click_away(client_of, giang, make_report, duty):
    assert 'href="/bao-cao/"' in client_of(giang).get(URL).text
    report = make_report()
    report.file.save("bao-cao.pdf", ContentFile(b"%PDF"), save=False)
    report.state, report.finished_at, report.size = ReportState.DONE, NOW, 4
    report.save()
    assert f'href="/bao-cao/{report.pk}/tep/"' in client_of(giang).get(URL).text


def test_with_nothing_given_the_page_says_so(client_of, giang):
    assert "Chưa có nhiệm vụ nào được giao." in client_of(giang).get(URL).text


def test_the_page_takes_as_many_queries_for_many_assignments(client_of, giang, stp, duty):
    browser = client_of(giang)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            browser.get(URL)
        return len(captured)

    few = queries()
    for _ in range(8):
        late(AgencyFactory.create())
    assert queries() == few <= 16


def test_every_red_item_can_be_had_on_the_page_with_its_button_and_the_way_to_an_opinion(client_of, giang, stttt, duty):
    rows = [late(stttt, days) for days in (22, 9, 8, 7, 6, 5)]
    browser = client_of(giang)
    page = browser.get(URL)
    assert (len(page.context["red"]), page.context["red_count"]) == (5, 7)
    assert "Cần lãnh đạo quan tâm (7)" in page.text
    assert '<a href="?tat-ca=1#can-quan-tam">Xem đủ 7 nhiệm vụ cần quan tâm</a>' in page.text
    whole = browser.get(URL, {"tat-ca": "1"})
    assert [one.assignment.pk for one in whole.context["red"]] == [duty.pk, *(row.pk for row in rows)]
    for row in (duty, *rows):
        assert f'href="/viec/{row.pk}/y-kien/"' in whole.text
    assert "Xem đủ" not in whole.text
