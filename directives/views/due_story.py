"""What the task page says of an assignment's due day: where it comes from, and how long nothing was reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from directives import workdays
from directives.clocks import nd09
from directives.deadlines import DueKind
from directives.explain import Move, Story, explain
from directives.models import Assignment, HistoryEntry
from directives.models.policy import reign_on
from directives.periods import window_of
from directives.states import WITH_AGENCY, Status, Verb

_TOLD = (Verb.GRANT_EXTENSION, Verb.CORRECT, Verb.RESUME, Verb.MEET, Verb.RECOUNT, Verb.SET_DUE)


@dataclass(frozen=True)
class Silence:
    """How long a standing duty has gone without a report; `level` 0 is well, 1 the staff is asked, 2 the head too."""

    since: date
    days: int
    reported: bool
    level: int


def due_story(given: Assignment, on: date) -> dict[str, Any]:
    """Context: `why` (sentences) and `silence` (or None)."""
    return {"why": explain(story_of(given), workdays.office()), "silence": silence_of(given, on)}


def story_of(given: Assignment) -> Story:
    """What is known of the assignment's time: one query for its history."""
    entries = given.history.filter(verb__in=[*_TOLD, Verb.PAUSE]).order_by("at", "pk")
    moves = [move for entry in entries if (move := _move(entry, given))]
    received = given.acknowledged_at
    return Story(
        rule=given.directive.rule,
        original=given.original_due_on,
        due_on=given.due_on,
        given_on=given.assigned_on,
        received_on=timezone.localtime(received).date() if received else None,
        window=window_of(given.period, nd09=nd09()) if given.period else None,
        is_internal=given.directive.due_is_internal,
        moves=moves,
    )


def _move(entry: HistoryEntry, given: Assignment) -> Move | None:
    """The entry as a move; a pause counts only while it lasts, anything else only when it moved the day."""
    old, new = (date.fromisoformat(one) if one else None for one in entry.details.get("due_on") or (None, None))
    lasts = entry.verb == Verb.PAUSE and given.status == Status.PAUSED
    if old is None and new is None and not lasts:
        return None
    since = entry.details.get("paused_on")
    return Move(
        verb=entry.verb,
        on=timezone.localtime(entry.at).date(),
        old=old,
        new=new,
        reason=entry.note,
        document=entry.details.get("document", ""),
        since=date.fromisoformat(since) if since else None,
        left=entry.details.get("remaining"),
    )


def silence_of(given: Assignment, on: date) -> Silence | None:
    """Of a standing duty that is with its agency, by the days of the policy of reminders; None of anything else."""
    if given.directive.due_kind != DueKind.STANDING or given.due_on or given.status not in WITH_AGENCY:
        return None
    since = timezone.localtime(given.reported_at).date() if given.reported_at else given.assigned_on
    days, policy = (on - since).days, reign_on(on).policy
    level = sum(after is not None and days >= after for after in (policy.standing_after, policy.standing_head_after))
    return Silence(since, days, given.reported_at is not None, level)
