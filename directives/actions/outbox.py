"""What the Office decides about a message that did not simply arrive."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from agencies.models import User
from directives.models import Notice, NoticeState
from directives.states import NotAllowed

MAY_BE_SENT_AGAIN = frozenset({NoticeState.UNCERTAIN, NoticeState.BOUNCED})


def send_again(notice: Notice, *, by: User, now: datetime) -> Notice:
    """Put a message that bounced, or of which nobody knows, back in the queue. It keeps its Message-ID.

    Raises NotAllowed for any other.
    """
    with transaction.atomic():
        row = _lock(notice, MAY_BE_SENT_AGAIN)
        row.state, row.next_at, row.created_at = NoticeState.PENDING, now, now
        row.problem = f"{by} cho gửi lại lúc {_at(now)}."
        row.save(update_fields=["state", "next_at", "created_at", "problem"])
        return row


def mark_arrived(notice: Notice, *, by: User, now: datetime) -> Notice:
    """Settle a message of which nobody knew: the recipient has it. Raises NotAllowed for any other."""
    with transaction.atomic():
        row = _lock(notice, frozenset({NoticeState.UNCERTAIN}))
        row.state, row.sent_at = NoticeState.SENT, now
        row.problem = f"{by} ghi nhận thư đã đến, lúc {_at(now)}."
        row.save(update_fields=["state", "sent_at", "problem"])
        return row


def _lock(notice: Notice, wanted: frozenset[NoticeState]) -> Notice:
    row = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if row.state not in wanted:
        raise NotAllowed(f"Thư này đang ở trạng thái «{row.get_state_display()}», không cần xử lý nữa.")
    return row


def _at(now: datetime) -> str:
    return f"{timezone.localtime(now):%H:%M ngày %d/%m/%Y}"
