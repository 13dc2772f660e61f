"""Entering a letter with the reader's help: from its text to what is given, as verbs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db.models import Count

from agencies.models import User
from agencies.resources import load_directory
from directives import intake
from directives.actions import drafts
from directives.drafting import changes
from directives.drafting.cards import Cards, Head
from directives.drafting.proposals import cards_of, effective_day, head_of
from directives.models import Assignment, Draft, HistoryEntry, Letter, Modality, Roster
from directives.states import NotAllowed

pytestmark = pytest.mark.django_db
TEXT = (Path(__file__).parents[2] / "directives/data/langson_2023_ubnd_kgvx.txt").read_text("utf-8")
JANUARY = date(2023, 1, 5)


@pytest.fixture
def roster(db: None) -> Roster:
    load_directory()
    return Roster.on(JANUARY)


@pytest.fixture
def draft(roster: Roster, dung: User, now: datetime) -> Draft:
    """The seed letter as the reader proposes it; the Office has put a day where the letter's is blank."""
    reading = intake.read_text(TEXT, directory=roster.directory(), on=JANUARY)
    source = drafts.Source(reading.text, _head(reading), _cards(reading), reading.warnings)
    return drafts.start_draft(source, by=dung, now=now)


def _head(reading: intake.Reading) -> Head:
    return head_of(reading.letter, effective_on=JANUARY, kinds={"cong van": "CV"}, known=())


def _cards(reading: intake.Reading) -> Cards:
    return cards_of(reading, order=Modality.ORDER, request=Modality.REQUEST)


def test_a_blank_day_is_proposed_as_the_first_of_its_month(roster: Roster, today: date) -> None:
    assert effective_day(intake.read_text(TEXT), today=today) == date(2023, 1, 1)


def test_confirmed_unchanged_the_letter_gives_15_directives_and_144_assignments(
    draft: Draft, roster: Roster, dung: User, now: datetime
) -> None:
    assert roster.assignments(draft.the_cards) == 144
    letter, given = drafts.assign_draft(draft, by=dung, now=now, version=draft.version)
    counted = letter.directives.annotate(n=Count("assignments")).order_by("position").values_list("label", "n")
    assert len(given) == Assignment.objects.count() == 144
    assert dict(counted) == {
        **dict.fromkeys(("1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "3", "4"), 1),
        **dict.fromkeys(("5.1", "5.2"), 3),
        **dict.fromkeys(("6.1", "6.2", "6.3", "6.4"), 31),
        "7": 6,
    }
    assert HistoryEntry.objects.filter(letter=letter, assignment__isnull=False).count() == 144
    assert letter.directives.get(label="7").modality == Modality.REQUEST


def test_a_letter_is_given_once(draft: Draft, dung: User, now: datetime) -> None:
    drafts.assign_draft(draft, by=dung, now=now, version=draft.version)
    with pytest.raises(NotAllowed, match="đã được giao"):
        drafts.assign_draft(draft, by=dung, now=now, version=draft.version + 1)
    assert Letter.objects.count() == 1


def test_a_member_that_was_struck_out_is_given_nothing(draft: Draft, dung: User, now: datetime) -> None:
    def strike(cards: Cards) -> Cards:
        return tuple(
            replace(card, leads=tuple(replace(one, struck_out=("STP",)) for one in card.leads))
            if card.label == "6.1"
            else card
            for card in cards
        )

    saved = drafts.save_draft(draft, by=dung, now=now, version=draft.version, change=strike)
    _, given = drafts.assign_draft(saved, by=dung, now=now, version=saved.version)
    assert len(given) == 143
    assert not Assignment.objects.filter(directive__label="6.1", agency__code="STP").exists()


def test_what_was_dropped_is_not_given_and_can_be_brought_back(draft: Draft, dung: User, now: datetime) -> None:
    seventh = next(card.pk for card in draft.the_cards if card.label == "7")
    without = drafts.save_draft(
        draft, by=dung, now=now, version=draft.version, change=lambda cards: changes.drop(cards, seventh)
    )
    assert Roster.on(JANUARY).assignments(without.the_cards) == 138
    again = drafts.save_draft(
        without, by=dung, now=now, version=without.version, change=lambda cards: changes.restore(cards, seventh)
    )
    assert Roster.on(JANUARY).assignments(again.the_cards) == 144


def test_a_card_is_split_and_merged_again(draft: Draft) -> None:
    first = draft.the_cards[0]
    at = changes.split_points(draft.text, draft.the_cards[2])[0]
    parted = changes.split(draft.the_cards, draft.the_cards[2].pk, at, text=draft.text)
    assert len(parted) == 16
    assert [draft.text[one.start : one.end].strip() for one in parted].count("") == 0
    joined = changes.merge(parted, parted[3].pk, text=draft.text)
    assert [(one.start, one.end) for one in joined] == [(one.start, one.end) for one in draft.the_cards]
    assert joined[0] == first


def test_a_passage_the_reader_passed_over_becomes_a_card(draft: Draft) -> None:
    words = ("UBND tỉnh yêu cầu các cơ quan", "thực hiện")
    start, end = changes.find_passage(draft.text, *words)
    more = changes.add(draft.the_cards, start, end, text=draft.text, order=Modality.ORDER)
    assert len(more) == 16
    assert draft.text[more[-1].start : more[-1].end].startswith("UBND tỉnh yêu cầu")


def test_two_officers_on_one_letter_are_told(draft: Draft, dung: User, giang: User, now: datetime) -> None:
    opened = draft.version
    seventh = draft.the_cards[-1].pk
    drafts.save_draft(draft, by=dung, now=now, version=opened, change=lambda cards: changes.drop(cards, seventh))
    with pytest.raises(drafts.DraftConflict) as conflict:
        drafts.save_draft(draft, by=giang, now=now, version=opened, change=lambda cards: cards[:1])
    assert conflict.value.current.saved_by == dung
    assert len(Draft.objects.get().the_cards) == 15


def test_an_officer_is_in_nobodys_way_but_others(draft: Draft, dung: User, now: datetime) -> None:
    opened, later = draft.version, now + timedelta(seconds=30)
    first, second = draft.the_cards[0].pk, draft.the_cards[1].pk
    drafts.save_draft(draft, by=dung, now=later, version=opened, change=lambda cards: changes.check(cards, first))
    saved = drafts.save_draft(
        draft, by=dung, now=later, version=opened, change=lambda cards: changes.check(cards, second)
    )
    assert [card.state for card in saved.the_cards[:3]] == ["checked", "checked", "proposed"]


def test_a_number_that_is_there_already_is_refused_and_nothing_is_entered(
    draft: Draft, dung: User, now: datetime
) -> None:
    numbered = replace(draft.the_head, number="125")
    first = drafts.save_head(draft, by=dung, now=now, version=draft.version, head=numbered)
    source = drafts.Source(first.text, numbered, first.the_cards)
    drafts.assign_draft(first, by=dung, now=now, version=first.version)
    second = drafts.start_draft(source, by=dung, now=now)
    with pytest.raises(NotAllowed, match="đã có trong năm 2023"):
        drafts.assign_draft(second, by=dung, now=now, version=second.version)
    assert Letter.objects.count() == 1


def test_a_clause_nobody_leads_is_named_before_anything_is_given(draft: Draft, dung: User, now: datetime) -> None:
    def nobody(cards: Cards) -> Cards:
        return (replace(cards[0], leads=()), *cards[1:])

    saved = drafts.save_draft(draft, by=dung, now=now, version=draft.version, change=nobody)
    with pytest.raises(NotAllowed, match=r"Mục 1\.1"):
        drafts.assign_draft(saved, by=dung, now=now, version=saved.version)
    assert not Letter.objects.exists()


def test_a_draft_is_thrown_away(draft: Draft, dung: User, now: datetime) -> None:
    drafts.throw_away(draft, by=dung, now=now, version=draft.version)
    assert not Draft.objects.exists()
