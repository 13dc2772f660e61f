"""The letters and one letter: how its directives stand, and its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.models import AGENCY_ROLES, Comparison, User
from agencies.permissions import Permission, UserRequest, allowed, requires
from directives.deadlines import LABEL_NAMES, Label
from directives.forms.filters import DONE
from directives.models import Assignment, AssignmentQuerySet, Directive, Draft, Letter, LetterState
from directives.views.letter_text import paragraphs
from directives.views.matrix import Tally, agencies_of, comparisons_of, matrix

PAGE_SIZE = 20


@dataclass(frozen=True)
class LetterRow:
    letter: Letter
    tally: Tally
    overdue: int


@dataclass(frozen=True)
class Count:
    """So many assignments of a letter under one label, and the list of them."""

    code: Label
    text: str
    count: int
    url: str


@requires(Permission.SEE_LETTERS)
@require_safe
def letters(request: UserRequest) -> HttpResponse:
    """The letters one may see, the newest first; `?q=` searches, diacritics folded, `?trang=` turns pages."""
    words = request.GET.get("q", "").strip()
    found = Letter.objects.visible_to(request.user).matching(words).defer("text")
    page = Paginator(found.order_by("-effective_on", "-pk"), PAGE_SIZE).get_page(request.GET.get("trang"))
    rows = _rows(request.user, list(page), timezone.localdate())
    context = {
        "page_obj": page,
        "rows": rows,
        "words": words,
        "may_enter": allowed(request.user, Permission.ENTER_LETTERS),
        "drafts": Draft.objects.editable_by(request.user).open().for_lists(),
    }
    return render(request, "directives/letters.html", context)


def _counted_for(user: User) -> AssignmentQuerySet:
    """All that an agency has to do; for the others what was given as lead, of which a letter's state is made."""
    seen = Assignment.objects.visible_to(user)
    return seen if user.role in AGENCY_ROLES else seen.leads()


def _rows(user: User, page: list[Letter], on: date) -> list[LetterRow]:
    given = _counted_for(user).filter(directive__letter__in=page)
    labels = given.labels_by_letter(on)
    counts = [(one, labels.get(one.pk, Counter())) for one in page]
    return [LetterRow(one, Tally.of(count), count[Label.OVERDUE]) for one, count in counts]


@requires(Permission.SEE_LETTERS)
@require_safe
def letter(request: UserRequest, pk: int) -> HttpResponse:
    """One letter; agencies see in lists what was given to them, and all of the text.

    `?nhom=` narrows the matrix to one kind of agencies, `?qua-han=1` to agencies with something overdue.
    """
    one = get_object_or_404(Letter.objects.visible_to(request.user), pk=pk)
    directives = _directives_of(one, request.user)
    context = {
        "letter": one,
        "on": timezone.localdate(),
        "of_agency": request.user.role in AGENCY_ROLES,
        "may_correct": one.state != LetterState.DRAFT and allowed(request.user, Permission.ENTER_LETTERS),
        "paragraphs": paragraphs(one.text, directives),
        **_standing(one, directives, request.user, timezone.localdate()),
        **_laid_out(directives, timezone.localdate(), request.GET),
    }
    return render(request, "directives/letter.html", context)


def _standing(letter: Letter, directives: list[Directive], user: User, on: date) -> dict[str, Any]:
    """The line of counts: every assignment of the letter under exactly one label, and how many are done."""
    every = [given for directive in directives for given in directive.assignments.all()]
    counts = Counter(given.label_on(on) for given in every)
    received = sum(given.acknowledged_at is not None for given in every)
    shown = [label for label in Label if counts[label]]
    return {
        "tally": Tally.of(counts),
        "received": None if user.role in AGENCY_ROLES else Tally(received, len(every)),
        "not_received_url": f"{reverse('assignments')}?{urlencode({'vb': letter.pk, 'tn': 'chua-nhan'})}",
        "counts": [Count(one, LABEL_NAMES[one], counts[one], _list(letter, user, one)) for one in shown],
        "legend": [{"code": one, "text": LABEL_NAMES[one]} for one in shown],
        "done_url": "" if user.role in AGENCY_ROLES else _list(letter, user, DONE),
    }


def _laid_out(directives: list[Directive], on: date, query: Mapping[str, str]) -> dict[str, Any]:
    """Directives of one agency as a list, those of several as a matrix, narrowed as the address says."""
    shared = [directive for directive in directives if agencies_of(directive) > 1]
    asked = query.get("nhom", "")
    only = Comparison(asked) if asked in Comparison.values else None
    overdue = bool(query.get("qua-han"))
    return {
        "single": [directive for directive in directives if directive not in shared],
        "shared": shared,
        "matrix": matrix(shared, on, only=only, overdue=overdue),
        "internal": any(directive.due_is_internal for directive in shared),
        "kinds": comparisons_of(shared),
        "only": only,
        "overdue": overdue,
    }


def _directives_of(letter: Letter, user: User) -> list[Directive]:
    """What `user` may see of a letter, each directive with its assignments: two queries."""
    given = _counted_for(user).counted().select_related("agency").order_by("agency__sort_key", "pk")
    found = Directive.objects.visible_to(user).filter(letter=letter).order_by("position")
    return list(found.prefetch_related(Prefetch("assignments", queryset=given)))


def _list(letter: Letter, user: User, stands: str) -> str:
    """The address of the letter's assignments that stand so: the work list of an agency, everybody's for the others."""
    page = reverse("my_work" if user.role in AGENCY_ROLES else "assignments")
    return f"{page}?{urlencode({'vb': letter.pk, 'tt': stands})}"
