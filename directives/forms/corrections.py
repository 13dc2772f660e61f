"""What an officer puts right in a letter that was given; each form carries the version it was opened with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from agencies.forms import DayField, DayForm, TextField
from agencies.models import Agency
from directives.actions.corrections import Clause
from directives.actions.letters import NewDirective, NewParty
from directives.drafting import changes
from directives.drafting.proposals import title_of
from directives.forms.cards import CardForm, due_of
from directives.forms.letters import HeadForm, VersionForm
from directives.models import Directive, Letter, Modality, PartyRole, Roster
from directives.states import NotAllowed

LONGEST_REASON = 1000


def reason_field(label: str, missing: str) -> TextField:
    return TextField(
        label=label,
        max_length=LONGEST_REASON,
        called="Lý do",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": missing},
    )


class LetterForm(HeadForm):
    """The head of a letter that was given."""

    reason = reason_field("Lý do đính chính", "Nhập lý do đính chính, ví dụ: văn bản đã được cấp số")

    NOT_OF_THE_HEAD = HeadForm.NOT_OF_THE_HEAD | {"reason"}


class WithdrawForm(VersionForm):
    reason = reason_field("Lý do thu hồi", "Nhập lý do thu hồi văn bản")


class PassageForm(forms.Form):
    """Which words of the letter's text: a paragraph, its first and its last words, or any of these."""

    paragraph = forms.CharField(label="Đoạn văn bản", required=False, widget=forms.Select)
    first = TextField(label="Bắt đầu bằng", required=False, max_length=300)
    last = TextField(label="Kết thúc bằng", required=False, max_length=300)

    def passage(self, text: str) -> tuple[int, int] | None:
        """[start, end) in the text; None when nothing was asked for. An error stands at the field it is about."""
        given = self.cleaned_data
        first, last = given.get("first", ""), given.get("last", "")
        start, _, end = given.get("paragraph", "").partition("-")
        chosen = (int(start), int(end)) if start.isdigit() and end.isdigit() and int(end) <= len(text) else None
        if not (chosen or first):
            if last:
                self.add_error("first", "Nhập mấy chữ đầu của đoạn")
            return None
        try:
            return changes.trimmed(text, *changes.find_passage(text, first, last, within=chosen))
        except NotAllowed as refusal:
            self.add_error("first" if first else "last", str(refusal))
            return None


class DirectiveForm(PassageForm, CardForm, VersionForm):
    """A directive that was given: its fields as on its card, and the words of the letter it stands for."""

    title = TextField(
        label="Tên nhiệm vụ",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Nhập tên nhiệm vụ"},
    )
    reason = reason_field("Lý do đính chính", "Nhập lý do đính chính")
    clause: Clause

    def __init__(self, data: QueryDict | None = None, *, directive: Directive, today: date) -> None:
        rule = directive.rule
        initial = {
            "title": directive.title,
            "modality": directive.modality,
            "requires_evidence": directive.requires_evidence,
            "due_kind": rule.kind,
            "due_on": directive.due_on,
            "period": rule.period,
            "day": rule.day,
            "count": rule.count,
            "version": directive.version,
        }
        super().__init__(data, initial=initial, today=today, effective_on=directive.letter.effective_on)
        self.directive = directive
        del self.fields["paragraph"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        place = self.passage(self.directive.letter.text)
        if given.get("due_kind") == "date" and not given.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Nhập ngày của hạn")
        if not self.errors:
            self.clause = self._clause(given, *(place or (self.directive.start, self.directive.end)))
        return given

    def _clause(self, given: dict[str, Any], start: int, end: int) -> Clause:
        return Clause(
            title=" ".join(given["title"].split()),
            start=start,
            end=end,
            modality=Modality(given["modality"]),
            requires_evidence=given["requires_evidence"],
            rule=due_of(self.directive.rule, given),
        )

    def renewed(self, directive: Directive) -> DirectiveForm:
        """The same words over what the directive has become since, so that saving again works."""
        typed = cast(QueryDict, self.data).copy()
        typed["version"] = str(directive.version)
        return DirectiveForm(typed, directive=directive, today=self.today)


class NewDirectiveForm(PassageForm, CardForm, VersionForm):
    """A directive that was missed: a passage of the letter, who leads it, by when."""

    label = TextField(label="Mục", help_text="Ví dụ: 2.3. Để trống thì lấy số tiếp theo", required=False, max_length=16)
    lead = forms.ChoiceField(
        label="Cơ quan chủ trì", error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn cơ quan chủ trì")
    )
    new: NewDirective

    field_order = ("paragraph", "first", "last", "title", "label", "lead")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        letter: Letter,
        roster: Roster,
        passages: list[tuple[str, str]],
        today: date,
    ) -> None:
        initial = {"modality": Modality.ORDER, "requires_evidence": True, "due_kind": "none", "version": letter.version}
        super().__init__(data, initial=initial, today=today, effective_on=letter.effective_on)
        self.letter, self.roster = letter, roster
        self.fields["paragraph"].widget.choices = [("", "– cả văn bản –"), *passages]
        self.fields["lead"].choices = [("", "– chọn –"), *bodies(roster)]  # type: ignore[attr-defined]
        self.fields["title"].help_text = "Để trống thì lấy câu đầu của đoạn"

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        place = self.passage(self.letter.text)
        if place is None and not {"first", "last"} & set(self.errors):
            self.add_error("paragraph", "Chọn đoạn văn bản cần thêm, hoặc ghi mấy chữ đầu của đoạn")
        if given.get("due_kind") == "date" and not given.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Nhập ngày của hạn")
        if place is not None and not self.errors:
            self.new = self._new(given, *place)
        return given

    def _new(self, given: dict[str, Any], start: int, end: int) -> NewDirective:
        rule = due_of(Directive().rule, given)
        return NewDirective(
            label=given["label"] or self._next_label(start),
            title=" ".join(given["title"].split()) or title_of(self.letter.text[start:end]),
            start=start,
            end=end,
            modality=Modality(given["modality"]),
            parties=[self._party(given["lead"])],
            requires_evidence=given["requires_evidence"],
            due_kind=rule.kind,
            due_on=rule.last_day(),
            due_details=rule.details,
            due_is_internal=rule.last_day() is not None,
        )

    def clean_label(self) -> str:
        label = str(self.cleaned_data["label"])
        if label and self.letter.directives.filter(label=label).exists():
            raise ValidationError(f"Văn bản đã có mục {label}. Nhập số khác hoặc để trống")
        return label

    def _next_label(self, start: int) -> str:
        there = self.letter.directives.order_by("start", "position").values_list("label", "start")
        above = [label for label, place in there if place <= start]
        return changes.label_after(above[-1] if above else None, [label for label, _ in there])

    def _party(self, body: str) -> NewParty:
        kind, _, code = body.partition(":")
        if kind == "g":
            return NewParty(PartyRole.LEAD, self.roster.groups[code].name, group=self.roster.groups[code])
        return NewParty(PartyRole.LEAD, self.roster.agencies[code].short_name, agency=self.roster.agencies[code])


def bodies(roster: Roster) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Grouped choices: the groups with their sizes, then the agencies ("g:G.SBN", "a:STP")."""
    groups = roster.groups.values()
    yield "Nhóm cơ quan", [(f"g:{one.code}", f"{one} ({len(roster.members(one.code))})") for one in groups]
    yield "Cơ quan", [(f"a:{one.code}", str(one)) for one in roster.agencies.values()]


class AgencyForm(DayForm, VersionForm):
    """One more agency for a directive."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Cơ quan bổ sung",
        empty_label="– chọn –",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn cơ quan bổ sung"),
    )
    due_on = DayField(label="Thời hạn", help_text="Để trống nếu không có thời hạn", required=False)
    reason = reason_field("Lý do bổ sung", "Nhập lý do bổ sung cơ quan")

    def __init__(self, data: QueryDict | None = None, *, directive: Directive, today: date) -> None:
        due = directive.due_on if directive.due_on and directive.due_on >= today else None
        super().__init__(data, initial={"due_on": due, "version": directive.version}, today=today)
        there = directive.assignments.counted().values("agency")
        valid = Agency.objects.valid_on(today).exclude(pk__in=there)
        self.fields["agency"].queryset = valid.order_by("sort_key", "pk")  # type: ignore[attr-defined]
