"""Step 3 of entering a letter: everything on one page, then the one button."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.models import Agency
from agencies.permissions import Permission, UserRequest, requires
from directives import notices
from directives.actions import drafts as verbs
from directives.drafting.cards import Head, kept
from directives.forms.letters import VersionForm
from directives.models import Assignment, Draft, Letter, Roster
from directives.states import NotAllowed
from directives.views.entering import clash, same_letters, steps
from directives.views.proposals import CardRow, Counts, rows_of


@requires(Permission.ENTER_LETTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def check_and_assign(request: UserRequest, pk: int) -> HttpResponse:
    """GET: what is going to be given to whom, and what is not certain. POST: give it, all or nothing."""
    draft = get_object_or_404(Draft.objects.editable_by(request.user), pk=pk)
    if draft.letter_id:
        return redirect("letter", draft.letter_id)
    if request.method != "POST":
        return _page(request, draft, VersionForm(initial={"version": draft.version}))
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _page(request, draft, form, status=422)
    try:
        version = form.cleaned_data["version"]
        letter, given = verbs.assign_draft(draft, by=request.user, now=timezone.now(), version=version)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, draft, form, status=422)
    except verbs.DraftConflict as conflict:
        fresh = VersionForm(initial={"version": conflict.current.version})
        return _page(request, conflict.current, fresh, status=409)
    messages.success(request, _given(letter, given))
    return redirect("letter", letter.pk)


def _given(letter: Letter, given: list[Assignment]) -> str:
    agencies = len({one.agency_id for one in given})
    directives = letter.directives.count()
    return (
        f"Đã giao {directives} nhiệm vụ, {len(given)} lượt giao cho {agencies} cơ quan. Mỗi cơ quan nhận một thư báo."
    )


@dataclass(frozen=True)
class Question:
    """Something to look at first. `stops`: the letter cannot be given before it is put right."""

    row: CardRow | None
    text: str
    stops: bool


def _questions(rows: list[CardRow], head: Head, same: list[Letter]) -> list[Question]:
    """What stops first, then what is only not certain."""
    stopping = [Question(row, text, True) for row in rows for text in row.obstacles]
    if not rows:
        stopping.append(Question(None, "Chưa có nhiệm vụ nào. Thêm nhiệm vụ ở bước 2", True))
    if not head.subject or not head.issuer:
        stopping.append(Question(None, "Chưa có trích yếu hoặc cơ quan ban hành. Nhập ở bước 1", True))
    if head.number and same:
        stopping.append(Question(None, f"Văn bản {head.reference} đã có trong năm {head.effective_on.year}", True))
    return stopping + [Question(row, text, False) for row in rows for text in row.doubts]


def _without_address(agencies: list[Agency]) -> list[Agency]:
    """Those of whom nobody can be told by mail."""
    reached = notices.audience([one.pk for one in agencies])
    return [one for one in agencies if one.pk not in reached]


def _page(request: UserRequest, draft: Draft, form: VersionForm, *, status: int = 200) -> HttpResponse:
    head, cards = draft.the_head, kept(draft.the_cards)
    roster = Roster.on(head.effective_on)
    rows = rows_of(cards, roster, text=draft.text, today=timezone.localdate())
    same = same_letters(request, head)
    questions = _questions(rows, head, same)
    agencies = roster.given(lead for card in cards for lead in card.leads)
    context = {
        "draft": draft,
        "head": head,
        "form": form,
        "steps": steps(draft, 3),
        "rows": rows,
        "counts": Counts.of(rows, roster),
        "questions": questions,
        "is_ready": not any(one.stops for one in questions),
        "same": same,
        "silent": _without_address(agencies),
        "conflict": clash(draft, []) if status == 409 else None,
    }
    return render(request, "directives/check_and_assign.html", context, status=status)
