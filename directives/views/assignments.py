"""The list that every number on the dashboard leads to: all assignments one may see, narrowed by the address."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.models import AGENCY_ROLES
from agencies.permissions import Permission, UserRequest, allowed, requires
from directives.forms.filters import AssignmentFilter
from directives.forms.lists import ACTS
from directives.models import Assignment, SavedFilter

PAGE_SIZE = 20


@requires(Permission.SEE_ASSIGNMENTS)
@require_safe
def assignments(request: UserRequest) -> HttpResponse:
    return list_page(request, request.GET)


def list_page(
    request: UserRequest, query: Mapping[str, str], *, form: Form | None = None, status: int = 200
) -> HttpResponse:
    """The list narrowed by `query`; `form` is one that was sent from it and came back with errors."""
    today = timezone.localdate()
    wanted = AssignmentFilter(query, user=request.user)
    found = wanted.found(Assignment.objects.visible_to(request.user), today)
    page = Paginator(found.most_urgent_first(today).for_lists(), PAGE_SIZE).get_page(query.get("trang"))
    context = {
        "filter": wanted,
        "page_obj": page,
        "today": today,
        "kept": [(name, wanted.chosen[name]) for name in ("nhom", "han") if name in wanted.chosen],
        "every_agency": request.user.role not in AGENCY_ROLES,
        "form": form,
        "query": urlencode(wanted.chosen),
        "saved": SavedFilter.objects.visible_to(request.user).order_by("name"),
        "acts": ACTS if allowed(request.user, Permission.REVIEW) else (),
    }
    return render(request, "directives/assignments.html", context, status=status)
