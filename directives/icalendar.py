"""Deadlines as a calendar in the form of RFC 5545: pure text, no clock, no database.

All-day events; lines end with CRLF and are folded at 75 octets without cutting a letter in two (§3.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

WIDTH = 75  # octets of a line, its CRLF not counted
_PLAIN = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\r\n": "\\n", "\n": "\\n", "\r": "\\n"}


@dataclass(frozen=True)
class Event:
    """One day in a calendar. `uid` stays the same for ever; `revision` grows with every change."""

    uid: str
    on: date
    title: str
    words: str
    url: str
    revision: int


def calendar(name: str, events: Iterable[Event], *, now: datetime) -> bytes:
    """The whole file, UTF-8. `now`: when it was made (DTSTAMP)."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//UBND tinh Lang Son//Theo doi chi dao//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        *(line for event in events for line in _event(event, now)),
        "END:VCALENDAR",
    ]
    return b"".join(part + b"\r\n" for line in lines for part in folded(line))


def _event(event: Event, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}"  # the day after: the end is not counted (§3.6.1)
    yield f"SUMMARY:{escaped(event.title)}"
    yield f"DESCRIPTION:{escaped(event.words)}"
    yield f"URL:{event.url}"
    yield f"SEQUENCE:{event.revision}"
    yield "TRANSP:TRANSPARENT"  # a deadline does not make anybody busy
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """TEXT of §3.3.11: backslash, semicolon, comma and line ends; other control characters are left out."""
    for char, instead in _PLAIN.items():
        text = text.replace(char, instead)
    return "".join(char for char in text if char >= " " or char == "\t")


def folded(line: str) -> Iterator[bytes]:
    """The line in parts of at most WIDTH octets; each after the first begins with the blank that unfolds it."""
    part = b""
    for char in line:
        octets = char.encode()
        if len(part) + len(octets) > WIDTH:
            yield part
            part = b" "
        part += octets
    yield part
