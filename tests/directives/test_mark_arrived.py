"""A message of which nobody knew whether it arrived is settled by the Office, and not sent again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail
from django.test import Client

from agencies.models import User
from directives import delivery, notices
from directives.actions import outbox
from directives.models import Notice, NoticeKind, NoticeState
from directives.states import NotAllowed
from tests.factories import AssignmentFactory


@pytest.fixture
def uncertain(an: User, now: datetime) -> Notice:
    notices.queue_for_agency(
        AssignmentFactory.create(agency=an.agency, returned=True), kind=NoticeKind.RETURNED, now=now
    )
    Notice.objects.update(state=NoticeState.UNCERTAIN)
    return Notice.objects.get()


def test_it_is_sent_from_then_on(uncertain: Notice, dung: User, now: datetime) -> None:
    outbox.mark_arrived(uncertain, by=dung, now=now)
    settled = Notice.objects.get()
    assert (settled.state, settled.sent_at) == (NoticeState.SENT, now)
    assert settled.problem == "Trần Văn Dũng ghi nhận thư đã đến, lúc 08:00 ngày 20/02/2023."
    assert delivery.send_all(clock=lambda: now) == 0
    assert not mail.outbox


def test_a_message_that_bounced_did_not_arrive(uncertain: Notice, dung: User, now: datetime) -> None:
    Notice.objects.update(state=NoticeState.BOUNCED)
    with pytest.raises(NotAllowed):
        outbox.mark_arrived(uncertain, by=dung, now=now)


def test_the_button_settles_it_and_says_so(client_of: Callable[[User], Client], dung: User, uncertain: Notice) -> None:
    answer = client_of(dung).post(f"/thu-bao/{uncertain.pk}/da-den/", follow=True)
    assert "Đã ghi nhận thư đã đến." in answer.text
    assert Notice.objects.get().state == NoticeState.SENT
