"""The Office returns a submission: with a reason, and the clock runs on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from directives.actions.assignments import confirm, return_for_revision
from directives.deadlines import Label
from directives.forms.review import REASONS
from directives.models import HistoryEntry, Notice, NoticeKind
from directives.states import Status, Verb
from tests.directives.submissions import submit, submit_again
from tests.factories import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def press(client, assignment, *, follow=False, version=None, **fields):
    url = f"/duyet/{assignment.pk}/tra-lai/"
    return client.post(url, {"version": version or assignment.version, **fields}, follow=follow)


def status_of(assignment):
    assignment.refresh_from_db()
    return assignment.status


def reason_given(assignment):
    return HistoryEntry.objects.get(assignment=assignment, verb=Verb.RETURN).note


def test_a_returned_assignment_goes_back_with_its_reason_and_the_next_one_opens(client_of, dung, an, chi):
    first, second = submit(an, days_ago=3), submit(chi, days_ago=2)
    response = press(client_of(dung), first, reason="Bổ sung biên bản họp.", follow=True)
    assert status_of(first) == Status.RETURNED
    assert reason_given(first) == "Bổ sung biên bản họp."
    assert response.redirect_chain == [(f"/duyet/{second.pk}/", 302)]
    assert [str(one) for one in response.context["messages"]] == ["Đã trả lại để bổ sung. Còn 1 mục."]
    assert Notice.objects.filter(recipient=an, kind=NoticeKind.RETURNED).count() == 1


def test_ticking_is_reason_enough(client_of, dung, an):
    assignment = submit(an)
    press(client_of(dung), assignment, picked=[REASONS[0], REASONS[3]])
    assert reason_given(assignment) == "Thiếu số văn bản. Chưa rõ kết quả."


def test_own_words_follow_what_was_ticked(client_of, dung, an):
    assignment = submit(an)
    press(client_of(dung), assignment, picked=[REASONS[1]], reason="Gửi kèm biên bản họp.")
    assert reason_given(assignment) == "Thiếu minh chứng. Gửi kèm biên bản họp."


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_without_a_reason_nothing_is_returned(client_of, dung, an, reason):
    assignment = submit(an)
    response = press(client_of(dung), assignment, reason=reason)
    assert response.status_code == 422
    assert '<a href="#return_reason">Nhập lý do trả lại</a>' in response.text
    assert "<title>Lỗi: " in response.text
    assert status_of(assignment) == Status.SUBMITTED


def test_a_reason_that_is_not_offered_is_refused_and_the_words_are_kept(client_of, dung, an):
    assignment = submit(an)
    response = press(client_of(dung), assignment, picked=["Không thích"], reason="Gửi kèm biên bản họp.")
    assert response.status_code == 422
    assert "Chọn lý do trong danh sách" in response.text
    assert "Gửi kèm biên bản họp.</textarea>" in response.text
    assert status_of(assignment) == Status.SUBMITTED


def test_the_clock_runs_on_from_the_original_day(client_of, dung, an):
    assignment = submit(an, days_ago=3, due_on=TODAY - timedelta(days=2))
    assert assignment.label_on(TODAY) == Label.WAITING
    press(client_of(dung), assignment, picked=[REASONS[0]])
    assignment.refresh_from_db()
    assert assignment.label_on(TODAY) == Label.OVERDUE


def test_what_is_already_done_is_not_returned_and_the_words_are_shown(client_of, dung, an):
    assignment = submit(an)
    confirm(assignment, by=dung, now=NOW)
    response = press(client_of(dung), assignment, picked=[REASONS[0]], reason="Gửi kèm biên bản họp.")
    assert response.status_code == 422
    assert "Chưa trả lại để bổ sung được: nhiệm vụ đang ở trạng thái «Đã hoàn thành»" in response.text
    assert "Gửi kèm biên bản họp." in response.text
    assert status_of(assignment) == Status.DONE


def test_what_changed_since_it_was_read_is_shown_first_and_returned_on_the_second_press(client_of, dung, an):
    assignment = submit(an, days_ago=3)
    read = assignment.version
    return_for_revision(assignment, by=dung, now=NOW - timedelta(days=2), reason="Thiếu minh chứng.")
    assignment.refresh_from_db()
    submit_again(assignment, an, days_ago=1, document="90/STP-VP")
    client = client_of(dung)
    response = press(client, assignment, version=read, picked=[REASONS[0]], reason="Nêu số văn bản.")
    assert response.status_code == 409
    assert len(response.context["missed"]) == 2
    assert status_of(assignment) == Status.SUBMITTED
    form = response.context["return_form"]
    assert (form["picked"].value(), form["reason"].value()) == ([REASONS[0]], "Nêu số văn bản.")
    press(client, assignment, version=form["version"].value(), reason=form["reason"].value())
    assert status_of(assignment) == Status.RETURNED


@pytest.mark.parametrize("person", ["an", "binh", "chi", "giang", "quan"])
def test_nobody_else_returns(client_of, request, an, person):
    assignment = submit(an)
    assert press(client_of(request.getfixturevalue(person)), assignment, reason="Bổ sung.").status_code == 403
    assert status_of(assignment) == Status.SUBMITTED


def test_a_link_returns_nothing_and_leads_to_the_page(client_of, dung, an):
    assignment = submit(an)
    response = client_of(dung).get(f"/duyet/{assignment.pk}/tra-lai/")
    assert response.headers["Location"] == f"/duyet/{assignment.pk}/"
    assert status_of(assignment) == Status.SUBMITTED
