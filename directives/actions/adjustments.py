"""What the Office does to one assignment beside reviewing it: pause, resume, withdraw, put its due day right.

Nothing is ever deleted: each leaves its reason in the history, a pause a row of its own.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from agencies.models import User
from directives import notices, workdays
from directives.actions.act import Act
from directives.actions.taking_back import settle
from directives.models import Assignment, Pause
from directives.states import NotAllowed, Status, Verb

FARTHEST = timedelta(days=3660)  # from the letter's day; a due day beyond it is taken for a slip of the pen


def pause(assignment: Assignment, *, by: User, now: datetime, reason: str, version: int) -> Assignment:
    """The clock stands still; the working days that are left are kept. Raises NotAllowed, Conflict."""
    _require(reason, "Nhập lý do tạm dừng.")
    today = timezone.localtime(now).date()
    with transaction.atomic():
        act = Act.begin(Verb.PAUSE, assignment, by=by, now=now, version=version)
        left = workdays.office().count(today, act.row.due_on) if act.row.due_on else None
        Pause.objects.create(
            assignment=act.row,
            from_status=act.before,
            reason=reason,
            paused_on=today,
            paused_by=by,
            due_before=act.row.due_on,
            remaining=left,
        )
        notices.queue_changed([act.finish(note=reason, remaining=left)], now=now)
        return act.row


def resume(assignment: Assignment, *, by: User, now: datetime, version: int, note: str = "") -> Assignment:
    """The clock runs on: today and the working days that were left give the new due day. Raises NotAllowed, Conflict.

    Where no working day was lost the due day stays, also one that is a day off.
    """
    with transaction.atomic():
        act = Act.begin(Verb.RESUME, assignment, by=by, now=now, version=version)
        paused = act.row.pauses.select_for_update(of=("self",)).open().get()
        act.row.status = Status(paused.from_status)
        _count_on(act.row, paused, timezone.localtime(now).date())
        paused.resumed_by, paused.resumed_at, paused.due_after = by, now, act.row.due_on
        paused.save()
        entry = act.finish(note=note, paused_on=paused.paused_on.isoformat(), remaining=paused.remaining)
        notices.queue_changed([entry], now=now)
        return act.row


def _count_on(row: Assignment, paused: Pause, today: date) -> None:
    calendar = workdays.office()
    if row.due_on is None or calendar.count(paused.paused_on, today) <= 0:
        return
    if row.due_on != paused.due_before:  # put right during the pause
        paused.due_before, paused.remaining = row.due_on, calendar.count(paused.paused_on, row.due_on)
    assert paused.remaining is not None
    row.counted_from, row.counted_days = today, paused.remaining
    row.due_on = calendar.move(today, paused.remaining)


def withdraw(assignment: Assignment, *, by: User, now: datetime, reason: str, version: int) -> Assignment:
    """The agency need not go on and figures do not count it; what it reported stays. Raises NotAllowed, Conflict."""
    _require(reason, "Nhập lý do thu hồi.")
    with transaction.atomic():
        act = Act.begin(Verb.WITHDRAW, assignment, by=by, now=now, version=version)
        settle([act.row], by=by, now=now)
        notices.queue_changed([act.finish(note=reason)], now=now)
        return act.row


def correct_due(
    assignment: Assignment,
    *,
    by: User,
    now: datetime,
    original_due_on: date | None,
    due_on: date | None,
    reason: str,
    version: int,
) -> Assignment:
    """The days as they should have been entered, the original one too: a mis-entered day never was the deadline.

    Both None: the letter sets no day. Raises NotAllowed, Conflict.
    """
    _require(reason, "Nhập lý do sửa hạn.")
    with transaction.atomic():
        act = Act.begin(Verb.CORRECT, assignment, by=by, now=now, version=version)
        _refuse_unfit(act.row, original_due_on, due_on)
        act.row.original_due_on, act.row.due_on = original_due_on, due_on
        act.row.counted_from = act.row.counted_days = None
        notices.queue_changed([act.finish(note=reason)], now=now)
        return act.row


def _refuse_unfit(row: Assignment, original: date | None, due: date | None) -> None:
    issued = row.directive.letter.effective_on
    if (original, due) == (row.original_due_on, row.due_on):
        raise NotAllowed("Hai ngày này là hạn đang có. Sửa ngày sai rồi lưu.")
    if original is None and due is None:
        return
    if original is None or due is None:
        raise NotAllowed("Nhập cả hạn ban đầu và hạn hiện nay, hoặc để trống cả hai nếu văn bản không đặt thời hạn.")
    if original < issued:
        raise NotAllowed(f"Hạn phải sau ngày ban hành văn bản ({issued:%d/%m/%Y}).")
    if due < original:
        raise NotAllowed(f"Hạn hiện nay không được trước hạn ban đầu ({original:%d/%m/%Y}).")
    if due - issued > FARTHEST:
        raise NotAllowed(f"Hạn {due:%d/%m/%Y} quá xa ngày ban hành văn bản. Kiểm tra lại năm.")


def _require(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise NotAllowed(sentence)
