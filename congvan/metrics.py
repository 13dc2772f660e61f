"""Figures for a monitor, in the text form that Prometheus reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from ipaddress import ip_address
from secrets import compare_digest

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agencies.permissions import public
from congvan.health import oldest_pending
from directives.models import Assignment, HistorySeal, Notice, NoticeState, Tick, TickName
from reports.models import Report, ReportState

Sample = tuple[dict[str, str], float]  # labels and value


@public("the monitor has no account: it is on this machine, or shows METRICS_TOKEN")
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    if not _may_read(request):
        raise PermissionDenied
    return HttpResponse("".join(_lines(timezone.now())), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_read(request: HttpRequest) -> bool:
    """With a token set only who shows it; without one only this machine itself, never through a proxy."""
    if settings.METRICS_TOKEN:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return compare_digest(shown.encode(), settings.METRICS_TOKEN.encode())
    if {"X-Forwarded-For", "Forwarded", "X-Real-Ip"} & set(request.headers):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:  # a Unix socket: the proxy in front of it did not say for whom it asks
        return False


def _lines(now: datetime) -> Iterator[str]:
    ages = [({"name": tick.name}, (now - tick.at).total_seconds()) for tick in Tick.objects.order_by("name")]
    yield from _gauge("congvan_tick_age_seconds", "Seconds since a repeated task last ended.", ages)
    never = len(TickName) - len(ages)
    yield from _gauge("congvan_ticks_never_run", "Repeated tasks that never ran.", [({}, never)])
    pending = oldest_pending(now).total_seconds()
    yield from _gauge("congvan_oldest_pending_seconds", "How long the oldest mail is past its time.", [({}, pending)])
    notices = dict(Notice.objects.values_list("state").annotate(n=Count("pk")).order_by())
    yield from _gauge("congvan_notices", "Messages by state.", _by_state(NoticeState.values, notices))
    reports = dict(Report.objects.values_list("state").annotate(n=Count("pk")).order_by())
    yield from _gauge("congvan_reports", "Reports by state.", _by_state(ReportState.values, reports))
    unsealed = HistorySeal.objects.waiting().count()
    yield from _gauge("congvan_history_unsealed", "Lines of history that wait to be sealed.", [({}, unsealed)])
    opened = Assignment.objects.open().count()
    yield from _gauge("congvan_open_assignments", "Assignments that are not finished.", [({}, opened)])


def _by_state(states: Iterable[str], counts: dict[str, int]) -> list[Sample]:
    """Every state has its line, nought too: a monitor needs the series before the first trouble."""
    return [({"state": state}, counts.get(state, 0)) for state in states]


def _gauge(name: str, words: str, samples: Iterable[Sample]) -> Iterator[str]:
    yield f"# HELP {name} {words}\n# TYPE {name} gauge\n"
    for labels, value in samples:
        inside = ",".join(f'{key}="{one}"' for key, one in labels.items())
        yield f"{name}{{{inside}}} {value:g}\n" if inside else f"{name} {value:g}\n"
