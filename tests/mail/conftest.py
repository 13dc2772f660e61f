from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.mail.relay import HOST, Relay, running_relay


@pytest.fixture
def relay(settings: Settings) -> Iterator[Relay]:
    """A mail server that listens, and settings that lead to it."""
    with running_relay() as server:
        settings.EMAIL_BACKEND = "directives.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = HOST, server.port
        yield server
