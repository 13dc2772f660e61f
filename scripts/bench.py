"""`make bench`: requests per second and p95 of the four busiest pages at 20,000 assignments.

A real gunicorn serves a database that is made for the run (the one in DATABASE_URL when it is PostgreSQL, else a SQLite
file in a temporary folder); a few clients ask on loopback, each as somebody else. Prints, asserts nothing.
"""

from __future__ import annotations

import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENTS = int(os.environ.get("BENCH_ASSIGNMENTS", "20000"))
REQUESTS = 400  # a page, all clients together
CLIENTS = 2  # one for each core
CSRF = secrets.token_hex(16)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        _prepare(Path(folder))
        port = _free_port()
        options = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--log-level", "warning"]
        server = subprocess.Popen([sys.executable, "-m", "gunicorn", "congvan.wsgi", *options], cwd=ROOT)
        try:
            _wait_for(port)
            _run(port)
        finally:
            server.terminate()
            server.wait()


def _prepare(folder: Path) -> None:
    os.environ["ENV_FILE"] = os.devnull
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    fixed = {"DEBUG": "off", "SECRET_KEY": secrets.token_urlsafe(60), "ALLOWED_HOSTS": "127.0.0.1"}
    fixed |= {"SITE_URL": "http://127.0.0.1", "EMAIL_URL": "dummymail://", "MEDIA_ROOT": f"{folder}/media"}
    os.environ.update(fixed, BROKER_DIR=f"{folder}/broker", DJANGO_SETTINGS_MODULE="congvan.settings")
    sys.path.insert(0, str(ROOT))
    import django  # noqa: PLC0415 - the environment above comes first
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    django.setup()
    from scripts.seed import seed  # noqa: PLC0415

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    seed(ASSIGNMENTS, now=timezone.now())
    from django.db import connection  # noqa: PLC0415

    print(f"{connection.vendor}: {ASSIGNMENTS} assignments seeded in {time.perf_counter() - began:.0f} s")


def _run(port: int) -> None:
    from agencies.models import User  # noqa: PLC0415
    from directives.models import Assignment  # noqa: PLC0415
    from directives.states import Status  # noqa: PLC0415

    staff = list(User.objects.filter(role="can-bo").order_by("pk")[:20])
    cookies = {user.pk: _session(user) for user in [*staff, User.objects.get(username="lanhdao")]}
    leader = cookies[User.objects.get(username="lanhdao").pk]
    open_rows = {user.pk: list(_open(Assignment, Status, user)) for user in staff}

    def of(n: int) -> User:
        return staff[n % len(staff)]

    def task(n: int) -> int:
        rows = open_rows[of(n).pk]
        return int(rows[(n // len(staff)) % len(rows)])

    pages: dict[str, Callable[[int], tuple[str, str, str, bytes]]] = {
        "work list": lambda n: ("GET", "/viec/", cookies[of(n).pk], b""),
        "work list, search": lambda n: ("GET", "/viec/?q=ke+hoach+91", cookies[of(n).pk], b""),
        "task page": lambda n: ("GET", f"/viec/{task(n)}/", cookies[of(n).pk], b""),
        "dashboard": lambda n: ("GET", "/tong-quan/", leader, b""),
        "update post": lambda n: ("POST", f"/viec/{task(n)}/cap-nhat/", cookies[of(n).pk], _form(n // (20 * 50) + 1)),
    }
    print(f"{'page':20} {'req/s':>7} {'p50 ms':>7} {'p95 ms':>7}  answers")
    for name, request in pages.items():
        _measure(name, port, request)


def _open(assignments: type, status: type, user: object) -> list[int]:
    rows = assignments.objects.filter(agency=user.agency, status__in=[status.IN_PROGRESS, status.NOT_STARTED])  # type: ignore[attr-defined]
    return list(rows.order_by("pk").values_list("pk", flat=True)[:50])


def _session(user: object) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)  # type: ignore[attr-defined]
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()  # type: ignore[attr-defined]
    session.create()
    return f"sessionid={session.session_key}; csrftoken={CSRF}"


def _form(version: int) -> bytes:
    fields = {"claim": "dang-thuc-hien", "result": "Đã triển khai.", "percent": "60", "version": str(version)}
    return urllib.parse.urlencode(fields | {"key": str(uuid4()), "csrfmiddlewaretoken": CSRF}).encode()


def _measure(name: str, port: int, request: Callable[[int], tuple[str, str, str, bytes]]) -> None:
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        parts = list(clients.map(lambda c: _client(port, request, range(c, REQUESTS, CLIENTS)), range(CLIENTS)))
    took = time.perf_counter() - began
    times = sorted(t for part in parts for t, _ in part)
    answers = sorted({status for part in parts for _, status in part})
    p50, p95 = statistics.median(times) * 1000, times[int(len(times) * 0.95)] * 1000
    print(f"{name:20} {len(times) / took:7.0f} {p50:7.1f} {p95:7.1f}  {answers}")


def _client(
    port: int, request: Callable[[int], tuple[str, str, str, bytes]], numbers: range
) -> list[tuple[float, int]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    seen = []
    for n in numbers:
        method, path, cookie, body = request(n)
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        began = time.perf_counter()
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        answer.read()
        seen.append((time.perf_counter() - began, answer.status))
    connection.close()
    return seen


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    main()
