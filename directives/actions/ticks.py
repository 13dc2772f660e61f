"""The heartbeat: what repeats says that it ran."""

from __future__ import annotations

from datetime import datetime

from directives.models import Tick, TickName


def record_tick(name: TickName, *, by: str, now: datetime) -> None:
    """Write down that a run has ended; `by` is the machine and the program."""
    Tick.objects.update_or_create(name=name, defaults={"at": now, "by": by[:100]})
