"""Reminders of explanations that are wanted: on the last working day before the day to answer, and once it is past.

Each goes out once, whenever the plan first runs in time; the second also tells the leader who asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

from directives import notices
from directives.models import ChaseItem, Notice, NoticeKind
from directives.models.policy import may_go, reign_on
from directives.notices import NewNotice
from directives.reminders.due import CATCH_UP
from directives.workdays import is_rest_day

ONE_DAY = timedelta(days=1)


def queue_answers(*, now: datetime) -> int:
    """Put what the day calls for in the outbox; again on the same day it adds nothing. The number of messages."""
    today = timezone.localtime(now).date()
    if not may_go(reign_on(today).policy, now):
        return 0
    new = list(due_answers(today))
    notices.queue(new, now=now)
    return len(new)


def due_answers(today: date) -> Iterator[NewNotice]:
    """Messages about demands without an answer that nobody was sent yet. Nothing is written."""
    waiting = ChaseItem.objects.unanswered().filter(chase__answer_by__gt=today - CATCH_UP)
    items = [item for item in waiting.select_related("chase__chased_by") if _remind_from(item.chase.answer_by) <= today]
    if not items:
        return
    told = set(Notice.objects.filter(kind=NoticeKind.EXPLANATION_DUE).values_list("recipient", "key", "occasion"))
    people = notices.everybody({item.agency_id for item in items})
    for item in items:
        late = item.chase.answer_by < today
        key = f"{item.chase.notice_key}{':late' if late else ''}"
        asker = [item.chase.chased_by] if late and item.chase.chased_by.is_active else []
        for person in [*people.get(item.agency_id, []), *asker]:
            if (person.pk, key, item.chase.answer_by) not in told:
                about = ((item.assignment_id, ""),)
                yield NewNotice(person, NoticeKind.EXPLANATION_DUE, key, about, item.chase.answer_by)


def _remind_from(answer_by: date) -> date:
    """The last working day before the day to answer."""
    day = answer_by - ONE_DAY
    while is_rest_day(day):
        day -= ONE_DAY
    return day
