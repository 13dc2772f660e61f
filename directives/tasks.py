"""What Celery wakes: each task is one call; the rows say what there is to do."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from directives import notices, reminders

SENDING_TIME = timedelta(seconds=45)  # then the next tick goes on; with the last mail it stays below the time limits


@shared_task
def queue_due_reminders() -> None:
    reminders.queue_due(now=timezone.now())


@shared_task
def send_notices() -> None:
    notices.send_all(clock=timezone.now, within=SENDING_TIME)
