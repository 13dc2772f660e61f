"""An agency says that it has an assignment or that it is not its to do; the Office answers, or gives it to another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.models import User
from agencies.permissions import Permission, UserRequest, allowed, requires
from directives.actions import handover
from directives.actions import receipt as verbs
from directives.actions.assignments import Conflict
from directives.forms.receipt import DeclineForm, InsistForm, ReasonForm, ReassignForm
from directives.forms.staffing import looked_at
from directives.models import Assignment, AssignmentQuerySet, HistoryEntry
from directives.states import MOVABLE, WITH_AGENCY, NotAllowed, Status, Verb
from directives.views.timeline import timeline


@requires(Permission.REPORT_PROGRESS)
@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge(request: UserRequest, pk: int) -> HttpResponse:
    """One press: the agency has it."""
    given = get_object_or_404(Assignment.objects.editable_by(request.user), pk=pk)
    if request.method == "POST":
        try:
            verbs.acknowledge(given, by=request.user, now=timezone.now())
            messages.success(request, "Đã ghi nhận cơ quan đã nhận nhiệm vụ.")
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
    return redirect("assignment", pk)


@requires(Permission.REPORT_PROGRESS)
@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge_all(request: UserRequest) -> HttpResponse:
    """One press for everything new that the list showed (`nv`)."""
    if request.method == "POST":
        seen = Assignment.objects.editable_by(request.user).filter(pk__in=looked_at(request.POST))
        received = verbs.acknowledge_all(seen, by=request.user, now=timezone.now())
        messages.success(request, f"Đã ghi nhận cơ quan đã nhận {len(received)} nhiệm vụ.")
    return redirect("my_work")


@requires(Permission.REPORT_PROGRESS)
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: UserRequest, pk: int) -> HttpResponse:
    """The agency answers that the assignment is not its to do, with the reason."""
    given = get_object_or_404(_whole(Assignment.objects.editable_by(request.user)), pk=pk)
    if given.status != Status.NOT_STARTED and request.method != "POST":
        return redirect("assignment", pk)
    form = DeclineForm(request.POST if request.method == "POST" else None, assignment=given)
    done = "Đã gửi trả lời. Văn phòng UBND tỉnh sẽ xem xét; thời hạn vẫn tính trong khi chờ."
    return _act(request, given, form, verbs.decline, "decline", done)


@requires(Permission.REASSIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def insist(request: UserRequest, pk: int) -> HttpResponse:
    """The Office does not accept the agency's answer, and says why."""
    given = get_object_or_404(_whole(Assignment.objects.visible_to(request.user)), pk=pk)
    if given.status != Status.DECLINED and request.method != "POST":
        return redirect("assignment", pk)
    form = InsistForm(request.POST if request.method == "POST" else None, assignment=given)
    return _act(request, given, form, verbs.insist, "insist", f"Đã giữ nguyên việc giao cho {given.agency}.")


@requires(Permission.REASSIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def reassign(request: UserRequest, pk: int) -> HttpResponse:
    """The Office gives the assignment to another agency, and says why."""
    given = get_object_or_404(_whole(Assignment.objects.visible_to(request.user)), pk=pk)
    if given.status not in MOVABLE and request.method != "POST":
        return redirect("assignment", pk)
    form = ReassignForm(
        request.POST if request.method == "POST" else None, assignment=given, today=timezone.localdate()
    )
    return _act(request, given, form, handover.reassign, "reassign", "Đã chuyển nhiệm vụ cho cơ quan khác.")


def receipt_of(given: Assignment, user: User, *, mine: bool) -> dict[str, Any]:
    """What templates/directives/_receipt.html shows on the page of an assignment; `mine`: one may report on it."""
    office = allowed(user, Permission.REASSIGN)
    return {
        "declined": _answer(given) if given.status == Status.DECLINED else None,
        "can_acknowledge": mine and given.acknowledged_at is None and given.status in WITH_AGENCY,
        "can_decline": mine and given.status == Status.NOT_STARTED,
        "can_reassign": office and given.status in MOVABLE,
        "came_from": list(given.continues.select_related("agency").order_by("continued_on", "pk")),
    }


def _answer(given: Assignment) -> HistoryEntry | None:
    """The line that says why the agency declined."""
    return given.history.filter(verb=Verb.DECLINE).select_related("actor").order_by("at", "pk").last()


def _whole(rows: AssignmentQuerySet) -> AssignmentQuerySet:
    return rows.select_related("agency", "directive__letter").defer("directive__letter__text")


def _act(
    request: UserRequest,
    given: Assignment,
    form: ReasonForm,
    verb: Callable[..., Assignment],
    page: str,
    done: str,
) -> HttpResponse:
    """The page of one form, or what its verb made of it."""
    if request.method != "POST" or not form.is_valid():
        return _page(request, given, form, page, 422 if request.method == "POST" else 200)
    try:
        verb(given, by=request.user, now=timezone.now(), **form.cleaned_data)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, given, form, page, 422)
    except Conflict as conflict:
        form.renew(conflict.current)
        return _page(request, given, form, page, 409)
    messages.success(request, done)
    return redirect("assignment", given.pk)


def _page(request: UserRequest, given: Assignment, form: ReasonForm, page: str, status: int) -> HttpResponse:
    context = {
        "assignment": given,
        "form": form,
        "today": timezone.localdate(),
        "declined": _answer(given),
        "missed": timeline(given, newest=1) if status == 409 else [],
    }
    return render(request, f"directives/{page}.html", context, status=status)
