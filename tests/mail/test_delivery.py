"""What becomes of a message at a real mail server: accepted, put off, refused for good, or nobody answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from agencies.models import Agency, User
from directives import delivery, notices
from directives.models import Notice, NoticeKind, NoticeState
from directives.notices import NewNotice
from tests.factories import AssignmentFactory
from tests.mail.relay import Relay

MINUTE = timedelta(minutes=1)


@pytest.fixture
def waiting(stp: Agency, an: User, binh: User, now: datetime) -> list[User]:
    """An and Bình each have a message in the outbox."""
    duty = AssignmentFactory.create(agency=stp, overdue=True)
    people = [an, binh]
    notices.queue((NewNotice(one, NoticeKind.REMINDER, "", ((duty.pk, "+12"),)) for one in people), now=now)
    return people


def send_at(now: datetime) -> int:
    return delivery.send_all(clock=lambda: now)


def state_of(person: User) -> tuple[str, str]:
    notice = Notice.objects.get(recipient=person)
    return notice.state, notice.problem


def test_subject_and_text_arrive_intact(relay: Relay, waiting: list[User], now: datetime) -> None:
    assert send_at(now) == 2
    message = relay.to("an@langson.example")[0]
    assert (
        message["Subject"]
        .strip()
        .startswith("Đỏ đặc biệt – Đôn đốc: «Theo dõi, đôn đốc triển khai Kế hoạch số 91/KH-UBND» – hạn 08/02/2023")
    )
    text, html = message.iter_parts()
    assert [part.get_content_type() for part in (text, html)] == ["text/plain", "text/html"]
    for part in (text, html):
        assert part.get_content_charset() == "utf-8"
        assert "Kính gửi anh/chị Nông Văn An – Sở Tư pháp," in part.get_content()
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == Notice.objects.get(recipient=waiting[0]).message_id
    assert message.as_bytes().isascii()  # passes a relay without 8BITMIME


def test_a_put_off_message_is_tried_again_each_time_later(relay: Relay, waiting: list[User], now: datetime) -> None:
    an, binh = waiting
    relay.on_recipient = lambda address: "451 Mailbox busy" if address == an.email else None
    moments = [now]
    for _ in range(6):
        send_at(moments[-1])
        moments.append(Notice.objects.get(recipient=an).next_at)
    assert [(after - before) / MINUTE for before, after in pairwise(moments)] == [1, 2, 4, 8, 15, 15]
    assert state_of(an) == (NoticeState.PENDING, "451 Mailbox busy")
    assert state_of(binh) == (NoticeState.SENT, "")
    relay.on_recipient = lambda address: None
    assert send_at(moments[-1]) == 1
    assert len(relay.to(an.email)) == 1


def test_a_put_off_message_is_given_up_after_days(relay: Relay, waiting: list[User], now: datetime) -> None:
    relay.on_data = lambda address: "452 No room"
    send_at(now + timedelta(days=7))  # a Monday again
    assert state_of(waiting[0]) == (NoticeState.BOUNCED, "452 No room")


@pytest.mark.parametrize("where", ["on_recipient", "on_data"])
def test_a_refused_message_is_not_tried_again(relay: Relay, waiting: list[User], now: datetime, where: str) -> None:
    an, binh = waiting
    setattr(relay, where, lambda address: "550 No such user" if address == an.email else None)
    assert send_at(now) == 1
    assert state_of(an) == (NoticeState.BOUNCED, "550 No such user")
    setattr(relay, where, lambda address: None)
    assert send_at(now + timedelta(days=1)) == 0
    assert [message["To"] for message in relay.accepted] == [binh.email]


def test_while_nobody_answers_all_waits_and_one_row_a_minute_is_tried(
    relay: Relay, waiting: list[User], now: datetime
) -> None:
    relay.stop()
    assert send_at(now) == 0
    assert sorted(Notice.objects.values_list("state", "attempt")) == [
        (NoticeState.PENDING, 0),
        (NoticeState.PENDING, 1),
    ]
    relay.start()
    assert send_at(now + MINUTE) == 2


def test_a_message_no_server_could_take_stops_no_other(relay: Relay, waiting: list[User], now: datetime) -> None:
    an, binh = waiting
    User.objects.filter(pk=an.pk).update(email=f"an@{'x' * 70}.example")  # a label of more than 63 letters
    assert send_at(now) == 1
    assert state_of(an)[0] == NoticeState.PENDING
    assert "label" in state_of(an)[1]
    assert state_of(binh) == (NoticeState.SENT, "")
