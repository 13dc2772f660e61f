"""Open work goes from one agency to another: because it is not its to do, or because the agency ends.

The old row is withdrawn and keeps its history; `continued_by` leads to the row that stands for it now, so that figures
count the work once. That row is new, or the one the receiver has of the same directive: two departments that merge
bring the same directive twice, and an assignment may come back to whoever had it before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from agencies.models import Agency, User
from directives import notices
from directives.actions.assignments import Conflict
from directives.actions.history import entry_for
from directives.models import Assignment, ExtensionState, Pause
from directives.states import NotAllowed, Status, Verb, advance

# What a row is by itself; everything else (how far it is, its days) goes along.
_OWN = frozenset({"id", "agency", "status", "handler", "acknowledged_at", "continued_by", "continued_on", "version"})

_Received = dict[tuple[int, str, str], Assignment]  # by `_place`


@dataclass(frozen=True)
class Way:
    """`to` takes over on a day (`on`, not after today), for a reason."""

    to: Agency
    on: date
    reason: str

    def check(self, today: date) -> None:
        """Raises NotAllowed when nothing could be handed over like that."""
        if not self.reason.strip():
            raise NotAllowed("Nhập lý do chuyển.")
        if self.on > today:
            raise NotAllowed(f"Ngày chuyển phải là hôm nay ({today:%d/%m/%Y}) hoặc trước đó.")
        if refusal := self.to.not_there(self.on):
            raise NotAllowed(refusal)


def hand_over(versions: Mapping[int, int], way: Way, *, by: User, now: datetime) -> list[Assignment]:
    """Hand open assignments over to one agency, all or nothing; returns the rows that stand for them now.

    `versions`: id → the version that was looked at (Conflict when one was changed since). Raises NotAllowed with what
    stands in the way. Both agencies are told.
    """
    if not versions:
        raise NotAllowed("Chọn ít nhất một nhiệm vụ.")
    way.check(timezone.localtime(now).date())
    with transaction.atomic():
        # Who hands over to the same agency waits here: both may find that it has no row of a directive yet.
        Agency.objects.select_for_update(no_key=True).get(pk=way.to.pk)
        moving, there = _lock_all(versions, way.to)
        taken = [_move(row, there, way, by=by, now=now) for row in moving]
        notices.queue_handed_over(moving, taken, now=now)
        return taken


def _lock_all(versions: Mapping[int, int], to: Agency) -> tuple[list[Assignment], _Received]:
    """The rows to move, and what `to` has of the same directives, locked in one go: no two acts wait for each other."""
    same = Q(agency=to, directive__in=Assignment.objects.filter(pk__in=versions).values("directive"))
    locked = list(Assignment.objects.locked().filter(Q(pk__in=versions) | same))
    moving = [row for row in locked if row.pk in versions]
    _refuse_missing(versions, moving)
    for row in moving:
        if row.version != versions[row.pk]:
            raise Conflict(row)
    return moving, {_place(row): row for row in locked if row.agency_id == to.pk}


def _place(row: Assignment) -> tuple[int, str, str]:
    """What an agency has at most one row of."""
    return row.directive_id, row.role, row.period


def _refuse_missing(versions: Mapping[int, int], moving: list[Assignment]) -> None:
    if len(moving) != len(versions):
        raise NotAllowed("Có nhiệm vụ không còn trên hệ thống. Mở lại trang rồi chọn lại.")


def _move(row: Assignment, there: _Received, way: Way, *, by: User, now: datetime) -> Assignment:
    if row.agency_id == way.to.pk:
        raise NotAllowed(f"{way.to} đang giữ nhiệm vụ {row.directive.label}. Chọn cơ quan khác.")
    before, row.status = row.status, advance(Verb.HAND_OVER, row.status)
    held = there.get(_place(row))
    stood = held.status if held else Status.WITHDRAWN  # on earlier days the work is counted where it was then
    target = there[_place(row)] = _receive(row, before, held, way, by=by, now=now)
    row.continued_by, row.continued_on = target, way.on
    _save(row)
    Assignment.objects.filter(continued_by=row).update(continued_by=target)
    details = {"agency": [str(row.agency), str(way.to)], "on": way.on.isoformat()}
    for one, verb, was in ((row, Verb.HAND_OVER, before), (target, Verb.TAKE_OVER, stood)):
        entry_for(one, verb=verb, by=by, now=now, from_status=was, note=way.reason, details=details).save()
    return target


def _receive(
    row: Assignment, status: str, there: Assignment | None, way: Way, *, by: User, now: datetime
) -> Assignment:
    """The row at `way.to` that stands for `row` from now on; `there`: the one it has already."""
    if there is None:
        return _inherit(Assignment(agency=way.to, directive=row.directive, version=0), row, status)
    if there.status == Status.DONE:
        raise NotAllowed(
            f"{way.to} đã hoàn thành nhiệm vụ {row.directive.label} của mình. "
            f"Chọn cơ quan khác cho phần việc của {row.agency}."
        )
    advance(Verb.TAKE_OVER, there.status)
    if there.status == Status.WITHDRAWN:
        there.acknowledged_at = there.continued_by = there.continued_on = None
        return _inherit(there, row, status)
    note = f"Nhiệm vụ đã gộp với nhiệm vụ của {way.to}, theo thời hạn của {way.to}."
    row.extensions.open().update(state=ExtensionState.REFUSED, decided_by=by, decided_at=now, note=note)
    row.pauses.open().update(resumed_by=by, resumed_at=now)
    return _save(there)


def _inherit(target: Assignment, row: Assignment, status: str) -> Assignment:
    """Everything of `row` but who has it; an answer "không thuộc thẩm quyền" was the other agency's."""
    for column in Assignment._meta.concrete_fields:
        if column.name not in _OWN:
            setattr(target, column.attname, getattr(row, column.attname))
    target.status = Status.NOT_STARTED if status == Status.DECLINED else Status(status)
    _save(target)
    Pause.objects.filter(assignment=row).update(assignment=target)
    row.extensions.update(assignment=target)  # the due day goes along with what moved it
    row.pauses.update(assignment=target)
    return target


def _save(row: Assignment) -> Assignment:
    row.version += 1
    row.save()
    return row


def reassign(assignment: Assignment, *, by: User, now: datetime, to: Agency, reason: str, version: int) -> Assignment:
    """Give one assignment to another agency from today on; see `hand_over`."""
    way = Way(to, timezone.localtime(now).date(), reason)
    return hand_over({assignment.pk: version}, way, by=by, now=now)[0]
