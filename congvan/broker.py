"""The embedded broker: kombu's filesystem transport, made safe for a reader that looks while a writer writes.

kombu writes messages and its table of queues into their final names, so that a worker may read them half-written, and
what cannot be read ends the worker. Here files appear by a rename, complete or not at all; whoever removes a message's
file has it; and what a power cut left unreadable is thrown away with a warning (the rows are the queue, the next tick
finds them).
"""

from __future__ import annotations

import fcntl
import logging
import os
import uuid
from pathlib import Path
from queue import Empty
from time import time_ns
from typing import Any

from kombu.transport import filesystem
from kombu.transport.filesystem import exchange_queue_t
from kombu.utils.json import dumps, loads

logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    def get_table(self, exchange: str) -> list[exchange_queue_t]:
        try:
            return [exchange_queue_t(*row) for row in loads(self._exchange_file(exchange).read_text(encoding="utf-8"))]
        except FileNotFoundError:
            return []
        except ValueError:
            return []  # left by a power cut; every queue is bound again when its worker starts

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        row = exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with (self.control_folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            table = self.get_table(exchange)
            if row not in table:
                _write(self._exchange_file(exchange), dumps([row, *table]))

    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]  # as kombu's
        name = f"{time_ns():020d}_{uuid.uuid4()}.{queue}.msg"
        _write(Path(self.data_folder_out) / name, dumps(payload))

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        for name in sorted(os.listdir(self.data_folder_in)):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            text = _take(Path(self.data_folder_in) / name)
            if text is None:
                continue
            try:
                payload: dict[str, Any] = loads(text)
            except ValueError:
                logger.warning("Threw away %s: it is not a message.", name)
                continue
            return payload
        raise Empty


def _write(path: Path, text: str) -> None:
    """All of the text under that name at once, or nothing."""
    unfinished = path.with_name(f"{uuid.uuid4()}.new")
    unfinished.write_text(text, encoding="utf-8")
    os.replace(unfinished, path)


def _take(path: Path) -> str | None:
    """The text of a message nobody else has taken: whoever removes the file has it."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
        path.unlink()
    except FileNotFoundError:
        return None
    return text


class Transport(filesystem.Transport):
    Channel = Channel
