"""The embedded broker: nobody ever reads half of what another writes, and each message has one taker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from queue import Empty
from threading import Thread

import pytest
from kombu.connection import Connection

from congvan.broker import Channel

MESSAGES = 500


@pytest.fixture
def channel(tmp_path: Path) -> Callable[[], Channel]:
    """New channels that share one folder, as processes do."""
    for name in ("queue", "control"):
        (tmp_path / name).mkdir()
    options = {
        "data_folder_in": str(tmp_path / "queue"),
        "data_folder_out": str(tmp_path / "queue"),
        "control_folder": str(tmp_path / "control"),
    }

    def new() -> Channel:
        connection = Connection(
            "filesystem://localhost//", transport="congvan.broker:Transport", transport_options=options
        )
        found = connection.default_channel
        assert isinstance(found, Channel)
        return found

    return new


def run_at_once(*works: Callable[[], None]) -> None:
    threads = [Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_each_message_is_taken_whole_and_once(channel: Callable[[], Channel]) -> None:
    taken: Counter[int] = Counter()

    def put() -> None:
        mine = channel()
        for number in range(MESSAGES):
            mine._put("celery", {"number": number, "filling": "x" * 2000})

    def take() -> None:
        mine = channel()
        while taken.total() < MESSAGES:
            try:
                taken[mine._get("celery")["number"]] += 1
            except Empty:
                continue

    run_at_once(put, take, take)
    assert taken == Counter(range(MESSAGES))


def test_tables_of_queues_are_read_whole_and_lose_nothing(channel: Callable[[], Channel]) -> None:
    names = [f"work{number}" for number in range(200)]

    def bind(queue: str) -> None:
        mine = channel()
        for name in names:
            mine._queue_bind(name, queue, "", queue)

    def read() -> None:
        mine = channel()
        for name in names:
            while not mine.get_table(name):
                continue

    run_at_once(lambda: bind("a"), lambda: bind("b"), read)
    one = channel()
    found = {name: len(one.get_table(name)) for name in names}
    assert found == dict.fromkeys(names, 2)


def test_messages_come_in_the_order_they_were_put_in(channel: Callable[[], Channel]) -> None:
    one = channel()
    for number in range(12):
        one._put("celery", {"number": number})
    assert [one._get("celery")["number"] for _ in range(12)] == list(range(12))


def test_other_queues_messages_are_left_alone(channel: Callable[[], Channel]) -> None:
    one = channel()
    one._put("other", {})
    with pytest.raises(Empty):
        one._get("celery")


def test_what_cannot_be_read_is_thrown_away(channel: Callable[[], Channel], tmp_path: Path) -> None:
    (tmp_path / "queue/00_a.celery.msg").write_text("")
    (tmp_path / "control/work.exchange").write_text('[["a"')
    one = channel()
    one._put("celery", {"number": 1})
    one._queue_bind("work", "b", "", "b")
    assert one._get("celery") == {"number": 1}
    assert [row.queue for row in one.get_table("work")] == ["b"]
    assert not list((tmp_path / "queue").iterdir())
