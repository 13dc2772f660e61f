"""Agencies end, merge and split: one ends on a day, and its open work and its people go to others (DOMAIN §5).

What is done stays under the old name. Groups need no verb: they are rules over kinds and days.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from agencies.models import AGENCY_ROLES, Agency, User
from directives.actions.act import Act
from directives.actions.handover import Way, hand_over
from directives.actions.succession import carry_on
from directives.models import Absence, AgencyAct, AgencyChange, Assignment
from directives.states import NotAllowed, Verb


def found_agency(agency: Agency, *, by: User, now: datetime, reason: str) -> Agency:
    """A new body, from its first day on; its code is its own for all time. Raises NotAllowed."""
    _require(reason, "Nhập căn cứ (nghị quyết, quyết định) thành lập.")
    if agency.valid_from is None:
        raise NotAllowed("Nhập ngày bắt đầu hoạt động.")
    with transaction.atomic():
        if (same := Agency.objects.filter(code=agency.code).first()) is not None:
            raise NotAllowed(
                f"Mã {agency.code} là của {same}. Chọn mã khác, ví dụ {agency.code}.{agency.valid_from.year}."
            )
        agency.describe()
        agency.save(force_insert=True)
        _log(agency, AgencyAct.FOUND, agency.valid_from, by=by, now=now, reason=reason)
        return agency


def end_agency(
    agency: Agency, *, by: User, now: datetime, last_day: date, successors: Sequence[Agency], reason: str
) -> Agency:
    """The agency works until `last_day`; whoever takes its place exists on the day after. Raises NotAllowed.

    Said again, it corrects day and successors; what was handed over stays where it is.
    """
    _require(reason, "Nhập căn cứ (nghị quyết, quyết định) của thay đổi.")
    if agency.valid_from and last_day < agency.valid_from:
        raise NotAllowed(f"{agency} hoạt động từ ngày {agency.valid_from:%d/%m/%Y}; ngày cuối phải từ ngày đó trở đi.")
    first = last_day + timedelta(days=1)
    for heir in successors:
        if heir.pk == agency.pk:
            raise NotAllowed(f"{agency} không thể kế thừa chính mình. Bỏ chọn cơ quan này.")
        _refuse_missing(heir, first)
    with transaction.atomic():
        row = Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
        row.valid_to = last_day
        row.save(update_fields=["valid_to"])
        row.successors.set(successors)
        _log(row, AgencyAct.END, first, by=by, now=now, reason=reason, names=[str(heir) for heir in successors])
        return row


def hand_over_from(
    agency: Agency,
    versions: Mapping[int, int],
    way: Way,
    *,
    by: User,
    now: datetime,
    recurring: Collection[int] = (),
) -> list[Assignment]:
    """Open assignments of `agency` go to another; as `handover.hand_over`, and the directory keeps a line of it.

    `recurring`: directives (ids) of which no period is open; `succession.carry_on`.
    """
    with transaction.atomic():
        if recurring:
            carry_on(agency, recurring, way, by=by, now=now)
            _log(agency, AgencyAct.CARRY_ON, way.on, by=by, now=now, reason=way.reason, to=way.to, count=len(recurring))
        if recurring and not versions:
            return []
        if Assignment.objects.filter(pk__in=versions).exclude(agency=agency).exists():
            raise NotAllowed(f"Có nhiệm vụ không phải của {agency}. Mở lại trang rồi chọn lại.")
        taken = hand_over(versions, way, by=by, now=now)
        _log(agency, AgencyAct.HAND_OVER, way.on, by=by, now=now, reason=way.reason, to=way.to, count=len(versions))
        return taken


def move_people(
    agency: Agency, people: Sequence[User], *, by: User, now: datetime, to: Agency, reason: str
) -> list[User]:
    """People of one agency work in another from today on, all of them or none. Raises NotAllowed.

    What a person did and was handed over to `to` goes along; what stays behind is nobody's in particular; absences in
    which the two are no longer colleagues end.
    """
    _require(reason, "Nhập căn cứ hoặc lý do chuyển người.")
    today = timezone.localtime(now).date()
    if to.pk == agency.pk:
        raise NotAllowed("Chọn cơ quan khác với cơ quan hiện nay.")
    _refuse_missing(to, today)
    with transaction.atomic():
        ids = [person.pk for person in people]
        rows = list(User.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk"))
        _refuse_strangers(rows, agency, len(set(ids)))
        for person in rows:
            _leave(person, by=by, now=now)
            person.agency = to
            person.save(update_fields=["agency"])
            _arrive(person, to, by=by, now=now)
        apart = Absence.objects.not_over(today).exclude(person__agency=F("deputy__agency"))
        apart.filter(Q(person__in=ids) | Q(deputy__in=ids)).update(ended_by=by, ended_at=now)
        names = [str(person) for person in rows]
        _log(agency, AgencyAct.MOVE, today, by=by, now=now, reason=reason, to=to, count=len(rows), names=names)
        return rows


def _refuse_missing(agency: Agency, day: date) -> None:
    if refusal := agency.not_there(day):
        raise NotAllowed(refusal)


def _refuse_strangers(people: Sequence[User], agency: Agency, wanted: int) -> None:
    if not people:
        raise NotAllowed("Chọn ít nhất một người.")
    if len(people) != wanted or any(one.agency_id != agency.pk or one.role not in AGENCY_ROLES for one in people):
        raise NotAllowed(f"Có người không thuộc {agency}. Mở lại trang rồi chọn lại.")


def _leave(person: User, *, by: User, now: datetime) -> None:
    for row in Assignment.objects.open().filter(handler=person).order_by("pk"):
        _give(row, None, by=by, now=now)


def _arrive(person: User, to: Agency, *, by: User, now: datetime) -> None:
    """What the person did in the old agency and `to` has taken over."""
    mine = Assignment.objects.filter(handler=person, continued_by__agency=to).values("continued_by")
    for row in Assignment.objects.open().filter(pk__in=mine, handler=None).order_by("pk"):
        _give(row, person, by=by, now=now)


def _give(row: Assignment, person: User | None, *, by: User, now: datetime) -> None:
    act = Act.begin(Verb.GIVE, row, by=by, now=now)
    old, act.row.handler = act.row.handler, person
    act.finish(handler=[str(old or ""), str(person or "")])


def _log(
    agency: Agency,
    act: AgencyAct,
    on: date,
    *,
    by: User,
    now: datetime,
    reason: str,
    to: Agency | None = None,
    count: int = 0,
    names: Sequence[str] = (),
) -> None:
    AgencyChange.objects.create(
        agency=agency, act=act, on=on, to=to, count=count, names=", ".join(names)[:1000], reason=reason, by=by, at=now
    )


def _require(words: str, asked: str) -> None:
    if not words.strip():
        raise NotAllowed(asked)
