"""Several processes at the same outbox, or the same history, at the same moment, on either database."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mail.portal import BIN, ROOT, Portal, running_portal
from tests.mail.relay import Relay, running_relay

pytestmark = pytest.mark.services


@pytest.fixture
def server() -> Iterator[Relay]:
    with running_relay() as relay:
        yield relay


@pytest.fixture
def portal(tmp_path: Path, server: Relay) -> Iterator[Portal]:
    with running_portal(tmp_path / "portal", EMAIL_URL=server.url) as one:
        yield one


def at_once(portal: Portal, name: str, times: int = 4) -> list[int]:
    """Play a scene in so many processes that begin at the same moment; what each returned."""
    command = [str(BIN / "python"), "-m", "tests.mail.scene", name, "{}"]
    processes = [
        subprocess.Popen(
            command, cwd=ROOT, env=portal.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(times)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return [int(process.communicate()[0]) for process in processes]


def test_planners_at_once_put_each_message_in_once(portal: Portal) -> None:
    portal.play("due_today", people=20)
    at_once(portal, "plan")
    assert portal.play("counts") == {"notices": 20, "items": 20}


def test_senders_at_once_send_each_message_once(portal: Portal, server: Relay) -> None:
    people = portal.play("due_today", people=20)
    at_once(portal, "plan", times=1)
    assert sum(at_once(portal, "send")) == 20
    assert sorted(message["To"] for message in server.accepted) == sorted(people)
    assert portal.play("states") == ["da-gui"] * 20


def test_sealers_at_once_make_one_chain(portal: Portal) -> None:
    lines = portal.play("lines", number=2500)
    at_once(portal, "seal", times=2)
    assert portal.play("chain") == {"sealed": lines, "waiting": 0, "broken": None}
