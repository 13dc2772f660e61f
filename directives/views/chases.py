"""Đôn đốc: who is late, chasing them, and every act of chasing so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from math import ceil
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Min
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Agency, Comparison, User
from agencies.permissions import Permission, UserRequest, allowed, requires
from directives import notices
from directives.actions import chases as verbs
from directives.forms.chases import MOST, ChaseForm, asked_for, is_about_something
from directives.models import Assignment, Chase, ChaseItem, ChaseRecipient, Notice
from directives.states import UNDO_WITHIN, ChaseKind, NotAllowed

PAGE_SIZE = 20


@dataclass(frozen=True)
class LateAgency:
    """`late`: how many of its assignments; `days`: of the longest overdue; `chases`, `latest`: acts so far."""

    agency: Agency
    late: int
    days: int
    chases: int
    latest: date | None


@dataclass(frozen=True)
class Block:
    """Late agencies that may be compared with one another, the worst first."""

    comparison: Comparison
    rows: list[LateAgency]

    @property
    def ranked(self) -> bool:
        return self.comparison != Comparison.OTHERS


@dataclass(frozen=True)
class Offered:
    """An agency on the check page: what it would be chased about, and who would get the mail."""

    agency: Agency
    rows: list[Assignment]
    people: list[User]


@requires(Permission.CHASE)
@require_safe
def chases(request: UserRequest) -> HttpResponse:
    """Late agencies, worst first, and the acts of chasing, the newest first. `?trang=`."""
    now = timezone.now()
    late = _late_agencies(request.user, timezone.localdate(now))
    acts = Chase.objects.visible_to(request.user).for_lists()
    fresh = acts.editable_by(request.user).standing().filter(chased_at__gt=now - UNDO_WITHIN)
    context = {
        "now": now,
        "blocks": list(_blocks(late)),
        "agencies": len(late),
        "late": sum(one.late for one in late),
        "fresh": [(act, _minutes_left(act, now)) for act in fresh],
        "page_obj": Paginator(acts, PAGE_SIZE).get_page(request.GET.get("trang")),
    }
    return render(request, "directives/chases.html", context)


@requires(Permission.CHASE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_chase(request: UserRequest) -> HttpResponse:
    """Check what is about to be sent: `?viec=` (ids of assignments), `?cq=` (codes: all that is late of an agency)."""
    now = timezone.now()
    today = timezone.localdate(now)
    if request.method == "POST":
        form = ChaseForm(request.POST, today=today)
        return _send(request, form, now) if form.is_valid() else _check_page(request, form, form.shown, status=422)
    if not is_about_something(request.GET):
        messages.error(request, "Chọn ít nhất một cơ quan hoặc nhiệm vụ để đôn đốc.")
        return redirect("chases")
    wanted = asked_for(Assignment.objects.visible_to(request.user), request.GET, today).values_list("pk", flat=True)
    return _check_page(request, ChaseForm.opened(today), list(wanted))


@requires(Permission.SEE_CHASES)
@require_safe
def chase(request: UserRequest, pk: int) -> HttpResponse:
    """One act of chasing as it was: what about, who was written to, and how each mail stands."""
    act = get_object_or_404(Chase.objects.visible_to(request.user).for_lists(), pk=pk)
    now = timezone.now()
    items = act.items.select_related("chase", "agency", "assignment__directive__letter")
    context = {
        "chase": act,
        "today": timezone.localdate(now),
        "items": items.order_by("agency__sort_key", "due_on", "pk"),
        "recipients": _recipients(act),
        "minutes_left": _minutes_left(act, now) if _is_theirs(act, request.user) else 0,
        "back_to_list": allowed(request.user, Permission.CHASE),
    }
    return render(request, "directives/chase.html", context)


@requires(Permission.SEE_CHASES)
@require_http_methods(["GET", "HEAD", "POST"])
def undo_chase(request: UserRequest, pk: int) -> HttpResponse:
    """Take a chase back while its mail waits."""
    if request.method != "POST":  # a page loaded again, or the way back from signing in
        return redirect("chase", pk)
    act = get_object_or_404(Chase.objects.editable_by(request.user), pk=pk)
    try:
        verbs.undo_chase(act, by=request.user, now=timezone.now())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("chase", pk)
    messages.success(
        request, f"Đã hoàn tác {act.get_kind_display().lower()} số {act.reference}, không có thư nào gửi đi."
    )
    return redirect("chase", pk)


def _is_theirs(act: Chase, user: User) -> bool:
    return Chase.objects.editable_by(user).filter(pk=act.pk).exists()


def _send(request: UserRequest, form: ChaseForm, now: datetime) -> HttpResponse:
    known = Assignment.objects.visible_to(request.user).filter(pk__in=form.cleaned_data["viec"])
    words = {name: form.cleaned_data[name] for name in ("text", "answer_by", "key")}
    try:
        acts = verbs.chase(list(known.values_list("pk", flat=True)), by=request.user, now=now, **words)
    except NotAllowed as refusal:
        form.add_error("viec", str(refusal))
        return _check_page(request, form, form.shown, status=422)
    messages.success(request, _sent(acts))
    return redirect("chases")


def _sent(acts: Sequence[Chase]) -> str:
    """ "Đã đôn đốc 5 cơ quan (số 03/2023), đã gửi đề nghị tới 1 cơ quan (số 01/2023)."."""
    counted = Chase.objects.filter(pk__in=[act.pk for act in acts]).for_lists()
    verb = {ChaseKind.CHASE.value: "đôn đốc", ChaseKind.REQUEST.value: "gửi đề nghị tới"}
    parts = [f"đã {verb[act.kind]} {act.agencies} cơ quan (số {act.reference})" for act in counted.order_by("pk")]
    words = ", ".join(parts)
    return f"{words[:1].upper()}{words[1:]}. Thư gửi đi sau 10 phút, trong lúc đó có thể hoàn tác."


def _check_page(request: UserRequest, form: ChaseForm, ids: list[int], *, status: int = 200) -> HttpResponse:
    asked = Assignment.objects.visible_to(request.user).filter(pk__in=ids)
    rows = list(asked.chaseable().with_chases().for_lists().order_by("agency__sort_key", "due_on", "pk")[:MOST])
    offered = list(_by_agency(rows))
    ticked = form.ticked if form.is_bound else [row.pk for row in rows]
    context = {
        "form": form,
        "offered": offered,
        "ids": ",".join(str(row.pk) for row in rows),
        "ticked": set(ticked),
        "left_out": asked.count() - len(rows),
        "today": form.today,
        "size": len(rows),
        "unreachable": [one.agency for one in offered if not any(person.email for person in one.people)],
    }
    return render(request, "directives/new_chase.html", context, status=status)


def _by_agency(rows: Iterable[Assignment]) -> Iterator[Offered]:
    theirs = {agency.pk: list(group) for agency, group in groupby(rows, lambda row: row.agency)}
    people = notices.everybody(theirs)
    for pk, group in theirs.items():
        yield Offered(group[0].agency, group, people.get(pk, []))


def _late_agencies(user: User, today: date) -> list[LateAgency]:
    """The agencies with something late, the worst first: three queries."""
    late = Assignment.objects.visible_to(user).late_with_agency(today).values("agency")
    found = {row["agency"]: row for row in late.annotate(n=Count("pk"), first=Min("due_on")).order_by()}
    acts = {row["agency"]: row for row in ChaseItem.objects.filter(agency__in=found).by_agency()}
    agencies = Agency.objects.filter(pk__in=found).order_by("sort_key", "pk")
    rows = [_late_agency(one, found[one.pk], acts.get(one.pk, {}), today) for one in agencies]
    return sorted(rows, key=lambda row: (-row.late, -row.days))


def _late_agency(agency: Agency, late: dict[str, Any], acts: dict[str, Any], today: date) -> LateAgency:
    days = (today - late["first"]).days
    return LateAgency(agency, late["n"], days, acts.get("chases", 0), acts.get("latest"))


def _blocks(late: list[LateAgency]) -> Iterator[Block]:
    """In the fixed order of comparisons; bodies that are only asked go by name."""
    for comparison in Comparison:
        rows = [one for one in late if one.agency.comparison == comparison]
        if comparison == Comparison.OTHERS:
            rows.sort(key=lambda one: one.agency.sort_key)
        if rows:
            yield Block(comparison, rows)


def _recipients(act: Chase) -> list[tuple[ChaseRecipient, Notice | None]]:
    mails = {notice.recipient_id: notice for notice in Notice.objects.filter(key=act.notice_key)}
    people = act.recipients.select_related("person", "agency").order_by("agency__sort_key", "pk")
    return [(one, mails.get(one.person_id)) for one in people]


def _minutes_left(act: Chase, now: datetime) -> int:
    """Whole minutes in which the act may still be taken back, the one that has begun counted; 0: too late."""
    left = (act.chased_at + UNDO_WITHIN - now).total_seconds()
    return ceil(left / 60) if act.may_be_undone(now) else 0
