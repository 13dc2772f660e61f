"""The whole way of a reminder with real parts: beat, broker, worker, database, mail server."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.mail.portal import Portal, children, running_portal, wait_until
from tests.mail.relay import Relay, running_relay

pytestmark = pytest.mark.services
SENT = "directives.tasks.send_notices"


@pytest.fixture
def server() -> Iterator[Relay]:
    with running_relay() as relay:
        yield relay


@pytest.fixture
def portal(tmp_path: Path, server: Relay) -> Iterator[Portal]:
    with running_portal(tmp_path / "portal", EMAIL_URL=server.url, SITE_URL="https://chidao.langson.example") as one:
        yield one


def rounds(portal: Portal, worker: str = "worker") -> int:
    """How often the worker has gone through the outbox."""
    return sum(SENT in line and "succeeded" in line for line in portal.log(worker).splitlines())


def _more_rounds(portal: Portal, before: int) -> bool:
    return rounds(portal) >= before + 2


def test_reminders_arrive_once_with_two_workers_and_two_beats(portal: Portal, server: Relay) -> None:
    people = portal.play("due_today", people=3)
    workers = ["worker-1", "worker-2"]
    for name in workers:
        portal.worker(name)
    portal.beat("beat-1")
    portal.beat("beat-2")
    wait_until(lambda: len(server.accepted) >= len(people), "three mails")
    before = sum(rounds(portal, name) for name in workers)
    wait_until(lambda: sum(rounds(portal, name) for name in workers) >= before + 6, "six more rounds")
    assert sorted(message["To"] for message in server.accepted) == sorted(people)
    assert portal.play("states") == ["da-gui"] * 3

    message = server.accepted[0]
    assert message["Subject"].strip().startswith("Nhắc hạn: «Tham mưu phương án kinh phí» – hạn ")
    for part in message.iter_parts():
        assert "Kính gửi anh/chị Nông Thị Ước – Sở Thử nghiệm" in part.get_content()
        assert "https://chidao.langson.example/viec/" in part.get_content()
    for name in workers:
        assert not [line for line in portal.log(name).splitlines() if "ERROR" in line or "CRITICAL" in line]


def test_while_both_beats_are_dead_all_waits_and_any_beat_started_again_catches_up(
    portal: Portal, server: Relay
) -> None:
    portal.worker()
    beats = [portal.beat("beat-1"), portal.beat("beat-2")]
    wait_until(lambda: rounds(portal) >= 2, "two rounds")
    for beat in beats:
        os.killpg(beat.pid, signal.SIGKILL)
        beat.wait()
    wait_until(_nothing_new(lambda: rounds(portal)), "the worker has nothing left to do")
    people = portal.play("due_today", people=3)
    wait_until(_nothing_new(lambda: len(server.accepted)), "nobody wakes the worker")
    assert server.accepted == []
    portal.beat("beat-3")
    wait_until(lambda: len(server.accepted) >= len(people), "three mails")
    before = rounds(portal)
    wait_until(lambda: rounds(portal) >= before + 3, "three more rounds")
    assert sorted(message["To"] for message in server.accepted) == sorted(people)


def test_a_worker_whose_idle_children_are_killed_one_after_another_goes_on(portal: Portal, server: Relay) -> None:
    worker = portal.worker()
    portal.beat()
    wait_until(lambda: rounds(portal) >= 2, "two rounds")
    for _ in range(4):  # the one that holds the pipe is among them
        os.kill(children(worker)[0], signal.SIGKILL)
        wait_until(partial(_more_rounds, portal, rounds(portal)), "two more rounds")
    people = portal.play("due_today", people=3)
    wait_until(lambda: len(server.accepted) >= len(people), "three mails")


def _nothing_new(count: Callable[[], int], looks: int = 20) -> Callable[[], bool]:
    """True once a number has stood still for so many looks, which are a tenth of a second apart."""
    seen: list[int] = []

    def is_still() -> bool:
        seen.append(count())
        return len(seen) > looks and len(set(seen[-looks:])) == 1

    return is_still


@pytest.mark.skipif(bool(os.environ.get("REDIS_URL")), reason="about the embedded broker's folder")
def test_a_worker_survives_what_a_power_cut_left_in_the_brokers_folder(portal: Portal, server: Relay) -> None:
    queue = portal.folder / "broker/queue"
    queue.mkdir(parents=True)
    for name, content in {"1_a.celery.msg": "", "2_b.celery.msg": '{"body": "W1td', "3_c.new": ""}.items():
        (queue / name).write_text(content)
    portal.play("due_today", people=1)
    portal.worker()
    portal.beat()
    wait_until(lambda: len(server.accepted) == 1, "a mail")
    assert "Threw away 1_a.celery.msg" in portal.log("worker")
    assert "Threw away 2_b.celery.msg" in portal.log("worker")


def test_what_piled_up_while_no_worker_ran_does_no_harm(portal: Portal, server: Relay) -> None:
    portal.play("due_today", people=1)
    portal.beat()
    wait_until(lambda: portal.log("beat").count("Sending due task") >= 8, "messages that nobody takes")
    portal.worker()
    wait_until(lambda: len(server.accepted) == 1, "a mail")
    before = rounds(portal)
    wait_until(lambda: rounds(portal) >= before + 8, "eight more rounds")
    assert len(server.accepted) == 1
