"""Inside an agency: who of its people does what, who does it while they are away, who takes over when they leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from agencies.models import User
from directives import notices
from directives.actions.act import Act
from directives.models import Absence, Assignment
from directives.states import NotAllowed, Verb


class WorkChanged(Exception):
    """What a person has to do is no longer what was looked at; `rows`: how it stands now."""

    def __init__(self, rows: Sequence[Assignment]) -> None:
        super().__init__(f"{len(rows)} assignments")
        self.rows = rows


def give(assignment: Assignment, *, by: User, now: datetime, to: User | None, version: int) -> Assignment:
    """One of the agency's people does it (None: nobody in particular). Raises NotAllowed, Conflict."""
    with transaction.atomic():
        row = _give(assignment, by=by, now=now, to=to, version=version)
        if to is not None and to != by:
            notices.queue_given([row], to, now=now)
        return row


def hand_over_work(person: User, *, by: User, now: datetime, to: User, versions: Mapping[int, int]) -> list[Assignment]:
    """Everything open that `person` does goes to `to`, all or nothing.

    `versions`: id → version of what was looked at; WorkChanged when it is something else by now. Raises NotAllowed.
    """
    if to.pk == person.pk:
        raise NotAllowed("Chọn người nhận khác với người bàn giao.")
    with transaction.atomic():
        rows = list(Assignment.objects.locked().open().filter(handler=person))
        if {row.pk: row.version for row in rows} != dict(versions):
            raise WorkChanged(rows)
        if not rows:
            raise NotAllowed(f"{person} không còn việc nào đang mở để bàn giao.")
        taken = [_give(row, by=by, now=now, to=to, version=row.version) for row in rows]
        if to != by:
            notices.queue_given(taken, to, now=now)
        return taken


def _give(assignment: Assignment, *, by: User, now: datetime, to: User | None, version: int) -> Assignment:
    act = Act.begin(Verb.GIVE, assignment, by=by, now=now, version=version)
    if to is not None:
        _refuse_stranger(to, act.row.agency_id, "Người xử lý")
    old, act.row.handler = act.row.handler, to
    act.finish(handler=[str(old or ""), str(to or "")])
    return act.row


def record_absence(person: User, *, by: User, now: datetime, deputy: User, first_day: date, last_day: date) -> Absence:
    """`person` is away and `deputy`, of the same agency and there all the time, does the work. Raises NotAllowed."""
    if deputy.pk == person.pk:
        raise NotAllowed("Chọn người làm thay khác với người vắng mặt.")
    if last_day < first_day:
        raise NotAllowed(f"Ngày cuối phải từ ngày đầu ({first_day:%d/%m/%Y}) trở đi.")
    with transaction.atomic():
        people = {one.pk: one for one in _locked([person, deputy])}
        _refuse_stranger(people[deputy.pk], people[person.pk].agency_id, "Người làm thay")
        _refuse_overlap(person, deputy, first_day, last_day)
        return Absence.objects.create(
            person=person, deputy=deputy, first_day=first_day, last_day=last_day, entered_by=by, entered_at=now
        )


def end_absence(absence: Absence, *, by: User, now: datetime) -> Absence:
    """The person is back, or does not go: from now on nobody does the work instead. Again it changes nothing."""
    with transaction.atomic():
        row = Absence.objects.select_for_update(of=("self",)).get(pk=absence.pk)
        if row.ended_at is None:
            row.ended_by, row.ended_at = by, now
            row.save(update_fields=["ended_by", "ended_at"])
        return row


def _locked(people: Sequence[User]) -> Sequence[User]:
    """Their rows until the transaction ends: two absences of one person are entered one after the other."""
    return list(User.objects.select_for_update(no_key=True).filter(pk__in=[one.pk for one in people]).order_by("pk"))


def _refuse_stranger(person: User, agency: int | None, called: str) -> None:
    if person.agency_id != agency:
        raise NotAllowed(f"{called} phải là người cùng cơ quan. {person} không thuộc cơ quan này.")
    if not person.is_active:
        raise NotAllowed(f"Tài khoản của {person} đã ngừng sử dụng. Chọn người khác.")


def _refuse_overlap(person: User, deputy: User, first: date, last: date) -> None:
    days = Absence.objects.touching(first, last).select_related("person", "deputy").order_by("first_day", "pk")
    if there := days.filter(person=person).first():
        raise NotAllowed(f"{person} đã có lịch vắng {_span(there)}. Bỏ lịch đó trước nếu cần sửa.")
    if there := days.filter(person=deputy).first():
        raise NotAllowed(f"{deputy} cũng vắng {_span(there)}. Chọn người khác làm thay.")
    if there := days.filter(deputy=person).first():
        raise NotAllowed(
            f"{person} đang làm thay {there.person} {_span(there)}. Chọn người khác làm thay việc đó trước."
        )


def _span(absence: Absence) -> str:
    return f"từ {absence.first_day:%d/%m/%Y} đến {absence.last_day:%d/%m/%Y}"
