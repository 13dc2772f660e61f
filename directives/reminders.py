"""Which reminders a day calls for: 7, 3 and 0 days before the due day, 1 and 3 after (DOMAIN §4).

Nothing goes out on a rest day or outside office hours. A rung of the ladder that was missed, for that reason or because
no machine ran, is caught up on the next working morning, the latest one only; the others are kept as skipped, with the
reason. A person is never sent two digests on one day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from agencies.models import Role, User
from directives import notices, workdays
from directives.models import (
    Assignment,
    Notice,
    NoticeItem,
    NoticeKind,
    NoticeQuerySet,
    NoticeState,
    deadline_meant,
)
from directives.notices import NewNotice

STEPS = (-7, -3, 0, 1, 3)  # days from the due day
CATCH_UP = timedelta(days=14)  # longer than any rest; what was missed before that is history


@dataclass(frozen=True)
class Reminder:
    """One assignment one person is to be reminded of on `today`.

    `step` is the rung, in days from the due day; `missed` are rungs before it that the person was not told of.
    """

    recipient: User
    assignment_id: int
    due_on: date
    step: int
    today: date
    missed: tuple[int, ...] = ()

    @property
    def days(self) -> int:
        """How far `today` is from the due day; more than `step` when a rung is caught up."""
        return (self.today - self.due_on).days


def due_reminders(today: date, *, replaced: Collection[int] = ()) -> Iterator[Reminder]:
    """What a working day calls for and nobody was told yet, worst first. Nothing is written.

    `replaced`: ids of waiting digests of earlier days that today's takes the place of.
    """
    first, last = today - timedelta(days=STEPS[-1]) - CATCH_UP, today - timedelta(days=STEPS[0])
    rows = Assignment.objects.with_agency().filter(due_on__range=(first, last)).order_by("due_on", "pk")
    told = _told(first, last, since=today - CATCH_UP, replaced=set(replaced))
    people = notices.audience(set(rows.order_by().values_list("agency", flat=True)))
    columns = ("pk", "agency", "agency__is_subordinate", "assigned_on", "due_on")
    for pk, agency, subordinate, assigned_on, due_on in rows.values_list(*columns):
        assert due_on is not None
        theirs = people.get(agency, [])
        steps = [step for step in STEPS if _counts(due_on + timedelta(days=step), assigned_on, today)]
        for person in theirs:
            last_told = told.get((person.pk, pk), date.min)
            untold = [
                step
                for step in steps
                if person in _hear(theirs, step, escalate=subordinate) and last_told < due_on + timedelta(days=step)
            ]
            if untold:
                yield Reminder(person, pk, due_on, untold[-1], today, tuple(untold[:-1]))


def _counts(occasion: date, assigned_on: date, today: date) -> bool:
    """Whether a rung's day has come, not too long ago, and not before the assignment was given."""
    return max(assigned_on, today - CATCH_UP) <= occasion <= today


def _told(first: date, last: date, *, since: date, replaced: set[int]) -> dict[tuple[int, int], date]:
    """(person, assignment) → the last day on which the person was told of the deadline that stands today."""
    items = NoticeItem.objects.filter(
        assignment__due_on__range=(first, last),
        notice__kind__in=(NoticeKind.REMINDER, NoticeKind.ASSIGNED, NoticeKind.EXTENSION_DECIDED),
        notice__occasion__gte=since,
    ).exclude(notice__state__in=(NoticeState.SKIPPED, NoticeState.CANCELLED))
    columns = ("notice", "notice__recipient", "assignment", "notice__occasion", "step", "assignment__due_on")
    told: dict[tuple[int, int], date] = {}
    for notice, person, assignment, occasion, step, due_on in items.values_list(*columns).iterator():
        if notice not in replaced and (not step or deadline_meant(occasion, step) == due_on):
            told[person, assignment] = max(told.get((person, assignment), occasion), occasion)
    return told


def _hear(people: list[User], step: int, *, escalate: bool) -> list[User]:
    """The agency's staff; once it is late the head too, unless the body is one that is only asked (DOMAIN §4).

    Where nobody of the staff can be written to, the head hears everything.
    """
    staff = [person for person in people if person.role == Role.AGENCY_STAFF]
    return people if not staff or (escalate and step > 0) else staff


def superseded(today: date) -> NoticeQuerySet:
    """Waiting digests of earlier days that today's digest takes the place of, unless that one has left already."""
    gone = Notice.objects.filter(kind=NoticeKind.REMINDER, occasion=today).exclude(state=NoticeState.PENDING)
    waiting = Notice.objects.filter(kind=NoticeKind.REMINDER, state=NoticeState.PENDING, occasion__lt=today)
    return waiting.exclude(recipient__in=gone.values("recipient"))


def queue_due(*, now: datetime) -> int:
    """Put the day's reminders in the outbox, one digest per person; again on the same day it adds nothing.

    Returns the number of people who are told something new; 0 outside office hours.
    """
    today = timezone.localtime(now).date()
    if not workdays.reminders_may_go(now):
        return 0
    if not superseded(today).exists() and next(due_reminders(today), None) is None:
        return 0  # the usual minute: no lock is taken
    with transaction.atomic():
        replaced = list(superseded(today).order_by("pk").select_for_update().values_list("pk", flat=True))
        found = list(due_reminders(today, replaced=replaced))
        reason = f"Gộp vào thư nhắc ngày {today:%d/%m/%Y}."
        Notice.objects.filter(pk__in=replaced).update(state=NoticeState.SKIPPED, problem=reason)
        digests = _digests(found)
        notices.queue([*digests, *_skipped(found)], now=now)
        return len(digests)


def _digests(found: list[Reminder]) -> list[NewNotice]:
    about: defaultdict[User, list[tuple[int, str]]] = defaultdict(list)
    for reminder in found:
        about[reminder.recipient].append((reminder.assignment_id, f"{reminder.days:+d}"))
    return [NewNotice(person, NoticeKind.REMINDER, "", tuple(items)) for person, items in about.items()]


def _skipped(found: list[Reminder]) -> list[NewNotice]:
    """The rungs that went by without a word, for the record: one row for each person and day."""
    about: defaultdict[tuple[User, date], list[tuple[int, str]]] = defaultdict(list)
    for reminder in found:
        for step in reminder.missed:
            day = reminder.due_on + timedelta(days=step)
            about[reminder.recipient, day].append((reminder.assignment_id, f"{step:+d}"))
    return [
        NewNotice(person, NoticeKind.REMINDER, "bo-qua", tuple(items), day, _why_skipped(day))
        for (person, day), items in about.items()
    ]


def _why_skipped(day: date) -> str:
    why = "ngày nghỉ" if workdays.is_rest_day(day) else "hệ thống không gửi được trong ngày"
    return f"Bỏ qua mốc ngày {day:%d/%m/%Y} ({why}); mốc sau đã được nhắc."
