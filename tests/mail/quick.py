"""The portal's own application with its timetable every second: `celery -A tests.mail.quick beat`."""

from congvan.celery import app

__all__ = ["app"]

app.conf.beat_schedule = {
    name: {**entry, "schedule": 1.0}
    for name, entry in app.conf.beat_schedule.items()
    if entry["task"].startswith("directives.")
}
