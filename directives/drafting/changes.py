"""What an officer does to cards: each a pure function from cards to cards; a refusal is NotAllowed with a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from directives.deadlines import DueKind
from directives.drafting.cards import Card, CardParty, Cards, CardState, Certainty, exchanged, kept, with_id
from directives.drafting.proposals import free_label, shortened, title_of
from directives.states import NotAllowed

_STOP = re.compile(r"(?<=[.;:])\s+|\n+")
_EDGE = re.compile(r"^[\s*]*(?:(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[-–+•])\s+)?")
SHORTEST = 10  # characters: anything shorter is no instruction
GONE = "Nhiệm vụ này không còn trong bản nháp. Tải lại trang để xem bản mới nhất."


def merge(cards: Cards, pk: int, *, text: str) -> Cards:
    """The card goes into the kept one above it, which then reaches over both clauses and names everybody of both."""
    below = _found(cards, pk)
    above = next((card for card in reversed(kept(cards[: cards.index(below)]))), None)
    if above is None:
        raise NotAllowed("Không có nhiệm vụ nào ở trên để gộp.")
    both = replace(
        above,
        start=min(above.start, below.start),
        end=max(above.end, below.end),
        leads=_joined(above.leads, below.leads),
        supports=_joined(above.supports, below.supports),
        due=below.due if above.due.kind in (DueKind.NONE, DueKind.STANDING) else above.due,
        cites=tuple(dict.fromkeys(above.cites + below.cites)),
        confidence=min(above.confidence, below.confidence),
        state=CardState.PROPOSED,
    )
    return tuple(card for card in exchanged(cards, both) if card.id != pk)


def _joined(one: Sequence[CardParty], other: Sequence[CardParty]) -> tuple[CardParty, ...]:
    """Both, each phrase and each body once."""
    bodies = {party.body for party in one if party.body}
    phrases = {party.phrase for party in one}
    return (*one, *(party for party in other if party.body not in bodies and party.phrase not in phrases))


def split(cards: Cards, pk: int, at: int, *, text: str) -> Cards:
    """The card ends before `at` (an offset in the text); a new one behind it has the rest and the same parties."""
    card = _found(cards, pk)
    if not card.start < at < card.end:
        raise NotAllowed("Chọn chỗ tách nằm trong đoạn của nhiệm vụ.")
    first_end, second = trimmed(text, card.start, at)[1], trimmed(text, at, card.end)
    if first_end - card.start < SHORTEST or second[1] - second[0] < SHORTEST:
        raise NotAllowed("Chỗ tách quá sát đầu hoặc cuối đoạn. Chọn chỗ khác.")
    rest = replace(
        card,
        id=_next_id(cards),
        label=free_label(card.label, [one.label for one in cards]),
        title=title_of(text[slice(*second)]),
        start=second[0],
        end=second[1],
        state=CardState.PROPOSED,
    )
    first = replace(card, end=first_end, title=title_of(text[card.start : first_end]), state=CardState.PROPOSED)
    place = cards.index(card) + 1
    return (*exchanged(cards[:place], first), rest, *cards[place:])


def split_points(text: str, card: Card) -> list[int]:
    """Where a card can be parted: behind each stop inside its clause."""
    found = (stop.end() for stop in _STOP.finditer(text, card.start, card.end))
    return [at for at in found if card.start + SHORTEST <= at <= card.end - SHORTEST]


def drop(cards: Cards, pk: int) -> Cards:
    return exchanged(cards, replace(_found(cards, pk), state=CardState.DROPPED))


def restore(cards: Cards, pk: int) -> Cards:
    return exchanged(cards, replace(_found(cards, pk), state=CardState.PROPOSED))


def check(cards: Cards, pk: int) -> Cards:
    """The officer says the card is right."""
    return exchanged(cards, replace(_found(cards, pk), state=CardState.CHECKED))


def spread(cards: Cards, pk: int) -> Cards:
    """The card's lead parties for every kept card of its section ("6.1" → 6.2, 6.3 …)."""
    model = _found(cards, pk)
    section = model.label.split(".")[0]
    return tuple(
        replace(card, leads=model.leads) if card.is_kept and card.label.split(".")[0] == section else card
        for card in cards
    )


def add(cards: Cards, start: int, end: int, *, text: str, order: str) -> Cards:
    """A card for a passage the reader passed over; it takes who is to act from the card above it, to be checked."""
    if not 0 <= start < end <= len(text):
        raise NotAllowed("Chọn lại đoạn văn bản cần thêm.")
    start, end = trimmed(text, start, end)
    if end - start < SHORTEST:
        raise NotAllowed("Đoạn đã chọn quá ngắn. Chọn trọn câu nêu nhiệm vụ.")
    above = next((card for card in reversed(kept(cards)) if card.start <= start), None)
    new = Card(
        id=_next_id(cards),
        label=label_after(above.label if above else None, [card.label for card in cards]),
        title=title_of(text[start:end]),
        start=start,
        end=end,
        modality=above.modality if above else order,
        leads=above.leads if above else (),
        confidence=0.5,
        reasons=("Do người nhập thêm; cơ quan chủ trì lấy theo nhiệm vụ liền trên",) if above else (),
    )
    return tuple(sorted((*cards, new), key=lambda card: (card.start, card.id)))


def label_after(above: str | None, taken: Sequence[str]) -> str:
    """The label of what comes behind the item labelled `above`: the next number of its section if nobody has it."""
    if above is None:
        return free_label("1", taken)
    section, dot, last = above.rpartition(".")
    if last.isdigit() and dot and f"{section}.{int(last) + 1}" not in taken:
        return f"{section}.{int(last) + 1}"
    return free_label(above, taken)


def find_passage(text: str, first: str, last: str, *, within: tuple[int, int] | None = None) -> tuple[int, int]:
    """The place of the passage that begins with the words `first` and ends with `last` (blank: with its paragraph)."""
    start, stop = within or (0, len(text))
    if first.strip():
        start, after = _place_of(text, first, start, stop)
        if within is None:
            stop = _paragraph_end(text, after)
    if last.strip():
        stop = _place_of(text, last, start, len(text) if within is None else stop)[1]
    return start, stop


def _place_of(text: str, words: str, start: int, stop: int) -> tuple[int, int]:
    found = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE).search(text, start, stop)
    if found is None:
        raise NotAllowed(f"Không thấy «{shortened(words, 60)}» trong văn bản. Chép lại đúng các chữ như trong văn bản.")
    return found.span()


def _paragraph_end(text: str, at: int) -> int:
    found = re.compile(r"\s*\n[ \t]*\n|\s*\Z").search(text, at)
    return found.start() if found else len(text)


def take_as(party: CardParty, body: str) -> CardParty | None:
    """The party as the agency or group an officer chose ("a:STP", "g:G.SBN", "" for a phrase); None for "-"."""
    if body == "-":
        return None
    if body == party.body:
        return party
    kind, _, code = body.partition(":")
    agency, group = (code if kind == "a" else ""), (code if kind == "g" else "")
    return replace(party, certainty=Certainty.CHOSEN, struck_out=(), agency=agency, group=group)


def _found(cards: Cards, pk: int) -> Card:
    card = with_id(cards, pk)
    if card is None:
        raise NotAllowed(GONE)
    return card


def _next_id(cards: Cards) -> int:
    return max((card.id for card in cards), default=0) + 1


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) without blanks around it and without the bullet in front."""
    passage = text[start:end]
    opening = _EDGE.match(passage)
    first = start + (opening.end() if opening else 0)
    return first, max(first, start + len(passage.rstrip(" \n\t*")))
