"""Policies as tests lay them down: straight into the tables, in force from a day that has long passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from agencies.models import Role
from directives.models import ReminderPolicy, ReminderStep
from directives.models.policy import COLUMNS
from directives.policy import DEFAULT, Policy
from tests.factories import NOW, UserFactory


def lay_down(*, since: date = date(2020, 1, 1), policy: Policy = DEFAULT, **changes: Any) -> ReminderPolicy:
    """The default policy (or another) with some of its parts changed."""
    wanted = replace(policy, **changes)
    newest = ReminderPolicy.objects.newest()
    row = ReminderPolicy.objects.create(
        number=newest.number + 1 if newest else 1,
        starts_on=since,
        saved_by=UserFactory.create(role=Role.OFFICER, email=""),
        saved_at=NOW,
        opens=wanted.opens,
        closes=wanted.closes,
        quiet_weekdays=sorted(wanted.quiet_weekdays),
        digest=wanted.digest,
        asking=wanted.asking,
        asked_when_late=wanted.asked_when_late,
        standing_after=wanted.standing_after,
        standing_head_after=wanted.standing_head_after,
        condition_months=wanted.condition_months,
        overview=wanted.overview,
    )
    for step in wanted.steps:
        heard = {column: hearer in step.hearers for column, hearer in COLUMNS.items()}
        ReminderStep.objects.create(policy=row, day=step.day, **heard)
    return row


def changed(**parts: Any) -> Policy:
    """The default policy with some of its parts changed."""
    return replace(DEFAULT, **parts)
