"""Putting a day's reminders in the outbox: one mail for each person and day (DOMAIN §4).

Nothing goes out on a rest day or outside office hours. A rung of the ladder that was missed, for that reason or because
no machine ran, is caught up on the next working morning, the latest one only; the others are kept as skipped, with the
reason. A person is never sent two digests on one day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from itertools import chain

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from agencies.models import AGENCY_ROLES, User
from directives import notices, overview, workdays
from directives.models import Notice, NoticeKind, NoticeQuerySet, NoticeState
from directives.models.policy import Reign, may_go, reigns
from directives.notices import NewNotice
from directives.policy import Hearer, Policy
from directives.reminders import checks, ladder
from directives.reminders.due import CATCH_UP, Reminder

MISSED = "bo-qua"  # the key of the rows that keep what was never said


def due_reminders(
    today: date, *, replaced: Collection[int] = (), governed: Sequence[Reign] | None = None
) -> Iterator[Reminder]:
    """What a working day calls for and nobody was told yet, worst first. Nothing is written.

    `replaced`: ids of waiting digests of earlier days that today's takes the place of; `governed`: the policies to go
    by instead of those that are in force.
    """
    governed = governed or reigns(today - CATCH_UP, today)
    policy = governed[-1].policy
    return chain(
        ladder.due(today, governed, replaced=replaced),
        checks.standing(today, policy, replaced=replaced),
        checks.conditions(today, policy, replaced=replaced),
    )


def overview_for(today: date, policy: Policy) -> list[User]:
    """Who of the Office gets its morning overview and has not had a mail with it on `today`."""
    if not policy.overview:
        return []
    officers = notices.above()[Hearer.OFFICE]
    mails = Notice.objects.filter(kind=NoticeKind.REMINDER, key="", occasion=today, recipient__in=officers)
    served = set(mails.values_list("recipient", flat=True)) if officers else set()
    without = [person for person in officers if person.pk not in served]
    return without if without and overview.of(today).says_something else []


def superseded(today: date) -> NoticeQuerySet:
    """Waiting digests of earlier days that today's digest takes the place of, unless that one has left already."""
    reminders = Notice.objects.filter(kind=NoticeKind.REMINDER)
    same = {"recipient": OuterRef("recipient"), "key": OuterRef("key"), "occasion": today}
    gone = reminders.filter(**same).exclude(state=NoticeState.PENDING)
    return reminders.filter(state=NoticeState.PENDING, occasion__lt=today).exclude(Exists(gone))


def queue_due(*, now: datetime) -> int:
    """Put the day's reminders in the outbox, one digest per person; again on the same day it adds nothing.

    Returns the number of people who are told something new; 0 outside office hours.
    """
    today = timezone.localtime(now).date()
    governed = reigns(today - CATCH_UP, today)
    policy = governed[-1].policy
    if not may_go(policy, now) or not _something_is_due(today, governed):
        return 0  # the usual minute: no lock is taken
    with transaction.atomic():
        replaced = list(superseded(today).order_by("pk").select_for_update().values_list("pk", flat=True))
        found = list(due_reminders(today, replaced=replaced, governed=governed))
        reason = f"Gộp vào thư nhắc ngày {today:%d/%m/%Y}."
        Notice.objects.filter(pk__in=replaced).update(state=NoticeState.SKIPPED, problem=reason)
        new = [*_messages(found, policy), *_overviews(overview_for(today, policy), found)]
        notices.queue([*new, *_skipped(found)], now=now)
        return len({one.recipient.pk for one in new})


def _something_is_due(today: date, governed: Sequence[Reign]) -> bool:
    if superseded(today).exists() or next(due_reminders(today, governed=governed), None) is not None:
        return True
    return bool(overview_for(today, governed[-1].policy))


def _messages(found: list[Reminder], policy: Policy) -> list[NewNotice]:
    """A digest for each person; with a policy of single mails, an agency's people get one for each assignment."""
    about: defaultdict[tuple[User, str], list[tuple[int, str]]] = defaultdict(list)
    for reminder in found:
        single = not policy.digest and reminder.recipient.role in AGENCY_ROLES
        key = f"assignment:{reminder.assignment_id}" if single else ""
        about[reminder.recipient, key].append((reminder.assignment_id, reminder.mark))
    return [NewNotice(person, NoticeKind.REMINDER, key, tuple(items)) for (person, key), items in about.items()]


def _overviews(people: list[User], found: list[Reminder]) -> list[NewNotice]:
    """A mail of the overview alone, for those to whom nothing else is said."""
    told = {reminder.recipient for reminder in found}
    return [NewNotice(person, NoticeKind.REMINDER, "", ()) for person in people if person not in told]


def _skipped(found: list[Reminder]) -> list[NewNotice]:
    """The rungs that went by without a word, for the record: one row for each person and day."""
    about: defaultdict[tuple[User, date], list[tuple[int, str]]] = defaultdict(list)
    for reminder in found:
        for day, mark in reminder.missed_on:
            about[reminder.recipient, day].append((reminder.assignment_id, mark))
    calendar = workdays.office()
    reasons = {day: _why_skipped(day, at_rest=calendar.is_rest_day(day)) for day in {day for _, day in about}}
    return [
        NewNotice(person, NoticeKind.REMINDER, MISSED, tuple(items), day, reasons[day])
        for (person, day), items in about.items()
    ]


def _why_skipped(day: date, *, at_rest: bool) -> str:
    why = "ngày nghỉ" if at_rest else "hệ thống không gửi được trong ngày"
    return f"Bỏ qua mốc ngày {day:%d/%m/%Y} ({why}); mốc sau đã được nhắc."
