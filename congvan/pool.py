"""The worker's pool for the embedded broker: a child that dies takes no lock along.

With a broker that has no event loop, Celery's children share two pipes, each behind a semaphore that an idle child
holds while it waits. A child killed there (out of memory, a hard time limit) would leave the semaphore closed for good,
and the worker alive but deaf (celery/billiard#104). Here the pipes stand behind a lock that the kernel opens when its
holder dies. On Redis each child has pipes of its own and nothing of this is used.
"""

from __future__ import annotations

import fcntl
from tempfile import TemporaryFile
from typing import Any

from celery.concurrency import prefork


class DyingLock:
    """Mutual exclusion between processes; it ends with the process that holds it.

    A POSIX record lock on a file without a name. It does not exclude threads of one process from each other: the
    children have one thread that reads and writes, and their parent takes the lock only to clear the pipe at its end.
    """

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115  # open as long as the pool

    def acquire(self) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_EX)

    def release(self) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_UN)

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *problem: object) -> None:
        self.release()


class BlockingPool(prefork.BlockingPool):
    def _setup_queues(self) -> None:
        super()._setup_queues()
        for queue in (self._inqueue, self._outqueue):
            queue._rlock, queue._wlock = DyingLock(), DyingLock()


class TaskPool(prefork.TaskPool):
    BlockingPool: Any = BlockingPool
