"""A person's own notices: read or not."""

from __future__ import annotations

from datetime import datetime

from agencies.models import User
from directives.models import Notice


def mark_read(notice: Notice, *, by: User, now: datetime) -> None:
    """The recipient has opened it; the first time counts. What belongs to somebody else stays as it is."""
    Notice.objects.of(by).unread().filter(pk=notice.pk).update(read_at=now)


def mark_all_read(*, by: User, now: datetime) -> int:
    """Everything that is shown to `by` now; the number."""
    return Notice.objects.of(by).shown(now).unread().update(read_at=now)
