"""Who can be given something on a day: the agencies and groups valid then, looked up once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from agencies.models import Agency, AgencyGroup, valid_on
from directives import intake
from directives.drafting.cards import Card, CardParty


@dataclass(frozen=True)
class Roster:
    """`agencies` and `groups` by code, in the order of their names; codes are unique among those valid on one day."""

    day: date
    agencies: dict[str, Agency]
    groups: dict[str, AgencyGroup]

    @classmethod
    def on(cls, day: date) -> Roster:
        agencies = Agency.objects.valid_on(day).order_by("sort_key", "pk")
        groups = AgencyGroup.objects.filter(valid_on(day)).order_by("name", "pk")
        return cls(day, {one.code: one for one in agencies}, {one.code: one for one in groups})

    def members(self, code: str) -> list[Agency]:
        """The bodies a group stands for on the day; none when it is not known."""
        group = self.groups.get(code)
        return [one for one in self.agencies.values() if group and one.kind in group.kinds]

    def bodies_of(self, party: CardParty) -> list[Agency]:
        if party.group:
            return [one for one in self.members(party.group) if one.code not in party.struck_out]
        return [self.agencies[party.agency]] if party.agency in self.agencies else []

    def given(self, parties: Iterable[CardParty]) -> list[Agency]:
        """The bodies of all the parties, each once."""
        return list({one.pk: one for party in parties for one in self.bodies_of(party)}.values())

    def assignments(self, cards: Iterable[Card]) -> int:
        """How many assignments the kept cards make."""
        return sum(len(self.given(card.leads)) for card in cards if card.is_kept)

    def directory(self) -> intake.Directory:
        """The same bodies and groups as the letter reader takes them."""
        return intake.Directory(
            tuple(_body(one) for one in self.agencies.values()), tuple(_group(one) for one in self.groups.values())
        )


def _body(one: Agency) -> intake.Body:
    return intake.Body(
        code=one.code,
        name=one.name,
        short_name=one.short_name,
        abbreviation=one.abbreviation,
        aliases=tuple(one.aliases),
        kind=one.kind,
    )


def _group(one: AgencyGroup) -> intake.Group:
    return intake.Group(code=one.code, name=one.name, phrases=tuple(one.phrases), kinds=tuple(one.kinds))
