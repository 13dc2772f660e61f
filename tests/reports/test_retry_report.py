"""Lập lại a report that failed."""

from datetime import timedelta

import pytest

from reports.models import ReportState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_failed_report_is_queued_again_with_the_same_figures(make_report, dung, client_of, woken):
    report = make_report(state=ReportState.FAILED, problem="Hỏng.", attempt=3, parts_done=4, parts_total=12)
    frozen = report.snapshot_hash
    answer = client_of(dung).post(f"/bao-cao/{report.pk}/lap-lai/")
    report.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, f"/bao-cao/{report.pk}/")
    assert woken == [report.pk]
    assert (report.state, report.problem, report.parts_done) == (ReportState.WAITING, "", 0)
    assert report.snapshot_hash == frozen


@pytest.mark.parametrize("state", [ReportState.WAITING, ReportState.RENDERING, ReportState.DONE])
def test_what_has_not_failed_is_left_alone(state, make_report, dung, clock, client_of, woken):
    report = make_report(state=state, lease_until=clock + timedelta(minutes=1))
    answer = client_of(dung).post(f"/bao-cao/{report.pk}/lap-lai/", follow=True)
    report.refresh_from_db()
    assert report.state == state
    assert woken == []
    assert "Báo cáo này không cần lập lại." in answer.content.decode()


def test_another_agency_gets_404(make_report, stp, chi, client_of, woken):
    report = make_report(agency=stp, state=ReportState.FAILED, problem="Hỏng.")
    assert client_of(chi).post(f"/bao-cao/{report.pk}/lap-lai/").status_code == 404
    report.refresh_from_db()
    assert report.state == ReportState.FAILED
    assert woken == []


def test_looking_at_the_address_changes_nothing(make_report, dung, client_of):
    report = make_report(state=ReportState.FAILED, problem="Hỏng.")
    assert client_of(dung).get(f"/bao-cao/{report.pk}/lap-lai/").status_code == 405
