"""A real mail server on loopback that keeps what it is given and misbehaves when told to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Event, Thread

from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
Answer = Callable[[str], str | None]  # address → a reply such as "451 later", or None to accept


KEEP_AND_HANG_UP = "keep and hang up"
LOSE_AND_HANG_UP = "lose and hang up"
_ROUNDS = 10  # of the loop: a caller let in just before gets its transport in the next, a cut closes in another


class Relay:
    """What it accepted, in order; `on_recipient` and `on_data` may refuse (they are given the recipient).

    `on_data` may also say KEEP_AND_HANG_UP or LOSE_AND_HANG_UP: the line drops where the answer to the dot should come.
    With a `log` it writes down what it took, as Postfix does. Stopped and started again it listens on the same port;
    `port` is 0 before the first start.
    """

    def __init__(self) -> None:
        self.accepted: list[EmailMessage] = []
        self.on_recipient: Answer = lambda address: None
        self.on_data: Answer = lambda address: None
        self.log: Path | None = None
        self.pause: Callable[[], float] = lambda: 0.0  # seconds before it keeps a mail, and again before it answers
        self.idle = 300.0  # seconds without a word after which it hangs up
        self.port = 0
        self._listening = Event()
        self._thread: Thread | None = None
        self._sessions: list[SMTP] = []
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
        for _ in range(_ROUNDS):
            for session in self._sessions:
                _cut(session)
            await asyncio.sleep(0)

    def _session(self) -> SMTP:
        self._sessions.append(SMTP(self, hostname="relay.langson.example", enable_SMTPUTF8=False, timeout=self.idle))
        return self._sessions[-1]

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
        answer = self.on_data(envelope.rcpt_tos[0])
        await asyncio.sleep(self.pause())
        if answer in (None, KEEP_AND_HANG_UP):
            assert isinstance(envelope.content, bytes)
            self._keep(message_from_bytes(envelope.content, policy=policy.default))
        await asyncio.sleep(self.pause())
        if answer in (KEEP_AND_HANG_UP, LOSE_AND_HANG_UP):
            _cut(server)
        return answer or "250 OK"

    def _keep(self, message: EmailMessage) -> None:
        self.accepted.append(message)
        if self.log is not None:
            queue = f"4F{len(self.accepted):08X}"
            with self.log.open("a") as lines:
                lines.write(f"Feb 20 08:00:01 relay postfix/cleanup[71]: {queue}: message-id={message['Message-ID']}\n")
                lines.write(
                    f"Feb 20 08:00:01 relay postfix/qmgr[72]: {queue}: from=<a@b>, size=9, nrcpt=1 (queue active)\n"
                )


def _cut(session: SMTP) -> None:
    if isinstance(session.transport, asyncio.WriteTransport):
        session.transport.abort()


@contextmanager
def running_relay() -> Iterator[Relay]:
    relay = Relay()
    relay.start()
    try:
        yield relay
    finally:
        relay.stop()
