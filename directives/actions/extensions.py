"""More time for an assignment: the agency asks, the Office decides, the original due day stays (DOMAIN §3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from agencies.models import User
from directives import notices, workdays
from directives.actions.act import Act
from directives.actions.assignments import CheckedFile, Enclosures
from directives.models import Assignment, ExtensionRequest, ExtensionState, NoticeKind, not_extendable
from directives.states import NotAllowed, Verb

LONGEST = timedelta(days=365)  # of one extension; a later day is taken for a slip of the pen


class UnfitDay(NotAllowed):
    """The day that is asked for or granted does not do; the sentence says which would."""


def ask_extension(
    assignment: Assignment,
    *,
    by: User,
    now: datetime,
    asked_on: date,
    reason: str,
    version: int,
    files: Sequence[CheckedFile] = (),
) -> ExtensionRequest:
    """The agency asks for more time, before the due day has passed unless the Office allows it later.

    The same request sent twice is one. Raises NotAllowed (also as UnfitDay), Conflict.
    """
    if not reason.strip():
        raise NotAllowed("Nhập lý do đề nghị gia hạn.")
    with Enclosures() as enclosures, transaction.atomic():
        waiting = Assignment.objects.locked().get(pk=assignment.pk).extensions.open().first()
        if waiting is not None:
            return _repeated(waiting, asked_on, reason)
        act = Act.begin(Verb.ASK_EXTENSION, assignment, by=by, now=now, version=version)
        due_on = _due_day_to_move(act.row, timezone.localtime(now).date())
        _refuse_unfit(asked_on, due_on=due_on, today=timezone.localtime(now).date())
        request = ExtensionRequest.objects.create(
            assignment=act.row, asked_by=by, asked_at=now, asked_on=asked_on, reason=reason, due_before=due_on
        )
        enclosures.add(files, extension=request)
        act.finish(note=reason, extension=request.pk, asked_on=asked_on.isoformat(), files=len(files))
        notices.queue_for_office(act.row, kind=NoticeKind.EXTENSION_ASKED, key=f"extension:{request.pk}", now=now)
        return request


def drop_extension(request: ExtensionRequest, *, by: User, now: datetime, version: int) -> ExtensionRequest:
    """The agency takes its open request back. Raises NotAllowed, Conflict."""
    with transaction.atomic():
        act, row = _begin(Verb.DROP_EXTENSION, request, by=by, now=now, version=version)
        return _settle(row, ExtensionState.WITHDRAWN, act)


def grant_extension(
    request: ExtensionRequest, *, by: User, now: datetime, granted_on: date, version: int, note: str = ""
) -> ExtensionRequest:
    """Move the due day, to the day asked for or another; reminders begin anew.

    Raises NotAllowed (also as UnfitDay), Conflict.
    """
    with transaction.atomic():
        act, row = _begin(Verb.GRANT_EXTENSION, request, by=by, now=now, version=version)
        due_on = act.row.due_on or row.due_before
        _refuse_unfit(granted_on, due_on=due_on, today=timezone.localtime(now).date())
        row.due_before, row.granted_on = due_on, granted_on
        act.row.due_on = granted_on
        act.row.counted_from = act.row.counted_days = None  # a day that was named stays, whatever the calendar does
        return _settle(row, ExtensionState.GRANTED, act, note)


def refuse_extension(
    request: ExtensionRequest, *, by: User, now: datetime, note: str, version: int
) -> ExtensionRequest:
    """The due day stays as it is, for the reason in `note`. Raises NotAllowed, Conflict."""
    if not note.strip():
        raise NotAllowed("Nhập lý do không gia hạn.")
    with transaction.atomic():
        act, row = _begin(Verb.REFUSE_EXTENSION, request, by=by, now=now, version=version)
        return _settle(row, ExtensionState.REFUSED, act, note)


def _begin(
    verb: Verb, request: ExtensionRequest, *, by: User, now: datetime, version: int
) -> tuple[Act, ExtensionRequest]:
    """The assignment's row is locked first, whatever is done to its requests: two verbs never wait for each other."""
    assignment = Assignment.objects.locked().get(pk=request.assignment_id)
    row = ExtensionRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.state != ExtensionState.OPEN:
        raise NotAllowed(f"Đề nghị gia hạn này đã có kết quả: {row.get_state_display().lower()}.")
    return Act.begin(verb, assignment, by=by, now=now, version=version), row


def _settle(row: ExtensionRequest, state: ExtensionState, act: Act, note: str = "") -> ExtensionRequest:
    row.state, row.decided_by, row.decided_at, row.note = state, act.by, act.now, note.strip()
    row.save()
    act.finish(note=note, extension=row.pk, asked_on=row.asked_on.isoformat())
    if state != ExtensionState.WITHDRAWN:
        notices.queue_for_agency(act.row, kind=NoticeKind.EXTENSION_DECIDED, now=act.now)
    return row


def _repeated(waiting: ExtensionRequest, asked_on: date, reason: str) -> ExtensionRequest:
    if (waiting.asked_on, waiting.reason) == (asked_on, reason):
        return waiting
    raise NotAllowed(
        f"Nhiệm vụ này đã có đề nghị gia hạn đến {waiting.asked_on:%d/%m/%Y} đang chờ quyết định. Rút đề nghị đó trước "
        "khi gửi đề nghị khác."
    )


def _due_day_to_move(row: Assignment, today: date) -> date:
    if refusal := not_extendable(row, today=today):
        raise NotAllowed(refusal)
    assert row.due_on is not None
    return row.due_on


def _refuse_unfit(day: date, *, due_on: date, today: date) -> None:
    """A new due day is later than the one that stands, not in the past, not absurdly far, and no rest day."""
    if day <= due_on:
        raise UnfitDay(f"Ngày gia hạn phải sau hạn hiện nay ({due_on:%d/%m/%Y}).")
    if day < today:
        raise UnfitDay(f"Ngày gia hạn phải từ hôm nay ({today:%d/%m/%Y}) trở đi.")
    if day - max(due_on, today) > LONGEST:
        raise UnfitDay(f"Mỗi lần gia hạn nhiều nhất {LONGEST.days} ngày. Kiểm tra lại năm của ngày gia hạn.")
    if workdays.is_rest_day(day):
        working = workdays.after_working_days(day, 1)
        raise UnfitDay(f"Ngày {day:%d/%m/%Y} là ngày nghỉ. Chọn ngày làm việc, gần nhất là {working:%d/%m/%Y}.")
