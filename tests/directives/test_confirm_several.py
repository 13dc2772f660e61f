"""Several submissions confirmed at once: looked over first, all of them or none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from directives.actions.assignments import confirm, return_for_revision
from directives.models import Assignment, HistoryEntry, Notice
from directives.states import Status, Verb
from tests.directives.submissions import submit, submit_again
from tests.factories import NOW, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
URL = "/duyet/xac-nhan-nhieu/"


def tick(client, *assignments):
    return client.get(URL, {"nv": [one.pk for one in assignments]})


def press(client, page, **fields):
    return client.post(URL, {"nv": page.context["values"], **fields})


def statuses(*assignments):
    return [Assignment.objects.get(pk=one.pk).status for one in assignments]


def test_what_was_ticked_is_shown_and_then_confirmed_with_one_note(client_of, dung, an, chi):
    first, second, other = submit(an, days_ago=3), submit(chi, days_ago=2), submit(an)
    client = client_of(dung)
    page = tick(client, first, second)
    assert "Xác nhận hoàn thành 2 nhiệm vụ" in page.text
    assert [row.assignment.pk for row in page.context["rows"]] == [first.pk, second.pk]
    answer = press(client, page, note="Đã kiểm tra minh chứng.")
    assert answer["Location"] == "/duyet/"
    assert statuses(first, second, other) == [Status.DONE, Status.DONE, Status.SUBMITTED]
    assert set(HistoryEntry.objects.filter(verb=Verb.CONFIRM).values_list("note", "at")) == {
        ("Đã kiểm tra minh chứng.", NOW)
    }
    assert Notice.objects.filter(recipient__in=[an, chi]).count() == 2


@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_ticked_is_told_above_the_queue(client_of, dung, an, method):
    submit(an)
    response = getattr(client_of(dung), method)(URL)
    assert response.status_code == 422
    assert "Chọn ít nhất một nhiệm vụ" in response.text
    assert "Chờ duyệt 1" in response.text


@pytest.mark.parametrize(
    ("ticked", "sentence"),
    [
        (["x"], "Có nhiệm vụ không đọc được trong danh sách đã chọn"),
        (["1:x"], "Có nhiệm vụ không đọc được trong danh sách đã chọn"),
        (["9" * 30], "Có nhiệm vụ không đọc được trong danh sách đã chọn"),
        ([str(n) for n in range(1, 202)], "Chọn tối đa 200 nhiệm vụ mỗi lần"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(client_of, dung, ticked, sentence):
    response = client_of(dung).get(URL, {"nv": ticked})
    assert response.status_code == 422
    assert sentence in response.text


def test_when_one_has_changed_nothing_is_confirmed_and_the_change_is_shown(client_of, dung, an, chi):
    changed, same = submit(an, days_ago=3), submit(chi, days_ago=2)
    client = client_of(dung)
    page = tick(client, changed, same)
    return_for_revision(changed, by=dung, now=NOW - timedelta(days=2), reason="Thiếu số văn bản.")
    changed.refresh_from_db()
    submit_again(changed, an, days_ago=1, document="90/STP-VP")
    answer = press(client, page, note="Đạt yêu cầu")
    assert answer.status_code == 409
    assert "Chưa xác nhận nhiệm vụ nào" in answer.text
    assert "Đạt yêu cầu</textarea>" in answer.text
    assert statuses(changed, same) == [Status.SUBMITTED, Status.SUBMITTED]
    assert press(client, answer).status_code == 302
    assert statuses(changed, same) == [Status.DONE, Status.DONE]


def test_one_that_another_officer_decided_meanwhile_is_named_and_left_out(client_of, dung, an, chi):
    gone, same = submit(an), submit(chi)
    client = client_of(dung)
    page = tick(client, gone, same)
    confirm(gone, by=dung, now=NOW)
    answer = press(client, page)
    assert answer.status_code == 409
    assert "1 nhiệm vụ không còn chờ xác nhận" in answer.text
    assert press(client, answer).status_code == 302
    assert HistoryEntry.objects.filter(verb=Verb.CONFIRM).count() == 2


def test_a_double_click_confirms_once(client_of, dung, an):
    one = submit(an)
    client = client_of(dung)
    page = tick(client, one)
    assert [press(client, page).status_code for _ in range(2)] == [302, 409]
    assert HistoryEntry.objects.filter(verb=Verb.CONFIRM).count() == 1


def test_rows_without_the_version_that_was_read_confirm_nothing(client_of, dung, an):
    one = submit(an)
    assert client_of(dung).post(URL, {"nv": [str(one.pk)]}).status_code == 409
    assert statuses(one) == [Status.SUBMITTED]


def test_a_note_too_long_is_refused_and_kept(client_of, dung, an):
    one = submit(an)
    client = client_of(dung)
    answer = press(client, tick(client, one), note="a" * 2035)
    assert answer.status_code == 422
    assert "Nhận xét của Văn phòng dài quá 2.000 ký tự (thừa 35 ký tự)" in answer.text
    assert statuses(one) == [Status.SUBMITTED]


def test_what_was_never_submitted_cannot_be_ticked_in(client_of, dung):
    page = tick(client_of(dung), AssignmentFactory())
    assert page.context["rows"] == []
    assert "Không còn nhiệm vụ nào để xác nhận." in page.text


@pytest.mark.parametrize("person", ["an", "binh", "giang", "quan"])
def test_only_the_office_confirms(client_of, request, an, person):
    one = submit(an)
    client = client_of(request.getfixturevalue(person))
    assert client.post(URL, {"nv": [f"{one.pk}:{one.version}"]}).status_code == 403
    assert statuses(one) == [Status.SUBMITTED]
