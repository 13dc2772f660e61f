"""One report: while it is made, when it is done, when it failed."""

import re
from datetime import timedelta
from html import unescape

import pytest

from reports.models import ReportKind, ReportState
from reports.snapshots import Snapshot
from tests.factories import NOW, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def text_of(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_another_agency_gets_404(make_report, stp, chi, client_of):
    assert client_of(chi).get(f"/bao-cao/{make_report(agency=stp).pk}/").status_code == 404


def test_an_agency_gets_404_for_a_report_on_everything(make_report, an, client_of):
    assert client_of(an).get(f"/bao-cao/{make_report().pk}/").status_code == 404


def test_an_unknown_report_is_404(dung, client_of):
    assert client_of(dung).get("/bao-cao/00000000-0000-4000-8000-000000000000/").status_code == 404


@pytest.mark.parametrize("person", ["an", "binh", "dung", "giang"])
def test_its_agency_the_office_and_leaders_see_it(person, request, make_report, stp, an, client_of):
    report = make_report(agency=stp, kind=ReportKind.OWN, issued_at=NOW, issued_by=an)
    assert client_of(request.getfixturevalue(person)).get(f"/bao-cao/{report.pk}/").status_code == 200


@pytest.mark.parametrize(("person", "status"), [("an", 200), ("binh", 200), ("dung", 404), ("giang", 404)])
def test_what_an_agency_drafts_is_its_own_until_it_is_issued(person, status, request, make_report, stp, an, client_of):
    """On every way: its page, its file, beside another, in the list."""
    draft = make_report(agency=stp, kind=ReportKind.OWN, by=an, state=ReportState.DONE)
    browser = client_of(request.getfixturevalue(person))
    for way in (f"{draft.pk}/", f"{draft.pk}/tep/", f"so-sanh/?truoc={draft.pk}&sau={draft.pk}"):
        answer = browser.get(f"/bao-cao/{way}")
        assert answer.status_code == status
        b"".join(answer)  # read to its end, a file is closed; close() would end the test's own transaction too
    assert len(browser.get("/bao-cao/").context["made"]) == (status == 200)


def test_while_it_waits_the_page_asks_again_with_and_without_javascript(make_report, dung, client_of):
    report = make_report()
    page = client_of(dung).get(f"/bao-cao/{report.pk}/").content.decode()
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert f'hx-get="/bao-cao/{report.pk}/" hx-trigger="every 200ms"' in page
    assert "Đang chờ tạo báo cáo…" in page


@pytest.mark.parametrize(("seconds", "pace"), [(0, "200ms"), (2, "200ms"), (3, "500ms"), (9, "500ms"), (10, "2s")])
def test_the_longer_a_report_takes_the_less_often_the_page_asks(seconds, pace, make_report, dung, clock, client_of):
    report = make_report(requested_at=clock - timedelta(seconds=seconds))
    assert f'hx-trigger="every {pace}"' in client_of(dung).get(f"/bao-cao/{report.pk}/").content.decode()


@pytest.mark.parametrize(("minutes", "htmx", "focused"), [(0, False, True), (5, True, True), (5, False, False)])
def test_the_file_has_the_focus_of_whoever_waited_for_it(minutes, htmx, focused, make_report, dung, clock, client_of):
    report = make_report(state=ReportState.DONE, requested_at=clock - timedelta(minutes=minutes))
    headers = {"HX-Request": "true"} if htmx else {}
    page = client_of(dung).get(f"/bao-cao/{report.pk}/", headers=headers).content.decode()
    (link,) = re.findall(r'<a [^>]*/tep/"[^>]*>', page)
    assert ("data-focus" in link, "data-focus" in page.replace(link, "")) == (focused, False)


def test_while_it_is_made_the_page_says_how_far(make_report, dung, clock, client_of):
    lease = clock + timedelta(minutes=1)
    report = make_report(state=ReportState.RENDERING, parts_done=7, parts_total=12, lease_until=lease)
    words = text_of(client_of(dung).get(f"/bao-cao/{report.pk}/"))
    assert "Đang tạo báo cáo… 58 % (7/12 phần)." in words
    assert "Có thể rời trang này; báo cáo sẽ có ở mục Báo cáo." in words


@pytest.mark.parametrize("state", [ReportState.WAITING, ReportState.DONE])
def test_htmx_gets_only_the_part_that_changes(state, make_report, dung, client_of):
    report = make_report(state=state)
    answer = client_of(dung).get(f"/bao-cao/{report.pk}/", headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith('<div class="card" id="tien-do"')
    assert "HX-Request" in answer["Vary"]


def test_once_done_it_stops_asking_and_offers_the_file(make_report, dung, client_of):
    report = make_report(state=ReportState.DONE)
    answer = client_of(dung).get(f"/bao-cao/{report.pk}/")
    page = answer.content.decode()
    assert "hx-get" not in page
    assert "http-equiv" not in page
    assert f'href="/bao-cao/{report.pk}/tep/"' in page
    assert "Tải PDF (12 trang, 240,0 KB)" in text_of(answer)


def test_a_failure_says_why_and_offers_to_try_again(make_report, dung, client_of):
    report = make_report(state=ReportState.FAILED, problem="Máy chủ hết bộ nhớ khi dựng phụ lục.")
    page = client_of(dung).get(f"/bao-cao/{report.pk}/").content.decode()
    assert "Không tạo được báo cáo." in page
    assert "Máy chủ hết bộ nhớ khi dựng phụ lục." in page
    assert f'action="/bao-cao/{report.pk}/lap-lai/"' in page
    assert "hx-get" not in page


def test_when_nobody_begins_with_it_the_page_says_so(make_report, dung, clock, client_of):
    report = make_report(requested_at=clock - timedelta(minutes=3))
    words = text_of(client_of(dung).get(f"/bao-cao/{report.pk}/"))
    assert "chưa bắt đầu sau 2 phút" in words


def test_the_figures_are_those_of_the_day_it_was_asked_for(make_report, stp, dung, client_of):
    AssignmentFactory.create_batch(2, agency=stp, overdue=True)
    report = make_report()
    AssignmentFactory.create_batch(5, agency=stp, done=True)
    answer = client_of(dung).get(f"/bao-cao/{report.pk}/")
    assert answer.context["figures"].given == 2 == answer.context["figures"].open_overdue
    assert "0/2 nhiệm vụ được giao" in text_of(answer)


def test_the_same_can_be_asked_for_again_with_todays_figures(make_report, stp, dung, client_of):
    AssignmentFactory.create(agency=stp)
    page = unescape(client_of(dung).get(f"/bao-cao/{make_report(agency=stp).pk}/").content.decode())
    days = "tu=01/02/2023&den=28/02/2023"
    assert f'href="/bao-cao/?loai=co-quan&{days}&pham_vi={stp.pk}&van_ban=&mau_so=den-han"' in page


def test_the_code_printed_on_every_page_of_the_file_is_shown(make_report, dung, client_of):
    report = make_report()
    assert Snapshot.from_data(report.snapshot).code in text_of(client_of(dung).get(f"/bao-cao/{report.pk}/"))


def test_asking_again_and_again_stays_cheap(make_report, stp, dung, client_of, django_assert_num_queries):
    AssignmentFactory.create_batch(3, agency=stp)
    report, browser = make_report(), client_of(dung)
    with django_assert_num_queries(3):  # session, person, report
        answer = browser.get(f"/bao-cao/{report.pk}/", headers={"HX-Request": "true"})
    assert answer.context["report"].get_deferred_fields() == {"snapshot"}  # may be megabytes of rows


def test_the_charts_of_the_report_are_drawn_with_their_figures_beside_them(make_report, stp, stttt, dung, client_of):
    AssignmentFactory.create_batch(2, agency=stp, overdue=True)
    AssignmentFactory.create(agency=stttt)
    answer = client_of(dung).get(f"/bao-cao/{make_report().pk}/")
    page = answer.content.decode()
    (agencies, *_) = answer.context["charts"]
    assert [(line.label, *line.numbers) for line in agencies.lines] == [
        (stp.short_name, "2", "0", "2"),
        (stttt.short_name, "1", "0", "0"),
    ]
    assert f"{stp.short_name} 2 0 2" in text_of(answer)
    assert page.count('<svg class="drawing"') > 2
    assert "<text" not in page


def test_all_forms_are_offered(make_report, dung, client_of):
    report = make_report(state=ReportState.DONE)
    page = client_of(dung).get(f"/bao-cao/{report.pk}/").content.decode()
    for form in ("docx", "xlsx"):
        assert f'href="/bao-cao/{report.pk}/tep/?dang={form}"' in page
