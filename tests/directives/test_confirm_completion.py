"""The Office confirms: what becomes of the assignment, where one goes on, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from directives.actions.assignments import confirm, return_for_revision
from directives.models import HistoryEntry, Notice, NoticeKind
from directives.states import Status, Verb
from tests.directives.submissions import submit, submit_again
from tests.factories import NOW, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def press(client, assignment, *, follow=False, version=None, q="", **fields):
    """What the button sends from a page opened now, or at an older `version`."""
    url = f"/duyet/{assignment.pk}/xac-nhan/" + (f"?q={q}" if q else "")
    return client.post(url, {"version": version or assignment.version, **fields}, follow=follow)


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def status_of(assignment):
    assignment.refresh_from_db()
    return assignment.status


def test_a_confirmed_assignment_is_done_and_the_next_one_opens(client_of, dung, an, chi):
    first, second, third = submit(an, days_ago=3), submit(chi, days_ago=2), submit(an, days_ago=1)
    response = press(client_of(dung), first, follow=True)
    assert status_of(first) == Status.DONE
    assert response.redirect_chain == [(f"/duyet/{second.pk}/", 302)]
    assert messages_of(response) == ["Đã xác nhận. Còn 2 mục."]
    assert status_of(third) == Status.SUBMITTED


def test_one_goes_on_behind_the_decided_one_and_comes_back_to_those_passed_over(client_of, dung, an):
    old, middle, young = submit(an, days_ago=3), submit(an, days_ago=2), submit(an, days_ago=1)
    client = client_of(dung)
    assert press(client, middle).headers["Location"] == f"/duyet/{young.pk}/"
    assert press(client, young).headers["Location"] == f"/duyet/{old.pk}/"


def test_a_search_is_gone_on_with(client_of, dung, an, chi):
    first, _, last = submit(an, days_ago=3), submit(chi, days_ago=2), submit(an, days_ago=1)
    response = press(client_of(dung), first, q="so tu phap", follow=True)
    assert response.redirect_chain == [(f"/duyet/{last.pk}/?q=so+tu+phap", 302)]
    assert messages_of(response) == ["Đã xác nhận. Còn 1 mục."]


def test_after_the_last_one_comes_the_empty_queue(client_of, dung, an):
    response = press(client_of(dung), submit(an), follow=True)
    assert response.redirect_chain == [("/duyet/", 302)]
    assert messages_of(response) == ["Đã xác nhận. Không còn mục nào chờ duyệt."]
    assert "Chưa có cập nhật nào chờ duyệt." in response.text


def test_after_the_last_one_of_a_search_the_others_are_shown(client_of, dung, an, chi):
    mine, _ = submit(an), submit(chi)
    response = press(client_of(dung), mine, q="so tu phap", follow=True)
    assert response.redirect_chain == [("/duyet/", 302)]
    assert messages_of(response) == ["Đã xác nhận. Còn 1 mục ngoài «so tu phap»."]


def test_the_offices_assessment_is_kept_and_the_agency_is_told(client_of, dung, an):
    assignment = submit(an)
    press(client_of(dung), assignment, note="  Đã kiểm tra minh chứng.\r\nĐạt. ")
    entry = HistoryEntry.objects.get(assignment=assignment, verb=Verb.CONFIRM)
    assert (entry.actor, entry.note) == (dung, "Đã kiểm tra minh chứng.\nĐạt.")
    assert Notice.objects.filter(recipient=an, kind=NoticeKind.CONFIRMED).count() == 1


def test_what_was_never_submitted_is_refused_with_a_sentence(client_of, dung):
    assignment = AssignmentFactory()
    response = press(client_of(dung), assignment, note="Đạt yêu cầu")
    assert response.status_code == 422
    assert "Chưa xác nhận hoàn thành được: nhiệm vụ đang ở trạng thái «Chưa thực hiện»" in response.text
    assert "<title>Lỗi: " in response.text
    assert "Đạt yêu cầu" in response.text
    assert status_of(assignment) == Status.NOT_STARTED
    assert not HistoryEntry.objects.exists()


def test_what_another_officer_has_confirmed_is_not_confirmed_twice(client_of, dung, an):
    assignment = submit(an)
    confirm(assignment, by=dung, now=NOW)
    response = press(client_of(dung), assignment)
    assert response.status_code == 422
    assert "nhiệm vụ đang ở trạng thái «Đã hoàn thành»" in response.text
    assert HistoryEntry.objects.filter(verb=Verb.CONFIRM).count() == 1


def test_what_changed_since_it_was_read_is_shown_first_and_confirmed_on_the_second_press(client_of, dung, an):
    assignment = submit(an, days_ago=3)
    read = assignment.version
    return_for_revision(assignment, by=dung, now=NOW - timedelta(days=2), reason="Thiếu số văn bản.")
    assignment.refresh_from_db()
    submit_again(assignment, an, days_ago=1, document="90/STP-VP", result="Đã bổ sung công văn số 90.")
    client = client_of(dung)
    response = press(client, assignment, version=read, note="Đạt yêu cầu")
    assert response.status_code == 409
    assert "Chưa lưu: nhiệm vụ đã thay đổi từ lúc anh/chị mở trang" in response.text
    assert [event.words.partition("\n")[0] for event in response.context["missed"]] == [
        "Đã bổ sung công văn số 90.",
        "Thiếu số văn bản.",
    ]
    assert status_of(assignment) == Status.SUBMITTED
    form = response.context["confirm_form"]
    assert form["note"].value() == "Đạt yêu cầu"
    press(client, assignment, version=form["version"].value(), note=form["note"].value())
    assert status_of(assignment) == Status.DONE


@pytest.mark.parametrize("version", ["", "x", "0"])
def test_a_page_that_lost_its_version_decides_nothing(client_of, dung, an, version):
    assignment = submit(an)
    response = client_of(dung).post(f"/duyet/{assignment.pk}/xac-nhan/", {"version": version, "note": "Đạt yêu cầu"})
    assert response.status_code == 422
    assert "Trang này đã cũ" in response.text
    assert "Đạt yêu cầu" in response.text
    assert status_of(assignment) == Status.SUBMITTED


def test_a_note_too_long_is_refused_and_kept(client_of, dung, an):
    assignment = submit(an)
    response = press(client_of(dung), assignment, note="a" * 2035)
    assert response.status_code == 422
    assert "Nhận xét của Văn phòng dài quá 2.000 ký tự (thừa 35 ký tự)" in response.text
    assert "a" * 2035 in response.text
    assert status_of(assignment) == Status.SUBMITTED


@pytest.mark.parametrize("person", ["an", "binh", "chi", "giang", "quan"])
def test_nobody_else_confirms(client_of, request, an, person):
    assignment = submit(an)
    assert press(client_of(request.getfixturevalue(person)), assignment).status_code == 403
    assert status_of(assignment) == Status.SUBMITTED


def test_a_link_confirms_nothing_and_leads_to_the_page(client_of, dung, an):
    assignment = submit(an)
    response = client_of(dung).get(f"/duyet/{assignment.pk}/xac-nhan/")
    assert response.headers["Location"] == f"/duyet/{assignment.pk}/"
    assert status_of(assignment) == Status.SUBMITTED


def test_an_unknown_one_is_not_found(client_of, dung):
    assert client_of(dung).post("/duyet/4711/xac-nhan/", {"version": 1}).status_code == 404
