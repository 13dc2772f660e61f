"""Lãnh đạo: how the province's orders stand, what needs a leader, and one button to ask why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from agencies.models import User
from agencies.permissions import Permission, UserRequest, requires
from directives.forms.explanations import DemandForm, proposed_day
from directives.models import (
    Assignment,
    AssignmentQuerySet,
    Chase,
    ChaseItem,
    Explanation,
    Letter,
)
from reports import queries
from reports.charts import Segment, stacked_bar
from reports.models import Report, ReportKind, ReportState
from reports.periods import Length, System, containing
from reports.queries import Figures, Share
from reports.standings import Course, figures
from reports.views.dashboard import links

WORST = 5  # that stand on the page; `?tat-ca` shows every one, up to MOST
MOST = 100


@dataclass(frozen=True)
class Red:
    """One line of what needs a leader. `demand`: the last demand to explain it; `answer`: what the agency said."""

    assignment: Assignment
    demand: Chase | None
    answer: Explanation | None
    form: DemandForm


@dataclass(frozen=True)
class Slow:
    """An agency or a letter that is behind: its figures, its bar, and the list behind them."""

    name: str
    figures: Figures
    bar: list[Segment]
    url: str


@requires(Permission.DEMAND_EXPLANATION)
@require_safe
def leadership(request: UserRequest) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    rows = Assignment.objects.visible_to(request.user)
    counted = queries.count_by_agency(rows, today)
    month = containing(today, System.CALENDAR, Length.MONTH)
    whole = queries.total(counted)
    context = {
        "now": now,
        "today": today,
        "month": month,
        "figures": whole,
        "more_time": queries.more_time(rows, today, whole),
        "trend": _trend(whole.on_time_share, _share_before(rows, today, month.first)),
        "links": links({}),
        **_red_list(rows, today, every="tat-ca" in request.GET),
        "groups": [(group.comparison.label, _slow_agencies(group)) for group in _ranked(counted)],
        "letters": list(_slow_letters(rows, request.user, today)),
        "parts": stacked_bar(whole),
        "report": _latest_report(request.user),
    }
    return render(request, "reports/leadership.html", context)


def _list_of(**query: str) -> str:
    return f"{reverse('assignments')}?{urlencode(query)}"


def _share_before(rows: AssignmentQuerySet, today: date, first: date) -> Share:
    """The share on time as it stood on the last day of the month before."""
    day = first - timedelta(days=1)
    course = Course(queries.lead_only(rows).counted(), today=today)
    return figures(course.on(day, first=date.min, last=day)).on_time_share


def _trend(now: Share, before: Share) -> str:
    """ "tăng 5 điểm so với cuối tháng trước"; empty where there is nothing to compare with."""
    if now.percent is None or before.percent is None:
        return ""
    points = round(now.percent - before.percent)
    if not points:
        return "không đổi so với cuối tháng trước"
    return f"{'tăng' if points > 0 else 'giảm'} {abs(points)} điểm so với cuối tháng trước"


def _red_list(rows: AssignmentQuerySet, today: date, *, every: bool) -> dict[str, Any]:
    """What needs a leader, and how many there are; the list is cut after WORST unless `every` is asked for."""
    worst = queries.longest_overdue(rows, today, limit=MOST)
    return {"red": list(_red(worst if every else worst[:WORST], today)), "red_count": len(worst), "most": MOST}


def _red(worst: list[Assignment], today: date) -> Iterator[Red]:
    """Each with its last demand and answer: two queries."""
    items = ChaseItem.objects.demands().filter(assignment__in=worst).select_related("chase").order_by("pk")
    last = {item.assignment_id: item for item in items}
    answers = {one.item_id: one for one in Explanation.objects.filter(item__in=last.values())}
    until = proposed_day(today)
    for one in worst:
        item = last.get(one.pk)
        initial = {"answer_by": until, "key": uuid4()}
        form = DemandForm(today=today, initial=initial, auto_id=f"id_%s_{one.pk}")
        yield Red(one, item.chase if item else None, answers.get(item.pk) if item else None, form)


def _ranked(counted: list[queries.AgencyFigures]) -> list[queries.Comparable]:
    """Bodies are compared with bodies like themselves; those that take no orders are not ranked (DOMAIN §4, §5)."""
    return [group for group in queries.by_comparison(counted) if group.ranked and group.figures.open_overdue]


def _slow_agencies(group: queries.Comparable) -> list[Slow]:
    late = [one for one in group.agencies if one.figures.open_overdue][:WORST]
    return [Slow(one.name, one.figures, stacked_bar(one.figures), _list_of(cq=one.code)) for one in late]


def _slow_letters(rows: AssignmentQuerySet, user: User, today: date) -> Iterator[Slow]:
    """The letters with most assignments overdue: two queries."""
    counted = queries.count_by_letter(rows, today)
    late = sorted((pk for pk in counted if counted[pk].open_overdue), key=lambda pk: -counted[pk].open_overdue)[:WORST]
    letters = Letter.objects.visible_to(user).defer("text", "search").in_bulk(late)
    for pk in late:
        letter = letters[pk]
        name = f"{letter.reference} – {letter.subject}"
        yield Slow(name, counted[pk], stacked_bar(counted[pk]), _list_of(vb=str(pk)))


def _latest_report(user: User) -> Report | None:
    """The last finished report on everything."""
    done = Report.objects.visible_to(user).filter(agency=None, kind=ReportKind.PROGRESS, state=ReportState.DONE)
    return done.for_lists().first()
