"""What an officer works on before anything is given: the head of a letter and one card for each directive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from django.conf import settings

from directives.deadlines import DueKind, DueRule, Period

Json = dict[str, Any]


class CardState(StrEnum):
    PROPOSED = "proposed"  # as the reader left it
    CHECKED = "checked"  # an officer has said it is right
    DROPPED = "dropped"  # is not to be given; can be brought back


class Certainty(StrEnum):
    """What is known of a phrase that names who acts; the first five are the reader's words (intake.Resolution)."""

    CERTAIN = "certain"
    GROUP = "group"
    CANDIDATES = "candidates"
    OPEN = "open"
    UNKNOWN = "unknown"
    CHOSEN = "chosen"  # by an officer


@dataclass(frozen=True)
class CardParty:
    """A phrase and the agency or the group (codes) it was taken for; neither: it stays a phrase.

    `struck_out`: codes of members of the group that are not to be given the directive.
    """

    phrase: str
    agency: str = ""
    group: str = ""
    certainty: Certainty = Certainty.UNKNOWN
    candidates: tuple[str, ...] = ()
    struck_out: tuple[str, ...] = ()

    @property
    def is_settled(self) -> bool:
        return bool(self.agency or self.group)

    @property
    def body(self) -> str:
        """ "a:STP", "g:G.SBN" or "": what a form's choice says."""
        return f"a:{self.agency}" if self.agency else f"g:{self.group}" if self.group else ""


@dataclass(frozen=True)
class Card:
    """One directive to be. [start, end) count in the draft's text; `modality` is a value of models.Modality."""

    id: int
    label: str
    title: str
    start: int
    end: int
    modality: str
    leads: tuple[CardParty, ...] = ()
    supports: tuple[CardParty, ...] = ()
    due: DueRule = field(default_factory=lambda: DueRule(DueKind.NONE))
    requires_evidence: bool = True
    cites: tuple[str, ...] = ()
    confidence: float = 1.0  # 0..1
    reasons: tuple[str, ...] = ()
    state: CardState = CardState.PROPOSED

    @property
    def pk(self) -> int:
        """The name under which the letter's text is cut for the screen, as a directive has one."""
        return self.id

    @property
    def is_kept(self) -> bool:
        return self.state != CardState.DROPPED

    @property
    def due_on(self) -> date | None:
        return self.due.last_day(day_before=settings.BEFORE_IS_DAY_BEFORE)

    @property
    def due_is_internal(self) -> bool:
        """A day about which the letter says nothing was set by the Office."""
        return self.due.kind == DueKind.DATE and not self.due.phrase

    @property
    def percent(self) -> int:
        return round(self.confidence * 100)


Cards = tuple[Card, ...]


@dataclass(frozen=True)
class Head:
    """The fields of models.Letter that stand in its head and foot. `effective_on` is the day that counts."""

    kind: str
    effective_on: date
    issuer: str = ""
    subject: str = ""
    number: str = ""
    notation: str = ""
    issued_on: date | None = None
    place: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signer_capacity: tuple[str, ...] = ()
    signer_position: str = ""
    signer_name: str = ""
    correction_note: str = ""

    @property
    def reference(self) -> str:
        """How the letter is called, the blank kept visible while it has no number."""
        return f"{self.number or '…'}/{self.notation}" if self.notation else self.number


def with_id(cards: Sequence[Card], pk: int) -> Card | None:
    return next((card for card in cards if card.id == pk), None)


def exchanged(cards: Cards, new: Card) -> Cards:
    """The same cards with `new` in the place of the one with its id."""
    return tuple(new if card.id == new.id else card for card in cards)


def kept(cards: Sequence[Card]) -> Cards:
    return tuple(card for card in cards if card.is_kept)


# --- JSON -------------------------------------------------------------------------------------------------------------
def head_to_json(head: Head) -> Json:
    return asdict(head)


def head_from_json(data: Mapping[str, Any]) -> Head:
    days = {name: _day(data.get(name)) for name in ("issued_on", "effective_on")}
    lists = {name: tuple(data.get(name, ())) for name in ("addressees", "recipients", "signer_capacity")}
    return Head(**{**_known(Head, data), **days, **lists})


def cards_to_json(cards: Sequence[Card]) -> list[Json]:
    return [asdict(card) for card in cards]


def cards_from_json(data: Sequence[Mapping[str, Any]]) -> Cards:
    return tuple(_card(one) for one in data)


def _card(data: Mapping[str, Any]) -> Card:
    plain = _known(Card, data)
    return Card(
        **{
            **plain,
            "leads": tuple(_party(one) for one in data["leads"]),
            "supports": tuple(_party(one) for one in data["supports"]),
            "due": due_from_json(data["due"]),
            "cites": tuple(data["cites"]),
            "reasons": tuple(data["reasons"]),
            "state": CardState(data["state"]),
        }
    )


def _party(data: Mapping[str, Any]) -> CardParty:
    lists = {name: tuple(data[name]) for name in ("candidates", "struck_out")}
    return CardParty(**{**_known(CardParty, data), **lists, "certainty": Certainty(data["certainty"])})


def due_from_json(data: Mapping[str, Any]) -> DueRule:
    """A due rule out of its fields, days in ISO form; the reader's fields and the stored ones are the same."""
    period = data.get("period")
    rule = DueRule(**{**_known(DueRule, data), "kind": DueKind(data["kind"])})
    return replace(rule, printed_on=_day(data.get("printed_on")), period=Period(period) if period else None)


def _known(kind: type, data: Mapping[str, Any]) -> Json:
    return {one.name: data[one.name] for one in fields(kind) if one.name in data}


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else date.fromisoformat(str(value)) if value else None
