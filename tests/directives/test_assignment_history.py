"""The history of one assignment: readable by a person, filterable, with before and after."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives.actions.assignments import Progress, confirm, report_progress, return_for_revision
from directives.models import Claim, HistoryEntry
from directives.states import Status, Verb
from directives.views.sentences import changes, sentence
from tests.directives.submissions import evidence, submit, submit_again
from tests.factories import NOW, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def page(client, assignment, **query):
    return client.get(f"/viec/{assignment.pk}/lich-su/", query)


def told(response):
    return [line.event.text for line in response.context["lines"]]


@pytest.fixture
def story(an, dung):
    """Reported with two files, submitted, returned, submitted again, confirmed."""
    assignment = AssignmentFactory.create(agency=an.agency)
    progress = Progress(claim=Claim.IN_PROGRESS, result="Đã họp bàn.", percent=60, files=[evidence(0), evidence(1)])
    report_progress(
        assignment, by=an, now=NOW - timedelta(days=9), progress=progress, version=assignment.version, key=uuid4()
    )
    assignment.refresh_from_db()
    submit_again(assignment, an, days_ago=7, document="88/STP-VP")
    return_for_revision(assignment, by=dung, now=NOW - timedelta(days=5), reason="Thiếu biên bản họp.")
    assignment.refresh_from_db()
    submit_again(assignment, an, days_ago=3, document="90/STP-VP")
    confirm(assignment, by=dung, now=NOW)
    return assignment


def test_it_reads_like_a_story_the_newest_first(client_of, an, story):
    assert told(page(client_of(an), story)) == [
        "Văn phòng UBND tỉnh xác nhận hoàn thành",
        "Sở Tư pháp báo cáo đã hoàn thành ngày 17/02/2023, đề nghị xác nhận",
        "Văn phòng UBND tỉnh trả lại để bổ sung. Lý do:",
        "Sở Tư pháp báo cáo đã hoàn thành ngày 13/02/2023, đề nghị xác nhận",
        "Sở Tư pháp báo cáo 60 %, kèm 2 tệp",
    ]


def test_before_and_after_stand_beside_each_act(client_of, an, story):
    response = page(client_of(an), story, loai=Verb.RETURN)
    (line,) = response.context["lines"]
    (change,) = line.changes
    assert (change.before, change.after) == ("Chờ xác nhận", "Trả lại, cần bổ sung")
    assert "Thiếu biên bản họp." in response.text
    assert "<del>Chờ xác nhận</del> → <ins>Trả lại, cần bổ sung</ins>" in response.text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 5),
        ({"loai": Verb.SUBMIT}, 2),
        ({"tu": "15/2/2023"}, 3),
        ({"den": "13/2/2023"}, 2),
        ({"tu": "13/2/2023", "den": "15/2/2023"}, 2),
        ({"tu": "hôm nay"}, 1),
        ({"loai": Verb.SUBMIT, "tu": "14/2/2023"}, 1),
        ({"loai": "khong-co", "nguoi": "x"}, 5),  # not understood: narrows nothing
    ],
)
def test_it_is_narrowed_by_act_and_days(client_of, an, story, query, count):
    response = page(client_of(an), story, **query)
    assert len(told(response)) == count
    assert f"<strong>{count} việc đã ghi</strong>" in response.text


def test_it_is_narrowed_by_person(client_of, an, dung, story):
    response = page(client_of(an), story, nguoi=dung.pk)
    assert len(told(response)) == 2
    assert all("Văn phòng" in text for text in told(response))


def test_a_day_that_cannot_be_says_so_and_narrows_nothing(client_of, an, story):
    response = page(client_of(an), story, tu="31/2/2023")
    assert "Không có ngày 31/2/2023. Kiểm tra lại ngày và tháng" in response.text
    assert len(told(response)) == 5


def test_nothing_found_says_what_to_do(client_of, an, story):
    assert "Không có việc nào khớp bộ lọc." in page(client_of(an), story, den="1/1/2020").text


def test_another_agency_gets_404(client_of, chi, story):
    assert page(client_of(chi), story).status_code == 404


def test_the_number_of_queries_does_not_grow(client_of, an, story, django_assert_num_queries):
    client = client_of(an)
    with CaptureQueriesContext(connection) as first:
        page(client, story)
    for entry in HistoryEntry.objects.filter(assignment=submit(an, files=2)):
        entry.pk, entry.assignment = None, story
        entry.save(force_insert=True)
    with django_assert_num_queries(len(first)):
        page(client, story)


@pytest.mark.parametrize("verb", Verb)
def test_every_verb_has_its_words(an, dung, verb):
    """Also of a line that keeps nothing but the verb: nobody reads a code."""
    assignment = AssignmentFactory.create(agency=an.agency)
    for actor in (an, dung):
        entry = HistoryEntry(letter=assignment.directive.letter, assignment=assignment, verb=verb, actor=actor, at=NOW)
        words = sentence(entry, str(an.agency))
        done = words.removeprefix("Sở Tư pháp ").removeprefix("Văn phòng UBND tỉnh ")
        assert done not in ("", words)
        assert verb.value not in done.split()


def test_a_verb_without_a_sentence_of_its_own_tells_what_changed(dung):
    assignment = AssignmentFactory.create()
    details = {
        "due_on": ["2023-02-08", "2023-03-15"],
        "requires_evidence": [True, False],
        "note": "x",
        "handler": ["", "An"],
    }
    entry = HistoryEntry(
        assignment=assignment,
        verb="sua-nhiem-vu",
        actor=dung,
        at=NOW,
        details=details,
        from_status=Status.NOT_STARTED,
        to_status=Status.IN_PROGRESS,
    )
    assert "hạn từ 08/02/2023 thành 15/03/2023; yêu cầu minh chứng từ có thành không" in sentence(entry, "Sở A")
    assert [(one.before, one.after) for one in changes(entry)] == [
        ("Chưa thực hiện", "Đang thực hiện"),
        ("08/02/2023", "15/03/2023"),
        ("có", "không"),
        ("(để trống)", "An"),
    ]
