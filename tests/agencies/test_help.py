"""The help page."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from agencies.models import User


def test_every_role_finds_help(
    an: User, binh: User, dung: User, giang: User, quan: User, client_of: Callable[[User], Client]
) -> None:
    for person in (an, binh, dung, giang, quan):
        answer = client_of(person).get("/tro-giup/")
        assert answer.status_code == 200
        assert "Trợ giúp" in answer.content.decode()
