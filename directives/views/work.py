"""An agency's list of work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from agencies.models import User
from agencies.permissions import Permission, UserRequest, requires
from directives.deadlines import LABEL_NAMES, Label
from directives.forms.work import MINE, NOBODYS, WorkFilter
from directives.models import Absence, Assignment, AssignmentQuerySet
from directives.models.labelling import URGENCY, label_case

PAGE_SIZE = 20
ALWAYS_SHOWN = frozenset({Label.OVERDUE, Label.DUE_SOON})  # even with nothing under them: people look for these


@dataclass(frozen=True)
class Tab:
    """One tab of components/_tabs.html; `code` is a status code, "" for all."""

    code: str
    text: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class Nothing:
    """What components/_empty.html says: why the list is empty, and one way on."""

    text: str
    hint: str = ""
    url: str = ""
    link: str = ""


@requires(Permission.SEE_WORK)
@require_safe
@vary_on_headers("HX-Request")
def my_work(request: UserRequest) -> HttpResponse:
    """What one's agency was given, worst first. `?tt=&vb=&q=&trang=`; htmx gets the list alone."""
    today = timezone.localdate()
    wanted = WorkFilter(request.GET, user=request.user, on=today)
    mine = Assignment.objects.visible_to(request.user)
    counts = _counts(wanted.narrow(mine), today)
    rows = wanted.found(mine, today).for_lists().defer("directive__text", "directive__letter__text")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "filter": wanted,
        "tabs": _tabs(wanted, counts),
        "whose": _whose(wanted, mine),
        "new": [f"{pk}:{version}" for pk, version in _new(mine).values_list("pk", "version")],
        "away": dict(Absence.objects.on(today).filter(deputy=request.user).values_list("person", "last_day")),
        "page_obj": page,
        "nothing": _nothing(wanted, counts, request.user),
        "today": today,
    }
    template = "directives/_work_list.html" if request.htmx else "directives/my_work.html"
    return render(request, template, context)


def _counts(rows: AssignmentQuerySet, today: date) -> dict[str, int]:
    """How many of `rows` stand under each label: one query."""
    return dict(rows.annotate(label=label_case(today)).values_list("label").annotate(n=Count("pk")).order_by())


def _tabs(wanted: WorkFilter, counts: Mapping[str, int]) -> list[Tab]:
    shown = [one for one in URGENCY if one in ALWAYS_SHOWN or counts.get(one) or one == wanted.label]
    total = sum(count for label, count in counts.items() if label != Label.WITHDRAWN)
    everything = Tab("", "Tất cả", total, _address(wanted, None), wanted.label is None)
    return [everything, *(_tab(one, wanted, counts) for one in shown)]


def _tab(label: Label, wanted: WorkFilter, counts: Mapping[str, int]) -> Tab:
    return Tab(label, LABEL_NAMES[label], counts.get(label, 0), _address(wanted, label), label == wanted.label)


def _new(rows: AssignmentQuerySet) -> AssignmentQuerySet:
    """What the agency has not said that it has."""
    return rows.with_agency().unacknowledged().order_by("pk")


def _whose(wanted: WorkFilter, rows: AssignmentQuerySet) -> list[Tab]:
    """Everybody's, one's own, nobody's, and the person asked for, each with as many as its list holds."""
    chosen = wanted.chosen.get("cua", "")
    codes = ["", MINE, NOBODYS] + ([chosen] if chosen not in ("", MINE, NOBODYS) else [])
    every = wanted.searched(rows).counted()
    counts = every.aggregate(**{f"n{code}": Count("pk", filter=wanted.is_of(code)) for code in codes})
    names = dict(wanted.choices["cua"])
    return [Tab(code, names[code], counts[f"n{code}"], _address(wanted, cua=code), code == chosen) for code in codes]


def _address(wanted: WorkFilter, label: Label | None = None, **changed: str) -> str:
    """The list under another tab, or of somebody else, with the letter and the words kept."""
    query = wanted.chosen | {"tt": label or "", **changed}
    return f"{reverse('my_work')}?{urlencode({name: value for name, value in query.items() if value})}".rstrip("?")


def _nothing(wanted: WorkFilter, counts: Mapping[str, int], user: User) -> Nothing:
    if wanted.is_narrow:
        return Nothing(
            "Không có nhiệm vụ nào.",
            "Thử bỏ bớt bộ lọc hoặc tìm từ khác. Có thể gõ không dấu, ví dụ «so tu phap».",
            reverse("my_work"),
            "Bỏ tất cả bộ lọc",
        )
    if wanted.label is None:
        return Nothing(
            f"Chưa có nhiệm vụ nào giao cho {user.agency}.",
            "Khi UBND tỉnh giao nhiệm vụ, nhiệm vụ hiện ở đây và anh/chị nhận được thư báo.",
        )
    soon = counts.get(Label.DUE_SOON, 0)
    if wanted.label == Label.OVERDUE and soon:
        text = f"Không có việc nào quá hạn. Có {soon} việc sắp đến hạn."
        return Nothing(text, "", _address(wanted, Label.DUE_SOON), "Xem việc sắp đến hạn")
    name = LABEL_NAMES[wanted.label].lower()
    return Nothing(f"Không có việc nào {name}.", "", reverse("my_work"), "Xem tất cả nhiệm vụ")
