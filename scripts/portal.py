"""`make run`: settings file, database, demo data, then web, worker and beat until Ctrl-C.

Everything here may be run again: what exists is kept. The programs themselves stand in the Procfile.
"""

from __future__ import annotations

import os
import secrets
import shlex
import socket
import subprocess
import sys
import time
from pathlib import Path

import environ

from scripts import live
from scripts.processes import run_together

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
START_LIMIT = 60.0  # seconds until the portal has to answer
CLEAR_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that reads like something else


class CannotStart(Exception):
    """Its text says in a sentence what is in the way and what to do."""


def demo_password() -> str:
    """16 letters and digits in groups of four."""
    return "-".join("".join(secrets.choice(CLEAR_LETTERS) for _ in range(4)) for _ in range(4))


def write_settings_file(path: Path) -> None:
    """A new .env for this machine only: DEBUG on, a random key. An existing one is left alone."""
    if path.exists():
        return
    path.touch(mode=0o600)
    path.write_text(
        "# Written by `make run` for this machine only; .env.example explains every variable.\n"
        f"DEBUG=on\nSECRET_KEY={secrets.token_urlsafe(50)}\n"
    )
    print("Wrote .env with DEBUG=on and a random SECRET_KEY.")


def keep_demo_password(path: Path) -> None:
    """Makes a password for the demo accounts when there is none, and keeps it, so that it stays the same."""
    if os.environ.get("DEMO_PASSWORD"):
        return
    os.environ["DEMO_PASSWORD"] = demo_password()
    text = path.read_text()
    line_end = "" if text.endswith("\n") else "\n"
    path.write_text(f"{text}{line_end}DEMO_PASSWORD={os.environ['DEMO_PASSWORD']}\n")


def free_port() -> int:
    """PORT, or 8000, if nothing listens there."""
    text = os.environ.setdefault("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotStart(f"PORT={text} is no port number. Give one such as: make run PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(text)))
        except OSError as error:
            raise CannotStart(f"Port {text} cannot be used ({error.strerror}). Try: make run PORT=8001") from error
    return int(text)


def manage(*arguments: str) -> str:
    """What one manage.py command prints; what goes wrong it says itself."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise CannotStart(f"manage.py {arguments[0]} failed; see above.")
    return done.stdout


def programs() -> dict[str, list[str]]:
    """Name → command of every program in the Procfile, taken from this virtual environment."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    commands = (line.split(":", 1) for line in lines if line)
    return {name: shlex.split(os.path.expandvars(command)) for name, command in commands}


def prepare_data(settings_file: Path) -> str:
    """Database, demo data or collected static files; what there is to tell of it."""
    manage("migrate", "--verbosity", "0")
    if environ.Env().bool("DEBUG", default=False):
        keep_demo_password(settings_file)
        return manage("load_demo", "--if-empty")
    return manage("collectstatic", "--noinput")


def prepare() -> tuple[str, str]:
    """Everything up to the start of the programs; the portal's address and what there is to tell."""
    os.chdir(ROOT)
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    settings_file = Path(os.environ.get("ENV_FILE", ROOT / ".env"))
    write_settings_file(settings_file)
    environ.Env.read_env(settings_file)
    address = f"http://{HOST}:{free_port()}"
    os.environ.setdefault("SITE_URL", address)
    (ROOT / "var").mkdir(exist_ok=True)
    return address, prepare_data(settings_file)


def say_when_ready(address: str, news: str) -> None:
    """Prints the news and the address once the portal answers there."""
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        try:
            live.ask(address)
        except OSError:
            time.sleep(0.2)
        else:
            print(f"\n{news}\nThe portal is at {address} (Ctrl-C ends it).\n", flush=True)
            return
    print(f"\n{address} has not answered for {START_LIMIT:.0f} seconds; see the lines above.", file=sys.stderr)


def main() -> int:
    try:
        address, news = prepare()
        return run_together(programs(), lambda: say_when_ready(address, news))
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
