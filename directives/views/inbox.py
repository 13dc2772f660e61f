"""Thông báo: what one was told, in the portal, whatever became of the mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import AGENCY_ROLES, User
from agencies.permissions import Permission, UserRequest, requires
from directives.actions import inbox as verbs
from directives.models import Assignment, Notice, NoticeItem
from directives.views.work import Tab

PAGE_SIZE = 20
NAMED = 3  # assignments named in one line of the list


@dataclass(frozen=True)
class Line:
    """One notice: the first of the assignments it names, how many more, and where opening it leads."""

    notice: Notice
    titles: list[str]
    more: int


def bell(request: HttpRequest) -> dict[str, object]:
    """Context of every page: `unread`, counted by one query when the header is rendered, not for fragments."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"unread": 0}
    return {"unread": SimpleLazyObject(Notice.objects.of(user).shown(timezone.now()).unread().count)}


@requires(Permission.USE_PORTAL)
@require_safe
def inbox(request: UserRequest) -> HttpResponse:
    """One's own notices, the newest first. `?tt=chua-doc&trang=`."""
    now = timezone.now()
    mine = Notice.objects.visible_to(request.user).of(request.user).shown(now)
    only_unread = request.GET.get("tt") == "chua-doc"
    rows = mine.unread() if only_unread else mine
    items = NoticeItem.objects.select_related("assignment__directive").order_by("pk")
    ordered = rows.order_by("-created_at", "-pk").prefetch_related(Prefetch("items", queryset=items))
    page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("trang"))
    unread = mine.unread().count()
    url = reverse("inbox")
    context = {
        "page_obj": page,
        "lines": list(_lines(page)),
        "unread_here": unread,
        "tabs": [
            Tab("", "Tất cả", mine.count(), url, not only_unread),
            Tab("", "Chưa đọc", unread, f"{url}?tt=chua-doc", only_unread),
        ],
    }
    return render(request, "directives/inbox.html", context)


@requires(Permission.USE_PORTAL)
@require_safe
def open_notice(request: UserRequest, pk: int) -> HttpResponse:
    """Go straight to what the notice tells of; that it was opened is kept, as opening the mail would be."""
    mine = {"recipient": request.user, "pk": pk}
    notice = get_object_or_404(Notice.objects.visible_to(request.user).shown(timezone.now()), **mine)
    verbs.mark_read(notice, by=request.user, now=timezone.now())
    return redirect(_target(notice, request.user))


@requires(Permission.USE_PORTAL)
@require_http_methods(["GET", "HEAD", "POST"])
def mark_all_read(request: UserRequest) -> HttpResponse:
    if request.method == "POST":
        verbs.mark_all_read(by=request.user, now=timezone.now())
        messages.success(request, "Đã đánh dấu tất cả là đã đọc.")
    return redirect("inbox")


def _lines(notices: Iterable[Notice]) -> Iterator[Line]:
    for notice in notices:
        items = list(notice.items.all())
        titles = [f"{one.assignment.directive.label} {one.assignment.directive.title}" for one in items[:NAMED]]
        yield Line(notice, titles, max(len(items) - NAMED, 0))


def _target(notice: Notice, user: User) -> str:
    """The page it names, its one assignment, or the list where all of them stand."""
    if notice.path:
        return notice.path
    named = list(notice.items.values_list("assignment", flat=True)[:2])
    one = Assignment.objects.visible_to(user).filter(pk__in=named) if len(named) == 1 else Assignment.objects.none()
    if one.exists():
        return reverse("assignment", args=named)
    return reverse("my_work" if user.role in AGENCY_ROLES else "assignments")
