"""One press and the address opens nothing any more."""

from __future__ import annotations

import pytest

from directives.actions.feeds import renew_feed
from directives.models import Feed
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_it_is_taken_back_and_only_ones_own(client_of, an, binh):
    for person in (an, binh):
        renew_feed(by=person, now=NOW)
    assert "Đã thu hồi đường dẫn lịch." in client_of(an).post("/tai-khoan/lich/thu-hoi/", follow=True).text
    assert [feed.user for feed in Feed.objects.standing()] == [binh]


def test_without_one_nothing_happens_nor_by_a_link(client_of, an):
    assert client_of(an).post("/tai-khoan/lich/thu-hoi/").headers["Location"] == "/tai-khoan/"
    renew_feed(by=an, now=NOW)
    client_of(an).get("/tai-khoan/lich/thu-hoi/")
    assert Feed.objects.standing().count() == 1
