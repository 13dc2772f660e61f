"""A draft's cards laid out for the screen: what each says, whom it goes to, what is not certain, what may be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings

from agencies.models import Agency
from directives.deadlines import DueKind, DueRule
from directives.drafting.cards import Card, CardParty, CardState
from directives.drafting.changes import split_points
from directives.drafting.proposals import shortened
from directives.drafting.questions import doubts, obstacles
from directives.forms.cards import TitleForm, form_of
from directives.models import Roster

_WORDS_SHOWN = 60  # characters of the place where a clause may be parted


@dataclass(frozen=True)
class Member:
    agency: Agency
    stays: bool


@dataclass(frozen=True)
class PartyRow:
    """A phrase with the bodies it stands for; `members` of its group, with those struck out; `candidates` to choose."""

    name: str  # what its fields' names begin with
    party: CardParty
    text: str
    bodies: list[Agency]
    members: list[Member] = field(default_factory=list)
    candidates: list[Agency] = field(default_factory=list)


@dataclass(frozen=True)
class CardRow:
    """One card. `points`: (offset, words behind it) where it can be parted, only while it is open for editing."""

    card: Card
    form: TitleForm
    is_open: bool
    leads: list[PartyRow]
    supports: list[PartyRow]
    given: int
    due: str
    obstacles: list[str]
    doubts: list[str]
    points: list[tuple[int, str]]

    @property
    def is_checked(self) -> bool:
        return self.card.state == CardState.CHECKED

    @property
    def questions(self) -> list[str]:
        return [*self.obstacles, *self.doubts]


@dataclass(frozen=True)
class Counts:
    kept: int
    checked: int
    to_see: int
    assignments: int
    agencies: int

    @classmethod
    def of(cls, rows: Sequence[CardRow], roster: Roster) -> Counts:
        there = [row for row in rows if row.card.is_kept]
        return cls(
            len(there),
            sum(row.is_checked for row in there),
            sum(bool(row.questions) for row in there),
            sum(row.given for row in there),
            len(roster.given(lead for row in there for lead in row.card.leads)),
        )


def rows_of(
    cards: Sequence[Card],
    roster: Roster,
    *,
    text: str,
    today: date,
    opened: Set[int] = frozenset(),
    forms: Mapping[int, TitleForm] | None = None,
) -> list[CardRow]:
    """The rows of all cards; `forms` are those that came back with what was typed."""
    typed = forms or {}
    return [_row(card, roster, text, today, card.id in opened, typed.get(card.id)) for card in cards]


def _row(card: Card, roster: Roster, text: str, today: date, is_open: bool, form: TitleForm | None) -> CardRow:
    given = len(roster.given(card.leads))
    return CardRow(
        card=card,
        form=form or form_of(card, effective_on=roster.day, today=today),
        is_open=is_open,
        leads=[_party(card, "lead", n, one, roster) for n, one in enumerate(card.leads)],
        supports=[_party(card, "support", n, one, roster) for n, one in enumerate(card.supports)],
        given=given,
        due=due_words(card.due),
        obstacles=obstacles(card, given=given, effective_on=roster.day),
        doubts=doubts(card),
        points=[(at, shortened(text[at : card.end], _WORDS_SHOWN)) for at in split_points(text, card)],
    )


def _party(card: Card, side: str, place: int, party: CardParty, roster: Roster) -> PartyRow:
    members = roster.members(party.group)
    return PartyRow(
        name=f"c{card.id}-{side}-{place}",
        party=party,
        text=_called(party, roster),
        bodies=roster.bodies_of(party),
        members=[Member(one, one.code not in party.struck_out) for one in members],
        candidates=[roster.agencies[code] for code in party.candidates if code in roster.agencies],
    )


def _called(party: CardParty, roster: Roster) -> str:
    """The body's name as the directory has it, else the letter's phrase."""
    body = roster.groups.get(party.group) or roster.agencies.get(party.agency)
    return str(body or party.phrase)


def due_words(rule: DueRule) -> str:
    """A due rule in a few words ("15/03/2023", "Hằng quý, ngày 20", "5 ngày làm việc kể từ ngày nhận")."""
    match rule.kind:
        case DueKind.DATE:
            day = rule.last_day(day_before=settings.BEFORE_IS_DAY_BEFORE)
            return f"{day:%d/%m/%Y}" if day else "Hạn cụ thể, chưa có ngày"
        case DueKind.RECURRING:
            period = rule.period.label.capitalize() if rule.period else "Định kỳ, chưa rõ kỳ"
            return f"{period}, ngày {rule.day}" if rule.day else period
        case DueKind.RELATIVE if rule.count:
            days = "ngày làm việc" if rule.working_days else "ngày"
            return f"{rule.count} {days} kể từ ngày {'nhận' if rule.from_receipt else 'ký'}"
    return rule.kind.label
