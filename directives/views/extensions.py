"""More time for an assignment: the agency asks, an officer or a leader decides."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import User
from agencies.permissions import Permission, UserRequest, allowed, requires
from directives.actions import extensions as verbs
from directives.actions.assignments import Conflict
from directives.forms.extensions import GRANT, AskExtensionForm, DecideExtensionForm, VersionForm
from directives.models import (
    MANY_EXTENSIONS,
    Assignment,
    Extended,
    ExtensionRequest,
    ExtensionState,
    not_extendable,
)
from directives.states import WITH_AGENCY, NotAllowed, Status
from directives.views.due_story import due_story
from directives.views.timeline import Event, FileLink, timeline

PAGE_SIZE = 20
_Form = TypeVar("_Form", bound=VersionForm)


@requires(Permission.DECIDE_EXTENSIONS)
@require_safe
def extensions(request: UserRequest) -> HttpResponse:
    """The requests that wait, the oldest first; `?tt=da-quyet-dinh` the decided ones, the newest first."""
    seen = ExtensionRequest.objects.visible_to(request.user)
    decided = request.GET.get("tt") == "da-quyet-dinh"
    rows = seen.decided().order_by("-decided_at", "-pk") if decided else seen.to_decide().order_by("asked_at", "pk")
    page = Paginator(rows.for_lists().prefetch_related("assignment__extensions"), PAGE_SIZE).get_page(
        request.GET.get("trang")
    )
    context = {
        "page_obj": page,
        "rows": [(one, Extended.by(one.assignment.extensions.all())) for one in page],
        "decided": decided,
        "waiting": seen.to_decide().count(),
        **_how_often(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "directives/extensions.html", context)


def _how_often(user: User) -> dict[str, int]:
    """How many assignments were given more time, and how many so often that it is flagged; as their lists count."""
    counted = Assignment.objects.visible_to(user).leads().counted()
    granted = ExtensionRequest.objects.assignments_extended
    times = {"extended": 1, "often": MANY_EXTENSIONS}
    return {name: counted.filter(pk__in=granted(least)).count() for name, least in times.items()}


@requires(Permission.DECIDE_EXTENSIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide_extension(request: UserRequest, pk: int) -> HttpResponse:
    """One request beside the form that decides on it."""
    row = get_object_or_404(ExtensionRequest.objects.visible_to(request.user).for_lists(), pk=pk)
    now = timezone.now()
    if request.method != "POST":
        return _decide_page(request, row, None)
    form = DecideExtensionForm(request.POST, today=timezone.localdate(now))
    if not form.is_valid():
        return _decide_page(request, row, form, status=422)
    verb = verbs.grant_extension if form.grants else verbs.refuse_extension
    try:
        decided = verb(row, by=request.user, now=now, **form.decision())
    except NotAllowed as refusal:
        form.add_error("granted_on" if isinstance(refusal, verbs.UnfitDay) else None, str(refusal))
        return _decide_page(request, row, form, status=422)
    except Conflict as conflict:
        return _decide_page(request, row, renewed(form, conflict), status=409, read=form.cleaned_data["version"])
    messages.success(request, _said(decided))
    return redirect("extensions")


@requires(Permission.REPORT_PROGRESS)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_extension(request: UserRequest, pk: int) -> HttpResponse:
    """The form in which the agency asks, with what it asked before."""
    given = get_object_or_404(Assignment.objects.editable_by(request.user).for_lists(), pk=pk)
    now = timezone.now()
    if request.method != "POST":
        return _ask_page(request, given, None)
    form = AskExtensionForm(request.POST, request.FILES, today=timezone.localdate(now))
    if not form.is_valid():
        return _ask_page(request, given, form, status=422)
    try:
        asked = verbs.ask_extension(given, by=request.user, now=now, **form.decision())
    except NotAllowed as refusal:
        form.add_error("asked_on" if isinstance(refusal, verbs.UnfitDay) else None, str(refusal))
        return _ask_page(request, given, form, status=422)
    except Conflict as conflict:
        return _ask_page(request, given, renewed(form, conflict), status=409, read=form.cleaned_data["version"])
    messages.success(request, f"Đã gửi đề nghị gia hạn đến {asked.asked_on:%d/%m/%Y}. Văn phòng UBND tỉnh sẽ trả lời.")
    return redirect("assignment", pk)


@requires(Permission.REPORT_PROGRESS)
@require_http_methods(["GET", "HEAD", "POST"])
def drop_extension(request: UserRequest, pk: int) -> HttpResponse:
    """The agency takes an open request back."""
    row = get_object_or_404(ExtensionRequest.objects.editable_by(request.user).for_lists(), pk=pk)
    if request.method != "POST":  # a page loaded again, or the way back from signing in
        return redirect("ask_extension", row.assignment_id)
    form = VersionForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _ask_page(request, row.assignment, form, status=422)
    try:
        verbs.drop_extension(row, by=request.user, now=timezone.now(), **form.decision())
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _ask_page(request, row.assignment, form, status=422)
    except Conflict:
        return _ask_page(request, row.assignment, None, status=409, read=form.cleaned_data["version"])
    messages.success(request, "Đã rút đề nghị gia hạn.")
    return redirect("assignment", row.assignment_id)


def extensions_of(given: Assignment, user: User, today: date, *, mine: bool) -> dict[str, Any]:
    """What the task page says of more time: asked, given, and what `user` may do about it; `mine`: it is theirs."""
    asked = list(given.extensions.order_by("-asked_at", "-pk"))
    waiting = next((one for one in asked if one.state == ExtensionState.OPEN), None)
    acts = mine and given.status in WITH_AGENCY
    return due_story(given, today) | {
        "extended": Extended.by(asked),
        "waiting_extension": waiting,
        "pause": given.pauses.open().first() if given.status == Status.PAUSED else None,
        "may_adjust": allowed(user, Permission.ADJUST),
        "may_ask_extension": acts and waiting is None and not not_extendable(given, today=today),
        "may_drop_extension": acts and waiting is not None,
        "may_decide_extension": waiting is not None and allowed(user, Permission.DECIDE_EXTENSIONS),
    }


def _ask_page(
    request: UserRequest, given: Assignment, form: VersionForm | None, *, status: int = 200, read: int = 0
) -> HttpResponse:
    given.refresh_from_db(fields=["version", "status", "due_on"])
    today = timezone.localdate()
    asked = list(_asked(given))
    waiting = next((one for one in asked if one.state == ExtensionState.OPEN), None)
    new = AskExtensionForm(initial={"version": given.version}, today=today)
    context = {
        "assignment": given,
        "today": today,
        "posted": form,
        "form": form if isinstance(form, AskExtensionForm) else new,
        "version_form": VersionForm(initial={"version": given.version}, today=today, auto_id="drop_%s"),
        "waiting_extension": waiting,
        "asked": [(one, _files(one)) for one in asked],
        "extended": Extended.by(asked),
        "closed": not_extendable(given, today=today) or _closed(given),
        "missed": missed(given, read),
    }
    return render(request, "directives/ask_extension.html", context, status=status)


def _closed(given: Assignment) -> str:
    if given.status in WITH_AGENCY:
        return ""
    return f"Nhiệm vụ đang ở trạng thái «{given.get_status_display()}» nên không đề nghị gia hạn được."


def _decide_page(
    request: UserRequest,
    row: ExtensionRequest,
    form: DecideExtensionForm | None,
    *,
    status: int = 200,
    read: int = 0,
) -> HttpResponse:
    """`read`: the version of the assignment on which the person wanted to decide, on a conflict."""
    row = ExtensionRequest.objects.for_lists().select_related("decided_by").get(pk=row.pk)
    given, today = row.assignment, timezone.localdate()
    opened = {"version": given.version, "answer": GRANT, "granted_on": row.asked_on}
    asked = list(_asked(given))
    context = {
        "extension": row,
        "assignment": given,
        "today": today,
        "posted": form,
        "form": form or DecideExtensionForm(initial=opened, today=today),
        "files": _files(row),
        "extended": Extended.by(asked),
        "others": [(one, _files(one)) for one in asked if one.pk != row.pk],
        "is_open": row.state == ExtensionState.OPEN,
        "missed": missed(given, read),
    }
    return render(request, "directives/decide_extension.html", context, status=status)


def _asked(given: Assignment) -> QuerySet[ExtensionRequest]:
    rows = given.extensions.select_related("asked_by", "decided_by").prefetch_related("attachments")
    return rows.order_by("-asked_at", "-pk")


def _files(row: ExtensionRequest) -> list[FileLink]:
    return [FileLink(reverse("attachment", args=[one.pk]), one.name, one.size) for one in row.attachments.all()]


def missed(given: Assignment, read: int) -> list[Event]:
    """Every verb raises the version by one and writes one line: so many lines are what came in between."""
    return timeline(given, newest=given.version - read) if read else []


def renewed(form: _Form, conflict: Conflict) -> _Form:
    """What was typed, with the version that is there now: sent again, it counts."""
    typed = cast(QueryDict, form.data).copy()
    typed["version"] = str(conflict.current.version)
    return type(form)(typed, today=form.today)


def _said(decided: ExtensionRequest) -> str:
    if decided.state == ExtensionState.GRANTED:
        return f"Đã gia hạn đến {decided.granted_on:%d/%m/%Y}. Cơ quan nhận được thư báo."
    return "Đã trả lời không gia hạn. Cơ quan nhận được thư báo."
