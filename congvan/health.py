"""Whether the portal answers (live), can do its work (ready), and what stands in its way."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agencies.permissions import public
from directives.models import Notice, NoticeState, Tick, TickName

ANSWER_WITHIN = 0.5  # seconds for each of Redis and the mail relay: a frozen one must not freeze this page
TICK_LATE = timedelta(seconds=150)  # a tick comes every minute: two dead beats show within three minutes
PENDING_LATE = timedelta(minutes=15)  # the longest wait between two tries of a mail
FREE_BYTES = 500 * 1024 * 1024  # below this, uploads and reports would soon fail


@dataclass
class Findings:
    """`failed`: the portal cannot do its work. `degraded`: it works, something around it does not. name → why."""

    failed: dict[str, str] = field(default_factory=dict)
    degraded: dict[str, str] = field(default_factory=dict)

    @property
    def status(self) -> str:
        return "failed" if self.failed else "degraded" if self.degraded else "ready"


@public("the process supervisor has no account")
@require_safe
def health_live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@public("load balancers and monitors have no account; it names parts of the portal and no person")
@require_safe
@never_cache
def health_ready(request: HttpRequest) -> HttpResponse:
    found = examine(timezone.now())
    body = {"status": found.status, "failed": found.failed, "degraded": found.degraded}
    return JsonResponse(body, status=503 if found.failed else 200)


def examine(now: datetime) -> Findings:
    """Ask every part; nothing here waits longer than ANSWER_WITHIN for anything but the database."""
    found = Findings()
    for name, check in {"database": _database, "media": _media, "disk": _disk}.items():
        _note(found.failed, name, check)
    if "database" not in found.failed:
        _note(found.failed, "migrations", _migrations)
    if not found.failed:
        _note(found.degraded, "tick", lambda: _ticks(now))
        _note(found.degraded, "pending", lambda: _pending(now))
    _note(found.degraded, "redis", _redis)
    _note(found.degraded, "smtp", _smtp)
    return found


def _note(where: dict[str, str], name: str, check: Callable[[], str]) -> None:
    """What a check says, "" for nothing; what it raises is said by its kind alone: no address, no secret."""
    try:
        words = check()
    except (OSError, DatabaseError, ValueError) as problem:
        words = type(problem).__name__
    if words:
        where[name] = words


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} not applied" if missing else ""


def _disk() -> str:
    free = shutil.disk_usage(settings.MEDIA_ROOT).free
    return f"{free // 2**20} MB left" if free < FREE_BYTES else ""


def _media() -> str:
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)  # a new portal has not stored anything yet
    with TemporaryFile(dir=settings.MEDIA_ROOT) as file:
        file.write(b"1")
    return ""


def _ticks(now: datetime) -> str:
    """The oldest of the ticks counts: one program may be dead while another still runs."""
    last = dict(Tick.objects.values_list("name", "at"))
    missing = [name for name in TickName if name not in last]
    if missing:
        return f"never ran: {', '.join(missing)}"
    age = now - min(last.values())
    return f"{int(age.total_seconds())} s old" if age > TICK_LATE else ""


def oldest_pending(now: datetime) -> timedelta:
    """How long the oldest message is past the time it should have left."""
    waiting = Notice.objects.filter(state__in=(NoticeState.PENDING, NoticeState.SENDING), next_at__lte=now)
    oldest: datetime | None = waiting.aggregate(oldest=Min("next_at"))["oldest"]
    return now - oldest if oldest else timedelta()


def _pending(now: datetime) -> str:
    age = oldest_pending(now)
    return f"oldest {int(age.total_seconds())} s past its time" if age > PENDING_LATE else ""


def _redis() -> str:
    """The broker's own PING, without its client: whose time-outs are those of tasks."""
    if not settings.REDIS_URL:
        return ""
    address = urlsplit(settings.REDIS_URL)
    answer = _ask(address.hostname or "localhost", address.port or 6379, b"PING\r\n")
    return "" if answer.startswith((b"+PONG", b"-NOAUTH")) else "no answer"


def _smtp() -> str:
    if settings.EMAIL_BACKEND != "directives.smtp.EmailBackend":
        return ""
    if settings.EMAIL_USE_SSL:  # the greeting comes after a handshake that is not made here
        socket.create_connection((settings.EMAIL_HOST, settings.EMAIL_PORT), timeout=ANSWER_WITHIN).close()
        return ""
    return "" if _ask(settings.EMAIL_HOST, settings.EMAIL_PORT, b"").startswith(b"220") else "no greeting"


def _ask(host: str, port: int, question: bytes) -> bytes:
    """The first bytes a server says; raises OSError when it takes longer than ANSWER_WITHIN."""
    with socket.create_connection((host, port), timeout=ANSWER_WITHIN) as line:
        line.settimeout(ANSWER_WITHIN)
        if question:
            line.sendall(question)
        return line.recv(64)
