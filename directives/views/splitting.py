"""Step 2 of entering a letter: its text beside the cards of its directives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.permissions import Permission, UserRequest, requires
from directives.actions import drafts as verbs
from directives.drafting import changes
from directives.drafting.cards import Cards, CardState, kept, with_id
from directives.forms.cards import Typed
from directives.forms.letters import STALE, VersionForm
from directives.models import Draft, Modality, Roster
from directives.states import NotAllowed
from directives.views.entering import clash, steps
from directives.views.letter_text import paragraphs, passages
from directives.views.proposals import Counts, rows_of

AUTOSAVE = "autosave"


@requires(Permission.ENTER_LETTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: UserRequest, pk: int) -> HttpResponse:
    """GET: `?sua=3` opens card 3 for editing. POST: saves what was typed and does the one act of the button."""
    draft = get_object_or_404(Draft.objects.editable_by(request.user), pk=pk)
    if draft.letter_id:
        return redirect("letter", draft.letter_id)
    if request.method != "POST":
        return _page(request, draft)
    typed = Typed(request.POST, Roster.on(draft.the_head.effective_on), timezone.localdate())
    version = VersionForm(request.POST)
    if not typed.is_valid(draft.the_cards) or not version.is_valid():
        return _refused(request, draft, typed, STALE if version.errors else "")
    try:
        change = _change(request, draft, typed)
        number = version.cleaned_data["version"]
        saved = verbs.save_draft(draft, by=request.user, now=timezone.now(), version=number, change=change)
    except NotAllowed as refusal:
        return _refused(request, draft, typed, str(refusal))
    except verbs.DraftConflict as conflict:
        return _conflict_page(request, conflict.current, typed)
    return _go_on(request, saved)


def _act(request: UserRequest) -> tuple[str, int]:
    """The name of the pressed button and the card it stands on: "merge:3" → ("merge", 3)."""
    name, _, pk = request.POST.get("act", "save").partition(":")
    return name, int(pk) if pk.isdigit() else 0


def _change(request: UserRequest, draft: Draft, typed: Typed) -> verbs.Change:
    """What was typed, then what the button says."""
    name, pk = _act(request)
    text = draft.text
    acts: dict[str, Callable[[Cards], Cards]] = {
        "check": lambda cards: changes.check(cards, pk),
        "drop": lambda cards: changes.drop(cards, pk),
        "restore": lambda cards: changes.restore(cards, pk),
        "spread": lambda cards: changes.spread(cards, pk),
        "merge": lambda cards: changes.merge(cards, pk, text=text),
        "split": lambda cards: changes.split(cards, pk, _number(request, f"c{pk}-at"), text=text),
        "add": lambda cards: changes.add(cards, *_passage(request, text), text=text, order=Modality.ORDER),
    }
    act = acts.get(name, lambda cards: cards)
    return lambda cards: act(typed.applied_to(cards))


def _number(request: UserRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isdigit() and len(value) < 10 else -1


def _passage(request: UserRequest, text: str) -> tuple[int, int]:
    """The passage to add: marked in the text (with JavaScript), else a paragraph, its first and its last words."""
    marked = _number(request, "from"), _number(request, "to")
    if marked[0] >= 0 and marked[1] >= 0:
        return marked
    first, last = request.POST.get("first", ""), request.POST.get("last", "")
    start, _, end = request.POST.get("paragraph", "").partition("-")
    chosen = (int(start), int(end)) if start.isdigit() and end.isdigit() else None
    if not chosen and not first.strip():
        raise NotAllowed("Chọn đoạn văn bản cần thêm, hoặc ghi mấy chữ đầu của đoạn.")
    return changes.find_passage(text, first, last, within=chosen)


def _go_on(request: UserRequest, saved: Draft) -> HttpResponse:
    """After an act the page opens again at the card it was about."""
    name, pk = _act(request)
    if name == AUTOSAVE:
        return render(request, "directives/_draft_saved.html", {"draft": saved})
    if name == "next":
        return redirect("check_and_assign", saved.pk)
    if name == "add":
        pk = max(card.id for card in saved.the_cards)
    if name == "check":
        pk = _next_to_check(saved.the_cards, pk)
    if name in ("merge", "drop"):
        pk = _nearest(saved.the_cards, pk)
    query = f"?sua={pk}" if name in ("open", "split", "add") else ""
    anchor = f"#nv-{pk}" if pk else "#tach"
    return HttpResponseRedirect(reverse("split", args=[saved.pk]) + query + anchor)


def _nearest(cards: Cards, pk: int) -> int:
    """The card with that id; where it went into another, the last one above (cards are numbered down the letter)."""
    return pk if with_id(cards, pk) else max((card.id for card in cards if card.id < pk), default=0)


def _next_to_check(cards: Cards, pk: int) -> int:
    """The first card behind `pk` that nobody has checked; `pk` itself when there is none."""
    places = [card.id for card in cards]
    behind = cards[places.index(pk) + 1 :] if pk in places else ()
    return next((card.id for card in behind if card.state == CardState.PROPOSED), pk)


def _refused(request: UserRequest, draft: Draft, typed: Typed, sentence: str = "") -> HttpResponse:
    if _act(request)[0] == AUTOSAVE:
        return render(request, "directives/_draft_saved.html", {"draft": draft, "faulty": True}, status=422)
    return _page(request, draft, typed, refusal=sentence, status=422)


def _conflict_page(request: UserRequest, current: Draft, typed: Typed) -> HttpResponse:
    """What was typed stays in the cards that are still there; what differs stands above, side by side."""
    if _act(request)[0] == AUTOSAVE:
        context = {"draft": current, "other": current.saved_by}
        return render(request, "directives/_draft_saved.html", context, status=409)
    typed.is_valid(current.the_cards)
    return _page(request, current, typed, status=409)


def _page(
    request: UserRequest, draft: Draft, typed: Typed | None = None, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    """The page; `typed`: what was posted and came back with an error or a conflict."""
    today: date = timezone.localdate()
    head, cards = draft.the_head, draft.the_cards
    roster = typed.roster if typed else Roster.on(head.effective_on)
    asked = request.GET.get("sua", "")
    opened = typed.open if typed else {int(asked)} if asked.isdigit() else set()
    shown = typed.shown_over(cards) if typed else cards
    rows = rows_of(shown, roster, text=draft.text, today=today, opened=opened, forms=typed.forms if typed else None)
    context = {
        "draft": draft,
        "head": head,
        "steps": steps(draft, 2),
        "rows": rows,
        "counts": Counts.of(rows, roster),
        "paragraphs": paragraphs(draft.text, kept(cards)),
        "passages": passages(draft.text, kept(cards)),
        "groups": [(one, len(roster.members(one.code))) for one in roster.groups.values()],
        "agencies": list(roster.agencies.values()),
        "typed": request.POST,
        "refusal": refusal,
        "faulty": [row for row in rows if row.form.is_bound and row.form.errors],
        "conflict": clash(draft, typed.differences(cards)) if typed and status == 409 else None,
        "other": draft.saved_by if draft.saved_by_id != request.user.pk and status == 200 else None,
    }
    return render(request, "directives/split.html", context, status=status)
