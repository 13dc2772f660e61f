"""The moment after which a mail must not be sent again: written down before it comes, settled by the relay's answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from agencies.models import Agency, User
from directives import delivery, maillog, notices, smtp
from directives.models import Notice, NoticeKind, NoticeState
from directives.notices import NewNotice
from tests.factories import AssignmentFactory
from tests.mail.relay import KEEP_AND_HANG_UP, LOSE_AND_HANG_UP, Relay

MINUTE = timedelta(minutes=1)


@pytest.fixture
def notice(stp: Agency, an: User, now: datetime) -> Notice:
    """A message to An that waits in the outbox."""
    duty = AssignmentFactory.create(agency=stp, overdue=True)
    notices.queue([NewNotice(an, NoticeKind.REMINDER, "", ((duty.pk, "+12"),))], now=now)
    return Notice.objects.get()


def state_at(moment: datetime, notice: Notice) -> str:
    """Send what is to be sent at a moment; how the message stands then."""
    delivery.send_all(clock=lambda: moment)
    notice.refresh_from_db()
    return notice.state


@pytest.fixture
def log(relay: Relay, tmp_path: Path, settings: Settings) -> Path:
    """The relay's log, where the portal may read it."""
    relay.log = tmp_path / "mail.log"
    relay.log.touch()
    settings.MAIL_LOG = str(relay.log)
    return relay.log


def test_the_relay_has_nothing_until_the_last_byte_is_written_down(
    relay: Relay, notice: Notice, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    real = delivery._reach_the_dot

    def look(*args: object) -> bool:
        allowed = real(*args)  # type: ignore[arg-type]
        seen.append((len(relay.accepted), Notice.objects.get().state))
        return allowed

    monkeypatch.setattr(delivery, "_reach_the_dot", look)
    assert state_at(now, notice) == NoticeState.SENT
    assert seen == [(0, NoticeState.DOT)]


def test_a_mail_that_may_have_arrived_is_never_repeated_blindly(relay: Relay, notice: Notice, now: datetime) -> None:
    relay.on_data = lambda address: KEEP_AND_HANG_UP
    assert state_at(now, notice) == NoticeState.DOT
    relay.on_data = lambda address: None
    assert state_at(now + delivery.RECONCILE - MINUTE, notice) == NoticeState.DOT
    assert state_at(now + delivery.RECONCILE, notice) == NoticeState.UNCERTAIN
    assert state_at(now + timedelta(days=9), notice) == NoticeState.UNCERTAIN
    assert len(relay.accepted) == 1


def test_the_relays_log_says_that_it_arrived(relay: Relay, notice: Notice, now: datetime, log: Path) -> None:
    relay.on_data = lambda address: KEEP_AND_HANG_UP
    assert state_at(now, notice) == NoticeState.DOT
    assert state_at(now + delivery.RECONCILE, notice) == NoticeState.SENT
    assert len(relay.accepted) == 1


def test_the_relays_log_says_that_it_did_not_arrive(relay: Relay, notice: Notice, now: datetime, log: Path) -> None:
    relay.on_data = lambda address: LOSE_AND_HANG_UP
    assert state_at(now, notice) == NoticeState.DOT
    relay.on_data = lambda address: None
    assert state_at(now + delivery.RECONCILE, notice) == NoticeState.SENT
    assert len(relay.accepted) == 1


def test_a_log_that_cannot_be_read_settles_nothing_and_stops_nothing(
    relay: Relay, notice: Notice, now: datetime, log: Path, binh: User
) -> None:
    relay.on_data = lambda address: KEEP_AND_HANG_UP
    state_at(now, notice)
    relay.on_data = lambda address: None
    log.unlink()
    notices.queue_for_agency(
        AssignmentFactory.create(agency=binh.agency, returned=True), kind=NoticeKind.RETURNED, now=now
    )
    assert state_at(now + delivery.RECONCILE, notice) == NoticeState.DOT
    assert len(relay.to(binh.email)) == 1


@pytest.mark.parametrize(("reply", "state"), [("451 Later", NoticeState.PENDING), ("554 Spam", NoticeState.BOUNCED)])
def test_a_refusal_in_answer_to_the_dot_is_an_answer(
    relay: Relay, notice: Notice, now: datetime, reply: str, state: NoticeState
) -> None:
    relay.on_data = lambda address: reply
    assert state_at(now, notice) == state


def test_a_sender_whose_lease_ran_out_on_the_way_does_not_send_the_last_byte(
    relay: Relay, notice: Notice, now: datetime
) -> None:
    moments = iter([now, now + delivery.LEASE])
    assert not delivery.send(notice.pk, clock=lambda: next(moments))
    assert not relay.accepted
    assert state_at(now + delivery.LEASE, notice) == NoticeState.SENT
    assert len(relay.accepted) == 1


def test_a_sender_overtaken_on_the_way_does_not_send_the_last_byte(
    relay: Relay, notice: Notice, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = delivery._reach_the_dot

    def frozen_until_another_took_over(*args: object) -> bool:
        monkeypatch.setattr(delivery, "_reach_the_dot", real)
        assert state_at(now + delivery.LEASE, notice) == NoticeState.SENT
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(delivery, "_reach_the_dot", frozen_until_another_took_over)
    assert not delivery.send(notice.pk, clock=lambda: now)
    notice.refresh_from_db()
    assert (notice.state, notice.attempt) == (NoticeState.SENT, 2)
    assert len(relay.accepted) == 1


def test_a_relay_that_greets_with_a_refusal_loses_nothing(relay: Relay, notice: Notice, now: datetime) -> None:
    async def closed(server: object, session: object, envelope: object, hostname: str, replies: object) -> list[str]:
        return ["521 Closed"]

    async def closed_too(server: object, session: object, envelope: object, hostname: str) -> str:
        return "521 Closed"

    relay.handle_EHLO, relay.handle_HELO = closed, closed_too  # type: ignore[attr-defined]
    assert state_at(now, notice) == NoticeState.PENDING


def test_a_line_that_drops_at_the_farewell_changes_nothing(relay: Relay, notice: Notice, now: datetime) -> None:
    async def drop(server: object, *args: object) -> str:
        server.transport.abort()  # type: ignore[attr-defined]
        return "221 Bye"

    relay.handle_QUIT = drop  # type: ignore[attr-defined]
    assert state_at(now, notice) == NoticeState.SENT


def test_lines_that_begin_with_a_dot_arrive_as_they_were(relay: Relay, db: None) -> None:
    text = "một\n.\n..hai\n. ba\n"
    smtp.Message("Dấu chấm", text, to=["an@langson.example"]).send()
    assert relay.accepted[0].get_content().splitlines() == text.splitlines()


@given(st.lists(st.binary(max_size=5).map(lambda line: line.replace(b"\n", b"").replace(b"\r", b""))))
def test_no_body_ends_early_and_every_one_can_be_read_back(lines: list[bytes]) -> None:
    body = b"".join(line + b"\r\n" for line in lines)
    sent = smtp.dot_stuffed(body)
    assert b".\r\n" not in sent.splitlines(keepends=True)
    back = b"".join(line[1:] if line.startswith(b".") else line for line in sent.splitlines(keepends=True))
    assert back == (body or b"\r\n")


def test_a_mail_that_was_named_but_never_queued_was_not_taken(tmp_path: Path) -> None:
    log = tmp_path / "mail.log"
    log.write_text(
        "Feb 20 08:00:01 relay postfix/cleanup[71]: 4F1: message-id=<a@x>\n"
        "Feb 20 08:00:01 relay postfix/cleanup[71]: 4F2: message-id=<b@x>\n"
        "Feb 20 08:00:02 relay postfix/qmgr[72]: 4F2: from=<>, size=900, nrcpt=1 (queue active)\n"
        "Feb 20 08:00:02 relay postfix/qmgr[72]: 4F3: from=<>, size=900, nrcpt=1 (queue active)\n"
    )
    assert maillog.taken({"<a@x>", "<b@x>", "<c@x>"}, log) == {"<b@x>"}


def test_the_log_of_before_the_rotation_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "mail.log.1").write_text("x postfix/cleanup[7]: 4F1: message-id=<a@x>\n")
    (tmp_path / "mail.log").write_text("x postfix/qmgr[8]: 4F1: from=<a@b>, size=9, nrcpt=1 (queue active)\n")
    assert maillog.taken({"<a@x>"}, tmp_path / "mail.log") == {"<a@x>"}
