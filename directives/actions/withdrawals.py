"""An agency takes its last update back while nobody has acted on it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from agencies.models import User
from directives.actions.history import entry_for
from directives.models import Assignment, HistoryEntry, ProgressUpdate
from directives.states import NotAllowed, Verb, advance

TOO_LATE = "Không thu hồi được nữa: cập nhật này đã được xử lý hoặc đã có cập nhật mới hơn. Mở nhiệm vụ để xem."


def withdraw_update(update: ProgressUpdate, *, by: User, now: datetime) -> Assignment:
    """Everything is as before the update: status, percentage, and a clock that runs as if nothing was submitted.

    The update keeps its words and its line of history. Withdrawn twice is withdrawn once. Raises NotAllowed once the
    Office has decided, or for an update that is not the last.
    """
    with transaction.atomic():
        row = Assignment.objects.locked().get(pk=update.assignment_id)
        current = row.updates.get(pk=update.pk)
        if current.withdrawn_at is not None:
            return row
        entry = row.history.withdrawable()
        if entry is None or entry.update_id != current.pk:
            raise NotAllowed(TOO_LATE)
        current.withdrawn_at = now
        current.save(update_fields=["withdrawn_at"])
        _go_back(row, entry)
        details = {"percent": [current.percent, row.percent]}
        verb = Verb.WITHDRAW_UPDATE
        entry_for(row, verb=verb, by=by, now=now, from_status=entry.to_status, update=current, details=details).save()
        return row


def _go_back(row: Assignment, entry: HistoryEntry) -> None:
    advance(Verb.WITHDRAW_UPDATE, row.status)
    told = ProgressUpdate.objects.of(row)  # what another agency reported before it handed over counts too
    before, sent = told.standing().first(), told.completed().first()
    row.status = entry.from_status
    row.percent = before.percent if before else 0
    row.reported_at = before.created_at if before else None
    row.submitted_at = sent.created_at if sent else None
    row.stopped_on = row.completed_on = None
    row.version += 1
    row.save()
