"""Entering a letter, its directives, and giving them to agencies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from agencies.models import Agency, AgencyGroup, User
from agencies.text import nfc
from directives import notices
from directives.actions.history import entry_for, record_on_letter
from directives.clocks import clock_of
from directives.deadlines import DueKind
from directives.models import (
    Assignment,
    Citation,
    Directive,
    HistoryEntry,
    Letter,
    LetterState,
    Modality,
    Party,
    PartyRole,
)
from directives.states import NotAllowed, Status, Verb


@dataclass(frozen=True)
class NewParty:
    role: PartyRole
    phrase: str
    agency: Agency | None = None
    group: AgencyGroup | None = None
    struck_out: Sequence[str] = ()  # codes of the group's members that are not given it


@dataclass(frozen=True)
class NewDirective:
    """A clause to be tracked: its place in the letter's text and what the Office made of it."""

    label: str
    title: str
    start: int
    end: int
    modality: Modality = Modality.ORDER
    parties: Sequence[NewParty] = ()
    citations: Sequence[str] = ()
    requires_evidence: bool = True
    due_kind: DueKind = DueKind.NONE
    due_phrase: str = ""
    due_on: date | None = None
    due_details: dict[str, Any] = field(default_factory=dict)
    due_is_internal: bool = False


def enter_letter(letter: Letter, *, by: User, now: datetime, directives: Sequence[NewDirective]) -> Letter:
    """Save a letter as a draft with its directives; nothing is given to anybody yet."""
    with transaction.atomic():
        letter.text = nfc(letter.text)
        letter.state, letter.entered_by, letter.entered_at = LetterState.DRAFT, by, now
        letter.describe()
        letter.save(force_insert=True)
        for position, new in enumerate(directives, start=1):
            _add_directive(letter, position, new)
        record_on_letter(letter, verb="enter", by=by, now=now, directives=len(directives))
        return letter


def _add_directive(letter: Letter, position: int, new: NewDirective) -> Directive:
    """A directive with its parties and citations, given to nobody yet."""
    directive = Directive(
        letter=letter,
        position=position,
        label=new.label,
        title=new.title,
        text=letter.text[new.start : new.end],
        start=new.start,
        end=new.end,
        modality=new.modality,
        requires_evidence=new.requires_evidence,
        due_kind=new.due_kind,
        due_phrase=new.due_phrase,
        due_on=new.due_on,
        due_details=new.due_details,
        due_is_internal=new.due_is_internal,
    )
    directive.describe()
    directive.save(force_insert=True)
    Party.objects.bulk_create(
        Party(
            directive=directive,
            role=party.role,
            phrase=party.phrase,
            agency=party.agency,
            group=party.group,
            struck_out=list(party.struck_out),
        )
        for party in new.parties
    )
    Citation.objects.bulk_create(
        Citation(letter=letter, directive=directive, reference=reference) for reference in new.citations
    )
    return directive


def assign(letter: Letter, *, by: User, now: datetime) -> list[Assignment]:
    """Give every directive of a draft to its lead parties: one assignment per agency, groups as they stand that day.

    Membership is frozen here: a body that joins a group later gets nothing, one that leaves keeps what it has.
    Each agency gets one notice for the whole letter. Raises NotAllowed for a letter that is not a draft or a directive
    that nobody leads.
    """
    with transaction.atomic():
        row = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
        if row.state != LetterState.DRAFT:
            raise NotAllowed("Văn bản này đã được giao trước đó.")
        given = Assignment.objects.bulk_create(_assignments_of(row))
        HistoryEntry.objects.bulk_create(entry_for(one, verb=Verb.ASSIGN, by=by, now=now) for one in given)
        row.state = LetterState.ISSUED
        row.save(update_fields=["state"])
        record_on_letter(row, verb=Verb.ASSIGN, by=by, now=now, assignments=len(given))
        notices.queue_assigned(row, given, now=now)
        return given


def _assignments_of(letter: Letter) -> list[Assignment]:
    directives = letter.directives.order_by("position").prefetch_related("parties__agency", "parties__group")
    if not directives:
        raise NotAllowed("Văn bản chưa có nhiệm vụ nào. Thêm nhiệm vụ trước khi giao.")
    return [one for directive in directives for one in _fan_out(directive, letter.effective_on)]


def _fan_out(directive: Directive, on: date) -> list[Assignment]:
    """Unsaved assignments for the bodies that lead the directive on a day, each once; NotAllowed when there is none."""
    leads = [party for party in directive.parties.all() if party.role == PartyRole.LEAD]
    given: dict[int, Assignment] = {}
    for party in leads:
        for agency in _bodies_of(party, on):
            given.setdefault(agency.pk, _new_assignment(directive, party, agency, on))
    if not given:
        raise NotAllowed(f"Nhiệm vụ {directive.label} chưa có cơ quan chủ trì. Chọn ít nhất một cơ quan chủ trì.")
    return list(given.values())


def _bodies_of(party: Party, on: date) -> Iterable[Agency]:
    if party.group is not None:
        return party.group.members(on).exclude(code__in=party.struck_out).order_by("sort_key", "pk")
    return [party.agency] if party.agency is not None else []


def _new_assignment(directive: Directive, party: Party, agency: Agency, on: date) -> Assignment:
    return Assignment(
        directive=directive,
        agency=agency,
        role=PartyRole.LEAD,
        party=party,
        status=Status.NOT_STARTED,
        assigned_on=on,
        **clock_of(directive.rule, on=on).columns,
    )
