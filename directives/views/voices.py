"""Three voices: the agency takes its report back, the Office assesses, a leader gives an opinion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.permissions import Permission, UserRequest, requires
from directives.actions import remarks, withdrawals
from directives.forms.voices import RemarkForm, WithdrawForm
from directives.models import Assignment, AssignmentQuerySet, Remark
from directives.states import NotAllowed


@dataclass(frozen=True)
class Wording:
    """What a page for a remark says. `done`: the green sentence; `asked`: the error of an empty field."""

    heading: str
    label: str
    help_text: str
    button: str
    done: str
    asked: str


ASSESSMENT = Wording(
    "Đánh giá của Văn phòng UBND tỉnh",
    "Nội dung đánh giá",
    "Cơ quan được giao và lãnh đạo UBND tỉnh đọc được. Đã lưu thì không sửa, cần thêm thì ghi đánh giá mới.",
    "Lưu đánh giá",
    "Đã lưu đánh giá của Văn phòng.",
    "Nhập nội dung đánh giá",
)
OPINION = Wording(
    "Ý kiến của lãnh đạo UBND tỉnh",
    "Nội dung ý kiến",
    "Cơ quan được giao nhận được thư báo và đọc được ở nhiệm vụ. Đã lưu thì không sửa, cần thêm thì ghi ý kiến mới.",
    "Gửi ý kiến",
    "Đã gửi ý kiến tới cơ quan.",
    "Nhập nội dung ý kiến",
)


@requires(Permission.REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: UserRequest, pk: int) -> HttpResponse:
    given = get_object_or_404(_shown(Assignment.objects.reviewable_by(request.user)), pk=pk)
    return _remark(request, given, ASSESSMENT, remarks.assess)


@requires(Permission.GIVE_OPINION)
@require_http_methods(["GET", "HEAD", "POST"])
def give_opinion(request: UserRequest, pk: int) -> HttpResponse:
    given = get_object_or_404(_shown(Assignment.objects.visible_to(request.user)), pk=pk)
    return _remark(request, given, OPINION, remarks.give_opinion)


def _remark(request: UserRequest, given: Assignment, wording: Wording, verb: Callable[..., Remark]) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    form = RemarkForm(typed, asked=wording.asked, label=wording.label, help_text=wording.help_text)
    if typed is not None and form.is_valid():
        verb(given, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, wording.done)
        return redirect("assignment", given.pk)
    context = {"assignment": given, "today": timezone.localdate(), "form": form, "wording": wording}
    return render(request, "directives/remark.html", context, status=200 if typed is None else 422)


@requires(Permission.REPORT_PROGRESS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_update(request: UserRequest, pk: int) -> HttpResponse:
    """GET: the update and what becomes of the assignment. POST: take it back, then the form opens with its words."""
    given = get_object_or_404(_shown(Assignment.objects.editable_by(request.user)), pk=pk)
    if request.method != "POST":
        return _withdraw_page(request, given, WithdrawForm())
    form = WithdrawForm(request.POST)
    update = given.updates.filter(pk=form.cleaned_data["update"]).first() if form.is_valid() else None
    if form.is_valid() and update is None:
        form.add_error(None, withdrawals.TOO_LATE)
    if update is None:
        return _withdraw_page(request, given, form, status=422)
    try:
        withdrawals.withdraw_update(update, by=request.user, now=timezone.now())
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _withdraw_page(request, given, form, status=422)
    messages.success(request, "Đã thu hồi cập nhật. Nội dung cũ ở trong biểu mẫu dưới đây để anh/chị sửa rồi gửi lại.")
    return redirect("assignment", pk)


def _withdraw_page(request: UserRequest, given: Assignment, form: WithdrawForm, *, status: int = 200) -> HttpResponse:
    context = {
        "assignment": given,
        "today": timezone.localdate(),
        "form": form,
        "entry": given.history.withdrawable(),
    }
    return render(request, "directives/withdraw_update.html", context, status=status)


def _shown(rows: AssignmentQuerySet) -> AssignmentQuerySet:
    return rows.select_related("agency", "directive__letter")
