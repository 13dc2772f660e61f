"""What agencies and the Office did since the letter: told through the same verbs people use, on earlier days.

Each directive's story says how many assignments end how (one letter each):
D done in time · L done late · W submitted in time · w submitted late · R returned · O in progress · N nothing yet.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from agencies.models import Role, User
from directives.actions.assignments import Progress, confirm, report_progress, return_for_revision
from directives.management.demo.letter import DATA
from directives.models import Assignment, Claim, Letter

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class Story:
    """Plays the demonstration's history up to `on`; the same letter and day give the same history."""

    def __init__(self, letter: Letter, *, officer: User, entered_on: date, on: date) -> None:
        self.script: dict[str, Any] = json.loads((DATA / "demo_story.json").read_text("utf-8"))
        self.random = Random(letter.subject)
        self.letter, self.officer, self.entered_on, self.on = letter, officer, entered_on, on
        self.diligence: dict[int, float] = {}

    def play(self) -> None:
        for assignment, outcome in self._cast():
            getattr(self, f"_{_NAMES[outcome]}")(assignment)

    def _cast(self) -> Iterator[tuple[Assignment, str]]:
        for directive in self.letter.directives.order_by("position"):
            rows = list(directive.assignments.select_related("agency", "directive").order_by("pk"))
            outcomes = self.script["directives"][directive.label]["outcomes"]
            yield from zip(sorted(rows, key=self._tardiness), outcomes, strict=True)

    def _tardiness(self, assignment: Assignment) -> float:
        """An agency that is slow in one thing is slow in others, more or less."""
        own = self.diligence.setdefault(assignment.agency_id, self.random.random())
        return own + 0.5 * self.random.random()

    def _done(self, assignment: Assignment) -> None:
        day = self._day_before(assignment.due_on or self.on, 3, 9)
        self._submit(assignment, day)
        self._confirm(assignment, day)

    def _done_late(self, assignment: Assignment) -> None:
        day = self._day_after_due(assignment)
        self._submit(assignment, day)
        self._confirm(assignment, day)

    def _waiting(self, assignment: Assignment) -> None:
        self._submit(assignment, self._day_before(self.on, 1, 4))

    def _waiting_late(self, assignment: Assignment) -> None:
        self._submit(assignment, self._day_after_due(assignment))

    def _returned(self, assignment: Assignment) -> None:
        self._submit(assignment, self._day_before(self.on, 5, 8))
        reason = self.random.choice(self.script["return_reasons"])
        return_for_revision(assignment, by=self.officer, now=self._at(self.on - timedelta(days=2)), reason=reason)

    def _in_progress(self, assignment: Assignment) -> None:
        percent = self.random.choice((20, 30, 40, 50, 60, 70, 80))
        self._report(assignment, self._day_before(self.on, 2, 18), Claim.IN_PROGRESS, percent)

    def _nothing(self, assignment: Assignment) -> None:
        """The agency has not reported yet."""

    def _submit(self, assignment: Assignment, day: date) -> None:
        if self.random.random() < 0.4:
            self._report(assignment, max(self._first_day, day - timedelta(days=6)), Claim.IN_PROGRESS, 50)
        self._report(assignment, day, Claim.COMPLETED, 100)

    def _report(self, assignment: Assignment, day: date, claim: Claim, percent: int) -> None:
        assignment.refresh_from_db(fields=["version"])
        author = User.objects.get(agency=assignment.agency, role=Role.AGENCY_STAFF)
        report_progress(
            assignment,
            by=author,
            now=self._at(day),
            progress=self._progress(assignment, day, claim, percent),
            version=assignment.version,
            key=UUID(int=self.random.getrandbits(128), version=4),
        )

    def _progress(self, assignment: Assignment, day: date, claim: Claim, percent: int) -> Progress:
        lines = self.script["directives"][assignment.directive.label]
        if claim == Claim.IN_PROGRESS:
            troubled = self.random.random() < 0.5
            return Progress(
                claim=claim,
                percent=percent,
                result=self.random.choice(lines["progress"]),
                obstacles=lines.get("obstacles", "") if troubled else "",
                proposals=lines.get("proposals", "") if troubled else "",
            )
        reference = f"{self.random.randint(11, 480)}/{assignment.agency.abbreviation}-VP"
        return Progress(
            claim=claim,
            result=self.random.choice(lines["done"]),
            completed_on=day,
            document_reference=reference,
            document_on=day,
        )

    def _confirm(self, assignment: Assignment, submitted: date) -> None:
        day = min(self.on - timedelta(days=1), submitted + timedelta(days=1))
        confirm(assignment, by=self.officer, now=self._at(day, 15), note=self.script["confirm_note"])

    @property
    def _first_day(self) -> date:
        return self.entered_on + timedelta(days=1)

    def _day_before(self, limit: date, nearest: int, farthest: int) -> date:
        """A day `nearest` to `farthest` days before the earlier of `limit` and today, not before work could begin."""
        day = min(limit, self.on) - timedelta(days=self.random.randint(nearest, farthest))
        return max(self._first_day, day)

    def _day_after_due(self, assignment: Assignment) -> date:
        due = assignment.due_on or self.on
        return min(self.on - timedelta(days=2), due + timedelta(days=self.random.randint(2, 5)))

    def _at(self, day: date, hour: int = 9) -> datetime:
        return datetime.combine(day, time(hour, self.random.randint(0, 59)), VIETNAM)


_NAMES = {
    "D": "done",
    "L": "done_late",
    "W": "waiting",
    "w": "waiting_late",
    "R": "returned",
    "O": "in_progress",
    "N": "nothing",
}
