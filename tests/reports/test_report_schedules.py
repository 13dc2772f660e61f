"""Lịch lập báo cáo: reports that are made on their day, once, and told to those named."""

from datetime import date, datetime, timedelta
from html import unescape

import pytest
from django.core import mail
from django.core.management import call_command

from directives.models import Assignment, Notice, NoticeKind
from directives.states import Status
from reports import upkeep
from reports.models import Report, ReportKind, ReportSchedule, ReportState, ScheduledReport
from reports.snapshots import Snapshot
from tests.factories import NOW, TODAY, VIETNAM, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

URL = "/bao-cao/lich/"
AFTER = datetime(2023, 3, 15, 7, 30, tzinfo=VIETNAM)  # the month of the decree ended on 14/03


def asked(*people, **changes):
    usual = {"loai": "tinh-hinh", "ky": "thang", "cach_tinh": "nd-09", "mau_so": "den-han"}
    return usual | {"nguoi_nhan": [person.pk for person in people]} | changes


@pytest.fixture
def monthly(dung, giang, client_of):
    assert client_of(dung).post(URL, asked(dung, giang)).status_code == 302
    return ReportSchedule.objects.get()


def test_an_officer_sets_a_schedule_and_sees_when_it_comes(monthly, dung, giang, client_of):
    assert (monthly.created_by, monthly.begins_on, set(monthly.recipients.all())) == (dung, TODAY, {dung, giang})
    page = unescape(client_of(dung).get(URL).content.decode())
    assert "Tháng 03/2023" in page
    assert "hết ngày 14/03/2023" in page


def test_when_the_period_has_ended_the_report_is_there_and_people_are_told(monthly, stp, dung, giang, client_of):
    AssignmentFactory.create(agency=stp, overdue=True)
    (made,) = upkeep.make_due(now=AFTER)
    report = Report.objects.get(pk=made)
    assert (report.window_from, report.window_to, report.on) == (date(2023, 2, 15), *[date(2023, 3, 14)] * 2)
    assert (report.requested_by, report.state) == (None, ReportState.WAITING)
    told = Notice.objects.filter(kind=NoticeKind.REPORT)
    assert {notice.recipient for notice in told} == {dung, giang}
    assert {notice.path for notice in told} == {f"/bao-cao/{report.pk}/"}
    assert client_of(giang).get(told[0].path).status_code == 200


def test_the_message_names_the_report_and_leads_to_it(monthly, stp, settings):
    settings.SITE_URL = "https://chidao.example.vn"
    AssignmentFactory.create(agency=stp)
    (made,) = upkeep.make_due(now=AFTER)
    from directives import delivery  # noqa: PLC0415

    assert delivery.send_all(clock=lambda: AFTER) == 2
    message = mail.outbox[0]
    assert message.subject == "Báo cáo tình hình thực hiện nhiệm vụ tháng 03 năm 2023 (Tất cả cơ quan)"
    assert "hệ thống đã lập dự thảo báo cáo tình hình thực hiện nhiệm vụ tháng 03 năm 2023" in message.body
    assert f"https://chidao.example.vn/bao-cao/{made}/" in message.body


def test_a_period_is_served_once_however_many_clocks_run(monthly):
    assert len(upkeep.make_due(now=AFTER)) == 1
    assert upkeep.make_due(now=AFTER + timedelta(minutes=1)) == []
    assert (Report.objects.count(), ScheduledReport.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "moment",
    [
        NOW,  # the period before the schedule was set is not made
        datetime(2023, 3, 14, 23, 59, tzinfo=VIETNAM),
        datetime(2023, 3, 15, 6, 59, tzinfo=VIETNAM),  # nobody is written to at night
    ],
)
def test_before_its_time_nothing_is_made(moment, monthly):
    assert upkeep.make_due(now=moment) == []


def test_a_clock_that_comes_late_gives_the_figures_of_the_periods_end(monthly, stp):
    row = AssignmentFactory.create(agency=stp, due_on=date(2023, 3, 10))
    Assignment.objects.filter(pk=row.pk).update(
        status=Status.SUBMITTED, submitted_at=AFTER + timedelta(days=1), stopped_on=date(2023, 3, 16)
    )
    (made,) = upkeep.make_due(now=AFTER + timedelta(days=5))
    totals = Snapshot.from_data(Report.objects.get(pk=made).snapshot).totals
    assert (totals.given, totals.open_overdue, totals.overdue_submitted) == (1, 1, 0)


def test_after_an_outage_the_periods_that_were_missed_are_made_too_each_once_and_the_oldest_first(monthly, dung, giang):
    late = datetime(2023, 6, 20, 7, 30, tzinfo=VIETNAM)
    assert len(upkeep.make_due(now=AFTER)) == 1
    made = [Report.objects.get(pk=pk) for pk in upkeep.make_due(now=late)]
    assert [(one.window_to, one.on) for one in made] == [(date(2023, month, 14),) * 2 for month in (4, 5, 6)]
    assert Notice.objects.filter(kind=NoticeKind.REPORT).count() == 4 * 2
    assert upkeep.make_due(now=late) == []


def test_an_outage_of_years_brings_a_year_of_reports(monthly):
    made = upkeep.make_due(now=datetime(2026, 1, 2, 7, 30, tzinfo=VIETNAM))
    days = [Report.objects.get(pk=pk).window_to for pk in made]
    assert (len(days), days[0], days[-1]) == (12, date(2025, 1, 14), date(2025, 12, 14))


def test_an_ended_schedule_makes_nothing(monthly, dung, client_of):
    client_of(dung).post(f"/bao-cao/lich/{monthly.pk}/ngung/")
    assert upkeep.make_due(now=AFTER) == []


def test_the_same_schedule_is_set_once_until_it_is_ended(monthly, dung, client_of):
    browser = client_of(dung)
    answer = browser.post(URL, asked(dung))
    assert answer.status_code == 409
    assert "đã có lịch cho kỳ và phạm vi đã chọn" in unescape(answer.content.decode())
    browser.post(f"/bao-cao/lich/{monthly.pk}/ngung/")
    assert browser.post(URL, asked(dung)).status_code == 302


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"nguoi_nhan": []}, "Chọn ít nhất một người nhận"),
        ({"nguoi_nhan": ["999"]}, "Chọn người nhận trong danh sách"),
        ({"loai": "tu-bao-cao"}, "Chọn một mục trong danh sách"),
        ({"loai": "co-quan"}, "Chọn cơ quan cho báo cáo của một cơ quan"),
        ({"loai": "van-ban"}, "Chọn văn bản cần báo cáo"),
    ],
)
def test_a_faulty_form_says_what_to_do(changes, sentence, dung, client_of):
    answer = client_of(dung).post(URL, asked(dung, **changes))
    assert answer.status_code == 422
    assert sentence in unescape(answer.content.decode())
    assert not ReportSchedule.objects.exists()


def test_others_do_not_set_schedules(an, giang, client_of):
    for person in (an, giang):
        assert client_of(person).get(URL).status_code == 403


def test_old_drafts_go_and_issued_reports_stay(make_report, dung, settings):
    settings.REPORT_DRAFT_DAYS = 90
    long_ago = NOW - timedelta(days=91)
    draft = make_report(by=dung, requested_at=long_ago, state=ReportState.DONE)
    name, storage = draft.file.name, draft.file.storage
    edited = make_report(by=dung, requested_at=long_ago)
    edited.edits.create(number=1, by=dung, at=NOW, edition={})
    kept = {
        edited,
        make_report(by=dung, requested_at=long_ago, issued_at=NOW, issued_by=dung),
        make_report(by=dung, requested_at=NOW - timedelta(days=89)),
    }
    assert upkeep.expire_drafts(now=NOW) == 1
    assert set(Report.objects.all()) == kept
    assert not storage.exists(name)
    settings.REPORT_DRAFT_DAYS = 0
    assert upkeep.expire_drafts(now=NOW + timedelta(days=900)) == 0


def test_an_expired_draft_of_a_schedule_is_not_made_again(monthly, dung):
    upkeep.make_due(now=AFTER)
    assert upkeep.expire_drafts(now=AFTER + timedelta(days=91)) == 1
    assert ScheduledReport.objects.get().report is None
    assert upkeep.make_due(now=AFTER) == []


def test_the_tick_makes_the_files_nobody_renders(make_report, dung, monkeypatch, capsys):
    from reports.exports import forms  # noqa: PLC0415
    from reports.pdf import Rendered  # noqa: PLC0415

    made = forms.Forms(Rendered(b"%PDF-1.7 made", 7), b"PK word", b"PK workbook")
    monkeypatch.setattr(forms, "make", lambda snapshot, edition, progress: made)
    waiting = make_report(by=dung, kind=ReportKind.EXCEPTIONS)
    call_command("tick")
    waiting.refresh_from_db()
    assert waiting.state == ReportState.DONE
    assert "0 báo cáo được lập theo lịch, 1 tệp báo cáo đã tạo." in capsys.readouterr().out
