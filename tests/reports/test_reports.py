"""Báo cáo: asking for one, and the list of those made."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from reports.models import Report, ReportKind, ReportState
from reports.queries import Figures
from reports.snapshots import code_of
from tests.factories import NOW, TODAY, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

URL = "/bao-cao/"
FEBRUARY = {"tu": "1/2/2023", "den": "28/2/2023"}


def text_of(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_the_form_begins_with_this_month_and_says_how_much_it_covers(stp, stttt, dung, client_of):
    AssignmentFactory.create_batch(2, agency=stp)
    AssignmentFactory.create(agency=stttt)
    answer = client_of(dung).get(URL)
    page = answer.content.decode()
    assert 'value="01/02/2023"' in page
    assert 'value="28/02/2023"' in page
    assert "Trước khi tạo: 3 nhiệm vụ, 2 cơ quan." in text_of(answer)


def test_usual_periods_are_one_click_away(dung, client_of):
    browser = client_of(dung)
    page = browser.get(URL).content.decode()
    links = re.findall(r'<a href="(\?tu=[^"]+)">([^<]+)</a>', page)
    assert [name for _, name in links] == [
        *("Tháng 03/2023", "Tháng 02/2023", "Quý I/2023", "Quý IV/2022"),
        *("6 tháng đầu năm 2023", "6 tháng cuối năm 2022", "Năm 2023", "Năm 2022"),
        *("Tháng 02/2023", "Tháng 01/2023", "Quý I/2023", "Quý IV/2022"),
        *("6 tháng đầu năm 2023", "6 tháng cuối năm 2022", "Năm 2023", "Năm 2022"),
    ]
    filled = browser.get(URL + unescape(links[2][0])).content.decode()
    assert 'value="15/12/2022"' in filled
    assert 'value="14/03/2023"' in filled
    filled = browser.get(URL + unescape(links[10][0])).content.decode()
    assert 'value="01/01/2023"' in filled
    assert 'value="31/03/2023"' in filled


def test_an_officer_asks_for_a_report_on_everything(stp, stttt, dung, client_of, woken):
    AssignmentFactory.create(agency=stp, overdue=True)
    AssignmentFactory.create(agency=stttt, done=True)
    answer = client_of(dung).post(URL, FEBRUARY)
    report = Report.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/bao-cao/{report.pk}/")
    assert woken == [report.pk]
    assert (report.agency, report.requested_by, report.on, report.state) == (None, dung, TODAY, ReportState.WAITING)
    assert (report.window_from, report.window_to) == (date(2023, 2, 1), date(2023, 2, 28))
    assert Figures(**report.snapshot["totals"]) == Figures(open_overdue=1, done_on_time=1)


def test_a_leader_asks_for_a_report_on_one_agency(stp, stttt, giang, client_of, woken):
    AssignmentFactory.create(agency=stp)
    AssignmentFactory.create(agency=stttt)
    client_of(giang).post(URL, FEBRUARY | {"pham_vi": stp.pk})
    report = Report.objects.get()
    assert report.agency == stp
    assert report.snapshot["totals"]["open_on_track"] == 1


def test_an_agency_asks_for_a_report_on_itself_whatever_it_sends(stp, stttt, an, client_of, woken):
    AssignmentFactory.create(agency=stp)
    AssignmentFactory.create(agency=stttt)
    browser = client_of(an)
    assert "Phạm vi</label>" not in browser.get(URL).content.decode()
    browser.post(URL, FEBRUARY | {"pham_vi": stttt.pk})
    assert Report.objects.get().agency == stp


def test_two_requests_that_say_the_same_make_one_report(stp, dung, giang, client_of, woken):
    AssignmentFactory.create(agency=stp)
    first = client_of(dung).post(URL, FEBRUARY)
    assert client_of(giang).post(URL, FEBRUARY)["Location"] == first["Location"]
    AssignmentFactory.create(agency=stp)
    assert client_of(dung).post(URL, FEBRUARY)["Location"] != first["Location"]
    assert Report.objects.count() == 2


def test_a_report_on_a_letter_counts_that_letter_alone(stp, dung, client_of, woken):
    of_it = AssignmentFactory.create(agency=stp)
    AssignmentFactory.create(agency=stp)
    letter = of_it.directive.letter
    client_of(dung).post(URL, FEBRUARY | {"loai": "van-ban", "van_ban": letter.pk, "mau_so": "tong-giao"})
    report = Report.objects.get()
    assert (report.kind, report.letter, report.agency) == (ReportKind.LETTER, letter, None)
    assert report.snapshot["totals"]["open_on_track"] == 1
    assert report.snapshot["leading"] == "tong-giao"
    assert [one["label"] for one in report.snapshot["directives"]] == [of_it.directive.label]


def test_what_was_made_is_found_by_agency_code_and_number(make_report, stp, stttt, dung, client_of):
    AssignmentFactory.create(agency=stp)
    one = make_report(agency=stp, by=dung)
    other = make_report(agency=stttt, by=dung, edition={"number": "45"}, issued_at=NOW, issued_by=dung)
    browser = client_of(dung)
    for query, found in (
        ("q=so+tu+phap", [one]),
        ("q=45", [other]),
        (f"q={code_of(one.snapshot_hash)}", [one]),
        ("ph=1", [other]),
        ("q=khong+co", []),
    ):
        assert [report for report, _ in browser.get(f"{URL}?{query}").context["made"]] == found, query


def test_an_administrator_is_refused(quan, client_of):
    assert client_of(quan).get(URL).status_code == 403
    assert client_of(quan).post(URL, FEBRUARY).status_code == 403
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"tu": "31/2/2023", "den": "28/2/2023"}, "Không có ngày 31/2/2023. Kiểm tra lại ngày và tháng"),
        ({"tu": "đầu tháng", "den": "28/2/2023"}, "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 27/3/2023"),
        ({"tu": "", "den": "28/2/2023"}, "Nhập ngày đầu kỳ, ví dụ 1/2/2023"),
        ({"tu": "1/2/2023", "den": ""}, "Nhập ngày cuối kỳ, ví dụ 28/2/2023"),
        ({"tu": "20/2/2023", "den": "19/2/2023"}, "Ngày cuối kỳ phải từ ngày đầu kỳ (20/02/2023) trở đi"),
        ({"tu": "21/2/2023", "den": "28/2/2023"}, "Ngày đầu kỳ phải là hôm nay hoặc trước đó"),
        ({"tu": "1/2/2023", "den": "28/2/2023", "loai": "co-quan"}, "Chọn cơ quan cho báo cáo của một cơ quan"),
        ({"tu": "1/2/2023", "den": "28/2/2023", "loai": "van-ban"}, "Chọn văn bản cần báo cáo"),
        ({"tu": "1/2/2023", "den": "28/2/2023", "loai": "khac"}, "Chọn loại báo cáo trong danh sách"),
        ({"tu": "1/2/2023", "den": "28/2/2023", "mau_so": "khac"}, "Chọn mẫu số trong danh sách"),
        ({"tu": "31/12/1999", "den": "28/2/2023"}, "Ngày đầu kỳ phải từ 01/01/2000 trở đi"),
        ({"tu": "1/2/2023", "den": "28/2/2023", "pham_vi": "999"}, "Chọn một cơ quan trong danh sách"),
        ({"tu": "1/2/2023", "den": "28/2/2023", "pham_vi": "abc"}, "Chọn một cơ quan trong danh sách"),
    ],
)
def test_a_faulty_request_is_answered_with_what_to_do_and_keeps_what_was_typed(sent, sentence, dung, client_of, woken):
    answer = client_of(dung).post(URL, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Lỗi: Báo cáo" in page
    assert "Có thông tin cần sửa" in page
    assert sentence in unescape(page)
    assert all(f'value="{typed}"' in page for name, typed in sent.items() if typed and name in ("tu", "den"))
    assert not Report.objects.exists()
    assert woken == []


def test_today_can_be_written_in_words(dung, client_of, woken):
    client_of(dung).post(URL, {"tu": "1-2-23", "den": "hôm nay"})
    assert Report.objects.get().window_to == TODAY


@pytest.mark.parametrize("query", ["?tu=31/2/2023", "?tu=%00&den=x&pham_vi=y", "?trang=abc"])
def test_a_faulty_address_is_answered_politely(query, dung, client_of):
    answer = client_of(dung).get(URL + query)
    assert answer.status_code == 200
    assert "<title>Báo cáo" in answer.content.decode()


def test_the_list_shows_the_newest_first_with_their_files(make_report, stp, dung, clock, client_of):
    AssignmentFactory.create(agency=stp)
    old = make_report(by=dung, state=ReportState.DONE, requested_at=clock - timedelta(days=2))
    new = make_report(agency=stp, by=dung)
    answer = client_of(dung).get(URL)
    assert [report for report, _ in answer.context["made"]] == [new, old]
    words = text_of(answer)
    assert "nhiệm vụ của một cơ quan Sở Tư pháp 08:00 20/02/2023 Trần Văn Dũng Chờ tạo" in words
    assert "Tải PDF , DOCX , XLSX 12 trang, 240,0 KB, dự thảo" in words
    assert f'href="/bao-cao/{old.pk}/tep/"' in answer.content.decode()


def test_an_agency_sees_the_reports_on_itself_only(make_report, stp, stttt, an, dung, client_of):
    mine = make_report(agency=stp, by=an, kind=ReportKind.OWN)
    make_report(agency=stttt, by=dung)
    make_report(by=dung)
    assert [report for report, _ in client_of(an).get(URL).context["made"]] == [mine]


def test_twenty_a_page(make_report, dung, client_of):
    for _ in range(21):
        make_report(by=dung)
    answer = client_of(dung).get(URL)
    assert len(answer.context["made"]) == 20
    assert "21 báo cáo" in text_of(answer)


def test_the_list_asks_few_questions_however_long_it_is(
    make_report, stp, dung, client_of, django_assert_max_num_queries
):
    browser = client_of(dung)
    make_report(agency=stp, by=dung)
    with django_assert_max_num_queries(8) as few:
        browser.get(URL)
    for _ in range(15):
        make_report(agency=stp, by=dung)
    with django_assert_max_num_queries(len(few)):
        browser.get(URL)
