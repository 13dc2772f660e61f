"""The first page is the one each role works on."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from agencies.models import User

SignIn = Callable[[User], Client]


def test_everybody_comes_to_the_page_they_work_on(
    an: User, binh: User, dung: User, giang: User, quan: User, client_of: SignIn
) -> None:
    first = {an: "/viec/", binh: "/viec/", dung: "/tong-quan/", giang: "/lanh-dao/", quan: "/quan-tri/"}
    for person, page in first.items():
        assert client_of(person).get("/")["Location"] == page
        assert client_of(person).get(page).status_code == 200


def test_a_stranger_is_asked_who_he_is(client: Client, db: None) -> None:
    assert client.get("/")["Location"].startswith("/dang-nhap/")
