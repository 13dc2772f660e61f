"""What agencies and the Office did since the letter: told through the same verbs people use, on earlier days.

Each directive's story says how many assignments end how (one letter each):
D done in time · L done late · W submitted in time · w submitted late · R returned · O in progress · N nothing yet ·
X in progress, given more time · A in progress, more time asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from agencies.models import Agency, Kind, Role, User
from directives import workdays
from directives.actions.assignments import Progress, confirm, report_progress, return_for_revision
from directives.actions.extensions import ask_extension, grant_extension
from directives.actions.receipt import acknowledge
from directives.management.demo.letter import DATA
from directives.models import Assignment, Claim, ExtensionRequest, Letter

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
DAYS_APART = 60  # at least, between what is reported on the way


class Story:
    """Plays the demonstration's history up to `on`; the same letter and day give the same history."""

    def __init__(self, letter: Letter, *, officer: User, given_on: date, on: date) -> None:
        self.script: dict[str, Any] = json.loads((DATA / "demo_story.json").read_text("utf-8"))
        self.random = Random(letter.subject)
        self.earlier = Random(letter.notation)  # its own, so that how each assignment ends does not hang on it
        self.letter, self.officer, self.given_on, self.on = letter, officer, given_on, on
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
        day = self._day_before(self.on, 2, 18)
        self._began(assignment, day, percent)
        self._report(assignment, day, Claim.IN_PROGRESS, percent)

    def _extended(self, assignment: Assignment) -> None:
        """More time asked for three days before the due day, granted on the next, until some days from now."""
        self._in_progress(assignment)
        day = max(self._first_day, (assignment.due_on or self.on) - timedelta(days=3))
        asked = self._ask(assignment, day, workdays.after_working_days(self.on, 8))
        assignment.refresh_from_db(fields=["version"])
        moment = datetime.combine(day + timedelta(days=1), time(14), VIETNAM)
        grant_extension(
            asked, by=self.officer, now=moment, granted_on=asked.asked_on, version=assignment.version, note="Đồng ý."
        )

    def _asking(self, assignment: Assignment) -> None:
        self._in_progress(assignment)
        due = assignment.due_on or self.on
        self._ask(assignment, self.on - timedelta(days=1), workdays.after_working_days(due, 10))

    def _ask(self, assignment: Assignment, day: date, until: date) -> ExtensionRequest:
        assignment.refresh_from_db()
        return ask_extension(
            assignment,
            by=self._author(assignment),
            now=datetime.combine(day, time(16), VIETNAM),
            asked_on=until,
            reason=self.earlier.choice(self.script["extension_reasons"]),
            version=assignment.version,
        )

    def _nothing(self, assignment: Assignment) -> None:
        """The agency has not reported yet; one in two has said that it has it."""
        if self.earlier.random() < 0.5:
            self._receive(assignment, self.on)

    def _receive(self, assignment: Assignment, before: date) -> None:
        """The agency had it within some days of the letter."""
        day = min(before, self._first_day + timedelta(days=self.earlier.randint(0, 6)))
        acknowledge(assignment, by=self._author(assignment), now=self._at_once(day))

    def _began(self, assignment: Assignment, until: date, percent: int) -> None:
        """Receipt, and where there is time for it what was reported on the way to the first word of the story."""
        self._receive(assignment, until)
        apart = (until - self.given_on) // 3
        if apart < timedelta(days=DAYS_APART):
            return
        for n, lines in enumerate((self.script["begun"], self.script["went_on"]), start=1):
            day = self.given_on + n * apart + timedelta(days=self.earlier.randint(-20, 20))
            said = Progress(Claim.IN_PROGRESS, self.earlier.choice(lines), percent=max(5, percent * n // 15 * 5))
            self._say(assignment, self._at_once(day), said, self.earlier)

    def _submit(self, assignment: Assignment, day: date) -> None:
        self._began(assignment, max(self._first_day, day - timedelta(days=6)), 30)
        if self.random.random() < 0.4:
            self._report(assignment, max(self._first_day, day - timedelta(days=6)), Claim.IN_PROGRESS, 50)
        self._report(assignment, day, Claim.COMPLETED, 100)

    def _report(self, assignment: Assignment, day: date, claim: Claim, percent: int) -> None:
        self._say(assignment, self._at(day), self._progress(assignment, day, claim, percent), self.random)

    def _say(self, assignment: Assignment, now: datetime, progress: Progress, chance: Random) -> None:
        assignment.refresh_from_db(fields=["version"])
        report_progress(
            assignment,
            by=self._author(assignment),
            now=now,
            progress=progress,
            version=assignment.version,
            key=UUID(int=chance.getrandbits(128), version=4),
        )

    def _author(self, assignment: Assignment) -> User:
        return User.objects.get(agency=assignment.agency, role=Role.AGENCY_STAFF)

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
        reference = reference_of(assignment.agency, self.random.randint(11, 480))
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
        return self.given_on + timedelta(days=1)

    def _day_before(self, limit: date, nearest: int, farthest: int) -> date:
        """A day `nearest` to `farthest` days before the earlier of `limit` and today, not before work could begin."""
        day = min(limit, self.on) - timedelta(days=self.random.randint(nearest, farthest))
        return max(self._first_day, day)

    def _day_after_due(self, assignment: Assignment) -> date:
        due = assignment.due_on or self.on
        return min(self.on - timedelta(days=2), due + timedelta(days=self.random.randint(2, 5)))

    def _at(self, day: date, hour: int = 9) -> datetime:
        return datetime.combine(day, time(hour, self.random.randint(0, 59)), VIETNAM)

    def _at_once(self, day: date) -> datetime:
        """In the hour before anything else of a day."""
        return datetime.combine(day, time(8, self.earlier.randint(0, 59)), VIETNAM)


def reference_of(agency: Agency, number: int) -> str:
    """As the agency numbers a report or an official letter: "245/BC-STP", "377/UBND-VP"."""
    mark = "UBND" if agency.kind in _COMMITTEES else agency.abbreviation.replace(" ", "")
    return f"{number}/BC-{mark}" if number % 2 else f"{number}/{mark}-VP"


_COMMITTEES = (Kind.CITY, Kind.DISTRICT, Kind.COMMUNE, Kind.WARD)


_NAMES = {
    "D": "done",
    "L": "done_late",
    "W": "waiting",
    "w": "waiting_late",
    "R": "returned",
    "O": "in_progress",
    "N": "nothing",
    "X": "extended",
    "A": "asking",
}
