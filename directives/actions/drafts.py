"""Entering a letter: from its text to the moment everything in it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from agencies.models import User
from directives.actions.letters import NewDirective, NewParty, assign, enter_letter
from directives.drafting.cards import Card, CardParty, Cards, Head, cards_to_json, head_to_json, kept
from directives.drafting.questions import obstacles
from directives.models import Assignment, Draft, Letter, Modality, PartyRole, Roster
from directives.states import NotAllowed

Change = Callable[[Cards], Cards]


class DraftConflict(Exception):
    """Somebody else has saved since the page was opened; `current` is how the draft stands now."""

    def __init__(self, current: Draft) -> None:
        super().__init__(f"draft {current.pk} is at version {current.version}")
        self.current = current


@dataclass(frozen=True)
class Source:
    """Where a draft begins: the text as the reader has it, what it made of it, and the file's name ("" when pasted)."""

    text: str
    head: Head
    cards: Cards
    warnings: Sequence[str] = ()
    name: str = ""


def start_draft(source: Source, *, by: User, now: datetime) -> Draft:
    return Draft.objects.create(
        text=source.text,
        source_name=source.name,
        head=head_to_json(source.head),
        cards=cards_to_json(source.cards),
        warnings=list(source.warnings),
        created_by=by,
        created_at=now,
        saved_by=by,
        saved_at=now,
    )


def save_head(
    draft: Draft, *, by: User, now: datetime, version: int, head: Head, change: Change | None = None
) -> Draft:
    """Save the head as checked; `change` is what another day makes of the cards. Raises DraftConflict, NotAllowed."""
    with transaction.atomic():
        row = _lock(draft, by, version)
        return _save(row, row.put(head, change(row.the_cards) if change else None), by, now)


def save_draft(draft: Draft, *, by: User, now: datetime, version: int, change: Change) -> Draft:
    """Save what `change` makes of the cards as they stand in the locked row; without a change nothing is written.

    `version` is the one the page was opened with: DraftConflict when somebody else has saved since. The officer's own
    saves in between (the page saves by itself) are no conflict. NotAllowed comes from the change.
    """
    with transaction.atomic():
        row = _lock(draft, by, version)
        return _save(row, row.put(None, change(row.the_cards)), by, now)


def throw_away(draft: Draft, *, by: User, now: datetime, version: int) -> None:
    """Delete a draft of which nothing was given to anybody."""
    with transaction.atomic():
        _lock(draft, by, version).delete()


def assign_draft(draft: Draft, *, by: User, now: datetime, version: int) -> tuple[Letter, list[Assignment]]:
    """Enter the letter and give its kept cards to their agencies, all or nothing.

    Raises DraftConflict when somebody else changed the draft after `version`, NotAllowed with the first thing that
    stands in the way.
    """
    with transaction.atomic():
        row = _lock(draft, by, version)
        head, cards = row.the_head, kept(row.the_cards)
        roster = Roster.on(head.effective_on)
        _refuse_unready(head, cards, roster)
        letter = Letter(text=row.text, **_columns(head))
        enter_letter(letter, by=by, now=now, directives=[_new_directive(one, roster) for one in cards])
        given = assign(letter, by=by, now=now)
        row.letter = letter
        _save(row, True, by, now)
        letter.refresh_from_db()
        return letter, given


def _lock(draft: Draft, by: User, version: int) -> Draft:
    row = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if row.letter_id:
        raise NotAllowed("Văn bản này đã được giao. Mở văn bản để xem hoặc sửa.")
    if row.is_stale(version, by):
        raise DraftConflict(row)
    return row


def _save(row: Draft, changed: bool, by: User, now: datetime) -> Draft:
    if changed:
        if row.saved_by_id != by.pk:
            row.sole_since = row.version
        row.version += 1
        row.saved_by, row.saved_at = by, now
        row.save()
    return row


def _refuse_unready(head: Head, cards: Cards, roster: Roster) -> None:
    if not head.subject or not head.issuer:
        raise NotAllowed("Nhập trích yếu và cơ quan ban hành ở bước 1 trước khi giao.")
    if head.number and (same := Letter.objects.like(head).first()):
        raise NotAllowed(f"Văn bản {same.reference} của cơ quan ban hành này đã có trong năm {same.effective_on.year}.")
    for card in cards:
        given = len(roster.given(card.leads))
        for problem in obstacles(card, given=given, effective_on=head.effective_on):
            raise NotAllowed(f"Mục {card.label}: {problem[0].lower()}{problem[1:]}.")


def _columns(head: Head) -> dict[str, object]:
    """The head as columns of Letter; what JSON holds as lists is a list."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(head).items()}


def _new_directive(card: Card, roster: Roster) -> NewDirective:
    roles = ((PartyRole.LEAD, card.leads), (PartyRole.SUPPORT, card.supports))
    return NewDirective(
        label=card.label,
        title=card.title,
        start=card.start,
        end=card.end,
        modality=Modality(card.modality),
        parties=[one for role, parties in roles for one in _new_parties(role, parties, roster)],
        citations=card.cites,
        requires_evidence=card.requires_evidence,
        due_kind=card.due.kind,
        due_phrase=card.due.phrase[:300],
        due_on=card.due_on,
        due_details=card.due.details,
        due_is_internal=card.due_is_internal,
    )


def _new_parties(role: PartyRole, parties: Sequence[CardParty], roster: Roster) -> list[NewParty]:
    """The parties as they are stored; a phrase that is used twice for two bodies is told apart by the body's name."""
    seen: set[str] = set()
    found = []
    for one in parties:
        agency, group = roster.agencies.get(one.agency), roster.groups.get(one.group)
        phrase = one.phrase if one.phrase not in seen else f"{one.phrase} ({agency or group})"
        if phrase not in seen:
            seen.add(phrase)
            found.append(NewParty(role, phrase, agency, None if agency else group, one.struck_out))
    return found
