"""Step 1 of entering a letter: its file or text, then its head; and throwing a draft away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.permissions import Permission, UserRequest, requires
from agencies.text import fold
from directives import intake
from directives.actions import drafts as verbs
from directives.drafting.cards import Head
from directives.drafting.proposals import cards_of, effective_day, head_of, looked_up_again
from directives.forms.letters import HeadForm, NewLetterForm, VersionForm
from directives.models import Draft, Letter, LetterKind, Modality, Roster
from directives.states import NotAllowed
from directives.views.letter_text import paragraphs

KINDS = {fold(kind.label): kind.value for kind in LetterKind}


@dataclass(frozen=True)
class Step:
    """One entry of components/_steps.html."""

    text: str
    done: bool
    current: bool
    url: str


def steps(draft: Draft | None, current: int) -> list[Step]:
    """The three steps with 1, 2 or 3 as the current one; those of a draft can be opened."""
    names = (("Văn bản", "draft_head"), ("Tách nhiệm vụ", "split"), ("Kiểm tra, giao", "check_and_assign"))
    return [
        Step(text, at < current, at == current, reverse(name, args=[draft.pk]) if draft and at != current else "")
        for at, (text, name) in enumerate(names, start=1)
    ]


@requires(Permission.ENTER_LETTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_letter(request: UserRequest) -> HttpResponse:
    """A file or pasted text; the reader proposes a head and cards, nothing is given to anybody yet."""
    form = NewLetterForm(request.POST, request.FILES) if request.method == "POST" else NewLetterForm()
    if form.is_bound and form.is_valid():
        source = _source(request, form, timezone.localdate())
        draft = verbs.start_draft(source, by=request.user, now=timezone.now())
        return redirect("draft_head", draft.pk)
    context = {"form": form, "steps": steps(None, 1)}
    return render(request, "directives/new_letter.html", context, status=422 if form.is_bound else 200)


def _source(request: UserRequest, form: NewLetterForm, today: date) -> verbs.Source:
    """The letter read with the directory of its own day, which only a first reading tells."""
    day = effective_day(form.reading, today=today)
    roster = Roster.on(day)
    reading = intake.read_text(form.reading.text, directory=roster.directory(), on=day)
    issuers = Letter.objects.visible_to(request.user).values_list("issuer", flat=True).distinct()
    names = [*issuers, *(one.name for one in roster.agencies.values())]
    head = head_of(reading.letter, effective_on=day, kinds=KINDS, known=names)
    cards = cards_of(reading, order=Modality.ORDER, request=Modality.REQUEST)
    return verbs.Source(reading.text, head, cards, reading.warnings, form.source_name)


@requires(Permission.ENTER_LETTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def draft_head(request: UserRequest, pk: int) -> HttpResponse:
    """The head as read, to be checked; saved, the next step opens."""
    draft = get_object_or_404(Draft.objects.editable_by(request.user), pk=pk)
    if draft.letter_id:
        return redirect("letter", draft.letter_id)
    typed = request.POST if request.method == "POST" else None
    form = HeadForm(typed, head=draft.the_head, version=draft.version, today=timezone.localdate())
    if not form.is_bound or not form.is_valid():
        return _head_page(request, draft, form, 422 if form.is_bound else 200)
    try:
        _save_head(request, draft, form)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _head_page(request, draft, form, 422)
    except verbs.DraftConflict as conflict:
        return _head_page(request, conflict.current, form.renewed(conflict.current.version), 409)
    return redirect("split", pk)


def _save_head(request: UserRequest, draft: Draft, form: HeadForm) -> None:
    """Another day means other agencies: phrases that nobody has settled by hand are looked up again."""
    change, day = None, form.head.effective_on
    if day != draft.the_head.effective_on:
        reading = intake.read_text(draft.text, directory=Roster.on(day).directory(), on=day)
        change = lambda cards: looked_up_again(cards, reading)  # noqa: E731
    version = form.cleaned_data["version"]
    verbs.save_head(draft, by=request.user, now=timezone.now(), version=version, head=form.head, change=change)


def _head_page(request: UserRequest, draft: Draft, form: HeadForm, status: int) -> HttpResponse:
    context = {
        "draft": draft,
        "form": form,
        "steps": steps(draft, 1),
        "paragraphs": paragraphs(draft.text, ()),
        "same": same_letters(request, draft.the_head),
        "conflict": clash(draft, form.differences(draft.the_head)) if status == 409 else None,
    }
    return render(request, "directives/draft_head.html", context, status=status)


def same_letters(request: UserRequest, head: Head) -> list[Letter]:
    """Letters that are there already and may be this one."""
    return list(Letter.objects.visible_to(request.user).like(head).defer("text").order_by("-pk")[:3])


@dataclass(frozen=True)
class Difference:
    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Clash:
    """What components/_conflict.html shows of two officers at one draft."""

    who: str
    when: object
    rows: list[Difference]


def clash(current: Draft, rows: list[tuple[str, str, str]]) -> Clash:
    return Clash(str(current.saved_by), current.saved_at, [Difference(*row) for row in rows])


@requires(Permission.ENTER_LETTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def throw_away_draft(request: UserRequest, pk: int) -> HttpResponse:
    """Ask, then delete a draft of which nothing was given."""
    draft = get_object_or_404(Draft.objects.editable_by(request.user), pk=pk)
    if draft.letter_id:
        return redirect("letter", draft.letter_id)
    initial = {"version": draft.version}
    form = VersionForm(request.POST, initial=initial) if request.method == "POST" else VersionForm(initial=initial)
    context = {"draft": draft, "form": form, "conflict": None}
    if not form.is_bound or not form.is_valid():
        return render(request, "directives/throw_away_draft.html", context, status=422 if form.is_bound else 200)
    try:
        verbs.throw_away(draft, by=request.user, now=timezone.now(), version=form.cleaned_data["version"])
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return render(request, "directives/throw_away_draft.html", context, status=422)
    except verbs.DraftConflict as conflict:
        context |= {"form": VersionForm(initial={"version": conflict.current.version})}
        context |= {"conflict": clash(conflict.current, [])}
        return render(request, "directives/throw_away_draft.html", context, status=409)
    messages.success(request, f"Đã bỏ bản nháp «{draft}».")
    return redirect("letters")
