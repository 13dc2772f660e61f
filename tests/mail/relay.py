"""A real mail server on loopback that keeps what it is given and misbehaves when told to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event, Thread

from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
Answer = Callable[[str], str | None]  # address → a reply such as "451 later", or None to accept


class Relay:
    """What it accepted, in order; `on_recipient` and `on_data` may refuse (they are given the recipient).

    Stopped and started again it listens on the same port; `port` is 0 before the first start.
    """

    def __init__(self) -> None:
        self.accepted: list[EmailMessage] = []
        self.on_recipient: Answer = lambda address: None
        self.on_data: Answer = lambda address: None
        self.port = 0
        self._listening = Event()
        self._thread: Thread | None = None
        self._loop: asyncio.AbstractEventLoop
        self._over: asyncio.Event

    @property
    def url(self) -> str:
        return f"smtp://{HOST}:{self.port}"

    def start(self) -> None:
        self._listening.clear()
        self._thread = Thread(target=lambda: asyncio.run(self._serve()))
        self._thread.start()
        assert self._listening.wait(30), "the mail server does not listen"

    def stop(self) -> None:
        if self._thread is not None:
            self._loop.call_soon_threadsafe(self._over.set)
            self._thread.join()
            self._thread = None

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        server = await self._loop.create_server(self._session, HOST, self.port)
        self.port = server.sockets[0].getsockname()[1]
        async with server:
            self._listening.set()
            await self._over.wait()

    def _session(self) -> SMTP:
        return SMTP(self, hostname="relay.langson.example", enable_SMTPUTF8=False)

    def to(self, address: str) -> list[EmailMessage]:
        return [message for message in self.accepted if message["To"] == address]

    # --- what aiosmtpd calls ---
    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusal = self.on_recipient(address)
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        refusal = self.on_data(envelope.rcpt_tos[0])
        if refusal is None:
            assert isinstance(envelope.content, bytes)
            self.accepted.append(message_from_bytes(envelope.content, policy=policy.default))
        return refusal or "250 OK"


@contextmanager
def running_relay() -> Iterator[Relay]:
    relay = Relay()
    relay.start()
    try:
        yield relay
    finally:
        relay.stop()
