"""The Celery application and its timetable. Beat and workers only wake what the database rows already hold."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvan.settings")

app = Celery("congvan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Any number of beats may run. What no worker took within its minute is dropped: the next one says the same.
EVERY_MINUTE = {"schedule": 60.0, "options": {"expires": 55}}
EVERY_FEW_SECONDS = {"schedule": 10.0, "options": {"expires": 9}}
EVERY_HOUR = {"schedule": 3600.0, "options": {"expires": 3500}}
app.conf.beat_schedule = {
    "plan the day's reminders": {**EVERY_MINUTE, "task": "directives.tasks.queue_due_reminders"},
    "open the periods of recurring reports": {**EVERY_MINUTE, "task": "directives.tasks.open_periods"},
    "send what is in the outbox": {**EVERY_MINUTE, "task": "directives.tasks.send_notices"},
    "seal the history": {**EVERY_FEW_SECONDS, "task": "directives.tasks.seal_history"},
    "take up reports nobody renders": {**EVERY_MINUTE, "task": "reports.tasks.render_waiting_reports"},
    "make the reports of periods that have ended": {**EVERY_MINUTE, "task": "reports.tasks.make_due_reports"},
    "let old drafts of reports go": {**EVERY_HOUR, "task": "reports.tasks.expire_report_drafts"},
}
