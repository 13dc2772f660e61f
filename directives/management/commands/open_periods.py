"""Open the periods of recurring reports by hand: what has begun, or all up to a day; the same verb as the tick's."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from directives.actions.periods import open_periods


class Command(BaseCommand):
    help = "Opens the periods of recurring reports that have begun. Safe to run at any time, again and side by side."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--until", type=date.fromisoformat, metavar="DATE", help="also those that begin by DATE")
        parser.add_argument("--dry-run", action="store_true", help="only print what would be opened")

    def handle(self, *, until: date | None, dry_run: bool, **options: Any) -> None:
        with transaction.atomic():
            opened = open_periods(now=timezone.now(), until=until)
            transaction.set_rollback(dry_run)
        for one in opened:
            self.stdout.write(f"{one.directive.label} {one.period_words}, hạn {one.due_on:%d/%m/%Y}: {one.agency}")
        self.stdout.write(f"{len(opened)} nhiệm vụ {'sẽ được mở' if dry_run else 'đã mở'}.")
