"""Taking back what was given: a whole letter, and whatever still waits for an answer on what is taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from agencies.models import User
from directives import notices
from directives.actions.corrections import _lock_letter, _require
from directives.actions.history import entry_for, record_on_letter
from directives.models import (
    Assignment,
    ExtensionRequest,
    ExtensionState,
    HistoryEntry,
    Letter,
    LetterState,
    NoticeKind,
    Pause,
)
from directives.states import OPEN, Verb, advance


def withdraw_letter(letter: Letter, *, by: User, now: datetime, version: int, reason: str) -> list[Assignment]:
    """Take the letter back: what is open is withdrawn, what was confirmed stays done, all of it stays readable."""
    _require(reason, "Nhập lý do thu hồi văn bản.")
    with transaction.atomic():
        row = _lock_letter(letter, version)
        row.state = LetterState.WITHDRAWN
        row.version += 1
        row.save(update_fields=["state", "version"])
        found = Assignment.objects.filter(directive__letter=row, status__in=OPEN).select_related("directive", "agency")
        taken = list(found.select_for_update(of=("self",)).order_by("pk"))
        _withdraw(taken, by=by, now=now, reason=reason)
        settle(taken, by=by, now=now)
        record_on_letter(row, verb=Verb.WITHDRAW, by=by, now=now, note=reason, assignments=len(taken))
        notices.queue_about(taken, kind=NoticeKind.WITHDRAWN, key=f"letter:{row.pk}", now=now)
        return taken


def _withdraw(taken: list[Assignment], *, by: User, now: datetime, reason: str) -> None:
    entries = []
    for one in taken:
        before, one.status = one.status, advance(Verb.WITHDRAW, one.status)
        one.version += 1
        entries.append(entry_for(one, verb=Verb.WITHDRAW, by=by, now=now, from_status=before, note=reason))
    Assignment.objects.bulk_update(taken, ["status", "version"])
    HistoryEntry.objects.bulk_create(entries)


def settle(taken: Collection[Assignment], *, by: User, now: datetime) -> None:
    """On what was taken back no pause goes on and no request for more time waits: both end with it."""
    Pause.objects.open().filter(assignment__in=taken).update(resumed_by=by, resumed_at=now)
    note = "Nhiệm vụ đã thu hồi."
    requests = ExtensionRequest.objects.open().filter(assignment__in=taken)
    requests.update(state=ExtensionState.REFUSED, decided_by=by, decided_at=now, note=note)
