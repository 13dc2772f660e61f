"""The last step of a mail, taken apart: everything up to the final dot may be repeated, the dot may not.

smtplib sends the body and the dot in one call. In between stands the moment that decides whether a mail is sent twice
after a crash, so here the sender is asked there (`may_leave`), writes down that the dot is about to go, and only then
it goes (docs/decisions/0007). Connection, TLS and sign-in are Django's.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from email.charset import QP, Charset

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend as DjangoBackend
from django.core.mail.message import sanitize_address

# Quoted-printable passes every relay, also one without 8BITMIME, and leaves the text readable in the raw message.
_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP
REPLY_TIME = 60  # seconds to wait for the answer to the dot: the relay may look into the mail before it takes it


class Message(EmailMultiAlternatives):
    """A mail whose final dot leaves only when `may_leave()` says so; it is asked once, when all else has been sent."""

    may_leave: Callable[[], bool] = staticmethod(lambda: True)


class NoAnswer(Exception):
    """The dot has left and nothing came back: the relay has the mail, or has not."""


class Overtaken(Exception):
    """The sender was not allowed to send the dot; the relay has thrown the mail away."""


class EmailBackend(DjangoBackend):
    """Raises SMTPRecipientsRefused or SMTPDataError when the relay refused, NoAnswer or Overtaken, and SMTPException or
    OSError for trouble before the dot. Whatever it raises, the connection is closed.
    """

    def close(self) -> None:
        with suppress(OSError):  # how the parting went says nothing of the mail
            super().close()

    def _send(self, email_message: EmailMessage) -> bool:
        server = self.connection
        assert server is not None
        try:
            self._speak(server, email_message)
        except BaseException:
            server.close()  # without a word: what has begun is to be thrown away
            self.connection = None
            raise
        return True

    def _speak(self, server: smtplib.SMTP, message: EmailMessage) -> None:
        server.ehlo_or_helo_if_needed()
        sender = sanitize_address(message.from_email, "utf-8")
        code, words = server.mail(sender)
        if code != 250:
            raise smtplib.SMTPSenderRefused(code, words, sender)
        self._name_recipients(server, [sanitize_address(one, "utf-8") for one in message.recipients()])
        code, words = server.docmd("DATA")
        if code != 354:
            raise smtplib.SMTPDataError(code, words)
        message.encoding = _UTF8
        server.send(dot_stuffed(message.message().as_bytes(linesep="\r\n")))
        if isinstance(message, Message) and not message.may_leave():
            raise Overtaken
        code, words = self._send_dot(server)
        if code != 250:
            raise smtplib.SMTPDataError(code, words)

    def _name_recipients(self, server: smtplib.SMTP, recipients: list[str]) -> None:
        for recipient in recipients:
            code, words = server.rcpt(recipient)
            if code not in (250, 251):
                raise smtplib.SMTPRecipientsRefused({recipient: (code, words)})

    def _send_dot(self, server: smtplib.SMTP) -> tuple[int, bytes]:
        assert server.sock is not None
        try:
            server.sock.settimeout(REPLY_TIME)
            server.send(b".\r\n")
            reply = server.getreply()
            server.sock.settimeout(self.timeout)
            return reply
        except OSError as problem:  # smtplib's own exceptions are OSErrors too
            raise NoAnswer(str(problem)) from problem


def dot_stuffed(body: bytes) -> bytes:
    """Lines that begin with a dot get a second one, the last line ends (RFC 5321 §4.5.2). Lines end with CRLF."""
    stuffed = re.sub(rb"(?m)^\.", b"..", body)
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"
