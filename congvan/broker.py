"""The embedded broker: kombu's filesystem transport, made safe for a reader that looks while a writer writes.

kombu writes a message into its final name, so that a worker may fetch it half-written, and a message that cannot be
read ends the worker. Here a message appears by a rename, complete or not at all; whoever removes its file has it; and
what a power cut left unreadable is thrown away with a warning (the rows are the queue, the next tick finds them).
"""

from __future__ import annotations

import logging
import os
import uuid
from pathlib import Path
from queue import Empty
from time import time_ns
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]  # as kombu's
        folder = Path(self.data_folder_out)
        name = f"{time_ns():020d}_{uuid.uuid4()}"
        unfinished = folder / f"{name}.new"
        unfinished.write_text(dumps(payload), encoding="utf-8")
        os.replace(unfinished, folder / f"{name}.{queue}.msg")

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
