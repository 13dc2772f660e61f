"""The administrator looks at the outbox and changes nothing in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from agencies.models import User
from directives.models import Notice, NoticeKind

LIST = "/quan-tri/directives/notice/"


@pytest.fixture
def notice(an: User, now: datetime) -> Notice:
    return Notice.objects.create(
        recipient=an, kind=NoticeKind.REMINDER, occasion=now.date(), created_at=now, next_at=now, message_id="<1@x>"
    )


def test_the_administrator_sees_how_messages_stand(
    quan: User, notice: Notice, client_of: Callable[[User], Client]
) -> None:
    page = client_of(quan).get(LIST).content.decode()
    assert "Nông Văn An" in page
    assert "Chờ gửi" in page


@pytest.mark.parametrize("path", ["add/", "{pk}/delete/"])
def test_nobody_adds_or_deletes_a_message_here(
    quan: User, notice: Notice, client_of: Callable[[User], Client], path: str
) -> None:
    assert client_of(quan).post(LIST + path.format(pk=notice.pk), {"post": "yes"}).status_code == 403
    assert Notice.objects.count() == 1


def test_an_officer_does_not_get_in(dung: User, notice: Notice, client_of: Callable[[User], Client]) -> None:
    assert client_of(dung).get(LIST).status_code == 302
