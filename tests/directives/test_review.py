"""One submission as the officer reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives.actions.assignments import confirm, return_for_revision
from tests.directives.submissions import RESULT, submit, submit_again
from tests.factories import NOW, TODAY, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def page(client, assignment, **query):
    return client.get(f"/duyet/{assignment.pk}/", query)


def test_the_officer_reads_the_report_its_files_and_the_clause(client_of, dung, an):
    assignment = submit(an, days_ago=4, files=2, document="88/STP-VP")
    text = page(client_of(dung), assignment).text
    for words in (RESULT, "minh-chung-0.pdf", "88/STP-VP", "16/02/2023", "chờ duyệt 4 ngày", assignment.directive.text):
        assert words in text
    assert f"/van-ban/{assignment.directive.letter_id}/#muc-{assignment.directive.label}" in text


def test_the_files_can_be_opened(client_of, dung, an):
    client, assignment = client_of(dung), submit(an, files=1)
    (file,) = page(client, assignment).context["submission"].files
    response = client.get(file.url)
    assert b"".join(response.streaming_content) == b"%PDF-1.4 minh chung"


def test_what_was_said_before_stands_below_with_the_reasons_of_returns(client_of, dung, an):
    assignment = submit(an, days_ago=6)
    return_for_revision(assignment, by=dung, now=NOW - timedelta(days=5), reason="Thiếu số văn bản.")
    assignment.refresh_from_db()
    submit_again(assignment, an, days_ago=2, document="90/STP-VP", result="Đã bổ sung công văn số 90.")
    response = page(client_of(dung), assignment)
    assert response.context["submission"].update.result == "Đã bổ sung công văn số 90."
    assert [event.words.partition("\n")[0] for event in response.context["earlier"]] == ["Thiếu số văn bản.", RESULT]


def test_a_late_submission_shows_its_days(client_of, dung, an):
    assignment = submit(an, days_ago=3, due_on=TODAY - timedelta(days=8), directive__due_is_internal=True)
    text = page(client_of(dung), assignment).text
    assert "Quá hạn 5 ngày" in text
    assert "hạn 12/02/2023 (nội bộ)" in text


def test_one_can_leave_it_for_later_and_read_the_next(client_of, dung, an, chi):
    first, second, third = submit(an, days_ago=3), submit(chi, days_ago=2), submit(an, days_ago=1)
    client = client_of(dung)
    following = [page(client, one).context["following"].pk for one in (first, second, third)]
    assert following == [second.pk, third.pk, first.pk]
    assert page(client, first, q="so tu phap").context["following"].pk == third.pk


def test_alone_in_the_queue_nothing_follows(client_of, dung, an):
    assert page(client_of(dung), submit(an)).context["following"] is None


def test_what_does_not_wait_any_more_offers_no_verb(client_of, dung, an):
    assignment = submit(an)
    confirm(assignment, by=dung, now=NOW)
    response = page(client_of(dung), assignment)
    assert "Trạng thái hiện nay: Đã hoàn thành" in response.text
    assert "xac-nhan" not in response.text
    assert "tra-lai" not in response.text


def test_an_assignment_never_submitted_shows_that(client_of, dung):
    response = page(client_of(dung), AssignmentFactory())
    assert response.status_code == 200
    assert "Trạng thái hiện nay: Chưa thực hiện" in response.text


def test_an_unknown_one_is_not_found(client_of, dung):
    assert client_of(dung).get("/duyet/4711/").status_code == 404


@pytest.mark.parametrize("person", ["an", "binh", "giang", "quan"])
def test_only_the_office_reads_it_here(client_of, request, an, person):
    assert page(client_of(request.getfixturevalue(person)), submit(an)).status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_history(client_of, dung, an, django_assert_num_queries):
    client, assignment = client_of(dung), submit(an, days_ago=9, files=1)
    with CaptureQueriesContext(connection) as short:
        page(client, assignment)
    for days in (8, 6, 4):
        return_for_revision(assignment, by=dung, now=NOW - timedelta(days=days), reason="Bổ sung.")
        assignment.refresh_from_db()
        submit_again(assignment, an, days_ago=days - 1, files=2)
    with django_assert_num_queries(len(short)):
        page(client, assignment)
    assert len(short) <= 13
