"""A walk through the calendar of 2026, day by day: Tết, the holidays of spring and autumn, the day worked for another.

Each day says who got a mail and which assignments it named. DUE gives their due days.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from django.core import mail

from agencies.models import Agency, User
from directives import delivery, reminders
from tests.directives.policies import lay_down
from tests.factories import NOW, TODAY, AssignmentFactory, DirectiveFactory

DAY = timedelta(days=1)
DUE = {
    "A": date(2026, 2, 11),  # the last Wednesday before Tết
    "B": date(2026, 2, 16),  # the eve of the new year
    "C": date(2026, 2, 18),
    "D": date(2026, 4, 27),  # off in place of Giỗ Tổ, which is a Sunday
    "E": date(2026, 8, 25),  # 3 days before is the Saturday worked for Monday, 31 August
    "F": date(2026, 8, 28),
    "G": date(2026, 9, 2),
}
Walk = Callable[[date, date], dict[date, dict[str, str]]]


@pytest.fixture
def walk(stp: Agency, an: User, binh: User, dung: User, giang: User) -> Walk:
    """day → person → the assignments of the one mail they got; on every other day nobody got any."""
    lay_down(overview=False)
    for name, due_on in DUE.items():
        directive = DirectiveFactory.create(title=f"Nhiệm vụ {name}.")
        AssignmentFactory.create(agency=stp, directive=directive, due_on=due_on, assigned_on=date(2026, 1, 5))

    def go(first: date, last: date) -> dict[date, dict[str, str]]:
        days = (first + number * DAY for number in range((last - first).days + 1))
        return {day: got for day in days if (got := mails_on(day))}

    return go


def mails_on(day: date) -> dict[str, str]:
    """The mails of a day on which the portal runs at 06:00, 08:00, 12:00 and 18:00."""
    mail.outbox.clear()
    for hour in (-2, 0, 4, 10):
        now = NOW + (day - TODAY) + timedelta(hours=hour)
        reminders.queue_due(now=now)
        delivery.send_all(clock=partial(NOW.replace, now.year, now.month, now.day, now.hour))
    got = {message.to[0].partition("@")[0]: str(message.body) for message in mail.outbox}
    assert len(got) == len(mail.outbox), "one mail for each person and day"
    return {person: "".join(name for name in DUE if f"Nhiệm vụ {name}." in body) for person, body in got.items()}


def everybody(names: str) -> dict[str, str]:
    return dict.fromkeys(("an", "binh", "dung", "giang"), names)


def test_tet(walk: Walk) -> None:
    assert walk(date(2026, 1, 20), date(2026, 3, 10)) == {
        date(2026, 2, 4): {"an": "A"},  # 7 days before
        date(2026, 2, 9): {"an": "AB"},  # A: 3 days before was a Sunday; B: 7 days before
        date(2026, 2, 11): {"an": "AC"},  # A on its day; C 7 days before
        date(2026, 2, 12): {"an": "A"},  # 1 day late
        date(2026, 2, 13): {"an": "B"},  # 3 days before
        date(2026, 2, 23): everybody("ABC"),  # the first working day: of each the latest rung, all 5 days late and more
    }


def test_gio_to_and_the_first_of_may(walk: Walk) -> None:
    assert walk(date(2026, 4, 1), date(2026, 5, 15)) == {
        date(2026, 4, 20): {"an": "D"},
        date(2026, 4, 24): {"an": "D"},
        date(2026, 4, 28): {"an": "D"},  # its own day was a rest day: 1 day late
        date(2026, 5, 4): everybody("D"),  # 3 days late was 30 April, 5 days late a Saturday
    }


def test_the_saturday_worked_and_the_national_day(walk: Walk) -> None:
    assert walk(date(2026, 8, 10), date(2026, 9, 20)) == {
        date(2026, 8, 18): {"an": "E"},
        date(2026, 8, 21): {"an": "F"},
        date(2026, 8, 22): {"an": "E"},  # the Saturday
        date(2026, 8, 25): {"an": "EF"},
        date(2026, 8, 26): {"an": "EG"},
        date(2026, 8, 28): {"an": "EF", "binh": "E"},  # E: 3 days late
        # Saturday to Wednesday are rest days. E and F: 5 days late; G: 1 day late, what lay before is over.
        date(2026, 9, 3): {"an": "EFG", "binh": "EF", "dung": "EF", "giang": "EF"},
        date(2026, 9, 7): everybody("G"),
    }
