"""Putting right a letter that was given: one page leads to the five things an officer can do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.permissions import Permission, UserRequest, requires
from directives.actions import corrections as verbs
from directives.actions import taking_back
from directives.forms.corrections import AgencyForm, DirectiveForm, LetterForm, NewDirectiveForm, WithdrawForm
from directives.forms.letters import VersionForm
from directives.models import Assignment, Directive, Letter, Roster
from directives.states import OPEN, NotAllowed
from directives.views.letter_text import paragraphs, passages

OUTDATED = "Người khác vừa sửa nội dung này. Nội dung anh/chị nhập vẫn còn bên dưới. Xem lại rồi bấm nút lưu lần nữa."


@requires(Permission.ENTER_LETTERS)
@require_safe
def corrections(request: UserRequest, pk: int) -> HttpResponse:
    """The letter's head and directives, each with what can be put right."""
    letter = _letter(request, pk)
    directives = letter.directives.defer("text", "search").annotate(given=Count("assignments")).order_by("position")
    return render(request, "directives/corrections.html", {"letter": letter, "directives": directives})


@requires(Permission.ENTER_LETTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_letter(request: UserRequest, pk: int) -> HttpResponse:
    letter = _letter(request, pk)
    form = LetterForm(_posted(request), head=letter.head, version=letter.version, today=timezone.localdate())
    context = {"letter": letter, "form": form}
    if not form.is_bound or not form.is_valid():
        return _page(request, "correct_letter", context)
    words = {name: form.cleaned_data[name] for name in ("version", "reason")}
    return _do(
        request,
        "correct_letter",
        context,
        lambda: verbs.correct_letter(letter, by=request.user, now=timezone.now(), head=form.head, **words),
        lambda _: "Đã đính chính thông tin văn bản.",
        lambda: form.renewed(_letter(request, pk).version),
    )


@requires(Permission.ENTER_LETTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_directive(request: UserRequest, pk: int) -> HttpResponse:
    directive = _directive(request, pk)
    form = DirectiveForm(_posted(request), directive=directive, today=timezone.localdate())
    context = {"letter": directive.letter, "directive": directive, "form": form, **_days(directive)}
    if not form.is_bound or not form.is_valid():
        return _page(request, "correct_directive", context)
    words = {name: form.cleaned_data[name] for name in ("version", "reason")}
    return _do(
        request,
        "correct_directive",
        context,
        lambda: verbs.correct_directive(directive, by=request.user, now=timezone.now(), clause=form.clause, **words)[1],
        lambda moved: f"Đã đính chính mục {directive.label}." + (f" {len(moved)} lượt giao đổi hạn." if moved else ""),
        lambda: form.renewed(_directive(request, pk)),
    )


def _days(directive: Directive) -> dict[str, int]:
    """How many assignments follow the directive's own day, and how many have one of their own."""
    given = directive.assignments.counted()
    following = given.filter(due_on=directive.due_on, original_due_on=directive.due_on).count()
    return {"following": following, "apart": given.count() - following}


@requires(Permission.ENTER_LETTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_directive(request: UserRequest, pk: int) -> HttpResponse:
    letter = _letter(request, pk)
    roster = Roster.on(letter.effective_on)
    there = list(letter.directives.order_by("position"))
    given: dict[str, Any] = {"letter": letter, "roster": roster, "passages": passages(letter.text, there)}
    form = NewDirectiveForm(_posted(request), today=timezone.localdate(), **given)
    context = {"letter": letter, "form": form, "paragraphs": paragraphs(letter.text, there)}
    if not form.is_bound or not form.is_valid():
        return _page(request, "add_directive", context)
    version = form.cleaned_data["version"]
    return _do(
        request,
        "add_directive",
        context,
        lambda: verbs.add_directive(letter, by=request.user, now=timezone.now(), version=version, new=form.new),
        lambda done: f"Đã thêm mục {done[0].label}, {len(done[1])} lượt giao.",
        lambda: NewDirectiveForm(_again(request, _letter(request, pk).version), today=timezone.localdate(), **given),
    )


@requires(Permission.ENTER_LETTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_agency(request: UserRequest, pk: int) -> HttpResponse:
    directive = _directive(request, pk)
    form = AgencyForm(_posted(request), directive=directive, today=timezone.localdate())
    context = {"letter": directive.letter, "directive": directive, "form": form}
    if not form.is_bound or not form.is_valid():
        return _page(request, "add_agency", context)
    return _do(
        request,
        "add_agency",
        context,
        lambda: verbs.add_agency(directive, by=request.user, now=timezone.now(), **form.cleaned_data),
        lambda given: f"Đã giao thêm mục {directive.label} cho {given.agency}.",
        lambda: AgencyForm(
            _again(request, _directive(request, pk).version), directive=directive, today=timezone.localdate()
        ),
    )


@requires(Permission.ENTER_LETTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_letter(request: UserRequest, pk: int) -> HttpResponse:
    letter = _letter(request, pk)
    form = WithdrawForm(_posted(request), initial={"version": letter.version})
    given = Assignment.objects.filter(directive__letter=letter)
    context = {"letter": letter, "form": form, "open": given.filter(status__in=OPEN).count()}
    if not form.is_bound or not form.is_valid():
        return _page(request, "withdraw_letter", context)
    return _do(
        request,
        "withdraw_letter",
        context,
        lambda: taking_back.withdraw_letter(letter, by=request.user, now=timezone.now(), **form.cleaned_data),
        lambda taken: f"Đã thu hồi văn bản, {len(taken)} lượt giao không phải thực hiện tiếp.",
        lambda: WithdrawForm(_again(request, _letter(request, pk).version)),
    )


def _letter(request: UserRequest, pk: int) -> Letter:
    return get_object_or_404(Letter.objects.editable_by(request.user), pk=pk)


def _directive(request: UserRequest, pk: int) -> Directive:
    return get_object_or_404(Directive.objects.editable_by(request.user).select_related("letter"), pk=pk)


def _posted(request: UserRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _again(request: UserRequest, version: int) -> QueryDict:
    """What was posted, over the version that is there now."""
    typed = request.POST.copy()
    typed["version"] = str(version)
    return typed


def _page(request: UserRequest, name: str, context: dict[str, Any], *, status: int = 0) -> HttpResponse:
    form: VersionForm = context["form"]
    return render(request, f"directives/{name}.html", context, status=status or (422 if form.is_bound else 200))


def _do(
    request: UserRequest,
    name: str,
    context: dict[str, Any],
    verb: Callable[[], Any],
    said: Callable[[Any], str],
    renewed: Callable[[], VersionForm],
) -> HttpResponse:
    """The verb, then back to the page of corrections; a refusal or another's change shows what was typed again."""
    form: VersionForm = context["form"]
    try:
        done = verb()
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, name, context, status=422)
    except verbs.Outdated:
        return _page(request, name, context | {"form": renewed(), "outdated": OUTDATED}, status=409)
    messages.success(request, said(done))
    return redirect("corrections", context["letter"].pk)
