"""One's own account, with the calendar feed that belongs to it."""

from __future__ import annotations

import pytest

from directives.actions.feeds import renew_feed
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_it_says_who_one_is_and_where_mail_goes(client_of, an):
    text = client_of(an).get("/tai-khoan/").text
    for words in ("Nông Văn An", "Cán bộ cơ quan", "Sở Tư pháp", "an@langson.example"):
        assert words in text


def test_without_an_address_it_says_so(client_of, an):
    type(an).objects.update(email="")
    assert "anh/chị chỉ được báo trên hệ thống" in client_of(an).get("/tai-khoan/").text


def test_the_address_of_the_feed_is_shown_to_its_owner_alone(client_of, an, binh):
    feed = renew_feed(by=an, now=NOW)
    address = f"http://127.0.0.1:8000/lich/{feed.token}.ics"
    assert address in client_of(an).get("/tai-khoan/").text
    assert feed.token not in client_of(binh).get("/tai-khoan/").text
