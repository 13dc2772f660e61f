"""Laying down how the portal reminds."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.models import User
from directives.models import ReminderPolicy, ReminderStep
from directives.models.policy import COLUMNS
from directives.policy import DEFAULT, Policy
from directives.states import NotAllowed


class PolicyConflict(Exception):
    """Somebody else laid down a policy since the form was opened; `current` is that one."""

    def __init__(self, current: ReminderPolicy) -> None:
        super().__init__(f"policy {current.number} was laid down in between")
        self.current = current


def lay_down(policy: Policy, *, by: User, now: datetime, after: int) -> ReminderPolicy:
    """Put a policy in force from the next day on; its row says who changed what from what to what.

    Today's reminders still go by the policy of today. `after` is the number of the newest policy when the form was
    opened, 0 for the default (else PolicyConflict). Raises NotAllowed when nothing was changed.
    """
    try:
        with transaction.atomic():
            return _add(policy, by=by, now=now, after=after)
    except IntegrityError:  # two at once: the number is taken
        newest = ReminderPolicy.objects.newest()
        if newest is None or newest.number == after:
            raise
        raise PolicyConflict(newest) from None


def _add(policy: Policy, *, by: User, now: datetime, after: int) -> ReminderPolicy:
    newest = ReminderPolicy.objects.newest()
    if newest is not None and newest.number != after:
        raise PolicyConflict(newest)
    changes = (newest.policy if newest else DEFAULT).differences(policy)
    if not changes:
        raise NotAllowed("Chưa có thay đổi nào so với chính sách đang lưu.")
    row = ReminderPolicy.objects.create(
        number=after + 1,
        starts_on=timezone.localtime(now).date() + timedelta(days=1),
        saved_by=by,
        saved_at=now,
        changes=changes,
        opens=policy.opens,
        closes=policy.closes,
        quiet_weekdays=sorted(policy.quiet_weekdays),
        digest=policy.digest,
        asking=policy.asking,
        asked_when_late=policy.asked_when_late,
        standing_after=policy.standing_after,
        standing_head_after=policy.standing_head_after,
        condition_months=policy.condition_months,
        overview=policy.overview,
    )
    ReminderStep.objects.bulk_create(
        ReminderStep(policy=row, day=step.day, **{column: who in step.hearers for column, who in COLUMNS.items()})
        for step in policy.steps
    )
    return row
