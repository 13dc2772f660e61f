"""What officers do with the list of assignments, and what everybody takes from it: a workbook, saved choices."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.permissions import Permission, UserRequest, requires
from directives.actions import officers, saved_filters
from directives.forms.filters import AssignmentFilter
from directives.forms.lists import CHASE, CONFIRM, ActForm, OfficerForm, SaveFilterForm
from directives.models import Assignment, SavedFilter
from directives.resources import MOST_ROWS, XLSX, workbook_of
from directives.views.assignments import list_page


@requires(Permission.REVIEW)
@require_safe
def act_on_assignments(request: UserRequest) -> HttpResponse:
    """Leads on to the check page of the chosen act, with the ticked rows in its address."""
    form = ActForm(request.GET)
    if not form.is_valid():
        return list_page(request, request.GET, form=form, status=422)
    act = form.cleaned_data["viec"]
    if act == CHASE:  # its page takes rows by the name of its own field
        return redirect(f"{reverse('new_chase')}?{urlencode({'viec': form.chosen}, doseq=True)}")
    page = "confirm_several" if act == CONFIRM else "set_officer"
    return redirect(f"{reverse(page)}?{urlencode({'nv': form.chosen}, doseq=True)}")


@requires(Permission.REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def set_officer(request: UserRequest) -> HttpResponse:
    """GET `?nv=`: the ticked rows with who follows them. POST: one officer follows all of them."""
    form = OfficerForm(request.POST if request.method == "POST" else request.GET)
    if "nv" in form.errors:
        return list_page(request, request.GET, form=form, status=422)
    if request.method == "POST" and form.is_valid():
        officer = form.cleaned_data["officer"]
        known = Assignment.objects.reviewable_by(request.user).filter(pk__in=form.chosen).values_list("pk", flat=True)
        changed = officers.set_officer(list(known), by=request.user, now=timezone.now(), officer=officer)
        messages.success(request, f"{officer} theo dõi {len(changed)} nhiệm vụ vừa chuyển.")
        return redirect("assignments")
    given = Assignment.objects.reviewable_by(request.user).filter(pk__in=form.chosen)
    rows = list(given.for_lists().with_officers().order_by("directive__position", "pk"))
    shown = form if request.method == "POST" else OfficerForm(initial={"nv": form.chosen})
    context = {"form": shown, "rows": rows}
    return render(request, "directives/set_officer.html", context, status=422 if request.method == "POST" else 200)


@requires(Permission.SEE_ASSIGNMENTS)
@require_safe
def export_assignments(request: UserRequest) -> HttpResponse:
    """The whole filtered list as a workbook, in the order of the page."""
    today = timezone.localdate()
    wanted = AssignmentFilter(request.GET, user=request.user)
    found = wanted.found(Assignment.objects.visible_to(request.user), today).most_urgent_first(today).for_lists()
    response = HttpResponse(workbook_of(found.with_officers()[:MOST_ROWS], on=today), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="nhiem-vu-{today:%Y-%m-%d}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@requires(Permission.SEE_ASSIGNMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def save_filter(request: UserRequest) -> HttpResponse:
    """Keep the choices of the list under a name."""
    if request.method != "POST":
        return redirect("assignments")
    form = SaveFilterForm(request.POST, user=request.user)
    if not form.is_valid():
        return list_page(request, QueryDict(request.POST.get("query", "")), form=form, status=422)
    saved = saved_filters.save_filter(by=request.user, now=timezone.now(), **form.cleaned_data)
    messages.success(request, f"Đã lưu bộ lọc «{saved}».")
    return redirect(f"{reverse('assignments')}?{saved.query}")


@requires(Permission.SEE_ASSIGNMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def delete_filter(request: UserRequest, pk: int) -> HttpResponse:
    """Throw away one's own saved choices."""
    if request.method == "POST":
        saved = get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk)
        saved_filters.delete_filter(saved, by=request.user, now=timezone.now())
        messages.success(request, f"Đã xoá bộ lọc «{saved}».")
    return redirect("assignments")
