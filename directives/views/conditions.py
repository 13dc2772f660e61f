"""The Office says that what a directive waits for has come about."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.permissions import Permission, UserRequest, requires
from directives.actions import conditions as verbs
from directives.forms.conditions import MeetConditionForm
from directives.models import ConditionMet, Directive
from directives.states import NotAllowed


@requires(Permission.ADJUST)
@require_http_methods(["GET", "HEAD", "POST"])
def meet_condition(request: UserRequest, pk: int) -> HttpResponse:
    """GET: what waits for the condition, and the form; POST starts the clock of all of it."""
    directive = get_object_or_404(Directive.objects.visible_to(request.user).select_related("letter"), pk=pk)
    now = timezone.now()
    form = MeetConditionForm(request.POST or None, today=timezone.localdate(now))
    if request.method != "POST":
        return _page(request, directive, form)
    if not form.is_valid():
        return _page(request, directive, form, status=422)
    try:
        started = verbs.meet_condition(directive, by=request.user, now=now, met=form.met)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, directive, form, status=422)
    messages.success(request, f"Đã đặt thời hạn cho {len(started)} nhiệm vụ. Các cơ quan nhận được thư báo.")
    return redirect("letter", directive.letter_id)


def _page(request: UserRequest, directive: Directive, form: MeetConditionForm, *, status: int = 200) -> HttpResponse:
    waiting = directive.assignments.open().filter(due_on=None).select_related("agency")
    context = {
        "directive": directive,
        "form": form,
        "met": ConditionMet.objects.filter(directive=directive).select_related("met_by").first(),
        "waiting": waiting.order_by("agency__sort_key", "pk"),
    }
    return render(request, "directives/meet_condition.html", context, status=status)
