"""`manage.py load_demo`: the directory, one account per role and for each agency, one real letter and its history."""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from agencies.models import Agency, AgencyGroup, User, valid_on
from agencies.resources import load_directory
from directives import notices
from directives.actions.letters import assign
from directives.management.demo import letter as demo_letter
from directives.management.demo.people import create_accounts
from directives.management.demo.story import VIETNAM, Story
from directives.models import Letter

FEWEST_DAYS = 21  # the story needs room between the letter and today


class Command(BaseCommand):
    help = "Load the demonstration data; running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, help="the day the story ends (default: today), YYYY-MM-DD")
        parser.add_argument("--if-empty", action="store_true", help="only when there is no letter yet")
        parser.add_argument("--even-in-production", action="store_true", help="load although DEBUG is off")

    def handle(self, *args: Any, on: date | None, if_empty: bool, even_in_production: bool, **options: Any) -> None:
        if not settings.DEBUG and not even_in_production:
            raise CommandError("The demonstration has known accounts. With DEBUG off say --even-in-production.")
        if demo_letter.find_letter() is not None:
            self._tell("The demonstration is loaded already; nothing was changed.", settings.DEMO_PASSWORD)
        elif if_empty and Letter.objects.exists():
            self.stdout.write("There are letters already; the demonstration was not loaded.")
        else:
            password = settings.DEMO_PASSWORD or secrets.token_urlsafe(12)
            with transaction.atomic():
                directives, given = self._load(on or timezone.localdate(), password)
            self._tell(f"Loaded 1 letter, {directives} directives, {given} assignments.", password)

    def _tell(self, news: str, password: str) -> None:
        self.stdout.write(news)
        self.stdout.write("Accounts: canbo.<mã> and thutruong.<mã> (canbo.stp, thutruong.stttt, canbo.ubndh.180 …),")
        self.stdout.write("          kgvx (Office), lanhdao (leader), quantri (administrator)")
        self.stdout.write(f"Password: {password or 'the one set when they were made'}")

    def _load(self, on: date, password: str) -> tuple[int, int]:
        began = demo_letter.effective_on()
        if on < began + timedelta(days=FEWEST_DAYS):
            raise CommandError(
                f"--on must be {began + timedelta(days=FEWEST_DAYS)} or later: the letter is of {began}."
            )
        load_directory()
        create_accounts(_agencies_with_work(began), password)
        officer = User.objects.get(username="kgvx")
        entered_at = datetime.combine(began, time(9, 0), VIETNAM)
        letter = demo_letter.enter_demo_letter(by=officer, now=entered_at, on=on)
        given = assign(letter, by=officer, now=entered_at + timedelta(hours=1))
        Story(letter, officer=officer, given_on=began, on=on).play()
        notices.skip_waiting(before=timezone.now(), why="Dữ liệu trình diễn: thư của những ngày trước không gửi.")
        return letter.directives.count(), len(given)


def _agencies_with_work(on: date) -> list[Agency]:
    """The bodies the letter names as leads, alone or in a group, as they stood on its day."""
    found: dict[int, Agency] = {}
    for row in demo_letter.read_data()["directives"]:
        for party in (one for one in row["parties"] if one["role"] == "chu-tri"):
            for agency in _bodies(party, on):
                found[agency.pk] = agency
    return list(found.values())


def _bodies(party: dict[str, str], on: date) -> list[Agency]:
    if "group" in party:
        return list(AgencyGroup.objects.get(code=party["group"]).members(on))
    return [Agency.objects.filter(valid_on(on)).get(code=party["agency"])]
