"""Putting right a letter that was given: its head, a directive, what was missed.

What agencies were given stays; every change is a line of history with its reason and what was there before.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from agencies.models import Agency, User
from directives import notices
from directives.actions.history import entry_for, record_on_letter
from directives.actions.letters import NewDirective, _add_directive, _fan_out, _new_assignment
from directives.actions.rules import _OF_TIME, _follow
from directives.deadlines import DueKind, DueRule
from directives.drafting.cards import Head
from directives.models import (
    Assignment,
    Directive,
    HistoryEntry,
    Letter,
    LetterState,
    Modality,
    NoticeKind,
    Party,
    PartyRole,
)
from directives.states import NotAllowed, Status, Verb

Changes = dict[str, list[Any]]  # {field: [before, after]}, as JSON has it


class Outdated(Exception):
    """Somebody else corrected the letter or the directive since the page was opened."""


@dataclass(frozen=True)
class Clause:
    """A directive as it should have been entered: its place in the letter's text and what the Office made of it."""

    title: str
    start: int
    end: int
    modality: Modality
    requires_evidence: bool
    rule: DueRule


def correct_letter(letter: Letter, *, by: User, now: datetime, version: int, head: Head, reason: str) -> Letter:
    """The head as it should read; the text stays as it is. Raises NotAllowed, Outdated."""
    _require(reason, "Nhập lý do đính chính.")
    with transaction.atomic():
        row = _lock_letter(letter, version)
        if head.number and Letter.objects.like(head).exclude(pk=row.pk).exists():
            raise NotAllowed(f"Văn bản {head.reference} của cơ quan ban hành này đã có trong năm.")
        _refuse_late_letter(row, head.effective_on)
        changes = _put(row, {name: list(one) if isinstance(one, tuple) else one for name, one in asdict(head).items()})
        row.describe()
        row.version += 1
        row.save()
        record_on_letter(row, verb=Verb.CORRECT, by=by, now=now, note=reason, **changes)
        return row


def _refuse_late_letter(letter: Letter, day: date) -> None:
    due = letter.directives.filter(due_on__lt=day).order_by("due_on").first()
    if due is not None:
        raise NotAllowed(f"Ngày ban hành phải trước hạn {due.due_on:%d/%m/%Y} của mục {due.label}. Sửa hạn đó trước.")


def correct_directive(
    directive: Directive, *, by: User, now: datetime, version: int, clause: Clause, reason: str
) -> tuple[Directive, list[Assignment]]:
    """The directive as it should have been entered, and the assignments whose due day follows it.

    A day that was mis-entered was never the deadline: the original day is corrected too, done or not. What has a day
    of its own (an extension was granted, the Office set another) keeps it. Raises NotAllowed, Outdated.
    """
    _require(reason, "Nhập lý do đính chính.")
    with transaction.atomic():
        row = _lock_directive(directive, version)
        _refuse_unfit(clause, row.letter)
        before = row.rule
        changes = _put(row, _columns(clause, row.letter))
        row.describe()
        row.version += 1
        row.save()
        moved = _follow(row, before, by=by, now=now, reason=reason) if changes.keys() & _OF_TIME else []
        _record(row, by=by, now=now, note=reason, details={**changes, "moved": [len(moved)]})
        return row, moved


def _columns(clause: Clause, letter: Letter) -> dict[str, Any]:
    return {
        "title": clause.title,
        "start": clause.start,
        "end": clause.end,
        "text": letter.text[clause.start : clause.end],
        "modality": clause.modality,
        "requires_evidence": clause.requires_evidence,
        "due_kind": clause.rule.kind,
        "due_on": clause.rule.last_day(),
        "due_details": clause.rule.details,
        "due_is_internal": clause.rule.kind == DueKind.DATE and not clause.rule.phrase,
    }


def _refuse_unfit(clause: Clause, letter: Letter) -> None:
    day = clause.rule.last_day()
    if not clause.title.strip():
        raise NotAllowed("Nhập tên nhiệm vụ.")
    if clause.rule.kind == DueKind.DATE and day is None:
        raise NotAllowed("Nhập ngày của hạn.")
    if day and day < letter.effective_on:
        raise NotAllowed(f"Hạn phải sau ngày ban hành văn bản ({letter.effective_on:%d/%m/%Y}).")


def add_directive(
    letter: Letter, *, by: User, now: datetime, version: int, new: NewDirective
) -> tuple[Directive, list[Assignment]]:
    """A directive that was missed, given at once to its lead parties as they stood on the letter's day."""
    with transaction.atomic():
        row = _lock_letter(letter, version)
        if new.due_on and new.due_on < row.effective_on:
            raise NotAllowed(f"Hạn phải sau ngày ban hành văn bản ({row.effective_on:%d/%m/%Y}).")
        directive = _add_directive(row, _free_place(row, new.start), new)
        row.version += 1
        row.save(update_fields=["version"])
        given = _give(_fan_out(directive, row.effective_on), by=by, now=now)
        _record(directive, by=by, now=now, note="", details={"assignments": [len(given)]}, verb=Verb.ASSIGN)
        notices.queue_about(given, kind=NoticeKind.ASSIGNED, key=f"directive:{directive.pk}", now=now)
        return directive, given


def _free_place(letter: Letter, start: int) -> int:
    """The position of a clause that begins at `start`; those behind it move up by one, past the unique constraint."""
    above = letter.directives.filter(start__lte=start).order_by("position").last()
    place = above.position + 1 if above else 1
    letter.directives.filter(position__gte=place).update(position=F("position") + 10_000)
    letter.directives.filter(position__gte=10_000).update(position=F("position") - 9_999)
    return place


def add_agency(
    directive: Directive, *, by: User, now: datetime, version: int, agency: Agency, due_on: date | None, reason: str
) -> Assignment:
    """An agency that was missed is given the directive from today; `due_on`: its own day, original from the start.

    It stays linked to the group it was struck out of, else it becomes a party of its own. Raises NotAllowed, Outdated.
    """
    _require(reason, "Nhập lý do bổ sung cơ quan.")
    today = timezone.localtime(now).date()
    with transaction.atomic():
        row = _lock_directive(directive, version)
        there = row.assignments.filter(agency=agency, role=PartyRole.LEAD).order_by("pk").last()
        if there is not None and there.status != Status.WITHDRAWN:
            raise NotAllowed(f"{agency} đã được giao nhiệm vụ này.")
        if due_on and due_on < today:
            raise NotAllowed(f"Hạn {due_on:%d/%m/%Y} đã qua. Nhập hạn mới cho cơ quan được bổ sung.")
        one = _new_assignment(row, _party_for(row, agency), agency, today)
        if due_on or row.due_kind == DueKind.DATE:
            one.due_on = one.original_due_on = due_on
            one.counted_from = one.counted_days = None
        row.version += 1
        row.save(update_fields=["version"])
        given = _begin_anew(there, one) if there is not None and there.period == one.period else one
        given.save()
        was = Status.WITHDRAWN if given is there else ""
        entry_for(given, verb=Verb.ASSIGN, by=by, now=now, from_status=was, note=reason).save()
        notices.queue_about([given], kind=NoticeKind.ASSIGNED, key=f"directive:{row.pk}:{row.version}", now=now)
        return given


def _begin_anew(there: Assignment, new: Assignment) -> Assignment:
    """The row that was withdrawn, as if given for the first time; its history and its updates stay."""
    for column in Assignment._meta.concrete_fields:
        if column.name not in ("id", "version"):
            setattr(there, column.attname, getattr(new, column.attname))
    there.version += 1
    return there


def _party_for(directive: Directive, agency: Agency) -> Party:
    """The group from which the agency had been struck out, which takes it back; else a party of its own name."""
    leads = directive.parties.filter(role=PartyRole.LEAD).select_related("group").order_by("pk")
    for party in leads:
        if party.group is not None and agency.code in party.struck_out:
            party.struck_out = [code for code in party.struck_out if code != agency.code]
            party.save(update_fields=["struck_out"])
            return party
    names = {"directive": directive, "role": PartyRole.LEAD, "phrase": agency.short_name}
    return Party.objects.get_or_create(**names, defaults={"agency": agency})[0]


def _give(new: list[Assignment], *, by: User, now: datetime) -> list[Assignment]:
    given = Assignment.objects.bulk_create(new)
    HistoryEntry.objects.bulk_create(entry_for(one, verb=Verb.ASSIGN, by=by, now=now) for one in given)
    return given


def _lock_letter(letter: Letter, version: int) -> Letter:
    row = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    _refuse_withdrawn(row)
    if row.version != version:
        raise Outdated
    return row


def _lock_directive(directive: Directive, version: int) -> Directive:
    row = Directive.objects.select_for_update(of=("self",)).select_related("letter").get(pk=directive.pk)
    _refuse_withdrawn(row.letter)
    if row.version != version:
        raise Outdated
    return row


def _refuse_withdrawn(letter: Letter) -> None:
    if letter.state != LetterState.ISSUED:
        raise NotAllowed("Văn bản này đã thu hồi, không sửa được nữa.")


def _require(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise NotAllowed(sentence)


def _put(row: Letter | Directive, columns: dict[str, Any]) -> Changes:
    """Set the columns; what changed, as {field: [before, after]} in JSON's terms."""
    changes = {}
    for name, value in columns.items():
        before = getattr(row, name)
        if before != value:
            changes[name] = [_plain(before), _plain(value)]
            setattr(row, name, value)
    return changes


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _record(
    directive: Directive, *, by: User, now: datetime, note: str, details: dict[str, Any], verb: Verb = Verb.CORRECT
) -> None:
    HistoryEntry.objects.create(
        letter=directive.letter, directive=directive, verb=verb, actor=by, at=now, note=note, details=details
    )
