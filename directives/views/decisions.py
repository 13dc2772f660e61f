"""Several submissions confirmed at once, and decisions of the last minutes taken back."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.permissions import Permission, UserRequest, requires
from directives.actions import decisions as verbs
from directives.forms.bulk import ChosenForm, ConfirmAllForm, UndoForm, as_rows
from directives.models import Assignment, HistoryEntry
from directives.states import NotAllowed
from directives.views.reviews import claims, queue_page, queue_row


@requires(Permission.REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_several(request: UserRequest) -> HttpResponse:
    """GET `?nv=1&nv=2`: what was ticked, to be looked over. POST: confirm all of it or, when some changed, none."""
    if request.method != "POST":
        ticked = ChosenForm(request.GET)
        if not ticked.is_valid():
            return queue_page(request, form=ticked, status=422)
        return _check_page(request, ticked.chosen)
    form = ConfirmAllForm(request.POST)
    if "nv" in form.errors:
        return queue_page(request, form=form, status=422)
    if not form.is_valid():
        return _check_page(request, form.chosen, form, status=422)
    try:
        done = verbs.confirm_all(form.versions, by=request.user, now=timezone.now(), note=form.cleaned_data["note"])
    except verbs.SomeChanged as problem:
        return _check_page(request, form.chosen, form, changed=problem.rows, status=409)
    messages.success(request, f"Đã xác nhận {len(done)} nhiệm vụ.")
    return redirect("review_queue")


@requires(Permission.REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def undo_decision(request: UserRequest) -> HttpResponse:
    """Take back what was decided at one moment; with other methods, the way to the queue."""
    if request.method != "POST":
        return redirect("review_queue")
    form, now = UndoForm(request.POST), timezone.now()
    if not form.is_valid():
        return queue_page(request, form=form, status=422)
    entries = HistoryEntry.objects.undoable_by(request.user, now).filter(at=form.cleaned_data["luc"])
    try:
        back = verbs.undo_decisions(list(entries), by=request.user, now=now)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return queue_page(request, form=form, status=422)
    messages.success(request, f"Đã hoàn tác: {len(back)} nhiệm vụ chờ xác nhận trở lại.")
    return redirect("review", back[0].pk) if len(back) == 1 else redirect("review_queue")


def _check_page(
    request: UserRequest,
    chosen: Collection[int],
    form: ConfirmAllForm | None = None,
    *,
    changed: Collection[Assignment] = (),
    status: int = 200,
) -> HttpResponse:
    """Those of `chosen` that wait, each with what its agency claims; the form carries their versions as read now."""
    given = Assignment.objects.reviewable_by(request.user).filter(pk__in=chosen)
    waiting = list(given.for_lists().in_review_order().prefetch_related(claims()))
    gone = given.for_lists().exclude(pk__in=[one.pk for one in waiting]).order_by("pk")
    on = timezone.localdate()
    context = {
        "form": form or ConfirmAllForm(),
        "rows": [queue_row(one, on) for one in waiting],
        "values": as_rows(waiting),
        "gone": list(gone),
        "changed": [one for one in waiting if one.pk in {row.pk for row in changed}],
        "conflict": bool(changed),
    }
    return render(request, "directives/confirm_several.html", context, status=status)
