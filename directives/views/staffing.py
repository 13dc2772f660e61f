"""Inside an agency: its head and coordinators see who does what, give work, hand it over, enter absences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import User
from agencies.permissions import Permission, UserRequest, allowed, requires
from directives.actions import staffing as verbs
from directives.actions.assignments import Conflict
from directives.deadlines import Label
from directives.forms.staffing import AbsenceForm, GiveForm, HandOverWorkForm, as_looked_at, looked_at
from directives.models import Absence, Assignment
from directives.models.labelling import label_case
from directives.states import OPEN, NotAllowed
from directives.views.timeline import timeline


@dataclass(frozen=True)
class Load:
    """What one person does (`person` None: what nobody in particular does); `absence`: the one of today or to come."""

    person: User | None
    open: int
    overdue: int
    absence: Absence | None = None


@requires(Permission.COORDINATE)
@require_safe
def my_agency(request: UserRequest) -> HttpResponse:
    """The people of one's agency with what each has open, and the absences."""
    today = timezone.localdate()
    absences = Absence.objects.visible_to(request.user).not_over(today).select_related("person", "deputy")
    coming = list(absences.order_by("first_day", "pk"))
    loads = _loads(request.user, today, coming)
    context = {
        "loads": loads,
        "absences": coming,
        "today": today,
        "open": sum(load.open for load in loads),
        "overdue": sum(load.overdue for load in loads),
    }
    return render(request, "directives/my_agency.html", context)


def _loads(user: User, today: date, absences: Iterable[Absence]) -> list[Load]:
    rows = Assignment.objects.visible_to(user).open().annotate(label=label_case(today))
    counts: dict[int | None, tuple[int, int]] = {}
    for handler, label, n in rows.values_list("handler", "label").annotate(n=Count("pk")).order_by():
        every, late = counts.get(handler, (0, 0))
        counts[handler] = (every + n, late + (n if label == Label.OVERDUE else 0))
    away: dict[int, Absence] = {}
    for absence in absences:
        away.setdefault(absence.person_id, absence)
    people = User.objects.visible_to(user).order_by("-is_active", "full_name", "pk")
    shown = [one for one in people if one.is_active or one.pk in counts]
    loads = [Load(one, *counts.get(one.pk, (0, 0)), away.get(one.pk)) for one in shown]
    return [*loads, Load(None, *counts.get(None, (0, 0)))]


@requires(Permission.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: UserRequest, pk: int) -> HttpResponse:
    """Give an assignment to one of the agency's people, or back to all of them."""
    given = get_object_or_404(Assignment.objects.editable_by(request.user).for_lists(), pk=pk)
    if request.method != "POST":
        return redirect("assignment", pk) if given.status not in OPEN else _give_page(request, given)
    form = GiveForm(request.POST, user=request.user, today=timezone.localdate())
    if not form.is_valid():
        return _give_page(request, given, form, 422)
    try:
        row = verbs.give(given, by=request.user, now=timezone.now(), **form.cleaned_data)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _give_page(request, given, form, 422)
    except Conflict as conflict:
        form.renew(conflict.current)
        return _give_page(request, conflict.current, form, 409)
    messages.success(request, f"Đã phân công {row.handler} xử lý." if row.handler else "Đã bỏ phân công riêng.")
    return redirect("assignment", pk)


def handler_of(given: Assignment, user: User, today: date) -> dict[str, Any]:
    """What templates/directives/_handler.html shows on the page of an assignment."""
    may = allowed(user, Permission.COORDINATE) and given.agency_id == user.agency_id and given.status in OPEN
    deputies = Absence.objects.filter(person=given.handler).deputies(today) if given.handler_id else {}
    return {
        "deputy": deputies.get(given.handler_id or 0),
        "give_form": _give_form(given, user, today) if may else None,
    }


def _give_form(given: Assignment, user: User, today: date) -> GiveForm:
    initial = {"version": given.version, "to": given.handler_id}
    return GiveForm(initial=initial, user=user, today=today, auto_id="give_%s")


def _give_page(
    request: UserRequest, given: Assignment, form: GiveForm | None = None, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "assignment": given,
        "form": form or _give_form(given, request.user, today),
        "today": today,
        "missed": timeline(given, newest=1) if status == 409 else [],
    }
    return render(request, "directives/give.html", context, status=status)


@requires(Permission.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_work(request: UserRequest, pk: int) -> HttpResponse:
    """Everything open of one person to another, in one step: choose (`?to=`), look it over, hand over."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    query = request.POST if request.method == "POST" else request.GET
    form = HandOverWorkForm(
        query if "to" in query else None, person=person, user=request.user, today=timezone.localdate()
    )
    if request.method != "POST":
        return _hand_over_page(request, form)
    if not form.is_valid():
        return _hand_over_page(request, form, 422)
    to: User = form.cleaned_data["to"]
    try:
        rows = verbs.hand_over_work(
            person, by=request.user, now=timezone.now(), to=to, versions=looked_at(request.POST)
        )
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _hand_over_page(request, form, 422)
    except verbs.WorkChanged:
        return _hand_over_page(request, form, 409)
    messages.success(request, f"Đã bàn giao {len(rows)} việc của {person} cho {to}.")
    return redirect("my_agency")


def _hand_over_page(request: UserRequest, form: HandOverWorkForm, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    rows = Assignment.objects.editable_by(request.user).open().filter(handler=form.person)
    work = list(rows.most_urgent_first(today).for_lists())
    chosen = form.is_bound and form.is_valid()
    context = {
        "person": form.person,
        "form": form,
        "to": form.cleaned_data.get("to") if chosen else None,
        "work": work,
        "looked_at": as_looked_at(work),
        "changed": status == 409,
        "deputises": Absence.objects.visible_to(request.user).not_over(today).filter(deputy=form.person),
        "today": today,
    }
    return render(request, "directives/hand_over_work.html", context, status=status)


@requires(Permission.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def record_absence(request: UserRequest) -> HttpResponse:
    """Somebody is away from a day to a day; a colleague does the work."""
    posted = request.POST if request.method == "POST" else None
    initial = {"person": request.GET.get("nguoi")}
    form = AbsenceForm(posted, initial=initial, user=request.user, today=timezone.localdate())
    if posted is not None and form.is_valid():
        try:
            absence = verbs.record_absence(by=request.user, now=timezone.now(), **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã ghi lịch vắng: {absence}.")
            return redirect("my_agency")
    return render(request, "directives/record_absence.html", {"form": form}, status=422 if form.errors else 200)


@requires(Permission.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def end_absence(request: UserRequest, pk: int) -> HttpResponse:
    """The person is back earlier, or does not go."""
    if request.method == "POST":
        absence = get_object_or_404(Absence.objects.visible_to(request.user), pk=pk)
        verbs.end_absence(absence, by=request.user, now=timezone.now())
        messages.success(request, f"Đã bỏ lịch vắng của {absence.person}.")
    return redirect("my_agency")
