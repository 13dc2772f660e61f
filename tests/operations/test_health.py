"""Ready, degraded with its reasons, failed; metrics for a monitor; the page that says what runs."""

from __future__ import annotations

import shutil
import socket
from datetime import timedelta
from time import monotonic
from types import SimpleNamespace

import pytest
from django.db import DatabaseError

from congvan import health
from directives import tasks
from directives.actions.ticks import record_tick
from directives.chain import code_of
from directives.models import HistorySeal, Notice, NoticeKind, NoticeState, Tick, TickName
from tests.directives.sealed import sealed_history, write_lines
from tests.factories import NOW, TODAY, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
READY = "/health/ready"


@pytest.fixture
def beating(db):
    for name in TickName:
        record_tick(name, by="may-1 (Celery)", now=NOW - timedelta(seconds=50))


@pytest.fixture
def silent():
    """A server that takes connections and says nothing, as a frozen one does."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def waiting(an, minutes):
    return Notice.objects.create(
        recipient=an,
        kind=NoticeKind.REMINDER,
        occasion=TODAY,
        created_at=NOW,
        next_at=NOW - timedelta(minutes=minutes),
        message_id="<1@langson.example>",
    )


# --- ready ------------------------------------------------------------------------------------------------------------
def test_when_everything_runs_it_is_ready(client, beating):
    response = client.get(READY)
    assert response.status_code == 200
    assert response.json() == {"status": "ready", "failed": {}, "degraded": {}}
    assert "no-store" in response.headers["Cache-Control"]


def test_two_dead_beats_show_within_three_minutes(client, beating):
    Tick.objects.update(at=NOW - timedelta(seconds=149))
    assert client.get(READY).json()["status"] == "ready"
    Tick.objects.update(at=NOW - timedelta(seconds=180))
    response = client.get(READY)
    assert (response.status_code, response.json()["degraded"]) == (200, {"tick": "180 s old"})


def test_one_kind_of_work_that_stopped_is_enough(client, beating):
    Tick.objects.filter(name=TickName.SEND).update(at=NOW - timedelta(hours=1))
    assert client.get(READY).json()["degraded"] == {"tick": "3600 s old"}


def test_what_never_ran_is_named(client):
    assert client.get(READY).json()["degraded"] == {"tick": "never ran: lap-nhac, gui-thu, niem-phong"}


def test_a_mail_that_waits_too_long_is_told(client, beating, an):
    waiting(an, 14)
    assert client.get(READY).json()["status"] == "ready"
    Notice.objects.update(next_at=NOW - timedelta(minutes=16))
    assert client.get(READY).json()["degraded"] == {"pending": "oldest 960 s past its time"}


def test_a_frozen_redis_and_relay_are_named_and_hold_nobody_up(client, beating, settings, silent):
    settings.REDIS_URL = f"redis://127.0.0.1:{silent}/0"
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "directives.smtp.EmailBackend",
        "127.0.0.1",
        silent,
    )
    begun = monotonic()
    response = client.get(READY)
    assert (response.status_code, sorted(response.json()["degraded"])) == (200, ["redis", "smtp"])
    assert monotonic() - begun < 10 * health.ANSWER_WITHIN


def test_servers_that_are_gone_are_named(client, beating, settings):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    settings.REDIS_URL = f"redis://127.0.0.1:{port}/0"
    assert client.get(READY).json()["degraded"] == {"redis": "ConnectionRefusedError"}


def test_without_its_database_it_has_failed_and_says_no_more(client, monkeypatch):
    def broken():
        raise DatabaseError("connection to postgres://congvan:secret@db failed")

    monkeypatch.setattr(health, "_database", broken)
    response = client.get(READY)
    assert response.status_code == 503
    assert response.json()["failed"] == {"database": "DatabaseError"}
    assert "secret" not in response.text


def test_missing_migrations_a_full_disk_and_a_lost_folder_fail(client, monkeypatch, settings, tmp_path):
    monkeypatch.setattr(
        "django.db.migrations.executor.MigrationExecutor.migration_plan", lambda self, targets: ["one", "two"]
    )
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=3 * 2**20))
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    response = client.get(READY)
    assert response.status_code == 503
    assert response.json()["failed"] == {
        "disk": "3 MB left",
        "media": "NotADirectoryError",
        "migrations": "2 not applied",
    }


def test_live_asks_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/health/live").text == "ok\n"


# --- the heartbeat ----------------------------------------------------------------------------------------------------
def test_every_task_that_repeats_leaves_its_beat(db):
    tasks.queue_due_reminders()
    tasks.send_notices()
    tasks.seal_history()
    assert {tick.name: tick.at for tick in Tick.objects.all()} == dict.fromkeys(TickName, NOW)
    assert all(tick.by.endswith("(Celery)") for tick in Tick.objects.all())


def test_the_last_run_takes_the_place_of_the_one_before(db):
    for minute in (2, 1):
        record_tick(TickName.SEND, by="may-1", now=NOW - timedelta(minutes=minute))
    assert Tick.objects.get().at == NOW - timedelta(minutes=1)


# --- metrics ----------------------------------------------------------------------------------------------------------
def test_a_monitor_on_this_machine_reads_the_figures(client, beating, an, stp):
    waiting(an, 5)
    AssignmentFactory.create_batch(2, agency=stp)
    AssignmentFactory.create(agency=stp, done=True)
    response = client.get("/metrics")
    assert response.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = response.text.splitlines()
    for line in (
        "# TYPE congvan_tick_age_seconds gauge",
        'congvan_tick_age_seconds{name="gui-thu"} 50',
        "congvan_ticks_never_run 0",
        "congvan_oldest_pending_seconds 300",
        f'congvan_notices{{state="{NoticeState.PENDING}"}} 1',
        f'congvan_notices{{state="{NoticeState.BOUNCED}"}} 0',
        'congvan_reports{state="da-xong"} 0',
        "congvan_open_assignments 2",
        "congvan_history_unsealed 0",
    ):
        assert line in lines, line


@pytest.mark.parametrize(
    "asked", [{"REMOTE_ADDR": "203.0.113.7"}, {"REMOTE_ADDR": ""}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}]
)
def test_nobody_else_does(client, beating, asked):
    assert client.get("/metrics", **asked).status_code == 403


def test_with_a_token_only_who_shows_it(client, beating, settings):
    settings.METRICS_TOKEN = "mã bí mật"
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer sai").status_code == 403
    settings.METRICS_TOKEN = "bi-mat"
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer bi-mat", REMOTE_ADDR="203.0.113.7").status_code == 200


# --- the page ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("person", ["dung", "quan"])
def test_the_page_says_when_what_last_ran_and_by_whom(client_of, request, person, beating):
    text = client_of(request.getfixturevalue(person)).get("/tinh-trang/").text
    assert "Mọi phần làm việc bình thường." in text
    assert "07:59:10 20/02/2023" in text
    assert "may-1 (Celery)" in text


def test_the_page_says_what_stopped(client_of, quan, beating):
    Tick.objects.filter(name=TickName.SEND).delete()
    text = client_of(quan).get("/tinh-trang/").text
    assert "chưa chạy lần nào" in text
    assert 'Việc chạy định kỳ <span class="muted small" lang="en">(never ran: gui-thu)</span>' in text


def test_the_page_shows_the_head_of_the_history_and_what_waits(client_of, quan, dung, beating):
    assert "chưa có</td>" in client_of(quan).get("/tinh-trang/").text
    sealed_history(dung)
    write_lines(AssignmentFactory.create(), dung, range(30, 32))
    head = HistorySeal.objects.head()
    text = client_of(quan).get("/tinh-trang/").text
    assert '<th scope="row">Đã niêm phong</th><td>30 dòng</td>' in text
    assert '<th scope="row">Đang chờ</th><td>2 dòng</td>' in text
    assert '<th scope="row">Lần cuối</th><td>11:24:00 20/02/2023</td>' in text
    assert code_of(head) in text
    assert head in text
