"""R1: a due reminder reaches the relay exactly once, whatever dies on the way (RELIABILITY).

FAULT_REMINDERS, FAULT_COUNT and FAULT_SEED in the environment make a longer run, or repeat one.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.fire import Fire
from tests.faults.pace import RELAY_IDLE
from tests.mail.portal import PATIENCE, Portal, running_portal, wait_until
from tests.mail.relay import Relay, running_relay

pytestmark = [pytest.mark.services, pytest.mark.faults]
ON_SERVERS = bool(os.environ.get("REDIS_URL"))
REMINDERS = int(os.environ.get("FAULT_REMINDERS", "500" if ON_SERVERS else "120"))
FAULTS = int(os.environ.get("FAULT_COUNT", "100" if ON_SERVERS else "25"))


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[Relay]:
    with running_relay() as server:
        server.idle = RELAY_IDLE
        server.log = tmp_path / "mail.log"
        server.log.touch()
        yield server


def portal_for(folder: Path, relay: Relay, **environment: str) -> Iterator[Portal]:
    with running_portal(
        folder,
        DJANGO_SETTINGS_MODULE="tests.faults.settings",
        EMAIL_URL=relay.url,
        MAIL_LOG=str(relay.log),
        **environment,
    ) as portal:
        portal.application = "tests.faults.harsh"
        yield portal


@pytest.fixture
def portal(tmp_path: Path, relay: Relay) -> Iterator[Portal]:
    yield from portal_for(tmp_path / "portal", relay)


@pytest.fixture
def naive_portal(tmp_path: Path, relay: Relay) -> Iterator[Portal]:
    yield from portal_for(tmp_path / "portal", relay, NAIVE="1")


def burn(portal: Portal, relay: Relay, reminders: int, faults: int, *, stop_at_double: bool = False) -> Counter[str]:
    """Let so many reminders go out under so many faults; how often each Message-ID was accepted."""
    seed = int(os.environ.get("FAULT_SEED", random.randrange(10**6)))
    people = portal.play("due_today", people=reminders)
    fire = Fire(portal, relay, seed)

    def settled() -> bool:
        states = portal.states()
        return states.get("da-gui", 0) + states.get("bi-tra", 0) == reminders

    def over() -> bool:
        return settled() or (stop_at_double and _doubled(_accepted(relay)) > 0)

    try:
        wait_until(lambda: relay.accepted, "the first mail")
        fire.rage(faults, over)
        fire.die_down()
        wait_until(over, "every reminder is settled", seconds=PATIENCE + reminders / 5)
    finally:
        accepted = _accepted(relay)
        lost = set(people) - {message["To"] for message in relay.accepted}
        print(
            f"seed {seed}: due {reminders}, accepted {len(accepted)}, lost {len(lost)}, doubled {_doubled(accepted)}, "
            f"faults {fire.done.total()} {dict(fire.done)}, states {portal.states()}"
        )
    return accepted


def _accepted(relay: Relay) -> Counter[str]:
    return Counter(str(message["Message-ID"]) for message in list(relay.accepted))


def _doubled(accepted: Counter[str]) -> int:
    return sum(times > 1 for times in accepted.values())


def test_nothing_is_lost_and_nothing_is_doubled(portal: Portal, relay: Relay) -> None:
    accepted = burn(portal, relay, REMINDERS, FAULTS)
    assert len(accepted) == REMINDERS
    assert set(accepted.values()) == {1}
    assert portal.states() == {"da-gui": REMINDERS}


def test_the_same_fire_finds_out_a_sender_without_the_dot(naive_portal: Portal, relay: Relay) -> None:
    accepted = burn(naive_portal, relay, 300, 100, stop_at_double=True)
    assert _doubled(accepted)
