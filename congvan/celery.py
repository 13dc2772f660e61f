"""The Celery application and its timetable. Beat and workers only wake what the database rows already hold."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvan.settings")

app = Celery("congvan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "plan the day's reminders": {
        "task": "directives.tasks.queue_due_reminders",
        "schedule": crontab(minute="*/15", hour="7-17"),  # from 07:00 on; queueing again adds nothing
    },
    "send what is in the outbox": {"task": "directives.tasks.send_notices", "schedule": 60.0},
    "take up reports nobody renders": {"task": "reports.tasks.render_waiting_reports", "schedule": 60.0},
}
