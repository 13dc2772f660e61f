"""Dừng: nobody goes on making the file, and it can be taken up again."""

from html import unescape

import pytest

from reports import rendering
from reports.models import ReportState
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.mark.parametrize("state", [ReportState.WAITING, ReportState.RENDERING])
def test_what_is_being_made_is_stopped(state, make_report, dung, client_of):
    report = make_report(by=dung, state=state)
    page = client_of(dung).post(f"/bao-cao/{report.pk}/dung/", follow=True).content.decode()
    report.refresh_from_db()
    assert (report.state, report.lease_until) == (ReportState.STOPPED, None)
    assert "Đã dừng tạo tệp." in unescape(page)
    assert "every 200ms" not in page
    assert rendering.unfinished(now=NOW) == []


def test_its_maker_gives_up_at_the_next_part(make_report, dung, client_of):
    report = make_report(by=dung)
    claimed = rendering.claim(report.pk, now=NOW)
    assert claimed is not None
    client_of(dung).post(f"/bao-cao/{report.pk}/dung/")
    assert not rendering.make(claimed, clock=lambda: NOW)
    report.refresh_from_db()
    assert (report.state, report.file.name) == (ReportState.STOPPED, "")


def test_it_is_taken_up_again_in_a_new_round_of_tries(make_report, dung, client_of, woken):
    report = make_report(by=dung, state=ReportState.STOPPED, attempt=2)
    client_of(dung).post(f"/bao-cao/{report.pk}/lap-lai/")
    report.refresh_from_db()
    assert (report.state, report.attempt, woken) == (ReportState.WAITING, 3, [report.pk])


@pytest.mark.parametrize("fields", [{"state": ReportState.DONE}, {"issued_at": NOW}])
def test_what_is_done_or_issued_is_left_alone(fields, make_report, dung, client_of):
    if "issued_at" in fields:
        fields = fields | {"issued_by": dung}
    report = make_report(by=dung, **fields)
    page = client_of(dung).post(f"/bao-cao/{report.pk}/dung/", follow=True).content.decode()
    before = report.state
    report.refresh_from_db()
    assert report.state == before
    assert "Báo cáo này không còn đang tạo." in unescape(page)


def test_another_agency_gets_404(make_report, stp, chi, client_of):
    assert client_of(chi).post(f"/bao-cao/{make_report(agency=stp).pk}/dung/").status_code == 404
