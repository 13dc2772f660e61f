"""Rendering outside the web process: one maker at a time, a dead one is replaced, three deaths are said."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from kombu.exceptions import OperationalError

import directives.tasks
from reports import rendering, snapshots, tasks
from reports.actions import making
from reports.exports import forms
from reports.exports.forms import Forms
from reports.models import TRIES, Report, ReportState
from reports.pdf import Rendered
from tests.factories import NOW, AssignmentFactory
from tests.reports.conftest import MakeReport

pytestmark = [pytest.mark.django_db, pytest.mark.services]

ROOT = Path(__file__).resolve().parents[2]
LATER = NOW + rendering.LEASE + timedelta(seconds=1)
MADE = Forms(Rendered(b"%PDF-1.7 made", 7), b"PK word", b"PK workbook")


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A renderer that takes no time."""
    monkeypatch.setattr(forms, "make", lambda snapshot, edition, progress: MADE)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> Forms:
        raise RuntimeError("out of ink")

    monkeypatch.setattr(forms, "make", fail)


def stored_files() -> list[str]:
    """Names of the files of reports in the storage."""
    found: list[str] = []
    for year in default_storage.listdir("reports")[0] if default_storage.exists("reports") else []:
        for month in default_storage.listdir(f"reports/{year}")[0]:
            found += default_storage.listdir(f"reports/{year}/{month}")[1]
    return sorted(found)


def test_a_waiting_report_gets_its_file(make_report: MakeReport, stp: Any) -> None:
    AssignmentFactory.create(agency=stp, overdue=True)
    waiting = make_report()
    assert rendering.render(waiting.pk, clock=at(NOW))
    report = Report.objects.get(pk=waiting.pk)
    content = Path(report.file.path).read_bytes()
    assert content.startswith(b"%PDF-1.7")
    assert (report.state, report.size, report.finished_at, report.lease_until) == (
        ReportState.DONE,
        len(content),
        NOW,
        None,
    )
    assert report.pages == 3
    assert 0 < report.parts_done == report.parts_total
    made = forms.make(snapshots.Snapshot.from_data(report.snapshot))
    assert content == made.pdf.content
    assert Path(report.word_file.path).read_bytes() == made.word
    assert Path(report.workbook_file.path).read_bytes() == made.workbook


@pytest.mark.usefixtures("quick")
def test_a_report_is_made_once(make_report: MakeReport) -> None:
    report = make_report()
    assert [rendering.render(report.pk, clock=at(NOW)) for _ in range(3)] == [True, False, False]
    report.refresh_from_db()
    assert report.attempt == 1


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("passed", "free"), [(timedelta(0), False), (rendering.LEASE, False), (LATER - NOW, True)])
def test_a_report_is_taken_up_again_when_its_makers_lease_has_ended(
    passed: timedelta, free: bool, make_report: MakeReport
) -> None:
    report = make_report()
    assert rendering.claim(report.pk, now=NOW) is not None  # and its maker dies
    assert rendering.render(report.pk, clock=at(NOW + passed)) == free


def test_three_deaths_are_a_failure_with_a_sentence(make_report: MakeReport) -> None:
    report = make_report()
    moment = NOW
    for _ in range(TRIES):
        assert rendering.claim(report.pk, now=moment) is not None
        moment += rendering.LEASE + timedelta(seconds=1)
    assert rendering.claim(report.pk, now=moment) is None
    assert rendering.fail_abandoned(now=moment) == 1
    report.refresh_from_db()
    assert (report.state, report.attempt, report.lease_until) == (ReportState.FAILED, 3, None)
    assert report.problem == rendering.GAVE_UP
    assert "đã thử 3 lần" in report.problem


@pytest.mark.usefixtures("broken")
def test_an_error_is_tried_again_and_the_third_is_a_failure(
    make_report: MakeReport, caplog: pytest.LogCaptureFixture
) -> None:
    report = make_report()
    states = []
    for _ in range(4):
        assert not rendering.render(report.pk, clock=at(NOW))
        report.refresh_from_db()
        states.append((report.state, report.attempt))
    waiting, failed = ReportState.WAITING, ReportState.FAILED
    assert states == [(waiting, 1), (waiting, 2), (failed, 3), (failed, 3)]
    assert report.problem == rendering.GAVE_UP
    assert caplog.text.count("out of ink") >= 3


@pytest.mark.usefixtures("broken")
def test_a_report_asked_for_again_has_three_more_tries(
    make_report: MakeReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = make_report(state=ReportState.FAILED, attempt=3, problem=rendering.GAVE_UP)
    assert making.retry(report, by=None, now=NOW)
    for _ in range(2):
        rendering.render(report.pk, clock=at(NOW))
    report.refresh_from_db()
    assert (report.state, report.attempt, report.problem) == (ReportState.WAITING, 5, "")
    monkeypatch.setattr(forms, "make", lambda snapshot, edition, progress: MADE)
    assert rendering.render(report.pk, clock=at(NOW))


def test_a_maker_that_was_replaced_stores_nothing(make_report: MakeReport, monkeypatch: pytest.MonkeyPatch) -> None:
    report = make_report()
    before = stored_files()

    def slow(snapshot: Any, edition: Any, progress: Callable[[int, int, int], None]) -> Forms:
        """While it works its lease ends and another maker takes the report up."""
        assert rendering.claim(report.pk, now=LATER) is not None
        return MADE

    monkeypatch.setattr(forms, "make", slow)
    assert not rendering.render(report.pk, clock=at(NOW))
    report.refresh_from_db()
    assert (report.state, report.attempt, report.file.name) == (ReportState.RENDERING, 2, "")
    assert stored_files() == before


def test_a_maker_that_was_replaced_stops_at_its_next_part(
    make_report: MakeReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = make_report()
    parts: list[int] = []

    def slow(snapshot: Any, edition: Any, progress: Callable[[int, int, int], None]) -> Forms:
        for part in range(1, 4):
            parts.append(part)
            progress(part, 3, 0)
            if part == 2:
                assert rendering.claim(report.pk, now=LATER) is not None
        raise AssertionError("went on")

    monkeypatch.setattr(forms, "make", slow)
    assert not rendering.render(report.pk, clock=at(NOW))
    report.refresh_from_db()
    assert parts == [1, 2, 3]
    assert (report.parts_done, report.attempt) == (0, 2)


def test_progress_is_seen_while_the_report_is_made(make_report: MakeReport, monkeypatch: pytest.MonkeyPatch) -> None:
    report = make_report()
    seen = []

    def slow(snapshot: Any, edition: Any, progress: Callable[[int, int, int], None]) -> Forms:
        for part in range(1, 4):
            progress(part, 3, 0)
            seen.append(Report.objects.values_list("parts_done", "parts_total", "state").get(pk=report.pk))
        return MADE

    monkeypatch.setattr(forms, "make", slow)
    assert rendering.render(report.pk, clock=at(NOW))
    assert seen == [(1, 3, "dang-tao"), (2, 3, "dang-tao"), (3, 3, "dang-tao")]


@pytest.mark.usefixtures("quick")
def test_the_tick_takes_up_what_waits_and_what_was_left_oldest_first(make_report: MakeReport) -> None:
    newer, left, older = make_report(), make_report(), make_report()
    Report.objects.filter(pk=older.pk).update(requested_at=NOW - timedelta(hours=1))
    assert rendering.claim(left.pk, now=NOW - timedelta(hours=1)) is not None
    made_before = make_report(state=ReportState.DONE)
    assert set(rendering.unfinished(now=NOW)) == {newer.pk, left.pk, older.pk}
    assert rendering.unfinished(now=NOW)[0] == older.pk
    assert rendering.render_all(clock=at(NOW), within=timedelta(seconds=1)) == 3
    assert rendering.unfinished(now=NOW) == []
    made_before.refresh_from_db()
    assert made_before.attempt == 0


@pytest.mark.usefixtures("quick")
def test_the_tick_leaves_the_rest_to_the_next_when_its_time_is_up(make_report: MakeReport) -> None:
    for _ in range(3):
        make_report()
    clock = iter(NOW + timedelta(seconds=second) for second in range(1000))
    assert rendering.render_all(clock=lambda: next(clock), within=timedelta(seconds=5)) == 1
    assert len(rendering.unfinished(now=NOW)) == 2


# --- Celery -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    sent: list[Any] = []

    def apply_async(args: Any) -> None:
        sent.append(args)

    monkeypatch.setattr(tasks.render_report, "apply_async", apply_async)
    monkeypatch.setitem(directives.tasks._rest, "until", 0.0)
    return sent


def test_a_worker_is_woken_when_the_row_is_committed(
    make_report: MakeReport, published: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    report = make_report()
    with django_capture_on_commit_callbacks(execute=True):
        tasks.wake(report.pk)
        assert published == []
    assert published == [(str(report.pk),)]


def test_a_broker_that_is_away_only_delays(
    make_report: MakeReport, monkeypatch: pytest.MonkeyPatch, caplog: Any, django_capture_on_commit_callbacks: Any
) -> None:
    def away(args: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(tasks.render_report, "apply_async", away)
    monkeypatch.setitem(directives.tasks._rest, "until", 0.0)
    report = make_report()
    with caplog.at_level(logging.WARNING), django_capture_on_commit_callbacks(execute=True):
        tasks.wake(report.pk)
    assert "connection refused" in caplog.text
    assert rendering.unfinished(now=NOW) == [report.pk]


@pytest.mark.usefixtures("quick", "clock")
def test_both_tasks_make_the_report(make_report: MakeReport) -> None:
    first, second = make_report(), make_report()
    tasks.render_report(str(first.pk))
    tasks.render_waiting_reports()
    assert set(Report.objects.values_list("state", flat=True)) == {ReportState.DONE}
    assert {first.pk, second.pk} == set(Report.objects.values_list("pk", flat=True))


def test_a_report_that_is_gone_is_no_error() -> None:
    assert not rendering.render(UUID(int=0), clock=at(NOW))


def test_the_web_process_starts_without_weasyprint() -> None:
    """Pages must open on a machine that lacks Pango; only the worker needs it."""
    look = "import sys, django; django.setup(); import congvan.urls; print('weasyprint' in sys.modules)"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", look], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
