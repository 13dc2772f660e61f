"""The outbox: put a message in once, send each row once (RELIABILITY, "Reminders and every other mail").

The database row is the queue. A row is claimed by a conditional UPDATE that raises its `attempt`; only that attempt may
settle it, and only while its lease runs. What is sent is decided when it is sent: a reminder that is no longer called
for is cancelled, not mailed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from email.utils import make_msgid
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone

from agencies.models import AGENCY_ROLES, Agency, User
from directives.models import Assignment, Letter, Notice, NoticeItem, NoticeKind, NoticeState
from directives.states import WITH_AGENCY

LEASE = timedelta(seconds=60)
FIRST_WAIT = timedelta(minutes=1)  # before the second try; doubled each time, an hour at most
LONGEST_WAIT = timedelta(hours=1)


# --- putting messages in ----------------------------------------------------------------------------------------------
def people_of(agency: Agency) -> list[User]:
    """Who hears about an agency's work: its active people that have an address."""
    return list(agency.users.filter(is_active=True, role__in=AGENCY_ROLES).exclude(email="").order_by("pk"))


def queue(
    *, recipient: User, kind: NoticeKind, key: str, now: datetime, about: Sequence[tuple[Assignment, str]]
) -> Notice:
    """Put one message in the outbox, or add to the one that is there: the unique constraint makes it one.

    `about`: the assignments the message names, each with its step ("" where there is none).
    """
    notice, _ = Notice.objects.get_or_create(
        recipient=recipient,
        kind=kind,
        key=key,
        occasion=timezone.localtime(now).date(),
        defaults={"created_at": now, "next_at": now, "message_id": make_msgid(domain=_mail_domain())},
    )
    if notice.state == NoticeState.PENDING:
        NoticeItem.objects.bulk_create(
            (NoticeItem(notice=notice, assignment=assignment, step=step) for assignment, step in about),
            ignore_conflicts=True,
        )
    return notice


def queue_for_agency(assignment: Assignment, *, kind: NoticeKind, now: datetime) -> None:
    """Tell an agency's people what the Office decided on one assignment."""
    for person in people_of(assignment.agency):
        key = f"assignment:{assignment.pk}:{assignment.version}"
        queue(recipient=person, kind=kind, key=key, now=now, about=[(assignment, "")])


def queue_assigned(letter: Letter, given: Iterable[Assignment], *, now: datetime) -> None:
    """One message per person for a whole letter, however many of its directives concern them."""
    by_agency: dict[Agency, list[Assignment]] = {}
    for assignment in given:
        by_agency.setdefault(assignment.agency, []).append(assignment)
    for agency, theirs in by_agency.items():
        about = [(assignment, "") for assignment in theirs]
        for person in people_of(agency):
            queue(recipient=person, kind=NoticeKind.ASSIGNED, key=f"letter:{letter.pk}", now=now, about=about)


def skip_waiting(*, before: datetime, why: str) -> int:
    """Mark what waits since before a moment as not to be sent, with the reason; the number of messages."""
    waiting = Notice.objects.filter(state=NoticeState.PENDING, created_at__lt=before)
    return waiting.update(state=NoticeState.SKIPPED, problem=why)


def _mail_domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")


# --- sending them -----------------------------------------------------------------------------------------------------
def release_expired(*, now: datetime) -> int:
    """Rows whose sender died before its mail was handed over go back to the queue."""
    expired = Notice.objects.filter(state=NoticeState.SENDING, lease_until__lt=now)
    return expired.update(state=NoticeState.PENDING, lease_until=None)


def unsent(*, now: datetime) -> list[int]:
    """Ids of the rows whose time has come, oldest first."""
    waiting = Notice.objects.filter(state=NoticeState.PENDING, next_at__lte=now)
    return list(waiting.order_by("next_at", "pk").values_list("pk", flat=True)[:500])


def send_all(*, clock: Callable[[], datetime]) -> int:
    """Send every row whose time has come, one at a time; the number the relay took. `clock` is asked before each."""
    release_expired(now=clock())
    return sum(send(notice_id, now=clock()) for notice_id in unsent(now=clock()))


def send(notice_id: int, *, now: datetime) -> bool:
    """Send one row if it is still to be sent and nobody else has it; True when the relay took it."""
    notice = _claim(notice_id, now=now)
    if notice is None:
        return False
    items = _still_called_for(notice)
    if not items:
        _settle(notice, NoticeState.CANCELLED)
        return False
    return _deliver(notice, _message(notice, items), now=now)


def _claim(notice_id: int, *, now: datetime) -> Notice | None:
    free = Notice.objects.filter(pk=notice_id, state=NoticeState.PENDING, next_at__lte=now)
    if not free.update(state=NoticeState.SENDING, attempt=F("attempt") + 1, lease_until=now + LEASE):
        return None
    return Notice.objects.select_related("recipient__agency").get(pk=notice_id)


def _still_called_for(notice: Notice) -> list[NoticeItem]:
    rows = notice.items.select_related("assignment__directive__letter", "assignment__agency")
    if notice.kind == NoticeKind.REMINDER:
        rows = rows.filter(assignment__status__in=WITH_AGENCY, assignment__due_on__isnull=False)
    if not notice.recipient.is_active or not notice.recipient.email:
        return []
    return list(rows.order_by("assignment__due_on", "assignment__directive__position", "pk"))


def _message(notice: Notice, items: list[NoticeItem]) -> EmailMessage:
    name = f"emails/{notice.kind.replace('-', '_')}"
    context = {
        "notice": notice,
        "items": items,
        "assignments": [item.assignment for item in items],
        "letter": items[0].assignment.directive.letter,
        "agency": items[0].assignment.agency,
        "site_url": settings.SITE_URL,
        "on": notice.occasion,
    }
    subject = " ".join(render_to_string(f"{name}_subject.txt", context).split())
    return EmailMessage(
        subject,
        render_to_string(f"{name}.txt", context),
        to=[notice.recipient.email],
        headers={"Message-ID": notice.message_id},
    )


def _deliver(notice: Notice, message: EmailMessage, *, now: datetime) -> bool:
    try:
        message.send()
    except SMTPRecipientsRefused as refusal:
        _after_refusal(notice, *next(iter(refusal.recipients.values())), now=now)
    except SMTPResponseException as refusal:
        _after_refusal(notice, refusal.smtp_code, refusal.smtp_error, now=now)
    except (SMTPException, OSError) as problem:
        _try_again(notice, str(problem), now=now)
    else:
        return _settle(notice, NoticeState.SENT, sent_at=now)
    return False


def _after_refusal(notice: Notice, code: int, words: bytes | str, *, now: datetime) -> None:
    """5xx is final and shown to the Office; anything else is tried again (RFC 5321 §4.2.1)."""
    text = f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
    if 500 <= code < 600:
        _settle(notice, NoticeState.BOUNCED, problem=text[:500])
    else:
        _try_again(notice, text, now=now)


def _try_again(notice: Notice, problem: str, *, now: datetime) -> None:
    wait = min(FIRST_WAIT * 2 ** (notice.attempt - 1), LONGEST_WAIT) if notice.attempt < 8 else LONGEST_WAIT
    _settle(notice, NoticeState.PENDING, next_at=now + wait, problem=problem[:500])


def _settle(notice: Notice, state: NoticeState, **fields: object) -> bool:
    """Write the outcome, if this attempt still holds the row."""
    mine = Q(pk=notice.pk, attempt=notice.attempt, state=NoticeState.SENDING)
    with transaction.atomic():
        return bool(Notice.objects.filter(mine).update(state=state, lease_until=None, **fields))
