"""Which reminders a day calls for, and putting them in the outbox."""

from directives.reminders.answers import queue_answers
from directives.reminders.due import CATCH_UP, Reason, Reminder
from directives.reminders.plan import due_reminders, overview_for, queue_due, superseded

__all__ = [
    "CATCH_UP",
    "Reason",
    "Reminder",
    "due_reminders",
    "overview_for",
    "queue_answers",
    "queue_due",
    "superseded",
]
