"""Programs that run as one also end as one: on Ctrl-C, on SIGTERM, and when one of them dies."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GIVE_UP = 60  # seconds for what takes one
pytestmark = pytest.mark.faults

RUNNER = """
import json, sys
from scripts import processes
processes.PATIENCE = float(sys.argv[1])
sys.exit(processes.run_together(json.loads(sys.argv[2]), lambda: print("beside them", flush=True)))
"""
# A parent that ends on SIGTERM without a thought for its child.
PARENT = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', sys.argv[1]]); time.sleep(600)"
CHILD = "import os, time; print('pid', os.getpid(), flush=True); time.sleep(600)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {CHILD}"
DYING = "import sys; sys.exit(3)"


def python(*arguments: str) -> list[str]:
    return [sys.executable, "-c", *arguments]


class Runner:
    """run_together in a process of its own."""

    def __init__(self, commands: dict[str, list[str]], patience: float = 20) -> None:
        self.process = subprocess.Popen(
            python(RUNNER, str(patience), json.dumps(commands)),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.seen: list[str] = []
        self.give_up = threading.Timer(GIVE_UP, self.process.terminate)
        self.give_up.start()

    def read_until(self, *, lines_with: str, count: int) -> list[str]:
        """The last words of the first `count` lines that hold some text."""
        found: list[str] = []
        assert self.process.stdout is not None
        while len(found) < count:
            line = self.process.stdout.readline()
            assert line, f"ended too early: {self.seen}"
            self.seen.append(line.strip())
            found += [line.split()[-1]] if lines_with in line else []
        return found

    def end(self) -> str:
        """All it printed after what was read, once it has ended."""
        rest, _ = self.process.communicate(timeout=60)
        return rest


def is_alive(pid: str) -> bool:
    """Whether a process still runs; one that has ended but was not waited for does not."""
    with suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.fixture
def runners() -> Iterator[list[Runner]]:
    started: list[Runner] = []
    yield started
    for runner in started:
        for line in runner.seen:
            if " | pid " in line:
                with suppress(ProcessLookupError):
                    os.kill(int(line.split()[-1]), signal.SIGKILL)
        runner.give_up.cancel()
        runner.process.kill()
        runner.process.communicate()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_programs_and_their_children(ending: signal.Signals, runners: list[Runner]) -> None:
    runners.append(runner := Runner({"web": python(PARENT, CHILD), "beat": python(CHILD)}))
    pids = runner.read_until(lines_with="| pid", count=2)
    runner.process.send_signal(ending)
    assert f"Stopping ({ending.name})." in runner.end()
    assert runner.process.returncode == 0
    assert [pid for pid in pids if is_alive(pid)] == []


def test_a_program_that_dies_ends_the_rest_with_a_sentence(runners: list[Runner]) -> None:
    runners.append(runner := Runner({"web": python(PARENT, CHILD), "worker": python(DYING)}))
    rest = runner.end()
    assert "worker has ended by itself (exit code 3); the rest is stopped." in rest
    assert runner.process.returncode == 1


def test_a_program_killed_from_outside_ends_the_rest(runners: list[Runner]) -> None:
    runners.append(runner := Runner({"web": python(CHILD), "worker": python(CHILD)}))
    first, second = runner.read_until(lines_with="| pid", count=2)
    os.kill(int(first), signal.SIGKILL)
    assert "has ended by itself (exit code -9)" in runner.end()
    assert not is_alive(second)


def test_a_program_that_does_not_listen_is_killed_when_patience_is_over(runners: list[Runner]) -> None:
    runners.append(runner := Runner({"web": python(STUBBORN)}, patience=0.2))
    (pid,) = runner.read_until(lines_with="| pid", count=1)
    runner.process.send_signal(signal.SIGTERM)
    assert "Stopping (SIGTERM)." in runner.end()
    assert not is_alive(pid)


def test_a_command_that_does_not_exist_ends_what_had_started(runners: list[Runner], tmp_path: Path) -> None:
    started = python(f"import time; time.sleep(600)  # {tmp_path}")
    runners.append(runner := Runner({"web": started, "worker": ["no-such-program"]}))
    assert "no-such-program" in runner.end()
    assert runner.process.returncode == 1
    listed = subprocess.run(["ps", "-eww", "-o", "args"], capture_output=True, text=True, check=True).stdout
    assert f"# {tmp_path}" not in listed


def test_lines_carry_the_name_of_their_program(runners: list[Runner]) -> None:
    runners.append(
        runner := Runner({"worker": python("print('Đã gửi 3 thư', flush=True); import time; time.sleep(600)")})
    )
    runner.read_until(lines_with="thư", count=1)
    assert "worker | Đã gửi 3 thư" in runner.seen
    runner.process.send_signal(signal.SIGINT)
    runner.end()
