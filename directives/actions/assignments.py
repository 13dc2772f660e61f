"""What agencies and the Office do to one assignment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from agencies.models import User
from directives import notices
from directives.actions.history import entry_for
from directives.clocks import start_on_receipt
from directives.models import Assignment, Attachment, Claim, NoticeKind, ProgressUpdate
from directives.states import UNDO_WITHIN, NotAllowed, Verb, advance


class Conflict(Exception):
    """Somebody else changed the assignment since the form was opened; `current` is how it stands now."""

    def __init__(self, current: Assignment) -> None:
        super().__init__(f"assignment {current.pk} is at version {current.version}")
        self.current = current


@dataclass(frozen=True)
class CheckedFile:
    """An upload that has passed every check of forms/uploads.py. `size` in bytes."""

    content: File[bytes]
    name: str
    content_type: str
    size: int
    sha256: str


class Enclosures:
    """The files of one verb, used around its transaction: when that fails, their bytes do not stay on disk either."""

    def __init__(self) -> None:
        self._stored: list[Attachment] = []

    def __enter__(self) -> Enclosures:
        return self

    def __exit__(self, kind: object, *details: object) -> None:
        if kind is not None:
            for attachment in self._stored:
                attachment.file.delete(save=False)

    def add(self, files: Iterable[CheckedFile], **owner: Any) -> None:
        """Keep the files with `owner` (update= or extension=)."""
        for checked in files:
            attachment = Attachment(
                name=checked.name,
                content_type=checked.content_type,
                size=checked.size,
                sha256=checked.sha256,
                **owner,
            )
            attachment.file.save(attachment.id.hex, checked.content, save=False)
            self._stored.append(attachment)  # before the row is written: one that fails must not leave its bytes
            attachment.save(force_insert=True)


@dataclass(frozen=True)
class Progress:
    """What the agency says in one update."""

    claim: Claim
    result: str
    percent: int = 0
    obstacles: str = ""
    causes: str = ""
    proposals: str = ""
    completed_on: date | None = None
    document_reference: str = ""
    document_on: date | None = None
    files: Sequence[CheckedFile] = field(default=())

    @property
    def has_evidence(self) -> bool:
        return bool(self.files or self.document_reference)


def report_progress(
    assignment: Assignment, *, by: User, now: datetime, progress: Progress, version: int, key: UUID
) -> ProgressUpdate:
    """Save what the agency reports; a claim of completion submits the assignment to the Office.

    `version` is the one the form was opened with (else Conflict); `key` makes the same form sent twice one update. A
    saved form that comes again with other words (the browser's way back, then more typing) is a Conflict too: to take
    it for a repetition would lose them. The clock stops on the day of submission (DOMAIN §2). Raises NotAllowed.
    """
    with Enclosures() as enclosures, transaction.atomic():
        row = _lock(assignment)
        again = row.updates.filter(key=key).first()
        if again is not None and _is_repeated(again, progress):
            return again
        if again is not None:
            raise Conflict(row)
        _refuse_stale(row, version)
        return _add_update(row, by=by, now=now, progress=progress, key=key, enclosures=enclosures)


def _add_update(
    row: Assignment, *, by: User, now: datetime, progress: Progress, key: UUID, enclosures: Enclosures
) -> ProgressUpdate:
    verb = Verb.SUBMIT if progress.claim == Claim.COMPLETED else Verb.REPORT
    before, row.status = row.status, advance(verb, row.status)
    _require_what_was_asked(row, progress, now)
    update = _create_update(row, by=by, now=now, progress=progress, key=key)
    enclosures.add(progress.files, update=update)
    row.percent = update.percent
    row.reported_at = now
    moved = _receive(row, now)
    if verb == Verb.SUBMIT:
        row.submitted_at, row.stopped_on, row.completed_on = now, timezone.localtime(now).date(), progress.completed_on
    _save(row)
    entry_for(row, verb=verb, by=by, now=now, from_status=before, update=update, details=moved).save()
    return update


def _receive(row: Assignment, now: datetime) -> dict[str, list[str]]:
    """Whoever reports has it: days that run from receipt begin. What was moved, as {field: [old, new]}."""
    before = row.due_on
    if row.acknowledged_at is not None:
        return {}
    row.acknowledged_at = now
    moved = start_on_receipt(row, timezone.localtime(now).date())
    return {"due_on": [before.isoformat(), row.due_on.isoformat()]} if moved and before and row.due_on else {}


def _require_what_was_asked(row: Assignment, progress: Progress, now: datetime) -> None:
    if progress.claim != Claim.COMPLETED:
        return
    if row.needs_evidence and not progress.has_evidence:
        raise NotAllowed(
            "Nhiệm vụ này cần minh chứng khi đề nghị xác nhận: đính kèm tệp hoặc ghi số, ký hiệu văn bản đã ban hành."
        )
    if progress.completed_on is None or progress.completed_on > timezone.localtime(now).date():
        raise NotAllowed("Ngày hoàn thành phải là hôm nay hoặc trước đó.")


def _create_update(row: Assignment, *, by: User, now: datetime, progress: Progress, key: UUID) -> ProgressUpdate:
    return ProgressUpdate.objects.create(
        assignment=row,
        author=by,
        created_at=now,
        key=key,
        **_columns(progress),
    )


def _columns(progress: Progress) -> dict[str, Any]:
    """What of `progress` stands in the row of the update itself."""
    completed = progress.claim == Claim.COMPLETED
    return {
        "claim": progress.claim,
        "percent": 100 if completed else progress.percent,
        "result": progress.result,
        "obstacles": progress.obstacles,
        "causes": progress.causes,
        "proposals": progress.proposals,
        "completed_on": progress.completed_on if completed else None,
        "document_reference": progress.document_reference,
        "document_on": progress.document_on,
    }


def _is_repeated(update: ProgressUpdate, progress: Progress) -> bool:
    """Whether `progress` says and encloses just what `update` has saved."""
    enclosed = sorted(update.attachments.values_list("sha256", flat=True))
    same_words = all(getattr(update, name) == value for name, value in _columns(progress).items())
    return same_words and enclosed == sorted(checked.sha256 for checked in progress.files)


def confirm(
    assignment: Assignment, *, by: User, now: datetime, note: str = "", version: int | None = None
) -> Assignment:
    """The Office accepts the submission: the assignment is done. Raises NotAllowed unless it was submitted.

    `version`: the one the officer decided on; Conflict when it was changed since (None: decide on what is there).
    """
    with transaction.atomic():
        row = _lock(assignment)
        before, row.status = row.status, advance(Verb.CONFIRM, row.status)
        _refuse_stale(row, version)
        row.confirmed_at = now
        _save(row)
        entry_for(row, verb=Verb.CONFIRM, by=by, now=now, from_status=before, note=note).save()
        notices.queue_for_agency(row, kind=NoticeKind.CONFIRMED, now=now, wait=UNDO_WITHIN)
        return row


def return_for_revision(
    assignment: Assignment, *, by: User, now: datetime, reason: str, version: int | None = None
) -> Assignment:
    """The Office sends the submission back; the clock runs on as if it had not stopped (DOMAIN §2).

    Raises NotAllowed unless it was submitted; `version` as in `confirm`.
    """
    if not reason.strip():
        raise NotAllowed("Nhập lý do trả lại.")
    with transaction.atomic():
        row = _lock(assignment)
        before, row.status = row.status, advance(Verb.RETURN, row.status)
        _refuse_stale(row, version)
        row.stopped_on = row.completed_on = None
        _save(row)
        entry_for(row, verb=Verb.RETURN, by=by, now=now, from_status=before, note=reason).save()
        notices.queue_for_agency(row, kind=NoticeKind.RETURNED, now=now, wait=UNDO_WITHIN)
        return row


def _lock(assignment: Assignment) -> Assignment:
    return Assignment.objects.locked().get(pk=assignment.pk)


def _refuse_stale(row: Assignment, version: int | None) -> None:
    if version is not None and row.version != version:
        raise Conflict(row)


def _save(row: Assignment) -> None:
    row.version += 1
    row.save()
