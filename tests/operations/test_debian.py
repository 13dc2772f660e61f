"""Missing Debian packages are installed once, and named in plain words where that is not allowed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import debian

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts/debian.py"

# dpkg-query answers from a file of installed names; apt-get adds to it, unless there is a file that says no.
DPKG_QUERY = """#!/bin/sh
while read name; do echo "$name installed"; done < "$STATE/installed"
"""
APT_GET = """#!/bin/sh
echo "apt-get $*" >> "$STATE/calls"
case "$*" in
  *install*) [ ! -e "$STATE/refuses" ] || exit 100
    for word in "$@"; do case "$word" in -*|install) ;; *) echo "$word" >> "$STATE/installed";; esac; done;;
esac
"""


class Machine:
    """A machine whose package manager is a small stand-in on PATH."""

    def __init__(self, folder: Path) -> None:
        self.state = folder
        self.path = folder / "bin"
        self.path.mkdir()
        for name, text in {"dpkg-query": DPKG_QUERY, "apt-get": APT_GET}.items():
            self.add(name, text)
        (folder / "installed").write_text("")

    def add(self, name: str, text: str) -> None:
        (self.path / name).write_text(text)
        (self.path / name).chmod(0o755)

    def run(self, purpose: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": f"{self.path}:/usr/bin:/bin", "STATE": str(self.state), **variables}
        command = [sys.executable, str(SCRIPT), purpose]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def installed(self) -> set[str]:
        return set((self.state / "installed").read_text().split())

    def calls(self) -> list[str]:
        return (self.state / "calls").read_text().splitlines() if (self.state / "calls").exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path)
    if os.geteuid() != 0:
        machine.add("sudo", '#!/bin/sh\nwhile [ "${1#-}" != "$1" ]; do shift; done\nexec "$@"\n')
    return machine


def test_make_run_installs_what_the_portal_needs_and_nothing_for_tests(machine: Machine) -> None:
    assert machine.run("run").returncode == 0
    assert machine.installed() == set(debian.PORTAL)


def test_make_test_installs_browser_and_services_too(machine: Machine) -> None:
    assert machine.run("test").returncode == 0
    assert machine.installed() == {*debian.PORTAL, *debian.TESTS, *debian.SERVICES}


def test_without_services_no_server_is_installed(machine: Machine) -> None:
    assert machine.run("test", SERVICES="none").returncode == 0
    assert machine.installed() == {*debian.PORTAL, *debian.TESTS}


def test_a_second_time_asks_nobody_and_says_nothing(machine: Machine) -> None:
    machine.run("run")
    calls = machine.calls()
    again = machine.run("run")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert machine.calls() == calls


def test_only_the_missing_is_installed(machine: Machine) -> None:
    (machine.state / "installed").write_text("\n".join([*debian.PORTAL][1:]) + "\n")
    machine.run("run")
    (install,) = [call for call in machine.calls() if " install " in call]
    assert install.endswith(f"--no-install-recommends {next(iter(debian.PORTAL))}")


def test_where_it_may_not_install_the_portal_is_told_what_is_missing_and_starts(machine: Machine) -> None:
    (machine.state / "refuses").touch()
    answer = machine.run("run")
    assert answer.returncode == 0
    for name, reason in debian.PORTAL.items():
        assert name in answer.stderr and reason in answer.stderr
    assert "apt-get install fonts-croscore" in answer.stderr


def test_where_it_may_not_install_the_tests_do_not_start(machine: Machine) -> None:
    (machine.state / "refuses").touch()
    answer = machine.run("test")
    assert answer.returncode == 1
    assert "chromium" in answer.stderr


def test_a_user_without_sudo_is_told(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (machine.path / "sudo").unlink(missing_ok=True)
    monkeypatch.setenv("PATH", str(machine.path))
    monkeypatch.setenv("STATE", str(machine.state))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert debian.main("test") == 1
    assert "Ask an administrator for: apt-get install chromium" in capsys.readouterr().err
    assert machine.calls() == []


def test_another_system_is_told_what_to_look_for(machine: Machine) -> None:
    (machine.path / "dpkg-query").unlink()
    environment = {"PATH": str(machine.path), "STATE": str(machine.state)}
    command = [sys.executable, str(SCRIPT), "run"]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0
    assert "This is not Debian" in answer.stdout and "libpango-1.0-0" in answer.stdout
