"""Yêu cầu giải trình: a leader asks, the agency answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from agencies.permissions import Permission, UserRequest, requires
from directives.actions import explanations as verbs
from directives.forms.explanations import DemandForm, ExplainForm
from directives.models import Assignment, AssignmentQuerySet, ChaseItem
from directives.states import NotAllowed


@requires(Permission.DEMAND_EXPLANATION)
@require_http_methods(["GET", "HEAD", "POST"])
def demand_explanation(request: UserRequest, pk: int) -> HttpResponse:
    """Ask for an explanation until a day; the button of the leaders' page posts here, `?next=` leads back."""
    given = get_object_or_404(_shown(Assignment.objects.visible_to(request.user)), pk=pk)
    now = timezone.now()
    today = timezone.localdate(now)
    if request.method != "POST":
        return _page(request, given, DemandForm.opened(today))
    form = DemandForm(request.POST, today=today)
    if not form.is_valid():
        return _page(request, given, form, status=422)
    try:
        act = verbs.demand_explanation(given, by=request.user, now=now, **form.cleaned_data)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, given, form, status=422)
    until = f"{act.answer_by:%d/%m/%Y}"
    messages.success(request, f"Đã yêu cầu {given.agency} giải trình trước ngày {until}. Thư gửi đi sau 10 phút.")
    return redirect(_way_back(request, pk))


@requires(Permission.REPORT_PROGRESS)
@require_http_methods(["GET", "HEAD", "POST"])
def give_explanation(request: UserRequest, pk: int) -> HttpResponse:
    """The agency's answer to the demand that waits; without one, the way to the assignment."""
    given = get_object_or_404(_shown(Assignment.objects.editable_by(request.user)), pk=pk)
    now = timezone.now()
    if request.method != "POST":
        waiting = ChaseItem.objects.unanswered().filter(assignment=given).exists()
        return (
            _answer_page(request, given, ExplainForm(today=timezone.localdate(now)))
            if waiting
            else redirect("assignment", pk)
        )
    form = ExplainForm(request.POST, today=timezone.localdate(now))
    if not form.is_valid():
        return _answer_page(request, given, form, status=422)
    try:
        verbs.explain(given, by=request.user, now=now, answer=form.answer)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _answer_page(request, given, form, status=422)
    messages.success(request, "Đã gửi giải trình tới lãnh đạo và Văn phòng UBND tỉnh.")
    return redirect("assignment", pk)


def _page(request: UserRequest, given: Assignment, form: DemandForm, *, status: int = 200) -> HttpResponse:
    context = {"assignment": given, "today": form.today, "form": form, "next": request.POST.get("next", "")}
    return render(request, "directives/demand_explanation.html", context, status=status)


def _answer_page(request: UserRequest, given: Assignment, form: ExplainForm, *, status: int = 200) -> HttpResponse:
    demand = ChaseItem.objects.demands().filter(assignment=given).select_related("chase__chased_by").last()
    context = {"assignment": given, "today": form.today, "form": form, "demand": demand}
    return render(request, "directives/give_explanation.html", context, status=status)


def _way_back(request: UserRequest, pk: int) -> str:
    asked = request.POST.get("next", "")
    safe = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if safe else f"/viec/{pk}/"


def _shown(rows: AssignmentQuerySet) -> AssignmentQuerySet:
    return rows.select_related("agency", "directive__letter")
