"""Of very many assignments the figures are taken by whoever makes the file; the page that asks is answered at once."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from reports import rendering, snapshots
from reports.actions import editions, making
from reports.exports import forms
from reports.exports.forms import Forms
from reports.models import TRIES, Report, ReportState
from reports.pdf import Rendered
from reports.queries import Figures
from reports.snapshots import freezing
from tests.factories import NOW, TODAY, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "woken")]

URL = "/bao-cao/"
FEBRUARY = {"tu": "1/2/2023", "den": "28/2/2023"}
LATER = NOW + timedelta(minutes=7)


@pytest.fixture(autouse=True)
def many(monkeypatch):
    """Whatever is counted is too much to wait for; a file takes no time."""
    monkeypatch.setattr(freezing, "AT_ONCE", 0)
    made = Forms(Rendered(b"%PDF-1.7 made", 7), b"PK word", b"PK workbook")
    monkeypatch.setattr(forms, "make", lambda snapshot, edition, progress: made)


@pytest.fixture
def ask(client_of, stp):
    """Ask as somebody; the row that stands for it."""
    AssignmentFactory.create(agency=stp, overdue=True)

    def post(person):
        answer = client_of(person).post(URL, FEBRUARY)
        return Report.objects.get(pk=re.findall(r"[0-9a-f-]{36}", answer["Location"])[0])

    return post


def make(report, at=LATER):
    done = rendering.render(report.pk, clock=lambda: at)
    report.refresh_from_db()
    return done


def text_of(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_asking_reads_no_figures(ask, dung, monkeypatch):
    monkeypatch.setattr(freezing, "take", lambda *_, **__: pytest.fail("figures were taken in the web process"))
    report = ask(dung)
    assert (report.state, report.snapshot, report.taken_at, report.on) == (ReportState.WAITING, None, None, TODAY)


def test_its_page_tells_what_was_asked_and_offers_nothing_that_needs_figures(ask, dung, client_of):
    report, browser = ask(dung), client_of(dung)
    words = text_of(browser.get(f"{URL}{report.pk}/"))
    assert "Số liệu đến lấy khi bắt đầu tạo" in words
    assert "Số liệu trong báo cáo" not in words
    for action in ("sua", "tep"):
        assert browser.get(f"{URL}{report.pk}/{action}/").status_code == 404
    assert browser.post(f"{URL}{report.pk}/phat-hanh/").status_code == 404
    assert browser.get(f"{URL}so-sanh/?truoc={report.pk}&sau={report.pk}").status_code == 404
    assert "Chờ tạo" in text_of(browser.get(URL))


def test_the_moment_that_is_printed_is_when_the_figures_were_taken(ask, dung, stp, client_of):
    report = ask(dung)
    AssignmentFactory.create(agency=stp, done=True)
    assert make(report)
    assert (report.state, report.taken_at, report.requested_at) == (ReportState.DONE, LATER, NOW)
    snapshot = snapshots.Snapshot.from_data(report.snapshot)
    assert (snapshot.taken_at, snapshot.hash, snapshot.content_key) == (LATER, report.snapshot_hash, report.content_key)
    assert snapshot.totals == Figures(open_overdue=1, done_on_time=1)
    assert "Số liệu đến 08:07 ngày 20/02/2023" in text_of(client_of(dung).get(f"{URL}{report.pk}/"))


def test_two_who_ask_the_same_wait_for_one_report(ask, dung, giang):
    assert ask(dung) == ask(giang)
    assert Report.objects.count() == 1


def test_what_turns_out_to_be_said_already_leads_there(ask, dung, giang, client_of):
    first = ask(dung)
    assert make(first)
    second = Report.objects.get(pk=_again(client_of(giang)))
    assert second != first
    assert not make(second)
    assert (second.state, second.same_as, second.snapshot) == (ReportState.SAME, first, None)
    browser = client_of(giang)
    assert browser.get(f"{URL}{second.pk}/")["Location"] == f"{URL}{first.pk}/"
    part = browser.get(f"{URL}{second.pk}/?so-lieu=cho", headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == f"{URL}{first.pk}/"
    assert [report for report, _ in browser.get(URL).context["made"]] == [first]
    assert browser.post(f"{URL}{second.pk}/lap-lai/").status_code == 302
    second.refresh_from_db()
    assert second.state == ReportState.SAME


def _again(browser):
    return browser.post(URL, FEBRUARY)["Location"].split("/")[-2]


def test_the_one_that_is_said_already_is_made_if_its_making_had_been_stopped(ask, dung, client_of):
    first = ask(dung)
    assert make(first)
    Report.objects.filter(pk=first.pk).update(state=ReportState.STOPPED)
    second = Report.objects.get(pk=_again(client_of(dung)))
    make(second)
    first.refresh_from_db()
    assert (first.state, second.state) == (ReportState.DONE, ReportState.SAME)


def test_the_same_again_after_something_was_done_is_another_report(ask, dung, stp, client_of):
    first = ask(dung)
    make(first)
    AssignmentFactory.create(agency=stp)
    second = Report.objects.get(pk=_again(client_of(dung)))
    assert make(second)
    assert second.snapshot_hash != first.snapshot_hash


def test_a_maker_that_dies_before_the_figures_are_there_is_replaced_and_the_third_is_a_failure(ask, dung):
    report, moment = ask(dung), NOW
    for _ in range(TRIES):
        assert rendering.claim(report.pk, now=moment) is not None
        moment += rendering.LEASE + timedelta(seconds=1)
    assert not make(report, moment)
    assert (report.state, report.problem, report.snapshot) == (ReportState.FAILED, rendering.GAVE_UP, None)
    assert making.retry(report, by=dung, now=moment)
    assert make(report, moment)
    assert report.taken_at == moment


def test_a_maker_whose_lease_has_ended_while_it_read_keeps_nothing(ask, dung, monkeypatch):
    report = ask(dung)
    late = NOW + rendering.LEASE + timedelta(seconds=1)

    def slow(asked, *, now):
        assert rendering.claim(report.pk, now=late) is not None
        return snapshots.take(asked, now=now)

    monkeypatch.setattr(freezing, "take", slow)
    assert not make(report, NOW)
    assert (report.attempt, report.state, report.snapshot) == (2, ReportState.RENDERING, None)


def test_it_can_be_stopped_while_it_waits_and_taken_up_by_asking_again(ask, dung, client_of):
    report, browser = ask(dung), client_of(dung)
    browser.post(f"{URL}{report.pk}/dung/")
    assert "Đã dừng tạo tệp. Số liệu chưa được lấy." in text_of(browser.get(f"{URL}{report.pk}/"))
    assert not make(report)
    assert _again(browser) == str(report.pk)
    assert make(report)


def test_a_page_opened_before_the_figures_were_taken_is_opened_anew(ask, dung, client_of):
    report, browser = ask(dung), client_of(dung)
    address = f"{URL}{report.pk}/"
    assert "?so-lieu=cho" in browser.get(address).content.decode()
    waiting = browser.get(f"{address}?so-lieu=cho", headers={"HX-Request": "true"})
    assert "HX-Refresh" not in waiting.headers
    Report.objects.filter(pk=report.pk).update(state=ReportState.RENDERING)
    assert "Đang lấy số liệu…" in text_of(browser.get(address))
    Report.objects.filter(pk=report.pk).update(state=ReportState.WAITING)
    make(report)
    assert browser.get(f"{address}?so-lieu=cho", headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "so-lieu=cho" not in browser.get(address).content.decode()


def test_a_tick_without_a_worker_takes_the_figures_too(ask, dung):
    report = ask(dung)
    call_command("tick")
    report.refresh_from_db()
    assert (report.state, report.taken_at is not None) == (ReportState.DONE, True)


def test_a_correction_waits_for_its_figures_too_and_is_one(ask, dung):
    issued = ask(dung)
    make(issued)
    editions.issue(issued, by=dung, now=LATER, seen=0)
    later = editions.correct(issued, by=dung, now=LATER, today=TODAY)
    assert editions.correct(issued, by=dung, now=LATER, today=TODAY) == later
    assert later.taken_at is None
    assert make(later)
    replaced = snapshots.Snapshot.from_data(later.snapshot).replaces
    assert replaced == snapshots.Replaced(snapshots.code_of(issued.snapshot_hash), LATER)


@pytest.mark.parametrize(
    "halves",
    [
        {"snapshot_hash": "a" * 64},
        {"taken_at": NOW},
        {"state": ReportState.SAME},
        {"state": ReportState.DONE, "file": "x.pdf", "finished_at": NOW},
    ],
)
def test_figures_are_kept_whole_or_not_at_all(halves, ask, dung):
    report = ask(dung)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**halves)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(same_as=uuid4())
