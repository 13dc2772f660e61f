"""Whose turn it was: the days an assignment spent with its agency and with the Office ("late has an owner", DOMAIN §2).

Pure: no clock, no database; which days are rest days is passed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum, auto
from typing import Protocol, TypeVar

from directives.states import Status, Verb


class Turn(Enum):
    AGENCY = auto()
    OFFICE = auto()
    NOBODY = auto()  # paused, done or withdrawn: no time runs


_TURNS = {Status.SUBMITTED: Turn.OFFICE, Status.DECLINED: Turn.OFFICE, Status.PAUSED: Turn.NOBODY}
_TURNS |= {Status.DONE: Turn.NOBODY, Status.WITHDRAWN: Turn.NOBODY}
# What a verb takes back never was: the days since then go to who held it before.
TAKEN_BACK = frozenset({Verb.WITHDRAW_UPDATE, Verb.UNDO})


@dataclass(frozen=True)
class Move:
    """A line of history that gave a status; `on` is its day in Vietnam."""

    on: date
    verb: str
    to_status: str


@dataclass(frozen=True)
class Days:
    """So many days, and how many of them were working days."""

    calendar: int = 0
    working: int = 0

    def __add__(self, other: Days) -> Days:
        return Days(self.calendar + other.calendar, self.working + other.working)


@dataclass(frozen=True)
class Spent:
    """agency + office + nobody = the days from the first day to the last (calendar days)."""

    agency: Days = field(default=Days())
    office: Days = field(default=Days())
    nobody: Days = field(default=Days())


def spent(begun: date, moves: Iterable[Move], *, on: date, rests: Callable[[date], bool]) -> Spent:
    """The days of an assignment given on `begun`, as of `on`. `moves`: oldest first.

    A day belongs to whoever held the assignment when it began, so a submission's own day is still the agency's.
    """
    held: dict[Turn, Days] = dict.fromkeys(Turn, Days())
    for turn, first, last in _stretches(begun, standing(moves), on):
        held[turn] += _days(first, last, rests)
    return Spent(held[Turn.AGENCY], held[Turn.OFFICE], held[Turn.NOBODY])


class _HasVerb(Protocol):
    @property
    def verb(self) -> str: ...


M = TypeVar("M", bound=_HasVerb)


def standing(moves: Iterable[M]) -> list[M]:
    """The moves that still count, oldest first: what was taken back is left out with what took it back."""
    kept: list[M] = []
    for move in moves:
        if move.verb not in TAKEN_BACK:
            kept.append(move)
        elif kept:
            kept.pop()
    return kept


def _stretches(begun: date, moves: list[Move], on: date) -> Iterable[tuple[Turn, date, date]]:
    turn, since = Turn.AGENCY, begun
    for move in moves:
        day = max(move.on, since)  # a letter may be entered before the day it counts from
        yield turn, since, day
        turn, since = _TURNS.get(Status(move.to_status), Turn.AGENCY), day
    yield turn, since, max(on, since)


def _days(first: date, last: date, rests: Callable[[date], bool]) -> Days:
    """The days after `first` up to `last`."""
    count = (last - first).days
    days = (first + timedelta(days=n) for n in range(1, count + 1))
    return Days(count, sum(not rests(day) for day in days))
