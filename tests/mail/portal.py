"""A portal of its own for one test: a fresh database and broker, and real processes that end with the test.

On the embedded defaults that is a SQLite file and a folder; in the second pass a new database on the PostgreSQL server
of DATABASE_URL and one of the numbered databases of REDIS_URL.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import redis

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0  # seconds until something that has to happen counts as never happening
BIN = Path(sys.executable).parent


class Portal:
    """Processes of the portal that share one database, one broker and one mail server.

    `application` is the module Celery starts from.
    """

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.application = "tests.mail.quick"
        self.environment = os.environ | environment
        self._running: list[subprocess.Popen[bytes]] = []

    def run(self, *arguments: str) -> str:
        """A program of the virtual environment that ends by itself; what it printed."""
        command = [str(BIN / arguments[0]), *arguments[1:]]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def play(self, name: str, **details: Any) -> Any:
        """Have one of the scenes of scene.py happen in this portal; what it returned."""
        return json.loads(self.run("python", "-m", "tests.mail.scene", name, json.dumps(details)))

    def start(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        """A program that runs until the end of the test; its lines go to `log(name)`."""
        with (self.folder / f"{name}.log").open("ab") as output:
            process = subprocess.Popen(
                [str(BIN / arguments[0]), *arguments[1:]],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._running.append(process)
        return process

    def worker(self, name: str = "worker", processes: int = 2) -> subprocess.Popen[bytes]:
        options = ["--concurrency", str(processes), "--loglevel", "INFO", "--hostname", f"{name}@%h"]
        return self.start(name, "celery", "-A", self.application, "worker", *options)

    def beat(self, name: str = "beat") -> subprocess.Popen[bytes]:
        options = ["--schedule", str(self.folder / f"{name}-schedule"), "--loglevel", "INFO", "--max-interval", "1"]
        return self.start(name, "celery", "-A", self.application, "beat", *options)

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def states(self) -> dict[str, int]:
        """How many messages of the outbox are in each state, read past Django."""
        with closing(self._connect()) as connection, closing(connection.cursor()) as cursor:
            cursor.execute("SELECT state, COUNT(*) FROM directives_notice GROUP BY state")
            return dict(cursor.fetchall())

    def _connect(self) -> Any:
        url = self.environment["DATABASE_URL"]
        if url.startswith("sqlite"):
            return sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)
        return psycopg2.connect(url)

    def stop(self) -> None:
        for process in self._running:
            process.terminate()
        for process in self._running:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
                process.wait()


def children(process: subprocess.Popen[bytes]) -> list[int]:
    """The numbers of the processes it has started itself, from whichever of its threads, oldest first."""
    found = []
    for thread in Path(f"/proc/{process.pid}/task").glob("*"):
        with suppress(FileNotFoundError, ProcessLookupError):
            found += [int(child) for child in (thread / "children").read_text().split()]
    return sorted(found)


def wait_until(true: Callable[[], object], what: str, *, seconds: float = PATIENCE) -> None:
    """Returns when `true()` is; fails when it is not within so many seconds."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"never happened: {what}"
        time.sleep(0.1)


@contextmanager
def running_portal(folder: Path, **environment: str) -> Iterator[Portal]:
    """A portal with its tables and no rows."""
    folder.mkdir(exist_ok=True)
    with ExitStack() as stack:
        places = stack.enter_context(_places(folder))
        portal = Portal(folder, places | {"DJANGO_SETTINGS_MODULE": "tests.settings"} | environment)
        stack.callback(portal.stop)
        yield portal


@contextmanager
def _places(folder: Path) -> Iterator[dict[str, str]]:
    """Where this portal keeps its rows, its messages and its files, as environment variables."""
    common = {
        "BROKER_DIR": str(folder / "broker"),
        "MEDIA_ROOT": str(folder / "media"),
        "REMIND_AT_ANY_TIME": "on",  # the tests run at night too
    }
    if not os.environ.get("REDIS_URL"):
        shutil.copy(_empty_file(), folder / "portal.sqlite3")
        yield common | {"DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}"}
        return
    with (
        _postgresql(os.environ["DATABASE_URL"], like=_empty_database()) as database,
        _redis(os.environ["REDIS_URL"]) as broker,
    ):
        yield common | {"DATABASE_URL": database, "REDIS_URL": broker}


_at_the_end = ExitStack()  # of this process: what its portals are copied from goes away
atexit.register(_at_the_end.close)


@cache
def _empty_file() -> Path:
    """An SQLite file with the portal's tables, made once: the migrations take seconds."""
    folder = Path(_at_the_end.enter_context(TemporaryDirectory(prefix="congvan-empty-")))
    _migrate(folder, f"sqlite:///{folder / 'empty.sqlite3'}")
    return folder / "empty.sqlite3"


@cache
def _empty_database() -> str:
    """The name of a PostgreSQL database with the portal's tables, made once."""
    folder = Path(_at_the_end.enter_context(TemporaryDirectory(prefix="congvan-empty-")))
    url = _at_the_end.enter_context(_postgresql(os.environ["DATABASE_URL"], like="template1"))
    _migrate(folder, url)
    return urlsplit(url).path.lstrip("/")


def _migrate(folder: Path, database: str) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database, "BROKER_DIR": str(folder)}
    Portal(folder, settings).run("python", "manage.py", "migrate", "--verbosity", "0")


@contextmanager
def _postgresql(url: str, like: str) -> Iterator[str]:
    name = f"portal_{uuid.uuid4().hex}"
    server = psycopg2.connect(url)
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
            server.close()


@contextmanager
def _redis(url: str) -> Iterator[str]:
    """One numbered database for each of pytest's processes; number 0 is left to the other tests."""
    number = 1 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    mine = urlsplit(url)._replace(path=f"/{number}").geturl()
    with redis.Redis.from_url(mine) as client:
        client.flushdb()
        yield mine
        client.flushdb()
