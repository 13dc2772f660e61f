"""The portal's own timetable, every second and around the clock: `celery -A tests.mail.quick beat`."""

from congvan.celery import app

app.conf.beat_schedule = {
    name: {**entry, "schedule": 1.0}
    for name, entry in app.conf.beat_schedule.items()
    if entry["task"].startswith("directives.")
}
