"""Who takes part in a duty besides its lead: inviting them, and what they contribute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.models import AGENCY_ROLES, User
from agencies.permissions import Permission, UserRequest, allowed, requires
from directives.actions import support as verbs
from directives.forms.support import InviteForm
from directives.models import Assignment, PartyRole
from directives.states import OPEN, NotAllowed, Status


@dataclass(frozen=True)
class Done:
    """Of a directive given to several: `done` of `given` leads, "12/31"."""

    done: int
    given: int


def support_of(assignment: Assignment, user: User) -> dict[str, Any]:
    """Context of the page: who contributes, how far the leads are, whether `user` may invite: two queries."""
    same = Assignment.objects.filter(directive=assignment.directive_id, period=assignment.period).counted()
    others = same.exclude(pk=assignment.pk).open_to(user)
    theirs = user.role in AGENCY_ROLES and user.agency_id != assignment.agency_id
    leads = same.leads().aggregate(given=Count("pk"), done=Count("pk", filter=Q(status=Status.DONE)))
    return {
        "contributions": list(
            others.supports().select_related("agency", "directive").order_by("agency__sort_key", "pk")
        ),
        "directive_done": Done(leads["done"], leads["given"]) if leads["given"] > 1 else None,
        "may_invite": _may_be_supported(assignment) and not theirs and allowed(user, Permission.INVITE_SUPPORT),
    }


def _may_be_supported(assignment: Assignment) -> bool:
    return assignment.role == PartyRole.LEAD and assignment.status in OPEN


@requires(Permission.INVITE_SUPPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def invite_support(request: UserRequest, pk: int) -> HttpResponse:
    """The lead agency, or an officer, invites others to take part in one duty."""
    lead = get_object_or_404(Assignment.objects.visible_to(request.user).leads().for_lists(), pk=pk)
    now, typed = timezone.now(), request.POST if request.method == "POST" else None
    form = InviteForm(typed, lead=lead, today=timezone.localdate(now))
    if typed is not None and form.is_valid():
        try:
            note = form.cleaned_data["note"]
            new = verbs.invite_support(lead, by=request.user, now=now, agencies=form.agencies, note=note)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã mời {len(new)} cơ quan phối hợp.")
            return redirect("assignment", pk)
    context = {"assignment": lead, "today": timezone.localdate(now), "form": form, "open": _may_be_supported(lead)}
    return render(request, "directives/invite_support.html", context, status=200 if typed is None else 422)
