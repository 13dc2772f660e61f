"""Do what the clock calls for, without Celery: by hand, or from cron as a third way.

Reminders, waiting mail, the reports of periods that have ended, and reports that nobody renders.
"""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, datetime, time, timedelta
from itertools import groupby
from socket import gethostname
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from agencies.models import User
from directives import delivery, reminders
from directives.actions.periods import open_periods
from directives.actions.seals import seal_history
from directives.actions.ticks import record_tick
from directives.models import Assignment, TickName
from directives.models.policy import is_quiet_day, may_go, reign_on
from directives.policy import Policy
from reports import rendering, upkeep

RENDERING_TIME = timedelta(minutes=5)  # for the files of waiting reports; the next tick goes on
MORNING = time(8)  # the hour it is taken to be on a day given with --on


class Command(BaseCommand):
    help = (
        "Plans the day's reminders, sends what waits in the outbox, makes the reports that are due and the files of "
        "those that wait. Safe to run at any time and side by side."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only print who would get what and why")
        parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="as if today were DATE (2023-02-20)")

    def handle(self, *, dry_run: bool, on: date | None, **options: Any) -> None:
        clock = _clock(on)
        today = timezone.localtime(clock()).date()
        policy = reign_on(today).policy
        if dry_run:
            self._show(today, policy)
            return
        if not may_go(policy, clock()):
            self.stdout.write("Ngoài giờ làm việc: thư nhắc hạn chờ đến giờ làm việc tiếp theo.")
        if opened := open_periods(now=clock()):
            self.stdout.write(f"Đã mở {len(opened)} nhiệm vụ của kỳ báo cáo mới.")
        people = reminders.queue_due(now=clock())
        reminders.queue_answers(now=clock())
        here = f"{gethostname()} (manage.py tick)"
        seal_history(by=here, now=timezone.now())  # reports bear the head of what went before
        made = upkeep.make_due(now=clock())
        upkeep.expire_drafts(now=clock())
        record_tick(TickName.PLAN, by=here, now=timezone.now())
        sent = delivery.send_all(clock=clock)
        record_tick(TickName.SEND, by=here, now=timezone.now())
        files = rendering.render_all(clock=timezone.now, within=RENDERING_TIME)
        self.stdout.write(f"{people} người được nhắc thêm, {sent} thư đã gửi.")
        if made or files:
            self.stdout.write(f"{len(made)} báo cáo được lập theo lịch, {files} tệp báo cáo đã tạo.")

    def _show(self, today: date, policy: Policy) -> None:
        if is_quiet_day(policy, today):
            self.stdout.write(
                f"Ngày {today:%d/%m/%Y} không gửi thư nhắc (ngày nghỉ hoặc ngày không nhắc theo chính sách)."
            )
            return
        replaced = set(reminders.superseded(today).values_list("pk", flat=True))
        found = sorted(reminders.due_reminders(today, replaced=replaced), key=lambda one: one.recipient.pk)
        served = reminders.overview_for(today, policy)
        named = Assignment.objects.for_lists().in_bulk({one.assignment_id for one in found})
        people = {one.recipient for one in found} | set(served)
        self.stdout.write(f"Ngày {today:%d/%m/%Y}: {len(people)} người sẽ được nhắc.")
        for person, theirs in groupby(found, lambda one: one.recipient):
            self._name(person)
            for one in theirs:
                self.stdout.write(f"  {one.why}: {named[one.assignment_id].directive}")
        for person in served:
            self._name(person)
            self.stdout.write("  tổng hợp buổi sáng")

    def _name(self, person: User) -> None:
        agency = f", {person.agency}" if person.agency else ""
        self.stdout.write(f"\n{person} <{person.email}>{agency} – {person.get_role_display()}")


def _clock(on: date | None) -> delivery.Clock:
    """The clock on the wall, or one that began at MORNING of a day when the command did."""
    if on is None:
        return timezone.now
    begun = timezone.now()
    morning = datetime.combine(on, MORNING, tzinfo=timezone.get_default_timezone())
    return lambda: morning + (timezone.now() - begun)
