"""What Celery wakes: each task is one call; the rows say what there is to do."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from socket import gethostname
from time import monotonic
from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from directives import delivery, reminders
from directives.actions import periods, seals
from directives.actions.ticks import record_tick
from directives.models import TickName

logger = logging.getLogger(__name__)

_HERE = f"{gethostname()} (Celery)"
SENDING_TIME = timedelta(seconds=45)  # then the next tick goes on; with the last mail it stays below the time limits
REST = 30.0  # seconds in which a broker that did not answer is not asked again, so that not every page waits for it
_rest: dict[str, float] = {"until": 0.0}  # of this process, by its monotonic clock


@shared_task
def queue_due_reminders() -> None:
    reminders.queue_due(now=timezone.now())
    reminders.queue_answers(now=timezone.now())
    record_tick(TickName.PLAN, by=_HERE, now=timezone.now())


@shared_task
def open_periods() -> None:
    periods.open_periods(now=timezone.now())


@shared_task
def send_notices() -> None:
    delivery.send_all(clock=timezone.now, within=SENDING_TIME)
    record_tick(TickName.SEND, by=_HERE, now=timezone.now())


@shared_task
def seal_history() -> None:
    seals.seal_history(by=_HERE, now=timezone.now())


def wake(task: Any, *arguments: object) -> None:
    """Have a worker run a task once this transaction is committed; it never fails the caller.

    A broker that is away only delays: the row is there, and the next tick finds it.
    """
    transaction.on_commit(partial(_publish, task, arguments))


def _publish(task: Any, arguments: tuple[object, ...]) -> None:
    if monotonic() < _rest["until"]:
        return
    try:
        task.apply_async(args=arguments)
    except OperationalError as problem:
        _rest["until"] = monotonic() + REST
        logger.warning("The broker does not answer, the next tick will find the work: %s", problem)
