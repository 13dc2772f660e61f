"""A message that bounced, or of which nobody knows, is put back in the queue by the Office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from agencies.models import User
from directives import delivery, notices
from directives.actions import outbox
from directives.models import Notice, NoticeKind, NoticeState
from directives.states import NotAllowed
from tests.factories import AssignmentFactory

HOUR = timedelta(hours=1)


@pytest.fixture
def bounced(an: User, now: datetime) -> Notice:
    notices.queue_for_agency(
        AssignmentFactory.create(agency=an.agency, returned=True), kind=NoticeKind.RETURNED, now=now
    )
    Notice.objects.update(state=NoticeState.BOUNCED, problem="550 No such user")
    return Notice.objects.get()


@pytest.mark.parametrize("state", [NoticeState.BOUNCED, NoticeState.UNCERTAIN])
def test_it_is_sent_with_the_same_message_id(bounced: Notice, dung: User, now: datetime, state: NoticeState) -> None:
    Notice.objects.update(state=state)
    outbox.send_again(bounced, by=dung, now=now + HOUR)
    assert Notice.objects.get().problem == "Trần Văn Dũng cho gửi lại lúc 09:00 ngày 20/02/2023."
    assert delivery.send_all(clock=lambda: now + HOUR) == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == bounced.message_id


@pytest.mark.parametrize("state", sorted(set(NoticeState) - outbox.MAY_BE_SENT_AGAIN))
def test_no_other_message_is_sent_again(bounced: Notice, dung: User, now: datetime, state: NoticeState) -> None:
    Notice.objects.update(state=state, sent_at=now, lease_until=now)
    with pytest.raises(NotAllowed, match="không cần xử lý nữa"):
        outbox.send_again(bounced, by=dung, now=now)


def test_the_button_queues_it_and_says_so(client_of: Callable[[User], Client], dung: User, bounced: Notice) -> None:
    answer = client_of(dung).post(f"/thu-bao/{bounced.pk}/gui-lai/", follow=True)
    assert answer.redirect_chain == [("/thu-bao/?tt=can-xu-ly", 302)]
    assert "Đã xếp thư vào hàng chờ gửi lại." in answer.text
    assert Notice.objects.get().state == NoticeState.PENDING


def test_pressed_twice_it_is_refused_with_a_sentence(
    client_of: Callable[[User], Client], dung: User, bounced: Notice
) -> None:
    client_of(dung).post(f"/thu-bao/{bounced.pk}/gui-lai/")
    answer = client_of(dung).post(f"/thu-bao/{bounced.pk}/gui-lai/")
    assert answer.status_code == 422
    assert "Thư này đang ở trạng thái «Chờ gửi», không cần xử lý nữa." in answer.text
    assert "<title>Lỗi: Thư báo" in answer.text
