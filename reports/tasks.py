"""What Celery wakes: each task is one call; the rows say what there is to do."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.utils import timezone

import directives.tasks
from reports import rendering, upkeep

RENDERING_TIME = timedelta(
    seconds=45
)  # then the next tick goes on; with the last report it stays below the time limits


@shared_task
def render_report(report_id: str) -> None:
    rendering.render(UUID(report_id), clock=timezone.now)


@shared_task
def render_waiting_reports() -> None:
    """Takes up what no worker was woken for, and what a dead one left."""
    rendering.render_all(clock=timezone.now, within=RENDERING_TIME)


@shared_task
def make_due_reports() -> None:
    """What schedules call for; each new report wakes a worker of its own."""
    for report_id in upkeep.make_due(now=timezone.now()):
        wake(report_id)


@shared_task
def expire_report_drafts() -> None:
    upkeep.expire_drafts(now=timezone.now())


def wake(report_id: UUID) -> None:
    """Have a worker render a report once this transaction is committed. A broker that is away only delays."""
    directives.tasks.wake(render_report, str(report_id))
