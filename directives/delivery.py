"""Sending what the outbox holds: each row once (RELIABILITY, "Reminders and every other mail").

The database row is the queue. A row is claimed by a conditional UPDATE that raises its `attempt`; only that attempt may
settle it. What is sent is decided when it is sent: a message that is no longer called for is cancelled, not mailed.

    pending → sending → dot → sent        `dot` is written just before the last byte of the mail leaves (smtp.py).
       ↑_________|       |→ bounced       A sender that dies before it: the lease ends, the row waits again.
       ↑_________________|→ uncertain     One that dies after it: the relay's log is asked, else the Office is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.db.models import F, Prefetch, Q
from django.utils import timezone

from agencies.models import Agency
from directives import mail, maillog, overview
from directives.models import ChaseItem, ExtensionState, Letter, Notice, NoticeItem, NoticeKind, NoticeState
from directives.models.policy import may_go, reign_on
from directives.smtp import Message, NoAnswer, Overtaken
from directives.states import OPEN, WITH_AGENCY, Status

logger = logging.getLogger(__name__)
Clock = Callable[[], datetime]

# The order matters: when a dot is reconciled no relay may still wait for it (RFC 5321 §4.5.3.2.7: idle for 5 minutes).
LEASE = timedelta(seconds=60)  # up to the dot
RECONCILE = timedelta(minutes=10)  # from the dot on
FIRST_WAIT = timedelta(minutes=1)  # before the second try; doubled each time
LONGEST_WAIT = timedelta(minutes=15)
GIVE_UP = timedelta(days=5)  # RFC 5321 §4.5.4.1: at least 4-5 days

LONG = ("assignment__directive__text", "assignment__directive__search")  # columns of which no message says anything
CALLED_FOR = {
    NoticeKind.REMINDER: Q(assignment__status__in=WITH_AGENCY),
    NoticeKind.ASSIGNED: ~Q(assignment__status=Status.WITHDRAWN),
    NoticeKind.RETURNED: Q(assignment__status__in=WITH_AGENCY),
    NoticeKind.CONFIRMED: Q(assignment__status=Status.DONE),
    NoticeKind.EXTENSION_ASKED: Q(assignment__extensions__state=ExtensionState.OPEN),
    NoticeKind.CHANGED: Q(assignment__isnull=False),
    NoticeKind.EXTENSION_DECIDED: Q(assignment__status__in=OPEN),
    NoticeKind.GIVEN: Q(assignment__status__in=OPEN),
    NoticeKind.DECLINED: Q(assignment__status=Status.DECLINED),
    NoticeKind.KEPT: Q(assignment__status__in=WITH_AGENCY),
    NoticeKind.HANDED_OVER: Q(assignment__status=Status.WITHDRAWN),
    NoticeKind.TAKEN_OVER: ~Q(assignment__status=Status.WITHDRAWN),
    NoticeKind.CORRECTED: ~Q(assignment__status=Status.WITHDRAWN),
    NoticeKind.WITHDRAWN: Q(assignment__status=Status.WITHDRAWN),
    NoticeKind.CHASED: Q(assignment__status__in=WITH_AGENCY),
    NoticeKind.EXPLANATION_WANTED: Q(assignment__status__in=OPEN),
    NoticeKind.EXPLANATION_DUE: Q(assignment__in=ChaseItem.objects.unanswered().values("assignment")),
    NoticeKind.EXPLAINED: ~Q(assignment__status=Status.WITHDRAWN),
    NoticeKind.OPINION: ~Q(assignment__status=Status.WITHDRAWN),
    NoticeKind.REPORT: Q(pk__in=()),  # names none
    NoticeKind.INVITED: ~Q(assignment__status=Status.WITHDRAWN),
}


class RelayAway(Exception):
    """The mail relay takes nothing at all now; there is no point in trying the next row."""


def release_abandoned(*, now: datetime) -> int:
    """Rows whose sender died before its mail was handed over go back to the queue."""
    return Notice.objects.abandoned(now).update(state=NoticeState.PENDING, lease_until=None)


def reconcile(*, now: datetime) -> None:
    """Settle the rows whose last byte left without an answer: the relay's log knows, or else the Office is asked."""
    waiting = dict(Notice.objects.unanswered(now).values_list("message_id", "pk"))
    if not waiting:
        return
    left = Notice.objects.unanswered(now).filter(pk__in=waiting.values())
    if not settings.MAIL_LOG:
        left.update(state=NoticeState.UNCERTAIN, lease_until=None, problem="Máy chủ thư không trả lời.")
        return
    try:
        taken = maillog.taken(waiting, Path(settings.MAIL_LOG))
    except OSError as problem:
        logger.error("MAIL_LOG cannot be read, %s messages stay unsettled: %s", len(waiting), problem)
        return
    left.filter(message_id__in=taken).update(state=NoticeState.SENT, lease_until=None, sent_at=now, problem="")
    left.exclude(message_id__in=taken).update(state=NoticeState.PENDING, lease_until=None, next_at=now)


def send_all(*, clock: Clock, within: timedelta | None = None) -> int:
    """Send the rows whose time has come, one after another, oldest first; the number the relay took.

    Starts no new one once the time `within` is over, or when the relay is away.
    """
    begun = clock()
    release_abandoned(now=begun)
    reconcile(now=begun)
    sent = 0
    ready = Notice.objects.ready(begun)
    if not may_go(reign_on(timezone.localtime(begun).date()).policy, begun):
        ready = ready.exclude(kind=NoticeKind.REMINDER)  # decisions go out at once, reminders wait for the morning
    for pk in list(ready.order_by("next_at", "pk").values_list("pk", flat=True)):
        if within is not None and clock() - begun >= within:
            break
        try:
            sent += send(pk, clock=clock)
        except RelayAway as problem:
            logger.warning("The mail relay is away: %s", problem)
            break
    return sent


def send(pk: int, *, clock: Clock) -> bool:
    """Send one row if it is still to be sent and nobody else has it; True when the relay took it."""
    now = clock()
    notice = _claim(pk, now=now)
    if notice is None:
        return False
    try:
        message = _write(notice, now=now)
        if message is None:
            _settle(notice, NoticeState.CANCELLED)
            return False
        return _deliver(notice, message, clock=clock)
    except RelayAway:
        raise
    except Exception as problem:  # whatever is wrong with one message's template or data must not stop the others
        logger.exception("Notice %s could not be written or handed over.", pk)
        if not Notice.objects.held_by(notice).filter(state=NoticeState.DOT).exists():
            _try_again(notice, f"Không soạn được thư: {problem}", now=now)
        return False


def _claim(pk: int, *, now: datetime) -> Notice | None:
    fields = {"state": NoticeState.SENDING, "attempt": F("attempt") + 1, "lease_until": now + LEASE}
    if not Notice.objects.ready(now).filter(pk=pk).update(**fields):
        return None
    return Notice.objects.select_related("recipient__agency").get(pk=pk)


def _write(notice: Notice, *, now: datetime) -> Message | None:
    """The message as of now; None when nothing of it is called for any more."""
    if not notice.recipient.is_active or not notice.recipient.email:
        return None
    on = timezone.localtime(now).date()
    if notice.kind == NoticeKind.REPORT:
        return mail.message_of_its_own(notice, on=on)
    items = _still_called_for(notice)
    if not items and not (mail.is_overview(notice) and overview.of(on).says_something):
        return None
    return mail.message_for(notice, [item.assignment for item in items], on=on)


def _still_called_for(notice: Notice) -> list[NoticeItem]:
    """The items the mail is to name; the others are taken off, so that the row says what was told."""
    rows = (
        notice.items.select_related("assignment__directive")
        .defer(*LONG)
        .prefetch_related(
            Prefetch("assignment__agency", Agency.objects.defer("search")),  # of a few, fetched once each
            Prefetch("assignment__directive__letter", Letter.objects.defer("text", "search")),
        )
    )
    called_for = [item for item in rows.filter(CALLED_FOR[NoticeKind(notice.kind)]) if item.still_holds]
    if called_for:
        notice.items.exclude(pk__in=[item.pk for item in called_for]).delete()
    return called_for


def _deliver(notice: Notice, message: Message, *, clock: Clock) -> bool:
    message.may_leave = partial(_reach_the_dot, notice, clock)
    try:
        message.send()
    except SMTPRecipientsRefused as refusal:
        _after_refusal(notice, *next(iter(refusal.recipients.values())), now=clock())
    except SMTPDataError as refusal:
        _after_refusal(notice, refusal.smtp_code, refusal.smtp_error, now=clock())
    except Overtaken:
        logger.warning("Notice %s took too long to hand over; another attempt will.", notice.pk)
    except NoAnswer as problem:  # never repeated blindly: `reconcile` finds out
        raise RelayAway(str(problem)) from problem
    except (SMTPException, OSError) as problem:  # no relay, a refused sender or sign-in: nobody's mail would pass
        _try_again(notice, str(problem), now=clock(), wait=FIRST_WAIT)
        raise RelayAway(str(problem)) from problem
    else:
        return _settle(notice, NoticeState.SENT, sent_at=clock(), problem="")
    return False


def _reach_the_dot(notice: Notice, clock: Clock) -> bool:
    """Write down that the last byte leaves now, if the row is still this attempt's and its lease has not run out."""
    now = clock()
    mine = Notice.objects.held_by(notice).filter(state=NoticeState.SENDING, lease_until__gt=now)
    return bool(mine.update(state=NoticeState.DOT, lease_until=now + RECONCILE))


def _after_refusal(notice: Notice, code: int, words: bytes | str, *, now: datetime) -> None:
    """5xx is final and shown to the Office; anything else is tried again (RFC 5321 §4.2.1)."""
    text = f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
    if 500 <= code < 600 or now - notice.created_at > GIVE_UP:
        _settle(notice, NoticeState.BOUNCED, problem=text[:500])
    else:
        _try_again(notice, text, now=now)


def _try_again(notice: Notice, problem: str, *, now: datetime, wait: timedelta | None = None) -> None:
    """Back to the queue; waits longer each time unless told how long."""
    grown = min(FIRST_WAIT * 2 ** min(notice.attempt - 1, 10), LONGEST_WAIT)
    _settle(notice, NoticeState.PENDING, next_at=now + (wait or grown), problem=problem[:500])


def _settle(notice: Notice, state: NoticeState, **fields: object) -> bool:
    """Write the outcome, if this attempt still holds the row."""
    return bool(Notice.objects.held_by(notice).update(state=state, lease_until=None, **fields))
