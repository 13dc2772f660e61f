"""The directory of agencies by day, and the page on which one ends: successors, open work, people."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.forms import DayForm
from agencies.models import Agency, User
from agencies.permissions import Permission, UserRequest, requires
from directives.actions import directory as verbs
from directives.actions.assignments import Conflict
from directives.actions.handover import Way
from directives.forms.directory import DirectoryFilter, EndForm, FoundForm, HandOverForm, MovePeopleForm
from directives.forms.staffing import looked_at
from directives.models import Assignment, AssignmentQuerySet, left_behind
from directives.states import MOVABLE, OPEN, NotAllowed, Status

PAGE_SIZE = 50
OPEN_WORK = Count("assignments", filter=Q(assignments__status__in=OPEN))


@dataclass(frozen=True)
class Foreseen:
    """What becomes of one assignment when it is handed over; `there`: the row of the receiver that it joins."""

    assignment: Assignment
    there: Assignment | None

    @property
    def stays(self) -> bool:
        """The receiver has done this directive already: what is open cannot join what is done."""
        return self.there is not None and self.there.status == Status.DONE

    @property
    def pair(self) -> str:
        return f"{self.assignment.pk}:{self.assignment.version}"


@dataclass(frozen=True)
class Chosen:
    """What was ticked: open assignments (id → the version seen), recurring directives with no open period (ids)."""

    versions: dict[int, int]
    recurring: set[int]

    @classmethod
    def of(cls, query: QueryDict) -> Chosen:
        return cls(looked_at(query), {int(one) for one in query.getlist("dk") if one.isascii() and one.isdigit()})

    def __bool__(self) -> bool:
        return bool(self.versions or self.recurring)

    @property
    def words(self) -> str:
        parts = [(len(self.versions), "nhiệm vụ"), (len(self.recurring), "nhiệm vụ định kỳ")]
        return " và ".join(f"{count} {what}" for count, what in parts if count)


@requires(Permission.CHANGE_AGENCIES)
@require_safe
def agency_directory(request: UserRequest) -> HttpResponse:
    """The agencies of a day with predecessors and successors; above them, those that ended with work left open."""
    today = timezone.localdate()
    wanted = DirectoryFilter(request.GET, today=today)
    everybody = Agency.objects.visible_to(request.user).annotate(open=OPEN_WORK)
    found = wanted.narrow(everybody).prefetch_related("successors", "predecessors").order_by("sort_key", "pk")
    context = {
        "filter": wanted,
        "page_obj": Paginator(found, PAGE_SIZE).get_page(request.GET.get("trang")),
        "left": everybody.filter(valid_to__lt=today, open__gt=0).order_by("sort_key", "pk"),
        "silent": _agencies_of(left_behind(Assignment.objects.filter(agency__valid_to__lt=today))),
        "today": today,
    }
    return render(request, "directives/agency_directory.html", context)


@requires(Permission.CHANGE_AGENCIES)
@require_http_methods(["GET", "HEAD", "POST"])
def found_agency(request: UserRequest) -> HttpResponse:
    """Enter a body that begins, before others hand their work over to it."""
    form = FoundForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            agency = verbs.found_agency(form.agency, by=request.user, now=timezone.now(), reason=reason)
        except NotAllowed as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(
                request, f"Đã thêm {agency}. Mở cơ quan kết thúc để ghi cơ quan kế thừa và chuyển nhiệm vụ."
            )
            return redirect("change_agency", agency.pk)
    return render(request, "directives/found_agency.html", {"form": form}, status=422 if form.errors else 200)


@requires(Permission.CHANGE_AGENCIES)
@require_safe
def change_agency(request: UserRequest, pk: int) -> HttpResponse:
    """One agency: when it ends and who follows, its open work (`?q=` searches, `?chon=1` ticks all), its people."""
    return _page(request, pk)


@requires(Permission.CHANGE_AGENCIES)
@require_http_methods(["GET", "HEAD", "POST"])
def end_agency(request: UserRequest, pk: int) -> HttpResponse:
    """Lay down the last day and the successors."""
    if request.method != "POST":
        return redirect("change_agency", pk)
    agency = get_object_or_404(Agency.objects.visible_to(request.user), pk=pk)
    form = EndForm(request.POST, agency=agency, today=timezone.localdate())

    def said(row: Agency) -> str:
        return f"Đã ghi: {row} hoạt động đến hết ngày {row.valid_to:%d/%m/%Y}."

    return _do(request, agency, form, verbs.end_agency, said, end_form=form)


@requires(Permission.CHANGE_AGENCIES)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_assignments(request: UserRequest, pk: int) -> HttpResponse:
    """The first post shows what would become of the ticked assignments, the second (`chuyen`) hands them over."""
    if request.method != "POST":
        return redirect("change_agency", pk)
    agency = get_object_or_404(Agency.objects.visible_to(request.user), pk=pk)
    form, chosen = HandOverForm(request.POST, agency=agency, today=timezone.localdate()), Chosen.of(request.POST)
    if form.is_valid() and not chosen:
        form.add_error(None, "Chọn ít nhất một nhiệm vụ.")
    if not form.is_valid():
        return _page(request, pk, 422, hand_over_form=form, chosen=chosen)
    way = Way(**form.cleaned_data)
    if refusal := way.to.not_there(way.on):
        form.add_error("to", refusal)
        return _page(request, pk, 422, hand_over_form=form, chosen=chosen)
    if "chuyen" not in request.POST:
        return _preview(request, agency, form, chosen, way)
    return _hand_over(request, agency, form, chosen, way)


def _hand_over(request: UserRequest, agency: Agency, form: HandOverForm, chosen: Chosen, way: Way) -> HttpResponse:
    now, later = timezone.now(), chosen.recurring
    try:
        verbs.hand_over_from(agency, chosen.versions, way, by=request.user, now=now, recurring=later)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, agency.pk, 422, hand_over_form=form, chosen=chosen)
    except Conflict:
        return _preview(request, agency, form, chosen, way, status=409)
    messages.success(request, f"Đã chuyển {chosen.words} của {agency} cho {way.to}.")
    return redirect("change_agency", agency.pk)


@requires(Permission.CHANGE_AGENCIES)
@require_http_methods(["GET", "HEAD", "POST"])
def move_people(request: UserRequest, pk: int) -> HttpResponse:
    """The ticked people work in another agency from today on."""
    if request.method != "POST":
        return redirect("change_agency", pk)
    agency = get_object_or_404(Agency.objects.visible_to(request.user), pk=pk)
    form = MovePeopleForm(request.POST, agency=agency, today=timezone.localdate())

    def said(moved: list[User]) -> str:
        return f"Đã chuyển {len(moved)} người của {agency} sang {form.cleaned_data['to']}."

    return _do(request, agency, form, verbs.move_people, said, move_form=form)


def _do(
    request: UserRequest,
    agency: Agency,
    form: DayForm,
    verb: Callable[..., Any],
    said: Callable[[Any], str],
    **shown: Any,
) -> HttpResponse:
    """What the form asks for, then back to the page; a slip or a refusal shows it with what was typed (`shown`)."""
    try:
        done = verb(agency, by=request.user, now=timezone.now(), **form.cleaned_data) if form.is_valid() else None
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
    if form.errors:
        return _page(request, agency.pk, 422, **shown)
    messages.success(request, said(done))
    return redirect("change_agency", agency.pk)


def _page(
    request: UserRequest,
    pk: int,
    status: int = 200,
    *,
    end_form: EndForm | None = None,
    hand_over_form: HandOverForm | None = None,
    move_form: MovePeopleForm | None = None,
    chosen: Chosen | None = None,
) -> HttpResponse:
    """The page of one agency; the form that was posted comes back with what was typed."""
    agency = get_object_or_404(Agency.objects.visible_to(request.user), pk=pk)
    today = timezone.localdate()
    options: dict[str, Any] = {"agency": agency, "today": today}
    work, later = _work(request, agency), _later(request, agency)
    everything = bool(request.GET.get("chon"))
    context = options | {
        "end_form": end_form or EndForm(initial=_end_initial(agency), auto_id="end_%s", **options),
        "hand_over_form": hand_over_form or HandOverForm(initial=_first_day(agency), auto_id="over_%s", **options),
        "move_form": move_form or MovePeopleForm(auto_id="move_%s", **options),
        "posted": end_form or hand_over_form or move_form,
        "movable": [row for row in work if row.status in MOVABLE],
        "waiting": [row for row in work if row.status not in MOVABLE],
        "chosen": {row.pk for row in work} if everything else set(chosen.versions if chosen else ()),
        "later": later,
        "chosen_later": {row.directive_id for row in later} if everything else set(chosen.recurring if chosen else ()),
        "everything": everything,
        "words": request.GET.get("q", "").strip(),
        "people": User.objects.filter(agency=agency).order_by("-is_active", "full_name", "pk"),
        "changes": agency.changes.select_related("to", "by").order_by("-at", "-pk"),
    }
    return render(request, "directives/change_agency.html", context, status=status)


def _found(request: UserRequest, agency: Agency) -> AssignmentQuerySet:
    rows = Assignment.objects.visible_to(request.user).filter(agency=agency)
    return rows.matching(request.GET.get("q", "").strip())


def _work(request: UserRequest, agency: Agency) -> list[Assignment]:
    by_letter = ("-directive__letter__effective_on", "directive__letter", "directive__position", "pk")
    return list(_found(request, agency).open().order_by(*by_letter).for_lists())


def _later(request: UserRequest, agency: Agency) -> list[Assignment]:
    """The last periods of recurring directives of which none is open any more."""
    return left_behind(_found(request, agency))


def _agencies_of(rows: Iterable[Assignment]) -> list[Agency]:
    return sorted({row.agency for row in rows}, key=lambda agency: (agency.sort_key, agency.pk))


def _end_initial(agency: Agency) -> dict[str, Any]:
    return {"last_day": agency.valid_to, "successors": agency.successors.all()} if agency.valid_to else {}


def _first_day(agency: Agency) -> dict[str, Any]:
    """The day after the last one, and the successor when there is just one."""
    heirs = list(agency.successors.all()[:2])
    only = {"to": heirs[0]} if len(heirs) == 1 else {}
    return {"on": agency.valid_to + timedelta(days=1) if agency.valid_to else None, **only}


def _preview(
    request: UserRequest, agency: Agency, form: HandOverForm, chosen: Chosen, way: Way, status: int = 200
) -> HttpResponse:
    rows = Assignment.objects.visible_to(request.user).filter(agency=agency, pk__in=chosen.versions, status__in=MOVABLE)
    found = list(_foreseen(rows.order_by("directive__letter", "directive__position", "pk").for_lists(), way.to))
    context = {
        "agency": agency,
        "form": form,
        "way": way,
        "going": [one for one in found if not one.stays],
        "staying": [one for one in found if one.stays],
        "later": [row for row in _later(request, agency) if row.directive_id in chosen.recurring],
        "changed": status == 409,
        "today": timezone.localdate(),
    }
    return render(request, "directives/hand_over_assignments.html", context, status=status)


def _foreseen(rows: Iterable[Assignment], to: Agency) -> Iterable[Foreseen]:
    moving = list(rows)
    theirs = Assignment.objects.filter(agency=to, directive__in={row.directive_id for row in moving})
    there = {(row.directive_id, row.role, row.period): row for row in theirs}
    return (Foreseen(row, there.get((row.directive_id, row.role, row.period))) for row in moving)
