"""The agency says that it has an assignment, or that it is not its to do; the Office answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from agencies.models import User
from directives import notices
from directives.actions.act import Act
from directives.clocks import start_on_receipt
from directives.models import Assignment, NoticeKind
from directives.states import NotAllowed, Verb


def acknowledge(assignment: Assignment, *, by: User, now: datetime) -> Assignment:
    """The agency has the assignment; said again it changes nothing. Reporting and declining imply it.

    Raises NotAllowed when it is not with the agency.
    """
    with transaction.atomic():
        act = Act.begin(Verb.ACKNOWLEDGE, assignment, by=by, now=now)
        if act.row.acknowledged_at is None:
            act.row.acknowledged_at = now
            start_on_receipt(act.row, timezone.localtime(now).date())
            act.finish()
        return act.row


def acknowledge_all(assignments: Iterable[Assignment], *, by: User, now: datetime) -> list[Assignment]:
    """The agency has these; what is no longer with it, or was received already, is left as it is."""
    with transaction.atomic():
        rows = Assignment.objects.locked().with_agency().filter(pk__in=[one.pk for one in assignments])
        return [acknowledge(row, by=by, now=now) for row in rows.filter(acknowledged_at=None)]


def decline(assignment: Assignment, *, by: User, now: datetime, reason: str, version: int | None = None) -> Assignment:
    """The agency answers "không thuộc thẩm quyền"; the Office is told and is to act, the clock runs on.

    It runs on because nobody has said yet that the answer is right, and the day in the letter does not move with who is
    asked. Raises NotAllowed once work has begun; `version` as in `confirm`.
    """
    if not reason.strip():
        raise NotAllowed("Nhập lý do không thuộc thẩm quyền.")
    with transaction.atomic():
        act = Act.begin(Verb.DECLINE, assignment, by=by, now=now, version=version)
        act.row.acknowledged_at = act.row.acknowledged_at or now
        act.finish(note=reason)
        key = f"declined:{act.row.pk}:{act.row.version}"
        notices.queue_for_office(act.row, kind=NoticeKind.DECLINED, key=key, now=now)
        return act.row


def insist(assignment: Assignment, *, by: User, now: datetime, reason: str, version: int | None = None) -> Assignment:
    """The Office does not accept the answer: the assignment stays with the agency. Raises NotAllowed otherwise."""
    if not reason.strip():
        raise NotAllowed("Nhập lý do giữ nguyên việc giao.")
    with transaction.atomic():
        act = Act.begin(Verb.INSIST, assignment, by=by, now=now, version=version)
        act.finish(note=reason)
        notices.queue_for_agency(act.row, kind=NoticeKind.KEPT, now=now)
        return act.row
