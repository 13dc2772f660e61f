"""One press makes an address for calendar programs, another one changes it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from directives.actions.feeds import renew_feed
from directives.models import Feed
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_press_makes_it_and_the_next_one_changes_it(client_of, an):
    browser = client_of(an)
    tokens = []
    for _ in range(2):
        assert "Đã tạo đường dẫn lịch." in browser.post("/tai-khoan/lich/moi/", follow=True).text
        tokens.append(Feed.objects.standing().get(user=an).token)
    assert tokens[0] != tokens[1]
    assert Feed.objects.filter(revoked_at=NOW).count() == 1


def test_a_link_makes_nothing(client_of, an):
    assert client_of(an).get("/tai-khoan/lich/moi/").headers["Location"] == "/tai-khoan/"
    assert Feed.objects.count() == 0


def test_the_database_keeps_one_for_each_person(an):
    renew_feed(by=an, now=NOW)
    with pytest.raises(IntegrityError):
        Feed.objects.create(user=an, made_at=NOW)
