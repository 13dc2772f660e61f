"""Tổng quan: how everything stands, on one page, every number a way to its list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.permissions import Permission, UserRequest, allowed, requires
from directives.deadlines import Label
from directives.forms import filters
from directives.models import MANY_EXTENSIONS, Assignment, Notice
from reports import queries
from reports.charts import Segment, stacked_bar
from reports.queries import AgencyFigures, Figures

SHOWN = 20  # agencies on the first screen, shared out among the groups
LONGEST = 5

# Where each figure leads: the list that counts the same (a test holds every pair).
LISTS: dict[str, dict[str, str]] = {
    "given": {},
    "done": {"tt": filters.DONE},
    "done_on_time": {"tt": Label.DONE, "han": "co"},
    "done_late": {"tt": Label.DONE_LATE},
    "done_undated": {"tt": Label.DONE, "han": "khong"},
    "open": {"tt": filters.OPEN},
    "open_on_track": {"tt": filters.OPEN_IN_TIME, "han": "co"},
    "open_overdue": {"tt": Label.OVERDUE},
    "open_undated": {"tt": filters.OPEN, "han": "khong"},
    "due_soon": {"tt": Label.DUE_SOON},
    "waiting": {"tt": Label.WAITING},
    "extended": {"gh": "1"},
    "often": {"gh": str(MANY_EXTENSIONS)},
}


@dataclass(frozen=True)
class AgencyRow:
    """One agency of the table: its figures, its bar and the lists they lead to."""

    code: str
    name: str
    figures: Figures
    bar: list[Segment]
    links: dict[str, str]


@dataclass(frozen=True)
class Block:
    """The agencies of one comparable group that are shown, and how many there are."""

    title: str
    ranked: bool
    rows: list[AgencyRow]
    size: int


@requires(Permission.SEE_DASHBOARD)
@require_safe
def dashboard(request: UserRequest) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    scope = filters.ScopeFilter(request.GET, user=request.user)
    rows = scope.narrow(Assignment.objects.visible_to(request.user))
    counted = queries.count_by_agency(rows, today)
    figures = queries.total(counted)
    context = _agencies(counted, scope.chosen, every_agency="tat-ca" in request.GET) | {
        "now": now,
        "today": today,
        "filter": scope,
        "figures": figures,
        "more_time": queries.more_time(rows, today, figures),
        "links": links(scope.chosen),
        "notes": _notes(figures, queries.waiting_since(rows, today), today),
        "parts": stacked_bar(figures),
        "may_chase": allowed(request.user, Permission.CHASE),
        "undelivered": Notice.objects.to_look_at_by(request.user).count(),
        "longest": queries.longest_overdue(rows, today, limit=LONGEST),
    }
    return render(request, "reports/dashboard.html", context)


def _agencies(counted: list[AgencyFigures], chosen: Mapping[str, str], *, every_agency: bool) -> dict[str, Any]:
    """The table of agencies, how many there are and are shown, and where all of them are."""
    blocks = list(_blocks(counted, chosen, every_agency=every_agency))
    return {
        "blocks": blocks,
        "agencies": len(counted),
        "shown": sum(len(block.rows) for block in blocks),
        "every": f"?{urlencode({**chosen, 'tat-ca': 1})}",
    }


def links(chosen: Mapping[str, str]) -> dict[str, str]:
    """For each figure, the address of the list it counts within what was chosen."""
    url = reverse("assignments")
    asked = {name: urlencode({**chosen, **query}) for name, query in LISTS.items()}
    return {name: f"{url}?{query}" if query else url for name, query in asked.items()}


def _notes(figures: Figures, waiting_since: datetime | None, today: date) -> dict[str, str]:
    """The line below each big number."""
    done = [f"{figures.done_on_time} đúng hạn", f"{figures.done_late} quá hạn"]
    if figures.done_undated:
        done.append(f"{figures.done_undated} không hạn")
    late = f"gồm {figures.overdue_submitted} đã gửi, chờ xác nhận"
    return {
        "overdue": late if figures.overdue_submitted else "",
        "waiting": _age(waiting_since, today),
        "done": ", ".join(done),
    }


def _age(since: datetime | None, today: date) -> str:
    if since is None:
        return ""
    days = (today - timezone.localdate(since)).days
    return f"gửi trong hạn, cũ nhất {days} ngày" if days else "gửi trong hạn, hôm nay"


def _blocks(counted: list[AgencyFigures], chosen: Mapping[str, str], *, every_agency: bool) -> Iterator[Block]:
    groups = queries.by_comparison(counted)
    fits = every_agency or len(counted) <= SHOWN
    limit = None if fits else SHOWN // len(groups)
    for group in groups:
        rows = [_row(one, chosen) for one in group.agencies[:limit]]
        yield Block(group.comparison.label, group.ranked, rows, len(group.agencies))


def _row(one: AgencyFigures, chosen: Mapping[str, str]) -> AgencyRow:
    return AgencyRow(one.code, one.name, one.figures, stacked_bar(one.figures), links({**chosen, "cq": one.code}))
