"""What an officer typed into the cards of a draft, read back into cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count, takewhile
from typing import Any, Literal

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.http import QueryDict

from agencies.forms import DayField, DayForm, NumberField, TextField, clean_text
from directives.deadlines import DueKind, DueRule, Period
from directives.drafting.cards import Card, CardParty, Cards, Certainty, exchanged
from directives.drafting.changes import take_as
from directives.models import Modality, Roster

LONGEST_TITLE = 300
Side = Literal["lead", "support"]
_BLANK = [("", "– chọn kỳ –")]


class TitleForm(forms.Form):
    """The one field that stands open on every card."""

    title = TextField(
        label="Tên nhiệm vụ",
        required=False,  # a draft may be unfinished; giving it is not
        max_length=LONGEST_TITLE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CardForm(DayForm, TitleForm):
    """The fields of a card that is being edited, beside its parties."""

    modality = forms.ChoiceField(label="Hình thức", choices=Modality.choices)
    due_kind = forms.ChoiceField(label="Thời hạn", choices=DueKind.choices)
    due_on = DayField(label="Hạn (ngày cuối cùng)", required=False)
    period = forms.ChoiceField(label="Kỳ báo cáo", choices=_BLANK + Period.choices, required=False)
    day = NumberField(label="Ngày trong kỳ", least=1, most=31, required=False, asked="Nhập ngày trong kỳ từ 1 đến 31")
    count = NumberField(label="Số ngày", least=1, most=999, required=False, asked="Nhập số ngày từ 1 đến 999")
    requires_evidence = forms.BooleanField(label="Yêu cầu minh chứng khi hoàn thành", required=False)

    def __init__(self, *args: Any, effective_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._effective_on = effective_on
        for name, kind in _ONLY_IF.items():
            self.fields[name].widget.attrs["data-only-if"] = f"{self.add_prefix('due_kind')}={kind}"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name, kind in _ONLY_IF.items():  # what is out of sight must not stop the person
            if given.get("due_kind") != kind:
                self.errors.pop(name, None)
                given[name] = None
        if given.get("due_on") and given["due_on"] < self._effective_on:
            self.add_error("due_on", f"Hạn phải sau ngày ban hành văn bản ({self._effective_on:%d/%m/%Y})")
        return given


_ONLY_IF = {
    "due_on": DueKind.DATE,
    "period": DueKind.RECURRING,
    "day": DueKind.RECURRING,
    "count": DueKind.RELATIVE,
}


def form_of(card: Card, *, effective_on: date, today: date, data: QueryDict | None = None) -> CardForm:
    initial = {
        "title": card.title,
        "modality": card.modality,
        "due_kind": card.due.kind,
        "due_on": card.due_on,
        "period": card.due.period,
        "day": card.due.day,
        "count": card.due.count,
        "requires_evidence": card.requires_evidence,
    }
    return CardForm(data, prefix=f"c{card.id}", initial=initial, effective_on=effective_on, today=today)


@dataclass
class Typed:
    """The cards of a page as they were posted: titles of all, everything of those that stood open for editing."""

    data: QueryDict
    roster: Roster
    today: date

    def __post_init__(self) -> None:
        self.open = {int(one) for one in self.data.getlist("open") if one.isdigit()}
        self.forms: dict[int, TitleForm] = {}

    def is_valid(self, cards: Cards) -> bool:
        """Reads the forms of all cards; afterwards `forms` has them, with their errors."""
        for card in cards:
            if card.id in self.open:
                self.forms[card.id] = form_of(card, effective_on=self.roster.day, today=self.today, data=self.data)
            elif f"c{card.id}-title" in self.data:
                self.forms[card.id] = TitleForm(self.data, prefix=f"c{card.id}", initial={"title": card.title})
        return all([form.is_valid() for form in self.forms.values()])

    def applied_to(self, cards: Cards) -> Cards:
        """`cards` with what was typed; a card that has gone since is passed over."""
        for card in cards:
            form = self.forms.get(card.id)
            if form is not None:
                cards = exchanged(cards, self._edited(card, form))
        return cards

    def shown_over(self, cards: Cards) -> Cards:
        """`cards` for the page that comes back with an error: the parties as chosen; `forms` have what was typed."""
        for card in cards:
            if isinstance(self.forms.get(card.id), CardForm):
                cards = exchanged(cards, replace(card, **self._sides(card)))
        return cards

    def differences(self, theirs: Cards) -> list[tuple[str, str, str]]:
        """(field, there now, typed here) of the fields of the cards that are still there."""
        pairs = ((card, field) for card in theirs if card.id in self.forms for field in self.forms[card.id])
        shown = ((card, field, _words(field, field.initial), _words(field, field.value())) for card, field in pairs)
        return [
            (f"Mục {card.label}: {field.label}", there, typed) for card, field, there, typed in shown if there != typed
        ]

    def _edited(self, card: Card, form: TitleForm) -> Card:
        given = form.cleaned_data
        title = " ".join(given["title"].split())
        if not isinstance(form, CardForm):
            return replace(card, title=title)
        return replace(
            card,
            title=title,
            modality=given["modality"],
            requires_evidence=given["requires_evidence"],
            due=due_of(card.due, given),
            **self._sides(card),
        )

    def _sides(self, card: Card) -> dict[str, Any]:
        return {
            "leads": self._parties(card.id, "lead", card.leads),
            "supports": self._parties(card.id, "support", card.supports),
        }

    def _parties(self, pk: int, side: Side, parties: tuple[CardParty, ...]) -> tuple[CardParty, ...]:
        """The parties as the page has them, known again by their phrases: the page saves by itself in between."""
        known = {one.phrase: one for one in parties}
        names = takewhile(lambda name: f"{name}-phrase" in self.data, (f"c{pk}-{side}-{n}" for n in count()))
        phrases = [(name, clean_text(str(self.data.get(f"{name}-phrase")))[:500]) for name in names]
        found = [self._party(name, known.get(phrase, CardParty(phrase))) for name, phrase in phrases if phrase]
        added = self._added(self.data.get(f"c{pk}-{side}-add", ""))
        every = [one for one in (*found, added) if one is not None]
        return tuple({one.body or one.phrase: one for one in reversed(every)}.values())[::-1]

    def _party(self, name: str, party: CardParty) -> CardParty | None:
        chosen = self.data.get(f"{name}-body", party.body)
        if chosen not in ("", "-", party.body) and not self._is_known(chosen):
            return party
        taken = take_as(party, chosen)
        if taken is None or not taken.group or self.data.get(f"{name}-shown") != taken.group:
            return taken
        stay = set(self.data.getlist(f"{name}-member"))
        out = (one.code for one in self.roster.members(taken.group) if one.code not in stay)
        return replace(taken, struck_out=tuple(out))

    def _added(self, body: str) -> CardParty | None:
        if not self._is_known(body):
            return None
        kind, _, code = body.partition(":")
        if kind == "a":
            return CardParty(self.roster.agencies[code].short_name, agency=code, certainty=Certainty.CHOSEN)
        return CardParty(self.roster.groups[code].name, group=code, certainty=Certainty.CHOSEN)

    def _is_known(self, body: str) -> bool:
        kind, _, code = body.partition(":")
        if kind == "a":
            return code in self.roster.agencies
        return kind == "g" and code in self.roster.groups


def due_of(rule: DueRule, given: Mapping[str, Any]) -> DueRule:
    """The rule as typed; what was not touched keeps the letter's own words ("trước ngày …" and its day)."""
    kind = DueKind(given["due_kind"])
    if kind == DueKind.DATE:
        same = kind == rule.kind and given["due_on"] == rule.last_day(day_before=settings.BEFORE_IS_DAY_BEFORE)
        return rule if same else DueRule(kind, rule.phrase, printed_on=given["due_on"])
    if kind == DueKind.RECURRING:
        period = Period(given["period"]) if given["period"] else None
        return DueRule(kind, rule.phrase, period=period, day=given["day"])
    if kind == DueKind.RELATIVE:
        return replace(rule, kind=kind, printed_on=None, exclusive=False, count=given["count"])
    return DueRule(kind, rule.phrase)


def _words(field: BoundField, value: Any) -> str:
    """A field's value as a person reads it."""
    if isinstance(field.field, forms.ChoiceField):
        value = next((name for choice, name in field.field.widget.choices if choice == (value or "")), value)
    if isinstance(value, bool):
        return "có" if value else "không"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else " ".join(str(value or "").split())
