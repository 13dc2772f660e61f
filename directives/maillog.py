"""Which mails the relay has taken, from its log: the answer to a dot that got none.

Read is the log of a Postfix relay (`MAIL_LOG`; on the same machine, or mounted). Its cleanup process names the
Message-ID under a queue id, and its queue manager says "queue active" once the whole mail is safe on its disk.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

_NAMED = re.compile(r"cleanup\[\d+\]: (?P<queue>\w+): (?:resent-)?message-id=(?P<id><[^>]*>)")
_TAKEN = re.compile(r"qmgr\[\d+\]: (?P<queue>\w+): from=<.*\(queue active\)")


def taken(message_ids: Collection[str], log: Path) -> set[str]:
    """Those of the Message-IDs (with their angle brackets) that the relay has taken. Raises OSError without a log."""
    named: dict[str, str] = {}
    found: set[str] = set()
    for line in _lines(log):
        if (match := _NAMED.search(line)) and match["id"] in message_ids:
            named[match["queue"]] = match["id"]
        elif (match := _TAKEN.search(line)) and match["queue"] in named:
            found.add(named[match["queue"]])
    return found


def _lines(log: Path) -> Iterator[str]:
    """The log and, before it, the one it was rotated into last."""
    older = log.with_name(f"{log.name}.1")
    for path in (older, log) if older.exists() else (log,):
        with path.open(encoding="utf-8", errors="replace") as lines:
            yield from lines
