"""What the Office does to one assignment beside reviewing it: one page with the acts its status allows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.permissions import Permission, UserRequest, requires
from directives.actions import adjustments
from directives.actions.assignments import Conflict
from directives.forms.adjusting import FORMS, AdjustForm
from directives.models import Assignment
from directives.states import TRANSITIONS, NotAllowed, Status, Verb
from directives.views.extensions import missed, renewed

_VERBS: dict[str, Callable[..., Assignment]] = {
    Verb.PAUSE: adjustments.pause,
    Verb.RESUME: adjustments.resume,
    Verb.CORRECT: adjustments.correct_due,
    Verb.WITHDRAW: adjustments.withdraw,
}
_DONE: dict[str, str] = {
    Verb.PAUSE: "Đã tạm dừng nhiệm vụ.",
    Verb.RESUME: "Nhiệm vụ được tiếp tục.",
    Verb.CORRECT: "Đã sửa thời hạn.",
    Verb.WITHDRAW: "Đã thu hồi nhiệm vụ.",
}
_TIMELESS = (Status.PAUSED, Status.WITHDRAWN)  # their due day is of no interest


@requires(Permission.ADJUST)
@require_http_methods(["GET", "HEAD", "POST"])
def adjust_assignment(request: UserRequest, pk: int) -> HttpResponse:
    """GET: a form for each act. POST `act=…`: that one; 422 and 409 answer with what was typed."""
    given = get_object_or_404(Assignment.objects.visible_to(request.user).for_lists(), pk=pk)
    now = timezone.now()
    if request.method != "POST":
        return _page(request, given, None)
    form_class = FORMS.get(request.POST.get("act", ""))
    if form_class is None:
        return _page(request, given, None, status=422, unknown="Chọn một việc ở dưới rồi bấm nút của việc đó.")
    form = form_class(request.POST, today=timezone.localdate(now))
    if not form.is_valid():
        return _page(request, given, form, status=422)
    try:
        changed = _VERBS[form.verb](given, by=request.user, now=now, **form.decision())
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, given, form, status=422)
    except Conflict as conflict:
        return _page(request, given, renewed(form, conflict), status=409, read=form.cleaned_data["version"])
    messages.success(request, f"{_DONE[form.verb]}{_new_day(changed)} Cơ quan nhận được thư báo.")
    return redirect("assignment", pk)


def _new_day(changed: Assignment) -> str:
    return f" Hạn hiện nay: {changed.due_on:%d/%m/%Y}." if changed.due_on and changed.status not in _TIMELESS else ""


def _page(
    request: UserRequest,
    given: Assignment,
    posted: AdjustForm | None,
    *,
    status: int = 200,
    read: int = 0,
    unknown: str = "",
) -> HttpResponse:
    given.refresh_from_db(fields=["version", "status", "due_on", "original_due_on"])
    today = timezone.localdate()
    opened = {"version": given.version, "due_on": given.due_on, "original_due_on": given.original_due_on}
    possible = [one for one in FORMS.values() if given.status in TRANSITIONS[one.verb].sources]
    fresh = {one.verb.name.lower(): one(initial=opened, today=today) for one in possible}
    context: dict[str, Any] = {
        "assignment": given,
        "today": today,
        "posted": posted,
        "forms": fresh | ({posted.verb.name.lower(): posted} if posted else {}),
        "pause": given.pauses.open().first(),
        "unknown": unknown,
        "missed": missed(given, read),
    }
    return render(request, "directives/adjust_assignment.html", context, status=status)
