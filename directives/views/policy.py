"""How the portal reminds: what the Office has laid down, and what a change would send before it is saved."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.permissions import Permission, UserRequest, requires
from directives.actions import policy as verbs
from directives.forms.policy import PolicyForm
from directives.models import ReminderPolicy
from directives.policy import DEFAULT
from directives.reminders import preview
from directives.states import NotAllowed

SHOWN, CHANGES = 10, 10  # recipients of the preview, changes made before


@requires(Permission.SET_REMINDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def reminder_policy(request: UserRequest) -> HttpResponse:
    """The policy with its changes; posted, first what it would send, then, with "Lưu", it is saved."""
    newest = ReminderPolicy.objects.newest()
    form = _form(request.POST if request.method == "POST" else None, newest)
    if not form.is_bound or not form.is_valid():
        return _page(request, form, newest, 422 if form.is_bound else 200)
    if not form.was_seen:
        return _page(request, form, newest, seen=True)
    try:
        saved = verbs.lay_down(form.policy, by=request.user, now=timezone.now(), after=form.cleaned_data["after"])
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, newest, 422)
    except verbs.PolicyConflict as conflict:
        return _page(request, form, conflict.current, 409, conflict=conflict.current)
    messages.success(request, f"Đã lưu chính sách số {saved.number}, áp dụng từ ngày {saved.starts_on:%d/%m/%Y}.")
    return redirect("reminder_policy")


def _form(typed: QueryDict | None, newest: ReminderPolicy | None) -> PolicyForm:
    return PolicyForm(typed, policy=newest.policy if newest else DEFAULT, after=newest.number if newest else 0)


def _page(
    request: UserRequest,
    form: PolicyForm,
    newest: ReminderPolicy | None,
    status: int = 200,
    *,
    seen: bool = False,
    conflict: ReminderPolicy | None = None,
) -> HttpResponse:
    policy = newest.policy if newest else DEFAULT
    context: dict[str, Any] = {
        "newest": newest,
        "policy": policy,
        "today": timezone.localdate(),
        "history": ReminderPolicy.objects.select_related("saved_by").order_by("-number")[:CHANGES],
        "conflict": conflict,
    }
    if seen or conflict:
        now = timezone.now()
        then = preview.next_run(form.policy, now=now)
        context |= {
            "then": then,
            "columns": preview.side_by_side(preview.next_run(policy, now=now), then),
            "first": then.first(SHOWN),
            "more": max(len(then.letters) - SHOWN, 0),
            "changes": policy.differences(form.policy),
        }
        form = _carried_on(form, policy_number=newest.number if newest else 0)
    return render(request, "directives/reminder_policy.html", context | {"form": form}, status=status)


def _carried_on(form: PolicyForm, *, policy_number: int) -> PolicyForm:
    """The same form with what its page has shown written in it: the preview, and whose policy it would change."""
    typed = cast(QueryDict, form.data).copy()
    typed["seen"], typed["after"] = form.policy.fingerprint, str(policy_number)
    renewed = PolicyForm(typed, policy=form.policy, after=policy_number)
    renewed.is_valid()
    return renewed
