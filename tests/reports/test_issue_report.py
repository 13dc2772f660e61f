"""Phát hành: a draft becomes final."""

from html import unescape

import pytest

from reports.content.edition import Edition
from reports.models import ReportState
from tests.factories import NOW, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def draft(make_report, stp, dung):
    AssignmentFactory.create(agency=stp, overdue=True)
    return make_report(by=dung, state=ReportState.DONE)


def test_an_officer_issues_it_and_its_final_file_is_made(draft, dung, client_of, woken):
    answer = client_of(dung).post(f"/bao-cao/{draft.pk}/phat-hanh/", {"seen": 0})
    draft.refresh_from_db()
    assert answer.status_code == 302
    assert (draft.issued_at, draft.issued_by, draft.state) == (NOW, dung, ReportState.WAITING)
    assert Edition.from_data(draft.edition).is_final
    assert woken == [draft.pk]
    page = unescape(client_of(dung).get(f"/bao-cao/{draft.pk}/").content.decode())
    assert "08:00 ngày 20/02/2023, Trần Văn Dũng" in page
    assert "Lần 1: Trần Văn Dũng, 08:00 ngày 20/02/2023 (phát hành)" in page
    assert "Dừng</button>" not in page


@pytest.mark.parametrize(
    ("state", "seen", "sentence"),
    [
        (ReportState.WAITING, "0", "Chờ tạo xong tệp, đọc lại rồi mới phát hành."),
        (ReportState.DONE, "1", "Chưa phát hành: nội dung vừa được người khác sửa."),
        (ReportState.DONE, "", "Chưa phát hành: nội dung vừa được người khác sửa."),
    ],
)
def test_what_nobody_has_read_is_not_issued(state, seen, sentence, draft, dung, client_of, woken):
    draft.state = state
    draft.save()
    answer = client_of(dung).post(f"/bao-cao/{draft.pk}/phat-hanh/", {"seen": seen}, follow=True)
    draft.refresh_from_db()
    assert sentence in unescape(answer.content.decode())
    assert (draft.issued_at, woken) == (None, [])


def test_it_is_issued_once(draft, dung, client_of, woken):
    browser = client_of(dung)
    browser.post(f"/bao-cao/{draft.pk}/phat-hanh/", {"seen": 0})
    answer = browser.post(f"/bao-cao/{draft.pk}/phat-hanh/", {"seen": 1}, follow=True)
    assert "Báo cáo đã phát hành, không sửa được." in unescape(answer.content.decode())
    assert woken == [draft.pk]


def test_an_agency_reads_what_was_issued_about_it_and_no_draft(make_report, stp, an, dung, client_of, woken):
    report = make_report(agency=stp, by=dung, state=ReportState.DONE)
    assert client_of(an).get(f"/bao-cao/{report.pk}/").status_code == 404
    client_of(dung).post(f"/bao-cao/{report.pk}/phat-hanh/", {"seen": 0})
    assert client_of(an).get(f"/bao-cao/{report.pk}/").status_code == 200


def test_a_leader_and_another_agency_do_not_issue(draft, giang, chi, client_of):
    assert client_of(giang).post(f"/bao-cao/{draft.pk}/phat-hanh/").status_code == 403
    assert client_of(chi).post(f"/bao-cao/{draft.pk}/phat-hanh/").status_code == 404
