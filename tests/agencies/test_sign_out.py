"""Signing out."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from agencies.models import User


def test_an_signs_out_and_the_next_page_asks_who_she_is(an: User, client_of: Callable[[User], Client]) -> None:
    browser = client_of(an)
    assert browser.post("/dang-xuat/")["Location"] == "/dang-nhap/"
    assert browser.get("/viec/")["Location"].startswith("/dang-nhap/")


def test_a_link_cannot_sign_anybody_out(an: User, client_of: Callable[[User], Client]) -> None:
    browser = client_of(an)
    assert browser.get("/dang-xuat/").status_code == 405
    assert browser.get("/viec/").status_code == 200
