"""What an officer decided in the last minutes and may still take back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils import timezone

from agencies.models import User
from directives.models import HistoryEntry
from directives.states import UNDO_WITHIN, Verb


@dataclass(frozen=True)
class Act:
    """One decision, or several of one press of the button, that may still be taken back."""

    at: datetime
    text: str
    minutes: int  # left, at least 1

    @property
    def key(self) -> str:
        return self.at.isoformat()


def undoable(user: User, now: datetime) -> list[Act]:
    """What `user` may take back now, the newest first."""
    entries = HistoryEntry.objects.undoable_by(user, now).order_by("-at", "verb", "pk")
    acts = groupby(entries.values_list("at", "verb"))
    return [_act(at, verb, len(list(same)), now) for (at, verb), same in acts]


def _act(at: datetime, verb: str, count: int, now: datetime) -> Act:
    done = "Đã xác nhận" if verb == Verb.CONFIRM else "Đã trả lại"
    left = at + UNDO_WITHIN - now
    return Act(at, f"{done} {count} nhiệm vụ lúc {timezone.localtime(at):%H:%M}", max(1, round(left.seconds / 60)))
