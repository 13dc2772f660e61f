"""Tài khoản: one's own account, and the calendar feed that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import AGENCY_ROLES, User
from agencies.permissions import Permission, UserRequest, public, requires
from directives import icalendar
from directives.actions import feeds as verbs
from directives.forms.filters import AssignmentFilter
from directives.models import Assignment, AssignmentQuerySet, Feed
from directives.states import WITH_AGENCY

MOST = 2000  # events; calendar programs choke on more


@requires(Permission.USE_PORTAL)
@require_safe
def account(request: UserRequest) -> HttpResponse:
    feed = Feed.objects.standing().filter(user=request.user).first()
    context = {
        "feed": feed,
        "address": f"{settings.SITE_URL}{reverse('calendar_feed', args=[feed.token])}" if feed else "",
        "of_agency": request.user.role in AGENCY_ROLES,
    }
    return render(request, "directives/account.html", context)


@requires(Permission.USE_PORTAL)
@require_http_methods(["GET", "HEAD", "POST"])
def renew_feed(request: UserRequest) -> HttpResponse:
    if request.method == "POST":
        verbs.renew_feed(by=request.user, now=timezone.now())
        messages.success(request, "Đã tạo đường dẫn lịch. Đường dẫn cũ (nếu có) không còn dùng được.")
    return redirect("account")


@requires(Permission.USE_PORTAL)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_feed(request: UserRequest) -> HttpResponse:
    if request.method == "POST" and verbs.revoke_feed(by=request.user, now=timezone.now()):
        messages.success(request, "Đã thu hồi đường dẫn lịch.")
    return redirect("account")


@public("calendar programs have no account; the token in the address is the right, and can be taken back")
@require_safe
@cache_control(private=True, max_age=900)
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The open deadlines of an agency's person, or of the Office narrowed like the list (`?cq=&vb=&nhom=&q=`)."""
    feed = Feed.objects.by_token(token)
    if feed is None:
        raise Http404
    now = timezone.now()
    rows = AssignmentFilter(request.GET, user=feed.user).narrow(Assignment.objects.visible_to(feed.user))
    content = icalendar.calendar(f"Hạn nhiệm vụ – {feed.user.agency or feed.user}", _events(rows, feed.user), now=now)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="han-nhiem-vu.ics"'
    return answer


def _events(rows: AssignmentQuerySet, user: User) -> Iterator[icalendar.Event]:
    dated = rows.filter(status__in=WITH_AGENCY, due_on__isnull=False)
    host = urlsplit(settings.SITE_URL).hostname
    for one in dated.for_lists().order_by("due_on", "pk")[:MOST]:
        letter = one.directive.letter
        source = f"{letter.get_kind_display()} {letter.reference}, {letter.dated}"
        whose = "" if user.role in AGENCY_ROLES else f" – {one.agency}"
        yield icalendar.Event(
            uid=f"assignment-{one.pk}@{host}",
            on=one.due_on,  # type: ignore[arg-type]  # filtered above
            title=f"Hạn: {one.directive.label} {one.directive.title}{whose}",
            words=f"{one.agency}\n{source}\nTiến độ {one.percent} %",
            url=f"{settings.SITE_URL}{reverse('assignment', args=[one.pk])}",
            revision=one.version,
        )
