"""Faults at random moments, by a seed: killed and frozen processes, a broker that forgets, a relay that fails."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from subprocess import Popen
from threading import Timer

import redis

from tests.mail.portal import Portal, children
from tests.mail.relay import KEEP_AND_HANG_UP, LOSE_AND_HANG_UP, Relay

RELAY_FAULTS = {5: "451 Try again later", 13: KEEP_AND_HANG_UP, 21: LOSE_AND_HANG_UP}  # which of 24 mails
PAUSE = 0.35  # seconds between two faults, on average


class Fire:
    """Two workers, two beats, a relay, and what happens to them."""

    def __init__(self, portal: Portal, relay: Relay, seed: int) -> None:
        self._portal, self._relay = portal, relay
        self._dice = random.Random(seed)
        self._running = {name: self._start(name) for name in ("worker-1", "worker-2", "beat-1", "beat-2")}
        self._thaws: list[Timer] = []
        self.done: Counter[str] = Counter()
        self._mails = 0
        relay.pause = lambda: self._dice.uniform(0, 0.12)
        relay.on_data = self._answer

    def _start(self, name: str) -> Popen[bytes]:
        return self._portal.worker(name) if name.startswith("worker") else self._portal.beat(name)

    def _answer(self, address: str) -> str | None:
        """One mail in eight meets a fault of the relay, each of its faults in turn."""
        self._mails += 1
        answer = RELAY_FAULTS.get(self._mails % 24)
        if answer is not None:
            self.done[f"relay: {answer}"] += 1
        return answer

    def rage(self, faults: int, over: Callable[[], bool]) -> None:
        """So many faults one after another, the relay's own not counted; fewer when it is `over` before."""
        kinds = [self.kill_child, self.kill_child, self.freeze_child, self.freeze_child, self.kill_worker]
        kinds += [self.kill_beat, self.close_relay, self.forget]
        while self.done.total() < faults and not over():
            time.sleep(self._dice.expovariate(1 / PAUSE))
            fault = self._dice.choice(kinds)
            if fault():
                self.done[fault.__name__] += 1

    def die_down(self) -> None:
        """No more faults; what is frozen goes on, what is dead is started again."""
        self._relay.on_data = lambda address: None
        for timer in self._thaws:
            timer.join()
        for name, process in self._running.items():
            if process.poll() is not None:
                self._running[name] = self._start(name)

    def kill_child(self) -> bool:
        child = self._some_child()
        return child is not None and _signal(child, signal.SIGKILL)

    def freeze_child(self) -> bool:
        """For a moment, or longer than a lease, the relay's patience or the time to reconcile."""
        child = self._some_child()
        if child is None or not _signal(child, signal.SIGSTOP):
            return False
        thaw = Timer(self._dice.uniform(0.2, 8), _signal, (child, signal.SIGCONT))
        thaw.start()
        self._thaws.append(thaw)
        return True

    def kill_worker(self) -> bool:
        return self._kill(self._dice.choice(["worker-1", "worker-2"]))

    def kill_beat(self) -> bool:
        return self._kill(self._dice.choice(["beat-1", "beat-2"]))

    def close_relay(self) -> bool:
        self._relay.stop()
        time.sleep(self._dice.uniform(0.1, 1))
        self._relay.start()
        return True

    def forget(self) -> bool:
        """The broker loses everything it holds."""
        url = self._portal.environment.get("REDIS_URL")
        if url:
            with redis.Redis.from_url(url) as client:
                client.flushdb()
            return True
        for message in Path(self._portal.environment["BROKER_DIR"], "queue").iterdir():
            message.unlink(missing_ok=True)
        return True

    def _kill(self, name: str) -> bool:
        """The program and its children at once, as when a machine loses its power; then it is started again."""
        with suppress(ProcessLookupError):
            os.killpg(self._running[name].pid, signal.SIGKILL)
        self._running[name].wait()
        self._running[name] = self._start(name)
        return True

    def _some_child(self) -> int | None:
        found = [pid for name in ("worker-1", "worker-2") for pid in children(self._running[name])]
        return self._dice.choice(found) if found else None


def _signal(pid: int, number: signal.Signals) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, number)
        return True
    return False
