"""Recurring directives: one assignment for each agency and period, opened when the period begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from agencies.models import Agency, User
from directives import notices
from directives.actions.act import Act
from directives.actions.history import entry_for
from directives.clocks import Clock, next_window, window_due
from directives.clocks import nd09 as by_decree
from directives.deadlines import DueRule
from directives.models import Assignment, Directive, Heirs, HistoryEntry, PartyRole, heirs_of, holder
from directives.periods import Window, window_of, window_on
from directives.states import Status, Verb


def open_periods(*, now: datetime, by: User | None = None, until: date | None = None) -> list[Assignment]:
    """Open every period that has begun by `until` (today) and is not there yet; again it opens nothing.

    In the name of whoever entered the letter unless `by` is given. An agency whose last period was withdrawn gets no
    more; one that ended before a period begins neither, but whoever goes on for it (Succession) does. Agencies hear of
    periods that are not yet due.
    """
    on = until or timezone.localtime(now).date()
    opened: list[Assignment] = []
    for pk in _behind(on):
        with transaction.atomic():
            opened += _open(pk, on, by=by, now=now)
    return opened


def reschedule_periods(directive: Directive, *, by: User, now: datetime, reason: str) -> list[Assignment]:
    """The rule of a recurring directive was changed: periods that have not begun and have no report follow it.

    Those of the same sort get its day, those of another sort are withdrawn; what has begun stays. Returns what changed.
    """
    today = timezone.localtime(now).date()
    with transaction.atomic():
        row = Directive.objects.select_for_update(of=("self",)).select_related("letter").get(pk=directive.pk)
        rows = row.assignments.locked().filter(status=Status.NOT_STARTED, reported_at=None).exclude(period="")
        ahead = [one for one in rows if window_of(one.period, nd09=by_decree()).first > today]
        entries = [entry for one in ahead if (entry := _follow(one, row.rule, by=by, now=now, reason=reason))]
        notices.queue_changed(entries, now=now)
        return [entry.assignment for entry in entries if entry.assignment]


def _follow(one: Assignment, rule: DueRule, *, by: User, now: datetime, reason: str) -> HistoryEntry | None:
    window = window_of(one.period, nd09=by_decree())
    if rule.period is None or window_on(rule.period, window.last, nd09=by_decree()) != window:
        return Act.begin(Verb.WITHDRAW, one, by=by, now=now).finish(note=reason)
    due = window_due(rule, window)
    if due == one.due_on:
        return None
    act = Act.begin(Verb.SET_DUE, one, by=by, now=now)
    act.row.due_on = act.row.original_due_on = due
    return act.finish(note=reason)


def _behind(on: date) -> Iterator[int]:
    """The recurring directives whose present period nobody has been given yet: two queries, no lock."""
    there: dict[int, set[str]] = {}
    rows = Assignment.objects.filter(directive__in=Directive.objects.recurring()).exclude(period="")
    for pk, code in rows.values_list("directive", "period").distinct():
        there.setdefault(pk, set()).add(code)
    for directive in Directive.objects.recurring().filter(pk__in=there).defer("text", "search").order_by("pk"):
        period = directive.rule.period
        if period and window_on(period, on, nd09=by_decree()).code not in there[directive.pk]:
            yield directive.pk


def _open(pk: int, on: date, *, by: User | None, now: datetime) -> list[Assignment]:
    rows = Directive.objects.recurring().select_for_update(of=("self",)).select_related("letter__entered_by")
    directive = rows.filter(pk=pk).first()
    if directive is None:  # its letter was withdrawn in this moment
        return []
    opened = Assignment.objects.bulk_create(_missing(directive, on))
    actor = by or directive.letter.entered_by
    HistoryEntry.objects.bulk_create(entry_for(one, verb=Verb.OPEN_PERIOD, by=actor, now=now) for one in opened)
    today = timezone.localtime(now).date()
    notices.queue_assigned(directive.letter, [one for one in opened if one.due_on and one.due_on >= today], now=now)
    return opened


def open_behind(directive: Directive, *, by: User, now: datetime) -> list[Assignment]:
    """Open what has begun of one directive and is not there yet, in a transaction that has begun."""
    return _open(directive.pk, timezone.localtime(now).date(), by=by, now=now)


def _missing(directive: Directive, on: date) -> list[Assignment]:
    """The periods behind the last ones that have begun, each of an agency once; whoever lasts goes first."""
    last = _last_ones(directive)
    heirs = heirs_of(directive)
    found: dict[tuple[int, str], Assignment] = {}
    for one in sorted(last.values(), key=lambda one: one.agency.valid_to is not None):
        if one.status == Status.WITHDRAWN:
            continue
        for new in _successors(one, directive.rule, on, heirs):
            if new.agency_id != one.agency_id and _goes_on_by_itself(last.get(new.agency_id), one):
                break
            found.setdefault((new.agency_id, new.period), new)
    return list(found.values())


def _goes_on_by_itself(heir: Assignment | None, last: Assignment) -> bool:
    """Whether the heir has had a later period than the last of whoever it follows: what comes then is its own."""
    return heir is not None and _begins(heir) > _begins(last)


def _begins(one: Assignment) -> date:
    return window_of(one.period, nd09=by_decree()).first


def _last_ones(directive: Directive) -> dict[int, Assignment]:
    """The assignment of the latest period of each agency (id) that leads, also one that was withdrawn.

    Whoever was invited to support was invited to one period.
    """
    last: dict[int, Assignment] = {}
    rows = (
        directive.assignments.filter(role=PartyRole.LEAD)
        .exclude(period="")
        .select_related("agency", "handler")
        .order_by("pk")
    )
    for one in sorted(rows, key=_begins):
        last[one.agency_id] = one
    return last


def _successors(last: Assignment, rule: DueRule, on: date, heirs: Heirs) -> Iterator[Assignment]:
    """The periods behind the last one that have begun, while the agency lasts, then with whoever goes on for it."""
    window = next_window(rule, window_of(last.period, nd09=by_decree()))
    while window.first <= on and (agency := holder(last.agency, window.first, heirs)):
        yield _assignment(last, rule, window, agency)
        window = next_window(rule, window)


def _works_in(person: User | None, agency: Agency) -> bool:
    return person is not None and person.is_active and person.agency_id == agency.pk


def _assignment(last: Assignment, rule: DueRule, window: Window, agency: Agency) -> Assignment:
    """Of the same handler as the last period, where that person still works in the agency."""
    clock = Clock(period=window.code, due_on=window_due(rule, window))
    return Assignment(
        directive_id=last.directive_id,
        agency=agency,
        role=last.role,
        party_id=last.party_id,
        handler=last.handler if _works_in(last.handler, agency) else None,
        assigned_on=window.first,
        **clock.columns,
    )
