"""A whole portal as `make run` starts it (web, worker, beat, embedded broker, SQLite), a mail server, and a browser."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.factories import VIETNAM

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "build/screenshots"
WIDE, NARROW = ViewportSize(width=1366, height=768), ViewportSize(width=390, height=844)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=30_000)  # milliseconds: other tests run beside, and workers and mail have their own pace


@dataclass
class Mailbox:
    """What the mail server on loopback has taken."""

    messages: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = message_from_bytes(envelope.original_content or envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 OK"

    def wait_for(self, wanted: Callable[[EmailMessage], bool], seconds: float = 120) -> EmailMessage:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for message in list(self.messages):
                if wanted(message):
                    return message
            time.sleep(0.5)
        raise AssertionError(f"no such mail; there are {[message['Subject'] for message in self.messages]}")


@dataclass(frozen=True)
class Portal:
    address: str
    password: str
    mail: Mailbox
    environment: dict[str, str]

    def run(self, *command: str) -> str:
        """What a command prints that runs beside the portal, on the same database and broker."""
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    folder = tmp_path_factory.mktemp("portal")
    mail = Mailbox()
    server = Controller(mail, hostname="127.0.0.1", port=_free_port())
    server.start()
    environment = _environment(folder, server.port)
    address = environment["SITE_URL"]
    log = (folder / "portal.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "scripts.portal"], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
    )
    try:
        _wait_for(address, process, folder / "portal.log")
        yield Portal(address, environment["DEMO_PASSWORD"], mail, environment)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        log.close()
        server.stop()


def _environment(folder: Path, mail_port: int) -> dict[str, str]:
    port = str(_free_port())
    return os.environ | {
        "ENV_FILE": str(folder / ".env"),
        "DJANGO_SETTINGS_MODULE": "congvan.settings",
        "DEBUG": "on",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "127.0.0.1",
        "PORT": port,
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
        "REDIS_URL": "",
        "BROKER_DIR": str(folder / "broker"),
        "BEAT_SCHEDULE": str(folder / "beat"),
        "MEDIA_ROOT": str(folder / "media"),
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "REMIND_AT_ANY_TIME": "on",  # the tests run at night too
        "DEMO_PASSWORD": secrets.token_urlsafe(16),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/health/live", timeout=2).close()
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise AssertionError(f"the portal did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {"executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"), "args": FLAGS}


SignedIn = Callable[..., Page]


@pytest.fixture
def signed_in(portal: Portal, browser: Browser) -> Iterator[SignedIn]:
    """A page on which somebody has signed in: `signed_in("canbo.stp", NARROW)`."""
    contexts: list[BrowserContext] = []

    def open_page(username: str, viewport: ViewportSize = WIDE, **options: Any) -> Page:
        context = browser.new_context(
            viewport=viewport, base_url=portal.address, locale="vi-VN", accept_downloads=True, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu", exact=True).fill(portal.password)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(lambda url: "/dang-nhap/" not in url)
        return page

    yield open_page
    for context in contexts:
        context.close()


def today_in_vietnam() -> date:
    """The day as the portal sees it, whatever zone the machine is in."""
    return datetime.now(VIETNAM).date()


def shoot(page: Page, name: str) -> None:
    """Save what is seen, at 1366 and at 390 px, under build/screenshots/."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        page.screenshot(path=SCREENSHOTS / f"{name}-{size['width']}.png", full_page=True)
    if before is not None:
        page.set_viewport_size(before)
