"""The file of a report."""

from urllib.parse import unquote

import pytest

from reports.models import ReportDownload, ReportFormat, ReportKind, ReportState
from reports.snapshots import code_of
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_the_file_is_downloaded_under_a_vietnamese_name_and_kept_by_nobody(make_report, stp, an, client_of):
    report = make_report(agency=stp, kind=ReportKind.OWN, state=ReportState.DONE)
    answer = client_of(an).get(f"/bao-cao/{report.pk}/tep/")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 test"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert {"private", "no-store"} <= {part.strip() for part in answer["Cache-Control"].split(",")}
    name = "Báo cáo kết quả thực hiện nhiệm vụ được giao 01-02-2023 đến 28-02-2023, Sở Tư pháp.pdf"
    assert unquote(answer["Content-Disposition"]) == f"attachment; filename*=utf-8''{name}"


def test_another_agency_gets_404(make_report, stp, chi, client_of):
    report = make_report(agency=stp, kind=ReportKind.OWN, state=ReportState.DONE)
    assert client_of(chi).get(f"/bao-cao/{report.pk}/tep/").status_code == 404


def test_an_agency_gets_404_for_the_report_on_everything(make_report, an, client_of):
    assert client_of(an).get(f"/bao-cao/{make_report(state=ReportState.DONE).pk}/tep/").status_code == 404


@pytest.mark.parametrize("state", [ReportState.WAITING, ReportState.FAILED])
def test_what_is_not_done_has_no_file(state, make_report, dung, client_of):
    assert client_of(dung).get(f"/bao-cao/{make_report(state=state).pk}/tep/").status_code == 404


def test_a_file_lost_from_the_disk_is_404_not_a_crash(make_report, dung, client_of):
    report = make_report(state=ReportState.DONE)
    report.file.storage.delete(report.file.name)
    assert client_of(dung).get(f"/bao-cao/{report.pk}/tep/").status_code == 404


@pytest.mark.parametrize(
    ("form", "content", "kind"),
    [
        (ReportFormat.WORD, b"PK word", "wordprocessingml.document"),
        (ReportFormat.WORKBOOK, b"PK workbook", "spreadsheetml.sheet"),
    ],
)
def test_the_other_forms_are_there_under_the_same_name(form, content, kind, make_report, dung, client_of):
    report = make_report(state=ReportState.DONE)
    answer = client_of(dung).get(f"/bao-cao/{report.pk}/tep/?dang={form}")
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Type"].endswith(kind)
    assert unquote(answer["Content-Disposition"]).endswith(f"01-02-2023 đến 28-02-2023.{form}")


@pytest.mark.parametrize("form", ["exe", "", "pdf/../x"])
def test_an_unknown_form_is_404(form, make_report, dung, client_of):
    report = make_report(state=ReportState.DONE)
    assert client_of(dung).get(f"/bao-cao/{report.pk}/tep/", {"dang": form}).status_code == 404
    assert not ReportDownload.objects.exists()


def test_a_report_made_before_there_were_other_forms_has_none(make_report, dung, client_of):
    report = make_report(state=ReportState.DONE, word_file="")
    assert client_of(dung).get(f"/bao-cao/{report.pk}/tep/?dang=docx").status_code == 404
    page = client_of(dung).get(f"/bao-cao/{report.pk}/").content.decode()
    assert "Tải DOCX" not in page
    assert "Tải XLSX" in page


def test_who_takes_which_file_away_is_written_down(make_report, stp, an, client_of):
    report = make_report(agency=stp, kind=ReportKind.OWN, state=ReportState.DONE)
    browser = client_of(an)
    for form in ("", "?dang=xlsx"):
        assert b"".join(browser.get(f"/bao-cao/{report.pk}/tep/{form}").streaming_content)
    rows = ReportDownload.objects.order_by("pk")
    assert [(row.report, row.format, row.by, row.at) for row in rows] == [
        (report, ReportFormat.PDF, an, NOW),
        (report, ReportFormat.WORKBOOK, an, NOW),
    ]
    assert {row.code for row in rows} == {code_of(report.snapshot_hash)}
    page = browser.get(f"/bao-cao/{report.pk}/").content.decode()
    assert "Lượt tải gần đây" in page
    assert "XLSX: " in page


def test_what_is_refused_is_not_written_down(make_report, stp, chi, client_of):
    report = make_report(agency=stp, state=ReportState.DONE)
    client_of(chi).get(f"/bao-cao/{report.pk}/tep/?dang=docx")
    assert not ReportDownload.objects.exists()
