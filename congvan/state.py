"""Tình trạng hệ thống: when the work that repeats last ran and by whom, and what stands in its way."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.permissions import Permission, UserRequest, requires
from congvan.health import TICK_LATE, examine, oldest_pending
from directives.chain import code_of
from directives.models import HistorySeal, Notice, NoticeState, Tick, TickName

NAMES = {
    "database": "Cơ sở dữ liệu",
    "migrations": "Cập nhật cấu trúc dữ liệu",
    "disk": "Dung lượng đĩa",
    "media": "Thư mục tệp kèm theo",
    "tick": "Việc chạy định kỳ",
    "pending": "Thư chờ gửi quá lâu",
    "redis": "Redis",
    "smtp": "Máy chủ thư",
}


@requires(Permission.SEE_SYSTEM)
@require_safe
def system_state(request: UserRequest) -> HttpResponse:
    now = timezone.now()
    found = examine(now)
    ticks = {tick.name: tick for tick in Tick.objects.all()}
    counts = dict(Notice.objects.values_list("state").annotate(n=Count("pk")).order_by())
    newest = HistorySeal.objects.newest()
    context = {
        "now": now,
        "found": found,
        "problems": [(NAMES[name], why) for name, why in (found.failed | found.degraded).items()],
        "ticks": [(name.label, ticks.get(name), _is_late(ticks.get(name), now)) for name in TickName],
        "notices": [(state.label, counts[state]) for state in NoticeState if counts.get(state)],
        "newest_seal": newest,
        "history_code": code_of(newest.hash) if newest else "",
        "unsealed": HistorySeal.objects.waiting().count(),
        "oldest_minutes": int(oldest_pending(now).total_seconds() // 60),
    }
    return render(request, "system_state.html", context)


def _is_late(tick: Tick | None, now: datetime) -> bool:
    return tick is None or now - tick.at > TICK_LATE
