"""Lập bản thay thế: a later version of an issued report says which one it takes the place of."""

from html import unescape

import pytest

from directives.models import Assignment
from directives.states import Status
from reports.content.composing import compose
from reports.models import Report, ReportState
from reports.snapshots import Snapshot, code_of
from tests.factories import NOW, TODAY, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "woken")]


@pytest.fixture
def issued(make_report, stp, dung):
    AssignmentFactory.create(agency=stp, overdue=True)
    return make_report(by=dung, state=ReportState.DONE, issued_at=NOW, issued_by=dung)


def test_the_later_version_has_the_new_figures_and_names_the_old(issued, stp, dung, client_of, woken):
    AssignmentFactory.create(agency=stp, done=True)
    answer = client_of(dung).post(f"/bao-cao/{issued.pk}/thay-the/")
    later = Report.objects.get(replaces=issued)
    assert answer["Location"] == f"/bao-cao/{later.pk}/"
    assert woken == [later.pk]
    snapshot = Snapshot.from_data(later.snapshot)
    assert (snapshot.totals.given, later.on) == (2, TODAY)
    assert compose(snapshot).text.replaces == (
        f"Báo cáo này thay thế báo cáo mã {code_of(issued.snapshot_hash)} lập lúc 08 giờ 00 ngày 20/02/2023."
    )
    old = Snapshot.from_data(Report.objects.get(pk=issued.pk).snapshot)
    assert old.totals.given == 1


def test_asking_again_leads_to_the_version_that_waits(issued, dung, client_of):
    browser = client_of(dung)
    first = browser.post(f"/bao-cao/{issued.pk}/thay-the/")["Location"]
    Assignment.objects.update(status=Status.IN_PROGRESS)
    assert browser.post(f"/bao-cao/{issued.pk}/thay-the/")["Location"] == first
    page = unescape(browser.get(f"/bao-cao/{issued.pk}/").content.decode())
    assert "Báo cáo này có bản thay thế đang soạn:" in page


def test_it_is_offered_while_the_final_file_is_still_being_made(make_report, dung, giang, client_of):
    issued = make_report(by=dung, issued_at=NOW, issued_by=dung)
    assert issued.state == ReportState.WAITING
    for person, offered in ((dung, True), (giang, False)):
        page = client_of(person).get(f"/bao-cao/{issued.pk}/").content.decode()
        assert (f'action="/bao-cao/{issued.pk}/thay-the/"' in page) == offered


def test_what_was_replaced_is_replaced_no_more(issued, dung, client_of):
    browser = client_of(dung)
    browser.post(f"/bao-cao/{issued.pk}/thay-the/")
    Report.objects.filter(replaces=issued).update(issued_at=NOW, issued_by=dung)
    answer = browser.post(f"/bao-cao/{issued.pk}/thay-the/", follow=True)
    assert "Báo cáo này đã được thay thế." in unescape(answer.content.decode())
    assert list(Report.objects.current()) == [Report.objects.get(replaces=issued)]


def test_a_draft_needs_no_later_version(make_report, dung, client_of):
    draft = make_report(by=dung, state=ReportState.DONE)
    answer = client_of(dung).post(f"/bao-cao/{draft.pk}/thay-the/", follow=True)
    assert "Báo cáo chưa phát hành" in unescape(answer.content.decode())
    assert Report.objects.count() == 1


def test_a_leader_does_not(issued, giang, client_of):
    assert client_of(giang).post(f"/bao-cao/{issued.pk}/thay-the/").status_code == 403
