"""Runs a command beside a private PostgreSQL and a private Redis: `services.py [--durable] -- COMMAND`.

Both listen on free loopback ports, keep everything under one temporary folder, know one random password and end
with the command, also after a failure or Ctrl-C. The command finds them in DATABASE_URL and REDIS_URL. As root they
run as the user postgres, since PostgreSQL refuses root. Without --durable PostgreSQL does not wait for the disk.
"""

from __future__ import annotations

import argparse
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psycopg2
import redis

HOST = "127.0.0.1"
START_LIMIT = 60.0  # seconds until a server has to answer
STOP_LIMIT = 20.0  # seconds until a server, or the command after Ctrl-C, has to be gone
FOLDERS = "usr/lib/postgresql/*/bin"  # where Debian puts PostgreSQL's own programs
NOT_DURABLE = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


class NotAvailable(Exception):
    """Its text says in a sentence what cannot be had and what to do."""


class Interrupted(Exception):
    """Somebody wants an end; its argument is the signal's number."""


def program(name: str) -> str:
    """The full path of a program in PostgreSQL's newest folder or on PATH."""
    folders = sorted(Path("/").glob(FOLDERS), key=lambda folder: int(folder.parent.name), reverse=True)
    found = next((str(folder / name) for folder in folders if (folder / name).exists()), None) or shutil.which(name)
    if found is None:
        raise NotAvailable(f"{name} is missing: apt-get install postgresql-15 redis-server, or say SERVICES=none.")
    return found


def server_user() -> pwd.struct_passwd:
    """The user that the servers run as: this one, or postgres when this is root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        raise NotAvailable("As root the private servers run as the user postgres, which does not exist.") from None


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def popen(command: Sequence[str], folder: Path, log: Path) -> subprocess.Popen[bytes]:
    """Starts a program as the servers' user, in a session of its own, so that Ctrl-C reaches it only through us."""
    user, root = server_user(), os.geteuid() == 0
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            start_new_session=True,
            user=user.pw_uid if root else None,
            group=user.pw_gid if root else None,
            extra_groups=[] if root else None,
        )


@contextmanager
def server(command: Sequence[str], folder: Path, stop: signal.Signals, ask: Callable[[], object]) -> Iterator[None]:
    """A server for the length of the block, entered when ask() no longer raises."""
    log = folder / f"{Path(command[0]).name}.log"
    process = popen(command, folder, log)
    try:
        if not becomes_ready(process, ask):
            raise NotAvailable(f"{command[0]} did not start:\n{log.read_text(errors='replace')}")
        yield
    finally:
        process.send_signal(stop)
        try:
            process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def becomes_ready(process: subprocess.Popen[bytes], ask: Callable[[], object]) -> bool:
    """Waits until ask() no longer raises; False when the server ends before, or START_LIMIT is over."""
    deadline = time.monotonic() + START_LIMIT
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(psycopg2.OperationalError, redis.ConnectionError):
            ask()
            return True
        time.sleep(0.05)
    return False


@contextmanager
def postgresql(folder: Path, password: str, durable: bool) -> Iterator[str]:
    """A PostgreSQL server; the URL of its first database."""
    data, password_file, log = folder / "postgresql", folder / "password", folder / "initdb.log"
    password_file.write_text(password)
    password_file.chmod(0o644)  # the folder around it is closed
    options = ["--auth=scram-sha-256", f"--pwfile={password_file}", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    if popen([program("initdb"), *options, "--username=congvan", f"--pgdata={data}"], folder, log).wait():
        raise NotAvailable(f"initdb failed:\n{log.read_text(errors='replace')}")
    port = free_port()
    command = [program("postgres"), "-D", str(data), "-p", str(port), "-h", HOST, "-k", ""]

    def ask() -> None:
        psycopg2.connect(host=HOST, port=port, user="congvan", password=password, dbname="postgres").close()

    with server([*command, *([] if durable else NOT_DURABLE)], folder, signal.SIGINT, ask):
        yield f"postgres://congvan:{password}@{HOST}:{port}/postgres"


@contextmanager
def redis_server(folder: Path, password: str) -> Iterator[str]:
    """A Redis server that keeps nothing on disk; its URL."""
    port, settings = free_port(), folder / "redis.conf"
    settings.write_text(f'bind {HOST}\nport {port}\nrequirepass {password}\nsave ""\nappendonly no\ndir {folder}\n')
    client = redis.Redis(HOST, port, password=password)
    with server([program("redis-server"), str(settings)], folder, signal.SIGTERM, client.ping):
        yield f"redis://:{password}@{HOST}:{port}/0"


@contextmanager
def private_services(durable: bool) -> Iterator[dict[str, str]]:
    """Both servers; the environment variables that lead to them."""
    with ExitStack() as stack:
        name = stack.enter_context(tempfile.TemporaryDirectory(prefix="congvan-", ignore_cleanup_errors=True))
        folder, password, user = Path(name), secrets.token_hex(16), server_user()
        os.chown(folder, user.pw_uid, user.pw_gid)
        database = stack.enter_context(postgresql(folder, password, durable))
        broker = stack.enter_context(redis_server(folder, password))
        yield {"DATABASE_URL": database, "REDIS_URL": broker}


def run(command: Sequence[str], found: dict[str, str]) -> int:
    """The command's exit code; when somebody wants an end, the command is given STOP_LIMIT seconds for its own."""
    process = subprocess.Popen(command, env={**os.environ, **found})
    try:
        return process.wait()
    except Interrupted as interruption:
        number: int = interruption.args[0]
        if number != signal.SIGINT:  # Ctrl-C reaches the command by itself
            process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_LIMIT)
        return 128 + number
    finally:
        process.kill()
        process.wait()


def interrupt(number: int, _frame: object) -> None:
    """A signal handler: the first signal begins the end, later ones must not cut it short."""
    signal.signal(number, signal.SIG_IGN)
    raise Interrupted(number)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--durable", action="store_true", help="commits wait for the disk, as in production")
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        with private_services(arguments.durable) as found:
            return run(arguments.command, found)
    except NotAvailable as reason:
        print(f"\nPostgreSQL and Redis could not be had.\n{reason}", file=sys.stderr)
        return 1
    except Interrupted as interruption:
        return 128 + int(interruption.args[0])


if __name__ == "__main__":
    sys.exit(main())
