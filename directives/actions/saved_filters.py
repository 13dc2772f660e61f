"""Keeping a narrowed list under a name, and throwing it away. No history: it is nobody's but its owner's."""

from __future__ import annotations

from datetime import datetime

from agencies.models import User
from directives.models import SavedFilter


def save_filter(*, by: User, now: datetime, name: str, query: str) -> SavedFilter:
    """The same name saved again takes the new choices."""
    values = {"query": query, "saved_at": now}
    return SavedFilter.objects.update_or_create(owner=by, name=name, defaults=values)[0]


def delete_filter(saved: SavedFilter, *, by: User, now: datetime) -> None:
    """Nothing is left of it; deleted twice is deleted once."""
    SavedFilter.objects.filter(pk=saved.pk, owner=by).delete()
