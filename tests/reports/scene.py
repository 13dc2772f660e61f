"""What happens inside a portal of tests/mail/portal.py: `python -m tests.reports.scene NAME '{…}'`, answers in JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from reports import snapshots, tasks  # noqa: E402
from reports.models import Report  # noqa: E402
from tests.reports import frozen  # noqa: E402


def ask(rows: int) -> str:
    """A report with so many rows is asked for and a worker woken; its id."""
    snapshot = frozen.long(rows)
    window = snapshot.window
    report = snapshots.freeze(snapshots.Asked(window), by=None, now=timezone.now())
    Report.objects.filter(pk=report.pk).update(
        snapshot=snapshot.as_data(), snapshot_hash=snapshot.hash, content_key=None
    )
    tasks.wake(report.pk)
    return str(report.pk)


def end_lease() -> int:
    """As if the time of whoever renders had passed; how many leases there were."""
    return Report.objects.filter(lease_until__isnull=False).update(lease_until=timezone.now() - timedelta(seconds=1))


def tick() -> None:
    """What beat wakes every minute."""
    tasks.render_waiting_reports()


SCENES: dict[str, Callable[..., object]] = {"ask": ask, "end_lease": end_lease, "tick": tick}


def main(name: str, details: str) -> None:
    print(json.dumps(SCENES[name](**json.loads(details))))


if __name__ == "__main__":
    main(*sys.argv[1:])
