"""Reading a snapshot: figures and rows come from one reading of the same assignments, so that they cannot disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter

from django.utils import timezone

from agencies.models import Agency
from directives.deadlines import OPEN_LABELS
from directives.models import MANY_EXTENSIONS, Directive, ExtensionRequest, HistorySeal
from reports import periods
from reports.models import FOCUS, Focus, Report, ReportKind
from reports.queries import AgencyFigures, Figures, MoreTime, by_overdue
from reports.snapshots import chasing
from reports.snapshots.asked import Asked
from reports.snapshots.rows import exceptions, task_rows
from reports.snapshots.shapes import (
    AgencyLine,
    DirectiveFigures,
    DueWeek,
    LetterLine,
    PeriodFigures,
    Replaced,
    Snapshot,
    TaskRow,
    code_of,
)
from reports.standings import Course, Standing, end_of, figures

TREND = 12  # periods before this one
WEEKS = 12  # that are looked ahead


def take(asked: Asked, *, now: datetime) -> Snapshot:
    """Read the figures and rows of what was asked for; nothing is written."""
    window = asked.window
    course = Course(asked.rows, today=timezone.localtime(now).date())
    counted = list(course.on(window.on, first=window.first, last=window.last))
    acts = chasing.acts_on(asked.rows, window.on)
    return Snapshot(
        window=window,
        taken_at=now,
        scope=asked.agency.short_name if asked.agency is not None else "",
        totals=figures(counted),
        agencies=tuple(_by_agency(counted)),
        tasks=tuple(chasing.told(_tasks(asked, counted), acts)),
        kind=asked.kind,
        leading=asked.leading,
        support=asked.support.given_in(window.first, window.last).count(),
        agency=_agency_line(asked),
        letter=_letter_line(asked),
        directives=tuple(_by_directive(asked, counted)),
        trend=tuple(_trend(asked, course)),
        due_weeks=tuple(_due_weeks(counted, window.on)),
        replaces=_replaced(asked),
        chasing=tuple(chasing.by_agency(acts, {one.pk for one in counted}, window)),
        more_time=_more_time(counted, window.on),
        history=HistorySeal.objects.head(),
    )


def _more_time(counted: list[Standing], on: date) -> MoreTime | None:
    """What was granted by the end of a day did to the figures; see queries.more_time."""
    there = {one.pk for one in counted}
    times = Counter(pk for pk in ExtensionRequest.objects.granted_by(end_of(on)) if pk in there)
    if not times:
        return None
    often = sum(1 for n in times.values() if n >= MANY_EXTENSIONS)
    original = figures(counted, by_first_day=True).on_time_share
    return MoreTime(len(times), often, figures(counted).on_time_share, original)


def _tasks(asked: Asked, counted: list[Standing]) -> Iterator[TaskRow]:
    if asked.kind == ReportKind.EXCEPTIONS:
        return exceptions(asked.rows, counted, asked.window.on)
    return task_rows(asked.rows, counted, asked.window.on)


def _by_agency(counted: list[Standing]) -> list[AgencyFigures]:
    """As queries.count_by_agency orders them."""
    by_agency = {pk: figures(theirs) for pk, theirs in _grouped(counted, "agency")}
    agencies = Agency.objects.filter(pk__in=by_agency).order_by("sort_key", "pk")
    return by_overdue(AgencyFigures(a.code, a.short_name, a.comparison, by_agency[a.pk]) for a in agencies)


def _by_directive(asked: Asked, counted: list[Standing]) -> Iterator[DirectiveFigures]:
    """Of a report on a letter, in the order of the letter."""
    if FOCUS[asked.kind] != Focus.LETTER:
        return
    by_directive = {pk: figures(theirs) for pk, theirs in _grouped(counted, "directive")}
    directives = Directive.objects.filter(pk__in=by_directive).order_by("position", "pk")
    for pk, label, title in directives.values_list("pk", "label", "title"):
        yield DirectiveFigures(label, title, by_directive[pk])


def _grouped(counted: list[Standing], by: str) -> Iterator[tuple[int, list[Standing]]]:
    key = attrgetter(by)
    return ((pk, list(theirs)) for pk, theirs in groupby(sorted(counted, key=key), key))


def _trend(asked: Asked, course: Course) -> list[PeriodFigures]:
    """The periods before, back to the first in which anything was given; the last one in any case."""
    issued = _issued(asked)
    found: list[PeriodFigures] = []
    first, last = asked.window.first, asked.window.last
    while len(found) < TREND and (not found or course.begun_on <= found[-1].first):
        first, last = periods.before(first, last)
        code, of_report = issued.get((first, last), ("", None))
        found.append(PeriodFigures(first, last, of_report or figures(course.on(last, first=first, last=last)), code))
    return found[::-1]


def _issued(asked: Asked) -> dict[tuple[date, date], tuple[str, Figures]]:
    """What was issued about earlier periods: what the leaders were told then stands."""
    same = Report.objects.filter(kind=asked.kind, agency=asked.agency, letter=asked.letter).current()
    rows = same.order_by("issued_at", "pk").values_list("window_from", "window_to", "snapshot_hash", "snapshot__totals")
    return {(first, last): (code_of(its_hash), Figures(**totals)) for first, last, its_hash, totals in rows}


def _due_weeks(counted: list[Standing], on: date) -> Iterator[DueWeek]:
    """The weeks from that of `on`, empty ones too up to the last that has any."""
    monday = on - timedelta(days=on.weekday())
    due = (one.facts.due_on for one in counted if one.label in OPEN_LABELS)
    weeks = Counter((day - monday).days // 7 for day in due if day is not None and day >= on)
    last = max((week for week in weeks if week < WEEKS), default=-1)
    return (DueWeek(monday + timedelta(weeks=week), weeks[week]) for week in range(last + 1))


def _agency_line(asked: Asked) -> AgencyLine | None:
    one = asked.agency
    return AgencyLine(one.code, one.name, one.short_name, one.abbreviation, one.kind) if one is not None else None


def _letter_line(asked: Asked) -> LetterLine | None:
    one = asked.letter
    return LetterLine(one.get_kind_display(), one.reference, one.dated, one.subject) if one is not None else None


def _replaced(asked: Asked) -> Replaced | None:
    one = asked.replaces
    return Replaced(code_of(one.snapshot_hash), one.taken_at) if one is not None and one.taken_at else None
