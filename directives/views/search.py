"""One search over letters, directives, assignments and agencies: what each would show, and the way to all of it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.forms import clean_text
from agencies.models import AGENCY_ROLES, Agency, User
from agencies.permissions import Permission, UserRequest, requires
from agencies.text import fold
from directives.models import Assignment, Directive, Letter

SHOWN = 8  # of each sort


@dataclass(frozen=True)
class Hit:
    url: str
    title: str
    note: str = ""


@dataclass(frozen=True)
class Found:
    """`count` of one sort, the first of them as `hits`; `more` leads to the list of all, "" where there is none."""

    heading: str
    count: int
    hits: list[Hit]
    more: str = ""


@requires(Permission.SEE_ASSIGNMENTS)
@require_safe
def search(request: UserRequest) -> HttpResponse:
    """`?q=`: diacritics folded, every word has to occur."""
    words = clean_text(request.GET.get("q", "")).strip()[:200]
    found = [part for part in _search(request.user, words) if part.count] if fold(words) else []
    return render(request, "directives/search.html", {"words": words, "found": found})


def _search(user: User, words: str) -> list[Found]:
    return [_letters(user, words), _directives(user, words), _assignments(user, words), _agencies(user, words)]


def _letters(user: User, words: str) -> Found:
    rows = Letter.objects.visible_to(user).matching(words).defer("text", "search").order_by("-effective_on", "-pk")
    hits = [Hit(reverse("letter", args=[one.pk]), one.reference, one.subject) for one in rows[:SHOWN]]
    return Found("Văn bản", rows.count(), hits, _list("letters", words))


def _directives(user: User, words: str) -> Found:
    rows = Directive.objects.visible_to(user).matching(words).select_related("letter")
    ordered = rows.defer("letter__text", "search").order_by("-letter__effective_on", "position", "pk")[:SHOWN]
    hits = [
        Hit(
            f"{reverse('letter', args=[one.letter_id])}#muc-{one.label}",
            f"{one.label} {one.title}",
            one.letter.reference,
        )
        for one in ordered
    ]
    return Found("Nhiệm vụ theo văn bản", rows.count(), hits)


def _assignments(user: User, words: str) -> Found:
    """What one's agency was given in any role; for the others as the list counts: what was given as lead."""
    rows: QuerySet[Assignment] = Assignment.objects.visible_to(user).counted().matching(words)
    if user.role not in AGENCY_ROLES:
        rows = Assignment.objects.visible_to(user).leads().counted().matching(words)
    today = timezone.localdate()
    ordered = Assignment.objects.filter(pk__in=rows.values("pk")).most_urgent_first(today).for_lists()[:SHOWN]
    hits = [
        Hit(
            reverse("assignment", args=[one.pk]),
            f"{one.directive.label} {one.directive.title}",
            f"{one.agency} · {one.words_on(today)}",
        )
        for one in ordered
    ]
    return Found(
        "Nhiệm vụ giao cho cơ quan",
        rows.count(),
        hits,
        _list("my_work" if user.role in AGENCY_ROLES else "assignments", words),
    )


def _agencies(user: User, words: str) -> Found:
    """Those that were given something one may see, each with the way to it."""
    given = Assignment.objects.visible_to(user).leads().values("agency")
    rows = Agency.objects.filter(pk__in=given).matching(words).order_by("sort_key", "pk")
    hits = [
        Hit(f"{reverse('assignments')}?{urlencode({'cq': one.code})}", one.short_name, one.name) for one in rows[:SHOWN]
    ]
    return Found("Cơ quan", rows.count(), hits)


def _list(page: str, words: str) -> str:
    return f"{reverse(page)}?{urlencode({'q': words})}"
