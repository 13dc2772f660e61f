"""One assignment, and the report of the agency on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from agencies.models import AGENCY_ROLES
from agencies.permissions import Permission, UserRequest, allowed, requires
from directives.actions import assignments as actions
from directives.forms.progress import ProgressForm
from directives.models import Assignment, AssignmentQuerySet, Claim, PartyRole, ProgressUpdate
from directives.states import WITH_AGENCY, NotAllowed, Status
from directives.views.extensions import extensions_of
from directives.views.receipt import receipt_of
from directives.views.staffing import handler_of
from directives.views.task_parts import chases_of, explanations_of, parts_of
from directives.views.timeline import NEWEST, timeline


@dataclass(frozen=True)
class Difference:
    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Clash:
    """What components/_conflict.html shows of two people at one assignment."""

    who: str
    when: datetime
    rows: list[Difference]


@requires(Permission.SEE_ASSIGNMENTS)
@require_safe
def assignment(request: UserRequest, pk: int) -> HttpResponse:
    """One assignment with its clause and history, and the form for those who may report on it now."""
    given = get_object_or_404(_whole(Assignment.objects.open_to(request.user).with_officers()), pk=pk)
    today = timezone.localdate()
    mine = Assignment.objects.editable_by(request.user).filter(pk=pk).exists()
    context = (
        _facts(given, today)
        | extensions_of(given, request.user, today, mine=mine)
        | receipt_of(given, request.user, mine=mine)
        | chases_of(given, request.user)
        | explanations_of(given, request.user, mine=mine)
        | parts_of(given, request.user, today)
        | handler_of(given, request.user, today)
        | {
            "form": _new_form(given, today) if mine and given.status in WITH_AGENCY else None,
            "of_agency": request.user.role in AGENCY_ROLES,
            "to_review": given.status == Status.SUBMITTED and allowed(request.user, Permission.REVIEW),
        }
    )
    return render(request, "directives/assignment.html", context)


@requires(Permission.REPORT_PROGRESS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_progress(request: UserRequest, pk: int) -> HttpResponse:
    """GET: the form alone, where reminders lead. POST: save; 422 and 409 answer with the form and what was typed."""
    given = get_object_or_404(_whole(Assignment.objects.editable_by(request.user)), pk=pk)
    now = timezone.now()
    if request.method == "POST":
        form = ProgressForm(request.POST, request.FILES, assignment=given, today=timezone.localdate(now))
        return _save(request, given, form, now) if form.is_valid() else _form_page(request, given, form, 422)
    if given.status not in WITH_AGENCY:
        return redirect("assignment", pk)
    form = _new_form(given, timezone.localdate(now))
    form.fields["result"].widget.attrs["autofocus"] = True  # a reminder's link leads here to do just this
    return _form_page(request, given, form, 200)


def _new_form(given: Assignment, today: date) -> ProgressForm:
    """What was returned or withdrawn opens with what was sent last, so that the agency only adds what is missing."""
    last = ProgressUpdate.objects.of(given).order_by("-created_at", "-pk").first()
    again = last is not None and (given.status == Status.RETURNED or last.withdrawn_at is not None)
    return ProgressForm(assignment=given, today=today, last=last if again else None)


def _save(request: UserRequest, given: Assignment, form: ProgressForm, now: datetime) -> HttpResponse:
    version, key = form.version_and_key
    try:
        update = actions.report_progress(
            given, by=request.user, now=now, progress=form.progress, version=version, key=key
        )
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, given, form, 422)
    except actions.Conflict:
        return _conflict_page(request, given.pk, form)
    messages.success(request, _saved(update))
    address = reverse("assignment", args=[given.pk])
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _conflict_page(request: UserRequest, pk: int, form: ProgressForm) -> HttpResponse:
    """Both texts side by side, and the form ready to be saved over what is there now."""
    current = _whole(Assignment.objects.editable_by(request.user)).get(pk=pk)
    (last,) = timeline(current, newest=1)
    theirs = f"{last.text}\n{last.words}".strip()
    rows = [Difference("Nội dung", theirs, form.progress.result)]
    return _form_page(request, current, form.renewed(current), 409, clash=Clash(last.who, last.when, rows))


def _form_page(
    request: UserRequest, given: Assignment, form: ProgressForm, status: int, clash: Clash | None = None
) -> HttpResponse:
    """The page with the form alone; for htmx the form alone, in which chosen files that are good stay chosen."""
    keep_files = bool(request.htmx) and "evidence" not in form.errors
    if keep_files:
        form.fields["evidence"].widget.attrs["hx-preserve"] = "true"
    context = _facts(given, form.today) | {
        "form": form,
        "conflict": clash,
        "files_lost": bool(request.FILES) and not keep_files,
        "alone": True,
    }
    template = "directives/_progress_form.html" if request.htmx else "directives/report_progress.html"
    return render(request, template, context, status=status)


def _whole(rows: AssignmentQuerySet) -> AssignmentQuerySet:
    whole = rows.select_related("agency", "directive__letter", "party", "handler", "continued_by__agency").defer(
        "directive__letter__text"
    )
    return whole.prefetch_related("directive__parties")


def _facts(given: Assignment, today: date) -> dict[str, Any]:
    """What the page says of an assignment, whoever looks at it."""
    parties = given.directive.parties.all()
    events = timeline(given)
    return {
        "assignment": given,
        "today": today,
        "supports": [party.phrase for party in parties if party.role == PartyRole.SUPPORT],
        "events": events,
        "cut": len(events) == NEWEST,
        "returned": next((one for one in events if one.code == Status.RETURNED), None),
        "can_save": given.status in WITH_AGENCY,
    }


def _saved(update: ProgressUpdate) -> SafeString:
    at = timezone.localtime(update.created_at)
    begin = "Đã gửi – KGVX sẽ xác nhận." if update.claim == Claim.COMPLETED else "Đã lưu."
    return format_html(
        '<strong>{}</strong> Cập nhật của anh/chị đã được ghi lúc {} ngày {}. <a href="{}">Về danh sách việc</a>',
        begin,
        f"{at:%H:%M}",
        f"{at:%d/%m/%Y}",
        reverse("my_work"),
    )
