"""`make run` from an empty checkout: what it writes, what it says, and that it ends all it has started."""

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import pytest

from scripts import portal

ROOT = Path(__file__).resolve().parents[2]
GIVE_UP = 120  # seconds for what takes ten on a quiet machine


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def test_a_new_settings_file_is_for_its_owner_only_and_has_a_long_key(settings_file: Path) -> None:
    portal.write_settings_file(settings_file)
    assert settings_file.stat().st_mode & 0o777 == 0o600
    assert re.search(r"^DEBUG=on\nSECRET_KEY=\S{50,}$", settings_file.read_text(), re.MULTILINE)


def test_two_machines_get_different_keys(tmp_path: Path) -> None:
    for name in ("one", "other"):
        portal.write_settings_file(tmp_path / name)
    assert (tmp_path / "one").read_text() != (tmp_path / "other").read_text()


def test_an_existing_settings_file_is_left_alone(settings_file: Path) -> None:
    settings_file.write_text("DEBUG=off\n")
    portal.write_settings_file(settings_file)
    assert settings_file.read_text() == "DEBUG=off\n"


@pytest.mark.parametrize("text", ["DEBUG=on\n", "DEBUG=on"])
def test_a_demo_password_is_made_once_and_kept(text: str, settings_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "")
    settings_file.write_text(text)
    portal.keep_demo_password(settings_file)
    assert settings_file.read_text() == f"DEBUG=on\nDEMO_PASSWORD={os.environ['DEMO_PASSWORD']}\n"
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", os.environ["DEMO_PASSWORD"])
    kept = settings_file.read_text()
    portal.keep_demo_password(settings_file)
    assert settings_file.read_text() == kept


def test_a_chosen_demo_password_is_not_written_down(settings_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "chosen by somebody")
    settings_file.write_text("DEBUG=on\n")
    portal.keep_demo_password(settings_file)
    assert settings_file.read_text() == "DEBUG=on\n"


def test_a_busy_port_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as somebody_else:
        somebody_else.bind(("127.0.0.1", 0))
        somebody_else.listen()
        port = somebody_else.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(portal.CannotStart, match=rf"Port {port} cannot be used \(Address already in use\)\. Try: "):
            portal.free_port()


@pytest.mark.parametrize("text", ["http", "0", "70000", "-1", ""])
def test_a_port_that_is_none_is_said_in_a_sentence(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(portal.CannotStart, match="is no port number"):
        portal.free_port()


# --- the whole of it ------------------------------------------------------------------------------------------------


class Run:
    """`make run` without the installing, in a checkout of its own."""

    def __init__(self, checkout: Path, port: int) -> None:
        mine = ("PATH", "HOME", "LANG")
        environment = {name: value for name, value in os.environ.items() if name in mine} | {"PORT": str(port)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "scripts.portal"],
            cwd=checkout,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def until(self, *words: str) -> str:
        """All lines up to where each of the words has come; fails with the lines when they do not come."""
        assert self.process.stdout is not None
        given_up = threading.Timer(GIVE_UP, self.process.terminate)
        given_up.start()
        said = ""
        try:
            while not all(word in said for word in words):
                line = self.process.stdout.readline()
                assert line, said
                said += line
        finally:
            given_up.cancel()
        return said

    def __enter__(self) -> "Run":
        return self

    def __exit__(self, *_: object) -> None:
        with self.process:
            self.process.terminate()

    def stop(self, number: signal.Signals) -> str:
        self.process.send_signal(number)
        return self.process.communicate(timeout=GIVE_UP)[0]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The project's files as git would clone them, with changes that are not committed yet."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def left_of(checkout: Path) -> list[str]:
    """Processes that work in the checkout."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if process.joinpath("cwd").resolve(strict=True) == checkout:
                found.append(process.joinpath("cmdline").read_text())
        except OSError:
            continue
    return found


def front_page(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
        text: str = answer.read().decode()
        return text


@pytest.mark.faults
def test_the_portal_comes_up_serves_ends_and_comes_up_the_same(checkout: Path, port: int) -> None:
    with Run(checkout, port) as run:
        first = run.until(f"The portal is at http://127.0.0.1:{port} ", "ready.", "beat: Starting")
        page = front_page(port)
        assert "Stopping (SIGINT)." in run.stop(signal.SIGINT)
    assert "144 assignments" in first and "kgvx" in first
    assert '<html lang="vi"' in page
    assert run.process.returncode == 0
    assert left_of(checkout) == []

    (password,) = re.findall(r"^Password: (\S+)$", first, re.MULTILINE)
    with Run(checkout, port) as run:
        again = run.until("The portal is at")
        run.stop(signal.SIGTERM)
    assert f"Password: {password}\n" in again and "nothing was changed" in again
    assert left_of(checkout) == []


def ask_as_docker(checkout: Path, port: int, hosts: str) -> int:
    """The exit code of the container's health check."""
    command = [sys.executable, "scripts/live.py", f"http://127.0.0.1:{port}"]
    environment = {"PATH": os.environ["PATH"], "ALLOWED_HOSTS": hosts}
    return subprocess.run(command, cwd=checkout, env=environment, stderr=subprocess.DEVNULL, check=False).returncode


@pytest.mark.faults
def test_with_debug_off_there_is_no_demo_and_the_health_check_asks_by_name(checkout: Path, port: int) -> None:
    shutil.copy(checkout / ".env.example", checkout / ".env")
    with (checkout / ".env").open("a") as settings_file:
        key = secrets.token_urlsafe(50)
        settings_file.write(f"SECRET_KEY={key}\nDATABASE_URL=sqlite:///var/real.sqlite3\nREDIS_URL=\n")
    with Run(checkout, port) as run:
        said = run.until("The portal is at")
        for hosts in ("chidao.example.vn, other.example", ".chidao.example.vn"):
            assert ask_as_docker(checkout, port, hosts) == 0
        assert ask_as_docker(checkout, port, "elsewhere.example") == 1
        run.stop(signal.SIGTERM)
    assert ask_as_docker(checkout, port, "chidao.example.vn") == 1
    assert "static files" in said
    assert "Password" not in said
    assert "\nDEMO_PASSWORD=" not in (checkout / ".env").read_text()
