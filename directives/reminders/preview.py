"""What the next morning's run would send under a policy that is not in force yet. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from agencies.models import AGENCY_ROLES, Role, User
from directives.models.policy import Reign, is_quiet_day, next_morning, reigns
from directives.policy import Policy
from directives.reminders.due import CATCH_UP, Reason, Reminder
from directives.reminders.plan import due_reminders, overview_for

ONE_DAY = timedelta(days=1)
READERS = (Role.AGENCY_STAFF, Role.AGENCY_HEAD, Role.OFFICER, Role.LEADER)


@dataclass
class Letter:
    """What one person would get; `about`: how many assignments, `why`: the first of them, which is the worst."""

    recipient: User
    mails: int = 0
    about: int = 0
    why: str = ""
    overview: bool = False


@dataclass
class Column:
    """How much would go to one sort of reader, by what it is about."""

    reader: str
    people: int = 0
    mails: int = 0
    coming: int = 0
    late: int = 0
    undated: int = 0


@dataclass
class Preview:
    """A run: its day, who gets what in the order of urgency, and the sums for each sort of reader."""

    on: date
    letters: dict[int, Letter] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=lambda: {role: Column(role.label) for role in READERS})

    @property
    def mails(self) -> int:
        return sum(column.mails for column in self.columns.values())

    def first(self, count: int) -> list[Letter]:
        return list(self.letters.values())[:count]


def next_run(policy: Policy, *, now: datetime) -> Preview:
    """The run of the first morning after today on which the policy lets mail out, if it held from tomorrow on.

    What today's own run is still to tell is taken as told.
    """
    today = timezone.localtime(now).date()
    run = next_morning(policy, today).date()
    before = [replace(reign, last=min(reign.last, today)) for reign in reigns(today - CATCH_UP, today)]
    governed = [reign for reign in before if reign.last >= run - CATCH_UP]
    preview = Preview(run)
    found = due_reminders(run, governed=[*governed, Reign(policy, today + ONE_DAY, run)])
    for reminder in _without(set(_still_today(before[-1].policy, now)), found, today):
        _add(preview, reminder, single=not policy.digest)
    for person in overview_for(run, policy):
        _add_overview(preview, person)
    return preview


def _still_today(policy: Policy, now: datetime) -> Iterator[tuple[int, int]]:
    """(person, assignment) of what the run of today is still to tell; usually nothing."""
    local = timezone.localtime(now)
    if not is_quiet_day(policy, local.date()) and local.time() < policy.closes:
        for reminder in due_reminders(local.date()):
            yield reminder.recipient.pk, reminder.assignment_id


def _without(told: set[tuple[int, int]], found: Iterator[Reminder], today: date) -> Iterator[Reminder]:
    for reminder in found:
        is_new = reminder.due_on is not None and reminder.due_on + timedelta(days=reminder.step) > today
        if is_new or (reminder.recipient.pk, reminder.assignment_id) not in told:
            yield reminder


def _letter(preview: Preview, person: User) -> Letter:
    if person.pk not in preview.letters:
        preview.letters[person.pk] = Letter(person)
        preview.columns[person.role].people += 1
    return preview.letters[person.pk]


def _add(preview: Preview, reminder: Reminder, *, single: bool) -> None:
    letter, column = _letter(preview, reminder.recipient), preview.columns[reminder.recipient.role]
    letter.about += 1
    letter.why = letter.why or reminder.why
    if not letter.mails or (single and reminder.recipient.role in AGENCY_ROLES):
        letter.mails += 1
        column.mails += 1
    if reminder.reason != Reason.DEADLINE:
        column.undated += 1
    elif reminder.days > 0:
        column.late += 1
    else:
        column.coming += 1


def _add_overview(preview: Preview, person: User) -> None:
    """The overview is in the same mail as what else the officer is told."""
    letter = _letter(preview, person)
    letter.overview = True
    if not letter.mails:
        letter.mails = 1
        preview.columns[person.role].mails += 1


def side_by_side(now: Preview, then: Preview) -> list[tuple[Column, Column]]:
    """The sums of two runs, reader by reader: as the policy stands, and as it would be."""
    return [(now.columns[role], then.columns[role]) for role in READERS]
