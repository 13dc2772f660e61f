"""Which reminders a day calls for: 7, 3 and 0 days before the due day, 1 and 3 after (DOMAIN §4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from agencies.models import Role, User
from directives import notices
from directives.models import Assignment, NoticeKind

STEPS = (-7, -3, 0, 1, 3)  # days from the due day
STEPS_FOR_HEAD = (1, 3)  # once it is late the head hears of it too


@dataclass(frozen=True)
class Reminder:
    """One assignment one person is to be reminded of; `step` is days from the due day (negative: before)."""

    recipient: User
    assignment: Assignment
    step: int


def due_reminders(today: date) -> list[Reminder]:
    """What a day calls for, worst first. Nothing is written."""
    days = {today - timedelta(days=step): step for step in STEPS}
    rows = Assignment.objects.with_agency().filter(due_on__in=days).for_lists().prefetch_related("agency__users")
    found = []
    for assignment in rows.order_by("due_on", "directive__position", "pk"):
        assert assignment.due_on is not None
        step = days[assignment.due_on]
        found += [Reminder(person, assignment, step) for person in _hears(assignment, step)]
    return found


def _hears(assignment: Assignment, step: int) -> Iterable[User]:
    roles = {Role.AGENCY_STAFF, Role.AGENCY_HEAD} if step in STEPS_FOR_HEAD else {Role.AGENCY_STAFF}
    people = assignment.agency.users.all()
    return sorted((p for p in people if p.is_active and p.email and p.role in roles), key=lambda p: p.pk)


def queue_due(*, now: datetime) -> int:
    """Put the day's reminders in the outbox, one message per person; again on the same day it adds nothing.

    Returns the number of people who are reminded today.
    """
    by_person: dict[User, list[Reminder]] = {}
    for reminder in due_reminders(timezone.localtime(now).date()):
        by_person.setdefault(reminder.recipient, []).append(reminder)
    for person, theirs in by_person.items():
        about = [(reminder.assignment, f"{reminder.step:+d}") for reminder in theirs]
        with transaction.atomic():
            notices.queue(recipient=person, kind=NoticeKind.REMINDER, key="", now=now, about=about)
    return len(by_person)
