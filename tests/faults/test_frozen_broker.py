"""Redis is disposable: while it is frozen or gone no page waits for it twice (RELIABILITY, R4)."""

from __future__ import annotations

import os
import secrets
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import redis

from scripts.services import NotAvailable, program, redis_server
from tests.mail.portal import running_portal

pytestmark = [pytest.mark.services, pytest.mark.faults]


@pytest.fixture
def own_redis() -> Iterator[str]:
    """A Redis server that belongs to this test alone; its URL."""
    try:
        program("redis-server")
    except NotAvailable as reason:
        pytest.skip(str(reason))
    with TemporaryDirectory(prefix="redis-") as folder:
        Path(folder).chmod(0o777)  # as root the server runs as another user
        with redis_server(Path(folder), secrets.token_hex(8)) as url:
            yield url


@pytest.fixture
def harm(own_redis: str) -> Iterator[Callable[[signal.Signals], None]]:
    """Sends a signal to that server; a frozen one is thawed at the end."""
    with redis.Redis.from_url(own_redis) as client:
        pid = int(client.info("server")["process_id"])
    yield lambda number: os.kill(pid, number)
    os.kill(pid, signal.SIGCONT)


@pytest.mark.parametrize("how", [signal.SIGSTOP, signal.SIGTERM], ids=["frozen", "gone"])
def test_at_most_one_of_fifty_pages_waits_and_that_one_not_long(
    tmp_path: Path, own_redis: str, harm: Callable[[signal.Signals], None], how: signal.Signals
) -> None:
    with running_portal(tmp_path / "portal", REDIS_URL=own_redis) as portal:
        harm(how)
        took = portal.play("wake", times=50)
    assert sum(seconds > 1 for seconds in took) <= 1
    assert max(took) < 6
