"""A person's calendar feed: made, made anew, taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from agencies.models import User
from directives.models import Feed


def renew_feed(*, by: User, now: datetime) -> Feed:
    """A new address; the one before opens nothing any more."""
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=by.pk)  # two at once leave one
        revoke_feed(by=by, now=now)
        return Feed.objects.create(user=by, made_at=now)


def revoke_feed(*, by: User, now: datetime) -> bool:
    """Take the address back; False when there was none."""
    return bool(Feed.objects.filter(user=by, revoked_at__isnull=True).update(revoked_at=now))
