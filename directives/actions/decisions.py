"""The Office decides on several submissions at once, and takes decisions back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from agencies.models import User
from directives import notices
from directives.actions.assignments import confirm
from directives.actions.history import entry_for
from directives.models import Assignment, HistoryEntry, Letter, NoticeKind
from directives.states import DECISIONS, NotAllowed, Status, Verb, advance

_MESSAGE_ABOUT = {Verb.CONFIRM: NoticeKind.CONFIRMED, Verb.RETURN: NoticeKind.RETURNED}


class SomeChanged(Exception):
    """Some of several assignments are not as the officer saw them; nothing was done. `rows`: how these stand now."""

    def __init__(self, rows: list[Assignment]) -> None:
        super().__init__(f"{len(rows)} assignments have changed")
        self.rows = rows


def confirm_all(versions: Mapping[int, int], *, by: User, now: datetime, note: str = "") -> list[Assignment]:
    """Confirm several submissions as one act, all of them or none. `versions`: id → the version that was read.

    Raises SomeChanged when one was withdrawn, decided or reported on since.
    """
    with transaction.atomic():
        rows = list(Assignment.objects.locked().filter(pk__in=versions))
        changed = [row for row in rows if row.status != Status.SUBMITTED or row.version != versions[row.pk]]
        if changed:
            raise SomeChanged(changed)
        return [confirm(row, by=by, now=now, note=note) for row in rows]


def undo_decisions(entries: Collection[HistoryEntry], *, by: User, now: datetime) -> list[Assignment]:
    """Take decisions back: the submissions wait again as if nothing had been decided, and their messages stay here.

    Raises NotAllowed unless each is the officer's own, of the last ten minutes, and nothing followed it.
    """
    with transaction.atomic():
        list(Letter.objects.select_for_update(of=("self",)).filter(history__in=entries).order_by("pk"))
        rows = {row.pk: row for row in Assignment.objects.locked().filter(history__in=entries)}
        undoable = HistoryEntry.objects.undoable_by(by, now).filter(pk__in=[entry.pk for entry in entries])
        decided = list(undoable.order_by("assignment"))
        if not decided or len(decided) != len(entries):
            raise NotAllowed(
                "Không hoàn tác được nữa: đã quá 10 phút, nhiệm vụ đã có thay đổi sau đó, hoặc văn bản đã thu hồi. "
                "Mở nhiệm vụ để xem trạng thái hiện nay."
            )
        return [_undo(rows[entry.assignment_id], entry, by=by, now=now) for entry in decided if entry.assignment_id]


def _undo(row: Assignment, decision: HistoryEntry, *, by: User, now: datetime) -> Assignment:
    before, row.status = row.status, advance(Verb.UNDO, row.status)
    row.confirmed_at = None
    row.stopped_on, row.completed_on = _submitted_on(row), _completed_on(row)
    row.version += 1
    row.save()
    verb = next(verb for verb in DECISIONS if verb == decision.verb)
    details = {"undone": verb.value}
    entry_for(row, verb=Verb.UNDO, by=by, now=now, from_status=before, details=details).save()
    notices.take_back(row, kind=_MESSAGE_ABOUT[verb], why=f"{by} đã hoàn tác việc {verb.label}.")
    return row


def _submitted_on(row: Assignment) -> date:
    """The day the clock had stopped on."""
    assert row.submitted_at is not None  # what was decided on had been submitted
    return timezone.localtime(row.submitted_at).date()


def _completed_on(row: Assignment) -> date | None:
    last = row.updates.completed().first()
    return last.completed_on if last else None
