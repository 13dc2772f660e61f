"""The portal's own application and timetable, every second and around the clock: `celery -A tests.mail.quick beat`."""

from datetime import time

from congvan.celery import app
from directives import workdays

__all__ = ["app"]

workdays.OFFICE = workdays.Hours(time.min, time.max, every_day=True)
app.conf.beat_schedule = {
    name: {**entry, "schedule": 1.0}
    for name, entry in app.conf.beat_schedule.items()
    if entry["task"].startswith("directives.")
}
