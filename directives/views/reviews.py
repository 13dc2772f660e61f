"""The Office decides on what agencies submitted: the queue, one submission, and the two verbs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Min, Prefetch, QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from agencies.permissions import Permission, UserRequest, requires
from directives.actions import assignments as verbs
from directives.forms.review import ConfirmForm, ReturnForm
from directives.models import Assignment, AssignmentQuerySet, ProgressUpdate
from directives.states import NotAllowed, Status
from directives.views.timeline import NEWEST, Event, FileLink, file_links, timeline
from directives.views.undoing import undoable

PAGE_SIZE = 20


@dataclass(frozen=True)
class QueueRow:
    """`claim`: the update that submitted it; `late`: days past its due day then; `waited`: days since then."""

    assignment: Assignment
    claim: ProgressUpdate | None
    late: int
    waited: int


@dataclass(frozen=True)
class Submission:
    update: ProgressUpdate
    files: list[FileLink]


@requires(Permission.REVIEW)
@require_safe
def review_queue(request: UserRequest) -> HttpResponse:
    """What waits for the Office, the oldest first; `?q=` searches, `?trang=` turns pages."""
    return queue_page(request)


def queue_page(request: UserRequest, *, form: Form | None = None, status: int = 200) -> HttpResponse:
    """The queue; `form` is one that was sent from it and came back with errors."""
    on = timezone.localdate()
    totals = (
        Assignment.objects.reviewable_by(request.user).submitted().aggregate(n=Count("pk"), first=Min("stopped_on"))
    )
    found = _queue(request).for_lists().in_review_order().prefetch_related(claims())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "page_obj": page,
        "rows": [queue_row(one, on) for one in page],
        "waiting": totals["n"],
        "longest": (on - totals["first"]).days if totals["n"] else 0,
        "words": _words(request),
        "form": form,
        "acts": undoable(request.user, timezone.now()),
        "declined": Assignment.objects.visible_to(request.user).declined().count(),
    }
    return render(request, "directives/review_queue.html", context, status=status)


@requires(Permission.REVIEW)
@require_safe
def review(request: UserRequest, pk: int) -> HttpResponse:
    """One submission beside the two forms that decide on it."""
    return _page(request, pk)


@requires(Permission.REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_completion(request: UserRequest, pk: int) -> HttpResponse:
    """Accept the submission, then open the next one."""
    return _decide(request, pk, ConfirmForm, verbs.confirm, "Đã xác nhận.")


@requires(Permission.REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def return_for_revision(request: UserRequest, pk: int) -> HttpResponse:
    """Send the submission back with a reason, then open the next one."""
    return _decide(request, pk, ReturnForm, verbs.return_for_revision, "Đã trả lại để bổ sung.")


def _words(request: UserRequest) -> str:
    return request.GET.get("q", "").strip()


def _queue(request: UserRequest) -> AssignmentQuerySet:
    """Whatever the officer's search finds; the queue goes on inside it from one submission to the next."""
    return Assignment.objects.reviewable_by(request.user).submitted().matching(_words(request))


def claims() -> Prefetch[str, QuerySet[ProgressUpdate], str]:
    """The updates that said "done", the last one first, each with its number of files."""
    return Prefetch("updates", queryset=ProgressUpdate.objects.completed().annotate(files=Count("attachments")))


def queue_row(assignment: Assignment, on: date) -> QueueRow:
    claim = next(iter(assignment.updates.all()), None)
    return QueueRow(assignment, claim, assignment.facts.days_late(on), _waited(assignment, on))


def _waited(assignment: Assignment, on: date) -> int:
    """Days a submission has been with the Office; 0 for what is not."""
    is_here = assignment.status == Status.SUBMITTED and assignment.stopped_on
    return (on - assignment.stopped_on).days if is_here and assignment.stopped_on else 0


def _fetch(request: UserRequest, pk: int) -> Assignment:
    return get_object_or_404(Assignment.objects.reviewable_by(request.user).for_lists(), pk=pk)


def _decide(
    request: UserRequest,
    pk: int,
    form_class: type[ConfirmForm | ReturnForm],
    verb: Callable[..., Assignment],
    done: str,
) -> HttpResponse:
    if request.method != "POST":  # a page loaded again, or the way back from signing in after the session ended
        return redirect("review", pk)
    assignment, form = _fetch(request, pk), form_class(request.POST)
    if not form.is_valid():
        return _page(request, pk, form, status=422)
    try:
        decided = verb(assignment, by=request.user, now=timezone.now(), **form.decision())
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, pk, form, status=422)
    except verbs.Conflict as conflict:
        return _conflict_page(request, pk, form, conflict.current.version)
    return _go_on(request, decided, done)


def _conflict_page(request: UserRequest, pk: int, form: ConfirmForm | ReturnForm, version: int) -> HttpResponse:
    """What was typed stays, what changed stands above, and the form carries the new version: sent again, it counts."""
    renewed = request.POST.copy()
    renewed["version"] = str(version)
    return _page(request, pk, type(form)(renewed), read=form.cleaned_data["version"], status=409)


def _page(
    request: UserRequest, pk: int, form: ConfirmForm | ReturnForm | None = None, *, read: int = 0, status: int = 200
) -> HttpResponse:
    """The review page; `form` is the one that was posted, `read` the version it had been opened with on a conflict."""
    assignment = _fetch(request, pk)
    events = timeline(assignment)
    submission = _submission_of(assignment)
    version = {"version": assignment.version}
    context = {
        "assignment": assignment,
        "on": timezone.localdate(),
        "waiting": assignment.status == Status.SUBMITTED,
        "waited": _waited(assignment, timezone.localdate()),
        "submission": submission,
        "cut": len(events) == NEWEST,
        "earlier": [one for one in events if submission is None or not _is_of(one, submission)],
        # Every verb raises the version by one and writes one line: so many lines are what came in between.
        "missed": events[: assignment.version - read] if read else [],
        "posted": form,
        "confirm_form": form if isinstance(form, ConfirmForm) else ConfirmForm(initial=version),
        "return_form": form if isinstance(form, ReturnForm) else ReturnForm(initial=version),
        "left": _queue(request).count(),
        "following": _next(request, assignment),
        "words": _words(request),
        "acts": undoable(request.user, timezone.now())[:1],
    }
    return render(request, "directives/review.html", context, status=status)


def _submission_of(assignment: Assignment) -> Submission | None:
    """What was sent in last for confirmation."""
    update = assignment.updates.completed().select_related("author").prefetch_related("attachments").first()
    if update is None:
        return None
    return Submission(update, file_links(update))


def _is_of(event: Event, submission: Submission) -> bool:
    return event.code == Status.SUBMITTED and event.when == submission.update.created_at


def _next(request: UserRequest, after: Assignment) -> Assignment | None:
    """The submission that waits behind `after`; at the end of the queue, the oldest one that was passed over."""
    queue = _queue(request).exclude(pk=after.pk)
    return queue.after_in_review_order(after).first() or queue.in_review_order().first()


def _go_on(request: UserRequest, decided: Assignment, done: str) -> HttpResponse:
    following = _next(request, decided)
    messages.success(request, f"{done} {_left(request)}")
    if following is None:
        return redirect("review_queue")
    query = f"?{urlencode({'q': _words(request)})}" if _words(request) else ""
    return redirect(reverse("review", args=[following.pk]) + query)


def _left(request: UserRequest) -> str:
    """How much is left of what the officer is going through."""
    if left := _queue(request).count():
        return f"Còn {left} mục."
    if others := Assignment.objects.reviewable_by(request.user).submitted().count():
        return f"Còn {others} mục ngoài «{_words(request)}»."
    return "Không còn mục nào chờ duyệt."
