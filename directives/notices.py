"""The outbox: each message is put in once, in the transaction of the act that calls for it (docs/decisions/0003).

delivery.py sends what waits here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from email.utils import make_msgid, parseaddr
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from agencies.models import AGENCY_ROLES, Agency, Role, User
from directives.models import (
    Absence,
    Assignment,
    AssignmentQuerySet,
    HistoryEntry,
    Letter,
    Notice,
    NoticeItem,
    NoticeKind,
    NoticeState,
)
from directives.policy import Hearer

BATCH = 500  # rows written in one transaction
NO_ADDRESS = "Người nhận chưa có địa chỉ thư, chỉ được báo trên hệ thống."


@dataclass(frozen=True)
class NewNotice:
    """One message to be, about (id of an assignment, its step or "") each; see NoticeItem.

    `occasion` is today unless said otherwise. With `skipped` the row is kept for the record, with the reason, not sent.
    It leaves after `wait` at the earliest. `title` and `path`: see Notice.
    """

    recipient: User
    kind: NoticeKind
    key: str
    about: tuple[tuple[int, str], ...]
    occasion: date | None = None
    skipped: str = ""
    wait: timedelta = timedelta()
    title: str = ""
    path: str = ""


def _people(*roles: Role) -> QuerySet[User]:
    """The active people of these roles; of agencies unless said otherwise."""
    return User.objects.filter(is_active=True, role__in=roles or AGENCY_ROLES)


def _reachable(*roles: Role) -> QuerySet[User]:
    """Those of them that mail is written to: they have an address."""
    return _people(*roles).exclude(email="")


def audience(agencies: Collection[int]) -> dict[int, list[User]]:
    """Who gets mail about the work of these agencies (ids)."""
    return _by_agency(_reachable(), agencies)


def everybody(agencies: Collection[int]) -> dict[int, list[User]]:
    """Who is told in the portal about the work of these agencies (ids), with or without an address."""
    return _by_agency(_people(), agencies)


def _by_agency(people: QuerySet[User], agencies: Collection[int]) -> dict[int, list[User]]:
    theirs = people.filter(agency__in=agencies).order_by("agency", "pk")
    return {pk: list(group) for pk, group in groupby(theirs, lambda person: person.agency_id)}


def above() -> dict[Hearer, list[User]]:
    """Who hears from above the agencies: the officers who follow the work, and the leaders of the province."""
    people = list(_reachable(Role.OFFICER, Role.LEADER).order_by("pk"))
    return {
        Hearer.OFFICE: [person for person in people if person.role == Role.OFFICER],
        Hearer.LEADER: [person for person in people if person.role == Role.LEADER],
    }


def concerned(people: Sequence[User], handler: int | None, deputies: Mapping[int, User]) -> list[User]:
    """Who of an agency's `people` hears about one assignment.

    Its heads, and of the staff the one who has it (`handler`, id), in an absence with the deputy; all of the staff
    while nobody has it or can be reached. `deputies`: as `Absence.objects.deputies` gives them for the day.
    """
    if handler is None:
        return list(people)
    named = {handler, *(deputy.pk for away, deputy in deputies.items() if away == handler)}
    focal = [person for person in people if person.pk in named or person.role == Role.AGENCY_HEAD]
    return focal if any(person.pk in named for person in focal) else list(people)


def unreachable(assignments: AssignmentQuerySet) -> QuerySet[Agency]:
    """The agencies of these assignments in which nobody can be written to."""
    given = Agency.objects.filter(pk__in=assignments.values("agency"))
    return given.exclude(pk__in=_reachable().values("agency")).order_by("sort_key", "pk")


def queue(new: Iterable[NewNotice], *, now: datetime) -> None:
    """Put messages in the outbox, or add to those that wait there: the unique constraint makes each one once.

    What is said about a message that has left already is dropped; a reminder's next plan finds it again.
    """
    today = timezone.localtime(now).date()
    by_occasion: defaultdict[tuple[str, str, date, str], list[NewNotice]] = defaultdict(list)
    for one in map(_as_it_can_be_sent, new):
        by_occasion[one.kind, one.key, one.occasion or today, one.skipped].append(one)
    for (_, _, day, _), same in sorted(by_occasion.items()):
        same.sort(key=lambda one: one.recipient.pk)  # two at once go the same way: no deadlock
        for start in range(0, len(same), BATCH):
            _put_in(same[start : start + BATCH], day=day, now=now)


def _as_it_can_be_sent(new: NewNotice) -> NewNotice:
    """Without an address there is no mail; the row is what the portal shows its recipient."""
    return new if new.skipped or new.recipient.email else replace(new, skipped=NO_ADDRESS)


def _put_in(new: list[NewNotice], *, day: date, now: datetime) -> None:
    """Insert the rows that are missing, then lock those that wait (no sender reads half of them) and add to them.

    All are of one kind and key, and skipped for one reason or none.
    """
    state = NoticeState.SKIPPED if new[0].skipped else NoticeState.PENDING
    about = {one.recipient.pk: one.about for one in new}
    with transaction.atomic():
        Notice.objects.bulk_create((_row(one, state, day, now) for one in new), ignore_conflicts=True)
        same = Notice.objects.filter(kind=new[0].kind, key=new[0].key, occasion=day, state=state)
        rows = same.filter(recipient__in=about).order_by("pk").select_for_update()
        locked = list(rows.values_list("pk", "recipient"))
        NoticeItem.objects.bulk_create(
            (
                NoticeItem(notice_id=notice, assignment_id=assignment, step=step)
                for notice, recipient in locked
                for assignment, step in about[recipient]
            ),
            ignore_conflicts=True,
        )


def _row(new: NewNotice, state: NoticeState, day: date, now: datetime) -> Notice:
    return Notice(
        recipient=new.recipient,
        kind=new.kind,
        key=new.key,
        occasion=day,
        state=state,
        problem=new.skipped,
        created_at=now,
        next_at=now + new.wait,
        title=new.title,
        path=new.path,
        message_id=make_msgid(domain=parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]),
    )


def queue_for_agency(assignment: Assignment, *, kind: NoticeKind, now: datetime, wait: timedelta = timedelta()) -> None:
    """Tell an agency's people what the Office decided on one assignment, after `wait`."""
    key = f"assignment:{assignment.pk}:{assignment.version}"
    people = everybody([assignment.agency_id]).get(assignment.agency_id, [])
    away = Absence.objects.filter(person=assignment.handler_id).deputies(timezone.localtime(now).date())
    told = concerned(people, assignment.handler_id, away)
    queue((NewNotice(person, kind, key, ((assignment.pk, ""),), wait=wait) for person in told), now=now)


def take_back(assignment: Assignment, *, kind: NoticeKind, why: str) -> int:
    """Messages of a kind about one assignment that have not left and are not to leave; the number."""
    waiting = Notice.objects.filter(kind=kind, state=NoticeState.PENDING, items__assignment=assignment)
    return waiting.update(state=NoticeState.CANCELLED, problem=why)


def queue_for_office(assignment: Assignment, *, kind: NoticeKind, key: str, now: datetime) -> None:
    """Tell the officers what an agency asks for on one assignment."""
    queue((NewNotice(person, kind, key, ((assignment.pk, ""),)) for person in above()[Hearer.OFFICE]), now=now)


def queue_changed(entries: Iterable[HistoryEntry], *, now: datetime) -> None:
    """Tell the agencies' people what the entries say: each is one change of one assignment."""
    told = list(entries)
    people = everybody({entry.assignment.agency_id for entry in told if entry.assignment})
    new = [
        NewNotice(person, NoticeKind.CHANGED, f"entry:{entry.pk}", ((entry.assignment.pk, ""),))
        for entry in told
        if entry.assignment
        for person in people.get(entry.assignment.agency_id, [])
    ]
    queue(new, now=now)


def queue_assigned(letter: Letter, given: Iterable[Assignment], *, now: datetime) -> None:
    """One message per person for a whole letter, however many of its directives concern them."""
    queue_about(given, kind=NoticeKind.ASSIGNED, key=f"letter:{letter.pk}", now=now)


def queue_about(assignments: Iterable[Assignment], *, kind: NoticeKind, key: str, now: datetime) -> None:
    """One message to each person of the agencies concerned, about all of theirs among these assignments."""
    by_agency: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for assignment in assignments:
        by_agency[assignment.agency_id].append((assignment.pk, ""))
    new = [
        NewNotice(person, kind, key, tuple(by_agency[agency]))
        for agency, people in everybody(by_agency).items()
        for person in people
    ]
    queue(new, now=now)


def queue_given(rows: Sequence[Assignment], to: User, *, now: datetime) -> None:
    """Tell one person what was given to them in one act; who cannot be written to is not told."""
    if to.is_active and to.email:
        key = f"given:{rows[0].pk}:{rows[0].version}"
        queue([NewNotice(to, NoticeKind.GIVEN, key, tuple((row.pk, "") for row in rows))], now=now)


def queue_handed_over(gone: Sequence[Assignment], taken: Sequence[Assignment], *, now: datetime) -> None:
    """Tell who gave away and who took over, each person once: `gone[n]` went to `taken[n]` in one act."""
    for kind, rows in ((NoticeKind.HANDED_OVER, gone), (NoticeKind.TAKEN_OVER, taken)):
        by_agency: defaultdict[int, dict[int, tuple[int, str]]] = defaultdict(dict)
        for one in rows:
            by_agency[one.agency_id][one.pk] = (one.pk, "")
        key = f"assignment:{rows[0].pk}:{rows[0].version}"
        people = audience(by_agency)
        about = {agency: tuple(items.values()) for agency, items in by_agency.items()}
        queue((NewNotice(one, kind, key, about[agency]) for agency in people for one in people[agency]), now=now)


def skip_waiting(*, before: datetime, why: str) -> int:
    """Messages put in before a moment that are not to be sent; the number. What is being sent now is not stopped."""
    waiting = Notice.objects.filter(state=NoticeState.PENDING, created_at__lt=before)
    return waiting.update(state=NoticeState.SKIPPED, problem=why)
