"""The whole history of an assignment, a directive, a letter: narrowed by the address, with before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.permissions import Permission, UserRequest, requires
from directives.forms.history import HistoryFilter
from directives.models import Assignment, Directive, HistoryEntry, HistoryEntryQuerySet, Letter
from directives.views.sentences import Change, called, changes
from directives.views.timeline import Event, event_of

PAGE_SIZE = 20


@dataclass(frozen=True)
class Line:
    """`place`: the directive it belongs to, where the page speaks of several; `url` leads to the assignment."""

    event: Event
    changes: list[Change]
    place: str = ""
    url: str = ""


@requires(Permission.SEE_ASSIGNMENTS)
@require_safe
def assignment_history(request: UserRequest, pk: int) -> HttpResponse:
    """Everything that was done to one assignment and to those it took over."""
    one = get_object_or_404(
        Assignment.objects.open_to(request.user).select_related("agency", "directive__letter"), pk=pk
    )
    directive = one.directive
    return _page(
        request,
        HistoryEntry.objects.of(one),
        heading=f"{directive.label} {directive.title} – {one.agency}",
        back=(reverse("assignment", args=[pk]), "Nhiệm vụ"),
        wider=[
            (reverse("directive_history", args=[directive.pk]), "Lịch sử của nhiệm vụ ở mọi cơ quan"),
            (reverse("letter_history", args=[directive.letter_id]), "Lịch sử của văn bản"),
        ],
        places=False,
    )


@requires(Permission.SEE_ASSIGNMENTS)
@require_safe
def directive_history(request: UserRequest, pk: int) -> HttpResponse:
    """Everything that was done to one directive, with all agencies one may see."""
    one = get_object_or_404(Directive.objects.visible_to(request.user).select_related("letter"), pk=pk)
    return _page(
        request,
        HistoryEntry.objects.filter(directive=one),
        heading=f"{one.label} {one.title}",
        back=(reverse("letter", args=[one.letter_id]), one.letter.reference),
        wider=[(reverse("letter_history", args=[one.letter_id]), "Lịch sử của văn bản")],
        places=True,
    )


@requires(Permission.SEE_LETTERS)
@require_safe
def letter_history(request: UserRequest, pk: int) -> HttpResponse:
    """Everything that was done to one letter and to what it gives."""
    one = get_object_or_404(Letter.objects.visible_to(request.user).defer("text"), pk=pk)
    return _page(
        request,
        HistoryEntry.objects.filter(letter=one),
        heading=f"{one.reference} – {one.subject}",
        back=(reverse("letter", args=[pk]), "Văn bản"),
        wider=[],
        places=True,
    )


def _page(request: UserRequest, entries: HistoryEntryQuerySet, *, places: bool, **shown: Any) -> HttpResponse:
    visible = entries.visible_to(request.user)
    wanted = HistoryFilter(request.GET, entries=visible, called=called, today=timezone.localdate())
    whole = wanted.narrow(visible).select_related("actor__agency", "update", "assignment__agency", "directive")
    ordered = whole.defer("directive__text", "directive__search").order_by("-at", "-pk")
    page = Paginator(ordered.prefetch_related("update__attachments"), PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "filter": wanted,
        "page_obj": page,
        "lines": [_line(entry, places=places) for entry in page],
        **shown,
    }
    return render(request, "directives/history.html", context)


def _line(entry: HistoryEntry, *, places: bool) -> Line:
    event, found = event_of(entry), changes(entry)
    if not places or entry.directive is None:
        return Line(event, found)
    url = reverse("assignment", args=[entry.assignment_id]) if entry.assignment_id else ""
    return Line(event, found, f"{entry.directive.label} {entry.directive.title}", url)
