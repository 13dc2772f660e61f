"""How long planning and sending take, and how much memory: `python -m tests.bench.bench_reminders [ASSIGNMENTS]`.

200 agencies with one person each, three officers, two leaders, and so many open assignments (100,000), a fifth of them
on a rung of the ladder on the day measured. Prints the day's first plan, an ordinary minute after it, the preview of a
changed policy, and the sending of the digests over SMTP on loopback. In a database of its own: SQLite, or PostgreSQL
where DATABASE_URL leads.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

ASSIGNMENTS, AGENCIES = 100_000, 200


def measured(name: str, work: Callable[[], int]) -> None:
    begun, busy = time.perf_counter(), time.process_time()
    done = work()
    took, busy = time.perf_counter() - begun, time.process_time() - busy
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:34} {done:7,} in {took:6.2f} s, {busy:5.2f} s of them busy, {memory} MB at most", flush=True)


def seed(assignments: int) -> None:
    """Straight into the tables: the verbs would take longer than what is to be measured."""
    from agencies.models import Role  # noqa: PLC0415
    from directives.models import Assignment  # noqa: PLC0415
    from directives.policy import DEFAULT  # noqa: PLC0415
    from tests.factories import NOW, TODAY, AgencyFactory, DirectiveFactory, LetterFactory, UserFactory  # noqa: PLC0415

    agencies = [AgencyFactory.create() for _ in range(AGENCIES)]
    for number, agency in enumerate(agencies):
        UserFactory.create(username=f"nguoi-{number}", agency=agency)
    for number, role in enumerate((Role.OFFICER,) * 3 + (Role.LEADER,) * 2):
        UserFactory.create(username=f"tren-{number}", role=role)
    letter = LetterFactory.create()
    directives = [
        DirectiveFactory.create(letter=letter, position=number + 1) for number in range(-(-assignments // AGENCIES))
    ]
    rungs = tuple(step.day for step in DEFAULT.steps)
    Assignment.objects.bulk_create(
        (
            Assignment(
                directive=directive,
                agency=agency,
                assigned_on=TODAY,
                due_on=TODAY - timedelta(days=rungs[place // 5 % len(rungs)])
                if place % 5 == number % 5
                else TODAY + timedelta(days=60),
            )
            for place, directive in enumerate(directives)
            for number, agency in enumerate(agencies)
        ),
        batch_size=2000,
    )
    Assignment.objects.filter(due_on__lt=TODAY + timedelta(days=8)).update(assigned_on=NOW.date() - timedelta(days=30))


def measure(assignments: int) -> None:
    import django  # noqa: PLC0415

    django.setup()
    from directives import delivery, reminders  # noqa: PLC0415
    from directives.policy import DEFAULT  # noqa: PLC0415
    from directives.reminders import preview  # noqa: PLC0415
    from tests.factories import NOW  # noqa: PLC0415

    seed(assignments)
    measured("people in the day's first plan", lambda: reminders.queue_due(now=NOW))
    measured("people in an ordinary minute", lambda: reminders.queue_due(now=NOW))
    later = replace(DEFAULT, steps=DEFAULT.steps[1:])
    measured("mails in the preview of a policy", lambda: preview.next_run(later, now=NOW).mails)
    measured("digests sent", lambda: delivery.send_all(clock=lambda: NOW))


def main() -> None:
    """Sets up a portal and a relay, and measures in a process of its own beside them."""
    from tests.mail.portal import running_portal  # noqa: PLC0415
    from tests.mail.relay import running_relay  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder, running_relay() as relay:
        with running_portal(Path(folder) / "portal", EMAIL_URL=relay.url) as portal:
            arguments = ["--measure", *sys.argv[1:]]
            print(portal.run("python", "-m", "tests.bench.bench_reminders", *arguments), end="")
        print(f"mails the relay took: {len(relay.accepted)}")


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:] if one.isdigit()]
    if "--measure" in sys.argv:
        measure(numbers[0] if numbers else ASSIGNMENTS)
    else:
        main()
