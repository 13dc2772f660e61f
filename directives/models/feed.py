"""A person's calendar feed: an address that holds its own right, until it is taken back."""

from __future__ import annotations

import re

from django.db import models
from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac

from agencies.models import User

_TOKEN = re.compile(r"(\d{1,15})-([0-9a-f]{64})")


class FeedQuerySet(models.QuerySet["Feed"]):
    def standing(self) -> FeedQuerySet:
        """Those that were not taken back and whose person still has an account."""
        return self.filter(revoked_at__isnull=True, user__is_active=True)

    def by_token(self, token: str) -> Feed | None:
        """The feed an address belongs to; None for anything else, however nearly right."""
        found = _TOKEN.fullmatch(token)
        feed = self.standing().filter(pk=int(found[1])).select_related("user").first() if found else None
        return feed if feed is not None and constant_time_compare(feed.token, token) else None


class Feed(models.Model):
    """At most one of a person stands. The token is made from the row and SECRET_KEY: the table alone opens nothing."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="feeds")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = "đường dẫn lịch"
        verbose_name_plural = "đường dẫn lịch"
        constraints = (
            models.UniqueConstraint(
                fields=("user",), condition=Q(revoked_at__isnull=True), name="feed_one_stands_for_each_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.made_at:%d/%m/%Y}"

    @property
    def token(self) -> str:
        words = f"{self.pk}:{self.user_id}:{self.made_at.timestamp()}"
        return f"{self.pk}-{salted_hmac('directives.feed', words, algorithm='sha256').hexdigest()}"
