"""Plan the day's reminders and send what waits, without Celery: by hand, or from cron as a third way."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from directives import delivery, reminders, workdays
from directives.models import Assignment
from directives.reminders import Reminder

MORNING = time(8)  # the hour it is taken to be on a day given with --on


class Command(BaseCommand):
    help = "Plans the day's reminders and sends what waits in the outbox. Safe to run at any time and side by side."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only print who would get what and why")
        parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="as if today were DATE (2023-02-20)")

    def handle(self, *, dry_run: bool, on: date | None, **options: Any) -> None:
        clock = _clock(on)
        if dry_run:
            self._show(timezone.localtime(clock()).date())
            return
        if not workdays.reminders_may_go(clock()):
            self.stdout.write("Ngoài giờ làm việc: thư nhắc hạn chờ đến giờ làm việc tiếp theo.")
        people = reminders.queue_due(now=clock())
        sent = delivery.send_all(clock=clock)
        self.stdout.write(f"{people} người được nhắc thêm, {sent} thư đã gửi.")

    def _show(self, today: date) -> None:
        if workdays.is_rest_day(today) and not settings.REMIND_AT_ANY_TIME:
            self.stdout.write(f"Ngày {today:%d/%m/%Y} là ngày nghỉ: không nhắc ai.")
            return
        replaced = set(reminders.superseded(today).values_list("pk", flat=True))
        found = sorted(reminders.due_reminders(today, replaced=replaced), key=lambda one: one.recipient.pk)
        named = Assignment.objects.for_lists().in_bulk({one.assignment_id for one in found})
        self.stdout.write(f"Ngày {today:%d/%m/%Y}: {len({one.recipient for one in found})} người sẽ được nhắc.")
        for person, theirs in groupby(found, lambda one: one.recipient):
            self.stdout.write(f"\n{person} <{person.email}>, {person.agency} – {person.get_role_display()}")
            for one in theirs:
                self.stdout.write(f"  {_why(one)}: {named[one.assignment_id].directive}")


def _why(reminder: Reminder) -> str:
    """ "hạn 27/02/2023, mốc trước hạn 7 ngày", and that a missed rung is caught up."""
    rung = "đúng ngày đến hạn"
    if reminder.step:
        rung = f"{'trước' if reminder.step < 0 else 'quá'} hạn {abs(reminder.step)} ngày"
    late = reminder.days - reminder.step
    return f"hạn {reminder.due_on:%d/%m/%Y}, mốc {rung}" + (f", nhắc bù sau {late} ngày" if late else "")


def _clock(on: date | None) -> delivery.Clock:
    """The clock on the wall, or one that began at MORNING of a day when the command did."""
    if on is None:
        return timezone.now
    begun = timezone.now()
    morning = datetime.combine(on, MORNING, tzinfo=timezone.get_default_timezone())
    return lambda: morning + (timezone.now() - begun)
