"""So sánh hai báo cáo: figures side by side; tasks that came, went, stand under another label."""

import re
from datetime import timedelta
from html import unescape

import pytest

from directives.models import Assignment
from directives.states import Status
from tests.factories import AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def text_of(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_what_came_went_and_changed_is_listed(make_report, stp, dung, client_of):
    kept = AssignmentFactory.create(agency=stp, due_soon=True, directive__title="Báo cáo quý")
    gone = AssignmentFactory.create(agency=stp, directive__title="Việc bị thu hồi")
    before = make_report(by=dung)
    Assignment.objects.filter(pk=gone.pk).update(status=Status.WITHDRAWN)
    Assignment.objects.filter(pk=kept.pk).update(due_on="2023-02-08")
    AssignmentFactory.create(agency=stp, directive__title="Việc mới giao")
    after = make_report(by=dung)
    answer = client_of(dung).get(f"/bao-cao/so-sanh/?truoc={before.pk}&sau={after.pk}")
    words = text_of(answer)
    assert "Tổng số nhiệm vụ 2 2 0" in words
    assert "- Quá hạn 0 1 +1" in words
    assert "Tỷ lệ chưa hoàn thành, quá hạn – (0/0) 100,0% (1/1) –" in words
    assert "Báo cáo quý Sở Tư pháp Còn 3 ngày Quá hạn 12 ngày" in words
    difference = answer.context["difference"]
    assert [task.title for task in difference.came] == ["Việc mới giao"]
    assert [task.title for task in difference.went] == ["Việc bị thu hồi"]
    assert len(difference.changed) == 1


def test_a_report_beside_itself_differs_in_nothing(make_report, stp, dung, client_of):
    AssignmentFactory.create(agency=stp)
    report = make_report(by=dung)
    words = text_of(client_of(dung).get(f"/bao-cao/so-sanh/?truoc={report.pk}&sau={report.pk}"))
    assert "Không có nhiệm vụ nào đổi trạng thái." in words


def test_any_two_reports_can_be_compared_and_the_later_one_stands_after(make_report, stp, dung, clock, client_of):
    AssignmentFactory.create(agency=stp)
    AssignmentFactory.create()
    earlier = make_report(agency=stp, by=dung)
    later = make_report(by=dung, taken_at=clock + timedelta(hours=1))
    browser = client_of(dung)
    for query in (f"?truoc={earlier.pk}&sau={later.pk}", f"?truoc={later.pk}&sau={earlier.pk}"):
        assert "Tổng số nhiệm vụ 1 2 +1" in text_of(browser.get(f"/bao-cao/so-sanh/{query}"))
    for report, other in ((earlier, later), (later, earlier)):
        offered = browser.get(f"/bao-cao/{report.pk}/").context["others"]
        assert [(name, [one for _, one in rows]) for name, rows in offered] == [("Báo cáo khác", [other])]


@pytest.mark.parametrize("query", ["", "?truoc=x&sau=y", "?truoc=00000000-0000-4000-8000-000000000000"])
def test_without_two_reports_there_is_nothing_to_compare(query, dung, client_of):
    assert client_of(dung).get(f"/bao-cao/so-sanh/{query}").status_code == 404


def test_an_agency_cannot_look_at_anothers_report_through_it(make_report, stp, stttt, an, client_of):
    mine, theirs = make_report(agency=stp, by=an), make_report(agency=stttt)
    assert client_of(an).get(f"/bao-cao/so-sanh/?truoc={theirs.pk}&sau={mine.pk}").status_code == 404
