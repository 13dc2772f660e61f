"""A draft gets its words, is issued, and is later replaced."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from agencies.permissions import Permission, UserRequest, requires
from directives.states import NotAllowed
from reports import tasks
from reports.actions import editions as verbs
from reports.actions.editions import EditConflict
from reports.content.composing import Composed, compose
from reports.content.edition import Edition
from reports.models import Report
from reports.snapshots import Snapshot
from reports.views.edit_forms import EditForm, initial_of


@requires(Permission.EDIT_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_report(request: UserRequest, pk: UUID) -> HttpResponse:
    """The paragraphs in boxes; the figures cannot be changed here."""
    found = _fetch(request, pk)
    composed, today = _composed(found), timezone.localdate()
    form = EditForm(request.POST or None, composed=composed, today=today, initial=initial_of(composed, _seen(found)))
    if request.method != "POST":
        return _page(request, found, form)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    edition = form.edition(compose(composed.snapshot))
    try:
        verbs.edit(found, by=request.user, now=timezone.now(), edition=edition, seen=form.cleaned_data["seen"])
    except EditConflict as conflict:
        return _conflict(request, conflict)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("report", pk)
    tasks.wake(pk)
    messages.success(request, "Đã lưu nội dung; tệp được tạo lại.")
    return redirect("report", pk)


@requires(Permission.EDIT_REPORTS)
@require_POST
def issue_report(request: UserRequest, pk: UUID) -> HttpResponse:
    found = _fetch(request, pk)
    try:
        verbs.issue(found, by=request.user, now=timezone.now(), seen=_number(request.POST.get("seen", "")))
    except EditConflict:
        messages.error(request, "Chưa phát hành: nội dung vừa được người khác sửa. Đọc lại tệp mới rồi phát hành.")
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        tasks.wake(pk)
        messages.success(request, "Đã phát hành. Tệp chính thức đang được tạo; báo cáo không sửa được nữa.")
    return redirect("report", pk)


@requires(Permission.EDIT_REPORTS)
@require_POST
def correct_report(request: UserRequest, pk: UUID) -> HttpResponse:
    """A later version of an issued report, from the figures of today."""
    found, now = _fetch(request, pk), timezone.now()
    try:
        later = verbs.correct(found, by=request.user, now=now, today=timezone.localdate(now))
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("report", pk)
    tasks.wake(later.pk)
    return redirect("report", later.pk)


def _fetch(request: UserRequest, pk: UUID) -> Report:
    return get_object_or_404(Report.objects.editable_by(request.user).select_related("agency", "letter"), pk=pk)


def _composed(found: Report) -> Composed:
    return compose(Snapshot.from_data(found.snapshot), Edition.from_data(found.edition))


def _seen(found: Report) -> int:
    return found.edits.count()


def _number(typed: str) -> int:
    """The hidden number of a form; -1, which no report has, for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else -1


def _page(
    request: UserRequest, found: Report, form: EditForm, *, status: int = 200, conflict: object = None
) -> HttpResponse:
    edits = found.edits.select_related("by").order_by("-number")
    context = {"report": found, "form": form, "edits": edits, "conflict": conflict}
    return render(request, "reports/edit_report.html", context, status=status)


def _conflict(request: UserRequest, conflict: EditConflict) -> HttpResponse:
    """409 with what was typed kept; the form now carries the new number, so that a second press saves it."""
    current = conflict.current
    typed = request.POST.copy()
    typed["seen"] = str(_seen(current))
    form = EditForm(typed, composed=_composed(current), today=timezone.localdate())
    last = current.edits.select_related("by").order_by("number").last()
    return _page(request, current, form, status=409, conflict=last)
