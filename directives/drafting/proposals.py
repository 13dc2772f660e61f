"""What the reader found → head and cards, with the few things it does not say: a title, unique labels, a day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from agencies.text import fold
from directives.drafting.cards import Card, CardParty, Cards, Certainty, Head, due_from_json
from directives.intake import Letter, Party, Proposal, Reading

TITLE_LENGTH = 140  # characters; a title is read in lists
LABEL_LENGTH = 20  # characters of Directive.label
CITATION_LENGTH = 200

_BULLET = re.compile(r"^\W*(?:\d{1,2}(?:\.\d{1,2})*[.)]\s+|[a-zđ][.)]\s+|[-–+*•]\s*)?")
_WITH = re.compile(r"(?:tiếp tục\s+)?(?:chủ trì,?\s*)?phối hợp(?:\s+chặt chẽ)?\s+(?:với\s+)?", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;:](?=\s|$)|\n")


def effective_day(reading: Reading, *, today: date) -> date:
    """The letter's own day; else the first of the month it prints; else `today` (DOMAIN §1: the day may be blank)."""
    return reading.letter.issued_on or reading.letter.issued_in or today


def head_of(letter: Letter, *, effective_on: date, kinds: Mapping[str, str], known: Iterable[str]) -> Head:
    """The head for checking. `kinds`: folded name of a kind of document → its code; `known`: names of issuers."""
    return Head(
        kind=kinds.get(fold(letter.kind), kinds[fold("công văn")]),
        effective_on=effective_on,
        issuer=_spelled(letter.issuer or "", letter.place or "", known)[:200],
        subject=(letter.subject or "")[:500],
        number=(letter.number or "")[:20],
        notation=(letter.notation or "")[:30],
        issued_on=letter.issued_on,
        place=(letter.place or "")[:100],
        addressees=letter.addressees,
        recipients=letter.recipients,
        signer_capacity=tuple(letter.signer.capacity),
        signer_position=(letter.signer.position or "")[:100],
        signer_name=(letter.signer.name or "")[:50],
    )


def _spelled(issuer: str, place: str, known: Iterable[str]) -> str:
    """A name in capitals as it is written in running text: as it is known, else with the place's capitals kept."""
    same = next((name for name in known if fold(name) == fold(issuer)), None)
    if same or not issuer.isupper():
        return same or issuer
    plain = issuer.capitalize()
    return re.sub(re.escape(place.lower()), place, plain) if place else plain


def cards_of(reading: Reading, *, order: str, request: str) -> Cards:
    """One card for each proposal; `order` and `request` are the two values of a directive's modality."""
    cards: list[Card] = []
    for number, found in enumerate(reading.directives, start=1):
        label = free_label(found.label or str(number), [card.label for card in cards])
        modality = request if found.modality == "request" else order
        cards.append(_card(number, label, modality, found, reading.text))
    return tuple(cards)


def _card(number: int, label: str, modality: str, found: Proposal, text: str) -> Card:
    supports = tuple(party_of(one) for one in _once(found.support))
    return Card(
        id=number,
        label=label,
        title=title_of(text[found.start : found.end], [one.phrase for one in supports]),
        start=found.start,
        end=found.end,
        modality=modality,
        leads=tuple(party_of(one) for one in _once(found.lead)),
        supports=supports,
        due=due_from_json(found.due.rule_fields()),
        cites=tuple(dict.fromkeys(one[:CITATION_LENGTH] for one in found.cites)),
        confidence=found.confidence,
        reasons=found.reasons,
    )


def _once(parties: Sequence[Party]) -> list[Party]:
    return list({party.phrase: party for party in parties if party.phrase}.values())


def party_of(party: Party) -> CardParty:
    """A phrase with what the directory makes of it; several candidates are none yet."""
    found = party.resolution
    return CardParty(
        phrase=party.phrase[:500],
        agency=found.codes[0] if found.certainty == Certainty.CERTAIN else "",
        group=found.group or "",
        certainty=Certainty(found.certainty),
        candidates=found.codes if found.certainty == Certainty.CANDIDATES else (),
    )


def looked_up_again(cards: Cards, reading: Reading) -> Cards:
    """The same cards with their phrases as `reading` resolves them, where no officer has chosen."""
    fresh = {party.phrase: party_of(party) for found in reading.directives for party in (*found.lead, *found.support)}

    def renewed(parties: Sequence[CardParty]) -> tuple[CardParty, ...]:
        return tuple(one if one.certainty == Certainty.CHOSEN else fresh.get(one.phrase, one) for one in parties)

    return tuple(replace(card, leads=renewed(card.leads), supports=renewed(card.supports)) for card in cards)


def free_label(wanted: str, taken: Sequence[str]) -> str:
    """`wanted`, or with the first letter behind it that no other card has (numbering may repeat)."""
    return _first_free(wanted[: LABEL_LENGTH - 4], taken, lambda place: chr(ord("a") + place) if place < 26 else "")


def _first_free(wanted: str, taken: Sequence[str], suffix: Callable[[int], str]) -> str:
    if wanted not in taken:
        return wanted
    for place in range(1, 26):
        if wanted + suffix(place) not in taken:
            return wanted + suffix(place)
    return next(f"{wanted}.{n}" for n in range(2, 1000) if f"{wanted}.{n}" not in taken)


def title_of(clause: str, supports: Sequence[str] = ()) -> str:
    """The first sentence of a clause without its bullet and without "chủ trì, phối hợp với …", cut between words."""
    words = clause[_bullet_of(clause) :].replace("**", "")
    words = " ".join(words[_past_supports(words, supports) :].split())
    end = _SENTENCE.search(words, 25)
    return shortened(words[: end.start()] if end else words)


def _bullet_of(clause: str) -> int:
    found = _BULLET.match(clause)
    return found.end() if found else 0


def _past_supports(words: str, supports: Sequence[str]) -> int:
    """Where the work itself begins behind the bodies it is to be done with; 0 when they do not stand in front."""
    opening = _WITH.match(words)
    if not opening:
        return 0
    at = opening.end()
    for phrase in supports:
        found = words.find(phrase, at)
        if 0 <= found - at <= 8:  # ", " or " và " in between
            at = found + len(phrase)
    rest = words[at:].lstrip(" ,;")
    return 0 if at == opening.end() or len(rest) < 20 else len(words) - len(rest)


def shortened(words: str, length: int = TITLE_LENGTH) -> str:
    """`words` with a capital, at most `length` characters, cut at a blank."""
    words = words[:1].upper() + words[1:]
    if len(words) <= length:
        return words.rstrip(" ,;.")
    return words[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
