"""How every message stands, and the two things the Office can do about one that did not simply arrive."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.permissions import Permission, UserRequest, requires
from directives import notices
from directives.actions import outbox as verbs
from directives.forms.outbox import GROUPS, OutboxFilter
from directives.models import Assignment, Notice, NoticeState
from directives.states import NotAllowed
from directives.views.work import Tab

PAGE_SIZE = 20


@requires(Permission.FOLLOW_MAIL)
@require_safe
def outbox(request: UserRequest) -> HttpResponse:
    """Messages, those of the latest day first. `?tt=&loai=&q=&trang=`."""
    return _page(request)


@requires(Permission.FOLLOW_MAIL)
@require_http_methods(["GET", "HEAD", "POST"])
def send_again(request: UserRequest, pk: int) -> HttpResponse:
    """Put a message that did not arrive, or may not have, back in the queue."""
    return _settle(request, pk, verbs.send_again, "Đã xếp thư vào hàng chờ gửi lại.")


@requires(Permission.FOLLOW_MAIL)
@require_http_methods(["GET", "HEAD", "POST"])
def mark_arrived(request: UserRequest, pk: int) -> HttpResponse:
    """Settle a message of which nobody knew."""
    return _settle(request, pk, verbs.mark_arrived, "Đã ghi nhận thư đã đến.")


def _settle(request: UserRequest, pk: int, verb: Callable[..., Notice], done: str) -> HttpResponse:
    if request.method != "POST":  # a page loaded again, or the way back from signing in
        return redirect("outbox")
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    try:
        verb(notice, by=request.user, now=timezone.now())
    except NotAllowed as refusal:
        return _page(request, refusal=str(refusal), status=422)
    messages.success(request, done)
    return redirect(f"{reverse('outbox')}?tt=can-xu-ly")


def _page(request: UserRequest, *, refusal: str = "", status: int = 200) -> HttpResponse:
    wanted = OutboxFilter(request.GET)
    visible = Notice.objects.visible_to(request.user)
    rows = wanted.found(visible).select_related("recipient__agency").annotate(named=Count("items"))
    context = {
        "filter": wanted,
        "tabs": _tabs(wanted, dict(wanted.narrow(visible).values_list("state").annotate(n=Count("pk")).order_by())),
        "page_obj": Paginator(rows.order_by("-occasion", "-pk"), PAGE_SIZE).get_page(request.GET.get("trang")),
        "again": verbs.MAY_BE_SENT_AGAIN,
        "uncertain": NoticeState.UNCERTAIN,
        "unreachable": notices.unreachable(Assignment.objects.visible_to(request.user).open()),
        "refusal": refusal,
    }
    return render(request, "directives/outbox.html", context, status=status)


def _tabs(wanted: OutboxFilter, counts: dict[str, int]) -> list[Tab]:
    current = wanted.chosen.get("tt", "")
    groups = [(code, text, sum(counts.get(one, 0) for one in states)) for code, (text, states) in GROUPS.items()]
    every = [*groups[:1], ("", "Tất cả", sum(counts.values())), *groups[1:]]
    return [Tab("", text, count, _address(wanted, code), code == current) for code, text, count in every]


def _address(wanted: OutboxFilter, code: str) -> str:
    """The list under another tab, with the kind and the words kept."""
    query = {name: value for name, value in (wanted.chosen | {"tt": code}).items() if value}
    return f"{reverse('outbox')}?{urlencode(query)}".rstrip("?")
