"""Runs several programs as one: their lines carry their names, and they end together.

Each program leads its own process group. The end begins with a signal (Ctrl-C, SIGTERM, a closed terminal) or with
one of the programs ending by itself; then every program gets SIGTERM and PATIENCE seconds, and whatever is left in
its group after that, grandchildren too, is killed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from typing import NamedTuple

PATIENCE = 15.0  # seconds; enough for a Celery worker to finish the mail it is sending
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Ending(NamedTuple):
    """Why everything ends: a sentence, and the exit code that goes with it."""

    why: str
    code: int


class Program:
    """One running program, and the threads that pass on its lines and its end."""

    def __init__(self, name: str, command: Sequence[str], endings: SimpleQueue[Ending]) -> None:
        self.name = name
        self._endings = endings
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        self._lines = threading.Thread(target=self._pass_on_lines, daemon=True)
        self._lines.start()
        threading.Thread(target=self._tell_end, daemon=True).start()

    def _pass_on_lines(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            print(f"{self.name:6} | {line}", end="", flush=True)

    def _tell_end(self) -> None:
        code = self._process.wait()
        self._endings.put(Ending(f"{self.name} has ended by itself (exit code {code}); the rest is stopped.", 1))

    def ask_to_end(self) -> None:
        """SIGTERM to the program alone: it knows best how to end its own children."""
        self._process.terminate()

    def end(self, deadline: float) -> None:
        """Waits until the deadline (monotonic seconds), then kills what is left of the program and its group."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(max(0.0, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._lines.join(timeout=1)


@contextmanager
def signals_into(endings: SimpleQueue[Ending]) -> Iterator[None]:
    """While inside, a signal to end is only noted in the queue."""

    def note(number: int, _frame: object) -> None:
        endings.put(Ending(f"Stopping ({signal.Signals(number).name}).", 0))

    before = {number: signal.signal(number, note) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run_together(commands: Mapping[str, Sequence[str]], when_started: Callable[[], None]) -> int:
    """Runs the named commands until one ends or a signal comes; calls when_started() in a thread beside them.

    Returns an exit code: 0 after a signal, 1 when a program ended by itself.
    """
    endings: SimpleQueue[Ending] = SimpleQueue()
    programs: list[Program] = []
    with signals_into(endings):
        try:
            for name, command in commands.items():
                programs.append(Program(name, command, endings))
            threading.Thread(target=when_started, daemon=True).start()
            ending = endings.get()
            print(f"\n{ending.why}", file=sys.stderr, flush=True)
        finally:
            end_all(programs)
    return ending.code


def end_all(programs: Sequence[Program]) -> None:
    """Asks all at once, then waits for each: together they have PATIENCE seconds."""
    for program in programs:
        program.ask_to_end()
    deadline = time.monotonic() + PATIENCE
    for program in programs:
        program.end(deadline)
