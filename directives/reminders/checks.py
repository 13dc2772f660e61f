"""What has no due day and is looked after all the same: standing assignments, and those that wait for a condition."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db.models import Min, Q

from directives import notices
from directives.deadlines import DueKind
from directives.models import Absence, Assignment, Modality, NoticeItem, NoticeKind
from directives.models.notice import CONDITION_STEP, STANDING_STEP
from directives.policy import NUDGE_EVERY, Hearer, Policy
from directives.reminders.due import Reason, Reminder, of_agency
from directives.reminders.ladder import NOT_TOLD

STAFF, BOTH = frozenset({Hearer.STAFF}), frozenset({Hearer.STAFF, Hearer.HEAD})


def standing(today: date, policy: Policy, *, replaced: Collection[int] = ()) -> Iterator[Reminder]:
    """The nudges: nothing was reported for so many days, and the person was not nudged in the last month.

    After more days the head is told as well, unless the body is only asked.
    """
    if policy.standing_after is None:
        return
    silent = Assignment.objects.standing_silent(today, policy.standing_after)
    columns = ("pk", "agency", "handler", "agency__is_subordinate", "directive__modality", "since")
    found = list(silent.order_by("since", "pk").values_list(*columns))
    if not found:
        return
    people = notices.audience({agency for _, agency, *_ in found})
    deputies = Absence.objects.deputies(today)
    told = _told(STANDING_STEP, today - timedelta(days=NUDGE_EVERY - 1), replaced)
    for pk, agency, handler, subordinate, modality, since in found:
        quiet = (today - since).days
        head_hears = policy.standing_head_after is not None and quiet >= policy.standing_head_after
        wanted = BOTH if head_hears and subordinate and modality == Modality.ORDER else STAFF
        for person in of_agency(notices.concerned(people.get(agency, []), handler, deputies), wanted):
            if (person.pk, pk) not in told:
                yield Reminder(person, pk, today, Reason.STANDING, step=quiet)


def conditions(today: date, policy: Policy, *, replaced: Collection[int] = ()) -> Iterator[Reminder]:
    """The Office is asked once in each period whether the conditions have come about; once for each directive."""
    if policy.condition_months is None:
        return
    begun = _period(today, policy.condition_months)
    waiting = Assignment.objects.with_agency().filter(
        Q(directive__due_kind=DueKind.CONDITIONAL), due_on=None, assigned_on__lt=begun
    )
    one_each = list(
        waiting.values("directive").annotate(first=Min("pk")).order_by("first").values_list("first", flat=True)
    )
    if not one_each:
        return
    told = _told(CONDITION_STEP, begun, replaced)
    for person in notices.above()[Hearer.OFFICE]:
        for pk in one_each:
            if (person.pk, pk) not in told:
                yield Reminder(person, pk, today, Reason.CONDITION)


def _period(today: date, months: int) -> date:
    """The first day of the period of so many months, counted from January, in which `today` lies."""
    return date(today.year, (today.month - 1) // months * months + 1, 1)


def _told(step: str, since: date, replaced: Collection[int]) -> set[tuple[int, int]]:
    """(person, assignment) of the checks made since a day."""
    items = NoticeItem.objects.filter(step=step, notice__kind=NoticeKind.REMINDER, notice__occasion__gte=since)
    told = items.exclude(notice__state__in=NOT_TOLD).exclude(notice__in=list(replaced))
    return set(told.values_list("notice__recipient", "assignment"))
