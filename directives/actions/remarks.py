"""The Office's assessment and the leaders' opinion: said beside the agency's report, never in its place."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from agencies.models import User
from directives import notices
from directives.actions.history import entry_for
from directives.models import Assignment, NoticeKind, Remark, Voice
from directives.states import NotAllowed, Verb

_VERBS = {Voice.OFFICE: Verb.ASSESS, Voice.LEADER: Verb.OPINE}


def assess(assignment: Assignment, *, by: User, now: datetime, text: str, key: UUID) -> Remark:
    """The Office says what it thinks of the work; the status stays. The same form sent twice is one remark."""
    return _say(assignment, Voice.OFFICE, by=by, now=now, text=text, key=key)


def give_opinion(assignment: Assignment, *, by: User, now: datetime, text: str, key: UUID) -> Remark:
    """A leader's opinion, of which the agency's people are told; otherwise as `assess`."""
    return _say(assignment, Voice.LEADER, by=by, now=now, text=text, key=key)


def _say(assignment: Assignment, voice: Voice, *, by: User, now: datetime, text: str, key: UUID) -> Remark:
    if not text.strip():
        raise NotAllowed("Nhập nội dung.")
    with transaction.atomic():
        row = Assignment.objects.locked().get(pk=assignment.pk)
        again = row.remarks.filter(key=key).first()
        if again is not None:
            return again
        remark = Remark.objects.create(assignment=row, voice=voice, author=by, created_at=now, text=text, key=key)
        row.version += 1
        row.save(update_fields=["version"])
        entry_for(row, verb=_VERBS[voice], by=by, now=now, from_status=row.status, note=text).save()
        if voice == Voice.LEADER:
            notices.queue_for_agency(row, kind=NoticeKind.OPINION, now=now)
        return remark
