"""The list that every number on the dashboard leads to: all assignments one may see, narrowed by the address."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.models import AGENCY_ROLES
from agencies.permissions import Permission, UserRequest, requires
from directives.forms.filters import AssignmentFilter
from directives.models import Assignment

PAGE_SIZE = 20


@requires(Permission.SEE_ASSIGNMENTS)
@require_safe
def assignments(request: UserRequest) -> HttpResponse:
    today = timezone.localdate()
    wanted = AssignmentFilter(request.GET, user=request.user)
    found = wanted.found(Assignment.objects.visible_to(request.user), today)
    page = Paginator(found.most_urgent_first(today).for_lists(), PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "filter": wanted,
        "page_obj": page,
        "today": today,
        "kept": [(name, wanted.chosen[name]) for name in ("nhom", "han") if name in wanted.chosen],
        "every_agency": request.user.role not in AGENCY_ROLES,
    }
    return render(request, "directives/assignments.html", context)
