"""What happens inside a portal of portal.py: `python -m tests.mail.scene NAME '{"detail": 1}'`, answers in JSON."""

from __future__ import annotations

import json
import sys
import time
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402

from directives import delivery, reminders, tasks  # noqa: E402
from directives.actions.seals import seal_history  # noqa: E402
from directives.chain import examine  # noqa: E402
from directives.models import HistoryEntry, Notice, NoticeItem  # noqa: E402
from tests.directives.sealed import write_lines  # noqa: E402
from tests.factories import AgencyFactory, AssignmentFactory, DirectiveFactory, UserFactory  # noqa: E402


def due_today(people: int) -> list[str]:
    """So many agencies, each with one person and one assignment due in three days; the addresses."""
    directive = DirectiveFactory.create(title="Tham mưu phương án kinh phí")
    today = timezone.localdate()
    found = []
    for number in range(people):
        agency = AgencyFactory.create(code=f"CQ{number}", short_name=f"Sở Thử nghiệm {number}")
        person = UserFactory.create(username=f"can-bo-{number}", agency=agency, full_name="Nông Thị Ước")
        due_on = today + timedelta(days=3)
        AssignmentFactory.create(directive=directive, agency=agency, assigned_on=today, due_on=due_on)
        found.append(person.email)
    return found


def states() -> list[str]:
    return list(Notice.objects.values_list("state", flat=True))


def counts() -> dict[str, int]:
    return {"notices": Notice.objects.count(), "items": NoticeItem.objects.count()}


def plan() -> int:
    """One planner, which begins when it is told to."""
    _wait()
    return reminders.queue_due(now=timezone.now())


def send() -> int:
    """One sender, which begins when it is told to."""
    _wait()
    return delivery.send_all(clock=timezone.now)


def lines(number: int) -> int:
    """So many lines of history nobody has sealed, and in all."""
    write_lines(AssignmentFactory.create(), UserFactory.create(), range(number))
    return HistoryEntry.objects.count()


def seal() -> int:
    """One sealer, which begins when it is told to."""
    _wait()
    return seal_history(by="may-1", now=timezone.now())


def chain() -> dict[str, Any]:
    """What the chain is like, once what sealers who met left to one another is sealed too."""
    seal_history(by="may-1", now=timezone.now())
    found = examine()
    return {"sealed": found.sealed, "waiting": found.waiting, "broken": found.broken and str(found.broken)}


def wake(times: int) -> list[float]:
    """How long a page waits for each of so many wake-up calls, in seconds."""
    took = []
    for _ in range(times):
        begun = time.monotonic()
        tasks.wake(tasks.send_notices)
        took.append(time.monotonic() - begun)
    return took


def _wait() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    scene: Any = globals()[sys.argv[1]]
    print(json.dumps(scene(**json.loads(sys.argv[2]))))
