"""The page of one assignment: what was laid down, the words of the letter, and the history as people read it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives.actions.assignments import Progress, confirm, report_progress, return_for_revision
from directives.deadlines import DueKind
from directives.forms.uploads import check
from directives.models import Claim, HistoryEntry, Modality, PartyRole
from directives.states import Verb
from directives.views.timeline import NEWEST, timeline
from tests.directives import submissions
from tests.directives.uploaded import PDF, upload
from tests.factories import (
    NOW,
    TODAY,
    AgencyGroupFactory,
    AssignmentFactory,
    DirectiveFactory,
    LetterFactory,
    PartyFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def duty(stp):
    letter = LetterFactory.create(number="125", subject="tăng cường truyền thông chính sách")
    directive = DirectiveFactory.create(letter=letter, label="2.1", dated=True)
    return AssignmentFactory.create(directive=directive, agency=stp)


def page_of(client, duty):
    response = client.get(f"/viec/{duty.pk}/")
    assert response.status_code == 200
    return response.text


def progress(**fields):
    return Progress(**{"claim": Claim.IN_PROGRESS, "result": "Đã ban hành kế hoạch.", "percent": 60, **fields})


def report(duty, by, **fields):
    duty.refresh_from_db()
    return report_progress(duty, by=by, now=NOW, progress=progress(**fields), version=duty.version, key=uuid4())


def submit(duty, by):
    return report(duty, by, claim=Claim.COMPLETED, completed_on=TODAY, document_reference="88/STP-VP")


def test_the_facts_are_there(client_of, an, duty):
    PartyFactory.create(directive=duty.directive, role=PartyRole.SUPPORT, phrase="các cơ quan có liên quan")
    page = page_of(client_of(an), duty)
    for words in (
        "Cơ quan chủ trì",
        "Sở Tư pháp",
        "các cơ quan có liên quan",
        "125/UBND-KGVX",
        "05/01/2023",
        "17/03/2023",
        "Trong hạn, còn 25 ngày",
        "UBND tỉnh yêu cầu",
        "Chưa thực hiện",
    ):
        assert words in page


def test_the_clause_stands_verbatim_with_its_place_in_the_letter(client_of, an, duty):
    page = page_of(client_of(an), duty)
    assert f'<blockquote class="quote">{duty.directive.text}</blockquote>' in page
    assert f'href="/van-ban/{duty.directive.letter_id}/#muc-2.1">Mục 2.1 trong văn bản 125/UBND-KGVX</a>' in page


def test_markup_in_a_letter_is_shown_and_not_run(client_of, an, stp):
    directive = DirectiveFactory.create(title="<b>x</b>", text="<script>alert(1)</script>")
    page = page_of(client_of(an), AssignmentFactory.create(directive=directive, agency=stp))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_moved_day_keeps_the_original_one_in_sight(client_of, an, duty):
    duty.due_on = date(2023, 3, 31)
    duty.save()
    page = page_of(client_of(an), duty)
    assert "31/03/2023" in page
    assert "hạn ban đầu 17/03/2023" in page


def test_a_day_set_by_the_office_says_so_and_the_letter_s_own_words_stay(client_of, an, duty):
    duty.directive.due_is_internal, duty.directive.due_phrase = True, "trong quý I"
    duty.directive.save()
    page = page_of(client_of(an), duty)
    assert "hạn nội bộ do Văn phòng đặt" in page
    assert "văn bản ghi «trong quý I»" in page


def test_without_a_day_the_page_says_of_what_kind_the_duty_is(client_of, an, stp):
    directive = DirectiveFactory.create(due_kind=DueKind.STANDING)
    page = page_of(client_of(an), AssignmentFactory.create(directive=directive, agency=stp, undated=True))
    assert "<dd>Thường xuyên</dd>" in page
    assert "hạn nội bộ" not in page


def test_a_request_is_worded_as_a_request(client_of, an, duty):
    duty.directive.modality = Modality.REQUEST
    duty.directive.save()
    page = page_of(client_of(an), duty)
    assert "UBND tỉnh đề nghị" in page
    assert "Cơ quan được đề nghị" in page
    assert "UBND tỉnh yêu cầu" not in page


def test_a_body_that_supports_is_called_so(client_of, an, stp):
    page = page_of(client_of(an), AssignmentFactory.create(agency=stp, role=PartyRole.SUPPORT))
    assert "Cơ quan phối hợp" in page


def test_a_member_of_a_group_reads_the_group_s_phrase(client_of, an, duty):
    duty.party = PartyFactory.create(
        directive=duty.directive, role=PartyRole.LEAD, phrase="Các sở, ban, ngành", group=AgencyGroupFactory.create()
    )
    duty.save()
    assert "giao chung cho «Các sở, ban, ngành»" in page_of(client_of(an), duty)


@pytest.mark.parametrize("trait", ["in_progress", "overdue", "returned", "undated"])
def test_the_agency_s_people_find_the_form_while_it_is_their_turn(client_of, an, binh, stp, trait):
    duty = AssignmentFactory.create(agency=stp, **{trait: True})
    for person in (an, binh):
        assert f'action="/viec/{duty.pk}/cap-nhat/"' in page_of(client_of(person), duty)


@pytest.mark.parametrize(
    ("trait", "why"),
    [
        ("submitted", "đang chờ xác nhận"),
        ("done", "Văn phòng UBND tỉnh đã xác nhận hoàn thành ngày 16/02/2023"),
    ],
)
def test_there_is_no_form_when_it_is_not_their_turn_and_the_page_says_why(client_of, an, stp, trait, why):
    page = page_of(client_of(an), AssignmentFactory.create(agency=stp, **{trait: True}))
    assert "/cap-nhat/" not in page
    assert why in page


def test_the_office_and_leaders_read_without_a_form(client_of, dung, giang, duty):
    for person in (dung, giang):
        assert "/cap-nhat/" not in page_of(client_of(person), duty)


def test_an_officer_goes_from_a_submission_to_its_review(client_of, dung, giang, stp):
    duty = AssignmentFactory.create(agency=stp, submitted=True)
    assert f'href="/duyet/{duty.pk}/"' in page_of(client_of(dung), duty)
    assert "/duyet/" not in page_of(client_of(giang), duty)


def test_the_office_reads_at_the_top_whose_work_it_is(client_of, dung, duty):
    page = page_of(client_of(dung), duty)
    assert page.index("<p>Sở Tư pháp</p>") < page.index("Nguyên văn chỉ đạo")


def test_another_agency_gets_404(client_of, chi, duty):
    assert client_of(chi).get(f"/viec/{duty.pk}/").status_code == 404


def test_the_history_is_told_in_sentences_the_newest_first(an, binh, dung, duty):
    HistoryEntry.objects.create(
        letter=duty.directive.letter, assignment=duty, verb=Verb.ASSIGN, actor=dung, at=NOW - timedelta(days=30)
    )
    report(duty, an, files=[check(upload(f"{n}.pdf", PDF)) for n in range(2)])
    report(duty, an, claim=Claim.OBSTRUCTED, percent=70, obstacles="Thiếu kinh phí.")
    submit(duty, binh)
    return_for_revision(duty, by=dung, now=NOW, reason="Thiếu số văn bản.")
    submit(duty, binh)
    confirm(duty, by=dung, now=NOW, note="Đạt yêu cầu.")
    told = [(event.who, event.text) for event in timeline(duty)]
    done = "Sở Tư pháp báo cáo đã hoàn thành ngày 20/02/2023, đề nghị xác nhận"
    assert told == [
        ("Trần Văn Dũng", "Văn phòng UBND tỉnh xác nhận hoàn thành"),
        ("Hoàng Thị Bình", done),
        ("Trần Văn Dũng", "Văn phòng UBND tỉnh trả lại để bổ sung. Lý do:"),
        ("Hoàng Thị Bình", done),
        ("Nông Văn An", "Sở Tư pháp báo cáo 70 %, có khó khăn, vướng mắc"),
        ("Nông Văn An", "Sở Tư pháp báo cáo 60 %, kèm 2 tệp"),
        ("Trần Văn Dũng", "Văn phòng UBND tỉnh giao nhiệm vụ cho Sở Tư pháp"),
    ]


def test_a_long_history_shows_its_newest_lines_and_leads_to_the_others(client_of, an, dung, duty):
    assert "những lần gần nhất" not in page_of(client_of(an), duty)
    lines = [
        HistoryEntry(
            letter=duty.directive.letter, assignment=duty, verb=Verb.SET_DUE, actor=dung, at=NOW, note=f"Lý do {n}."
        )
        for n in range(NEWEST + 1)
    ]
    HistoryEntry.objects.bulk_create(lines)
    page = page_of(client_of(an), duty)
    assert "Lý do 0." not in page
    assert all(f"Lý do {n}." in page for n in range(1, NEWEST + 1))
    assert "Trên đây là những lần gần nhất." in page
    assert f'href="/viec/{duty.pk}/lich-su/"' in page


def test_the_office_s_words_and_the_agency_s_are_kept_apart(an, dung, duty):
    submit(duty, an)
    return_for_revision(duty, by=dung, now=NOW, reason="Thiếu tệp.")
    returned, submitted = timeline(duty)
    assert (returned.words, returned.code) == ("Thiếu tệp.", "tra-lai")
    assert submitted.words == "Đã ban hành kế hoạch.\nVăn bản: 88/STP-VP"
    assert submitted.code == "cho-xac-nhan"


def test_everything_the_agency_said_is_in_the_history(an, duty):
    report(
        duty,
        an,
        obstacles="Thiếu người.",
        causes="Tinh giản.",
        proposals="Bổ sung.",
        document_reference="88/STP-VP",
        document_on=date(2023, 2, 10),
    )
    (event,) = timeline(duty)
    assert event.words.splitlines() == [
        "Đã ban hành kế hoạch.",
        "Khó khăn, vướng mắc: Thiếu người.",
        "Nguyên nhân: Tinh giản.",
        "Đề xuất, kiến nghị: Bổ sung.",
        "Văn bản: 88/STP-VP ngày 10/02/2023",
    ]


def test_a_day_set_by_the_office_is_told_with_the_day_before_it(dung, duty):
    details = {"due_on": ["2023-03-17", "2023-03-31"]}
    HistoryEntry.objects.create(
        letter=duty.directive.letter, assignment=duty, verb=Verb.SET_DUE, actor=dung, at=NOW, details=details
    )
    (event,) = timeline(duty)
    assert event.text == "Văn phòng UBND tỉnh đặt thời hạn 31/03/2023 (trước là 17/03/2023)"


def test_the_reason_of_a_return_stands_above_the_form(client_of, an, dung, duty):
    submit(duty, an)
    return_for_revision(duty, by=dung, now=NOW, reason="Thiếu tệp minh chứng.")
    page = page_of(client_of(an), duty)
    assert page.index("Văn phòng UBND tỉnh trả lại ngày 20/02/2023:") < page.index("Tình trạng thực hiện")


def test_files_are_links_with_their_names(client_of, an, duty):
    update = report(duty, an, files=[check(upload("báo cáo quý.pdf", PDF))])
    file = update.attachments.get()
    assert f'<a href="/tep/{file.pk}/">báo cáo quý.pdf</a>' in page_of(client_of(an), duty)


def query_count(client, duty):
    with CaptureQueriesContext(connection) as queries:
        page_of(client, duty)
    return len(queries)


def test_queries_do_not_grow_with_history_files_and_parties(client_of, an, duty):
    client = client_of(an)
    report(duty, an, files=[check(upload("1.pdf", PDF))])
    PartyFactory.create(directive=duty.directive)
    one = query_count(client, duty)
    for n in range(6):
        report(duty, an, files=[check(upload(f"{n}-{m}.pdf", PDF)) for m in range(3)])
        PartyFactory.create(directive=duty.directive, phrase=f"cơ quan {n}")
    assert query_count(client, duty) == one <= 28


def test_the_page_says_how_long_it_was_with_whom(client_of, an):
    duty = submissions.submit(an, days_ago=3, assigned_on=TODAY - timedelta(days=10))
    page = client_of(an).get(f"/viec/{duty.pk}/").text
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Ở cơ quan 7 ngày (5 ngày làm việc) Ở Văn phòng 3 ngày (1 ngày làm việc)" in text


def test_days_are_counted_from_when_the_portal_gave_it(client_of, an, dung):
    duty = AssignmentFactory.create(agency=an.agency, assigned_on=TODAY - timedelta(days=900))
    at = NOW - timedelta(days=7)
    details = {"letter": duty.directive.letter, "directive": duty.directive, "to_status": duty.status}
    HistoryEntry.objects.create(assignment=duty, verb=Verb.ASSIGN, actor=dung, at=at, **details)
    assert client_of(an).get(f"/viec/{duty.pk}/").context["spent"].agency.calendar == 7
