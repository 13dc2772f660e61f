"""Chasing: a numbered act with frozen recipients, its line of history on each assignment, and its mail."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from agencies.models import User
from directives import notices
from directives.actions.history import entry_for
from directives.models import (
    Assignment,
    Chase,
    ChaseItem,
    ChaseRecipient,
    HistoryEntry,
    Notice,
    NoticeKind,
    NoticeState,
)
from directives.notices import NewNotice
from directives.states import UNDO_WITHIN, WITH_AGENCY, ChaseKind, NotAllowed, Verb

NOTICES = {
    ChaseKind.CHASE: NoticeKind.CHASED,
    ChaseKind.REQUEST: NoticeKind.CHASED,
    ChaseKind.EXPLANATION: NoticeKind.EXPLANATION_WANTED,
}
TRIES = 20  # for a number that somebody else takes at the same moment


def chase(
    assignments: Collection[int], *, by: User, now: datetime, text: str, answer_by: date, key: UUID
) -> list[Chase]:
    """Chase the agencies of these assignments (ids): one act, or two when bodies are among them that are only asked.

    Its mail waits UNDO_WITHIN, so that it can be taken back. The same form sent twice (`key`) is one act. Raises
    NotAllowed, and does nothing, when one of the assignments is not with its agency any more.
    """
    with transaction.atomic():
        rows = list(Assignment.objects.locked().filter(pk__in=set(assignments)).order_by("pk"))  # no circle of waiting
        again = list(Chase.objects.filter(key=key).order_by("pk"))
        if again:
            return again
        _require(rows, timezone.localtime(now).date(), answer_by)
        by_kind = {
            ChaseKind.CHASE: [row for row in rows if row.agency.is_subordinate],
            ChaseKind.REQUEST: [row for row in rows if not row.agency.is_subordinate],
        }
        return [
            act(kind, of_kind, verb=Verb.CHASE, by=by, now=now, text=text, answer_by=answer_by, key=key)
            for kind, of_kind in by_kind.items()
            if of_kind
        ]


def undo_chase(chase: Chase, *, by: User, now: datetime) -> Chase:
    """Take a chase back while none of its mail has left. Its number stays used. Raises NotAllowed."""
    with transaction.atomic():
        row = Chase.objects.select_for_update(of=("self",)).get(pk=chase.pk)
        if row.undone_at is not None:
            raise NotAllowed(f"{row} đã được hoàn tác.")
        if not row.may_be_undone(now) or not _hold_back(row, by=by, now=now):
            raise NotAllowed("Thư đôn đốc đã gửi đi, không hoàn tác được nữa.")
        row.undone_by, row.undone_at = by, now
        row.save(update_fields=["undone_by", "undone_at"])
        given = Assignment.objects.filter(chase_items__chase=row).select_related("directive").order_by("pk")
        details = {"chase": row.pk, "number": row.reference}
        if ChaseItem.objects.filter(chase=row, explanation__isnull=False).exists():
            raise NotAllowed("Cơ quan đã giải trình, không hoàn tác được nữa.")
        HistoryEntry.objects.bulk_create(
            entry_for(one, verb=Verb.UNDO_CHASE, by=by, now=now, details=details) for one in given
        )
        return row


def _require(rows: list[Assignment], today: date, answer_by: date) -> None:
    if not rows:
        raise NotAllowed("Chọn ít nhất một nhiệm vụ.")
    if answer_by < today:
        raise NotAllowed("Hạn cập nhật phải là hôm nay hoặc sau đó.")
    gone = [row for row in rows if row.status not in WITH_AGENCY]
    if gone:
        raise NotAllowed(
            f"{len(gone)} nhiệm vụ đã chọn vừa chuyển trạng thái, cơ quan không còn phải thực hiện. "
            "Xem lại danh sách rồi gửi lần nữa."
        )


def act(
    kind: ChaseKind,
    rows: list[Assignment],
    *,
    verb: Verb,
    by: User,
    now: datetime,
    text: str,
    answer_by: date,
    key: UUID,
) -> Chase:
    """One numbered act with its items, recipients, lines of history and messages; in the caller's transaction."""
    new = _numbered(
        Chase(
            kind=kind,
            text=text,
            answer_by=answer_by,
            chased_by=by,
            chased_at=now,
            chased_on=timezone.localtime(now).date(),
            key=key,
        )
    )
    ChaseItem.objects.bulk_create(
        ChaseItem(chase=new, assignment=row, agency=row.agency, due_on=row.due_on) for row in rows
    )
    people = notices.everybody({row.agency_id for row in rows})
    ChaseRecipient.objects.bulk_create(
        ChaseRecipient(chase=new, person=person, agency_id=agency, email=person.email)
        for agency, theirs in sorted(people.items())
        for person in theirs
    )
    details = {"chase": new.pk, "number": new.reference, "answer_by": answer_by.isoformat()}
    HistoryEntry.objects.bulk_create(
        entry_for(row, verb=verb, by=by, now=now, note=text, details=details) for row in rows
    )
    notices.queue(_messages(new, rows, people), now=now)
    return new


def _messages(act: Chase, rows: list[Assignment], people: dict[int, list[User]]) -> Iterator[NewNotice]:
    """One to each person, about what concerns their agency."""
    for agency, theirs in people.items():
        about = tuple((row.pk, "") for row in rows if row.agency_id == agency)
        for person in theirs:
            yield NewNotice(
                person,
                NOTICES[ChaseKind(act.kind)],
                act.notice_key,
                about,
                wait=UNDO_WITHIN,
            )


def _numbered(act: Chase) -> Chase:
    """Save with the next number of its kind and year; who loses the race for a number takes the one after it."""
    same = Chase.objects.filter(kind=act.kind, chased_on__year=act.chased_on.year)
    for left in reversed(range(TRIES)):
        act.number = 1 + (same.aggregate(last=Max("number"))["last"] or 0)
        try:
            with transaction.atomic():
                act.save(force_insert=True)
                break
        except IntegrityError:
            if not left:
                raise
    return act


def _hold_back(act: Chase, *, by: User, now: datetime) -> bool:
    """Cancel the messages that wait; False when one has left or is leaving."""
    of_act = Notice.objects.filter(key=act.notice_key, kind=NOTICES[ChaseKind(act.kind)])
    why = f"{by} hoàn tác đôn đốc lúc {timezone.localtime(now):%H:%M ngày %d/%m/%Y}."
    of_act.filter(state=NoticeState.PENDING).update(state=NoticeState.CANCELLED, problem=why)
    return not of_act.exclude(state__in=(NoticeState.CANCELLED, NoticeState.SKIPPED)).exists()
