"""The line of history every verb writes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from agencies.models import User
from directives.models import Assignment, HistoryEntry, Letter, ProgressUpdate
from directives.states import Verb


def record_on_letter(letter: Letter, *, verb: str, by: User, now: datetime, note: str = "", **details: Any) -> None:
    HistoryEntry.objects.create(letter=letter, verb=verb, actor=by, at=now, note=note, details=details)


def entry_for(
    assignment: Assignment,
    *,
    verb: Verb,
    by: User,
    now: datetime,
    from_status: str = "",
    note: str = "",
    update: ProgressUpdate | None = None,
    details: dict[str, Any] | None = None,
) -> HistoryEntry:
    """An unsaved entry for an assignment as it stands after the verb."""
    return HistoryEntry(
        letter_id=assignment.directive.letter_id,
        directive_id=assignment.directive_id,
        assignment=assignment,
        update=update,
        verb=verb,
        from_status=from_status,
        to_status=assignment.status,
        actor=by,
        at=now,
        note=note,
        details=details or {},
    )
