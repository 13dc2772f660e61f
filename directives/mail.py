"""What a message says: subject and text as of the day it is sent, from templates/emails/."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from directives.models import Assignment, ExtensionState, HistoryEntry, Notice, NoticeKind
from directives.smtp import Message
from directives.states import Verb
from directives.workdays import after_working_days

DAYS_TO_ANSWER = 2  # working days, in the sentence "Đề nghị cập nhật trước 17:00 ngày …"


@dataclass(frozen=True)
class Line:
    """One assignment as a message names it. `days_late`: days past the due day, negative before it; None undated."""

    assignment: Assignment
    days_late: int | None

    @property
    def when(self) -> str:
        """ "quá hạn 5 ngày", "đến hạn hôm nay", "còn 3 ngày"; empty when undated."""
        if self.days_late is None:
            return ""
        if self.days_late > 0:
            return f"quá hạn {self.days_late} ngày"
        return f"còn {-self.days_late} ngày" if self.days_late else "đến hạn hôm nay"

    @property
    def is_late(self) -> bool:
        return self.days_late is not None and self.days_late > 0

    @property
    def source(self) -> str:
        """The letter: "Công văn 12/UBND-KGVX ngày 05/01/2023"."""
        letter = self.assignment.directive.letter
        return f"{letter.get_kind_display()} {letter.reference} {'ngày ' if letter.issued_on else ''}{letter.dated}"

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}/viec/{self.assignment.pk}/"


def lines_of(assignments: Iterable[Assignment], *, on: date) -> list[Line]:
    """Worst first: the longest overdue, then the nearest due day, the undated last; ties in the letter's order."""
    ordered = sorted(assignments, key=lambda one: (one.due_on or date.max, one.directive.position, one.pk))
    return [Line(one, (on - one.due_on).days if one.due_on else None) for one in ordered]


def message_for(notice: Notice, assignments: Iterable[Assignment], *, on: date) -> Message:
    """The mail of a notice about these assignments (at least one, all of the recipient's agency): text and HTML."""
    context = _context(notice, lines_of(assignments, on=on), on)
    for part in ("subject", "opening", "closing"):
        words = render_to_string(f"emails/{notice.kind.replace('-', '_')}_{part}.txt", context)
        context[part] = " ".join(words.split())
    message = Message(
        context["subject"],
        render_to_string("emails/thu.txt", context).strip() + "\n",
        to=[notice.recipient.email],
        headers={"Message-ID": notice.message_id, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("emails/thu.html", context), "text/html")
    return message


def _context(notice: Notice, lines: list[Line], on: date) -> dict[str, Any]:
    agency = lines[0].assignment.agency
    return {
        "person": notice.recipient,
        "unit": notice.recipient.agency or "Văn phòng UBND tỉnh",
        "agency": agency,
        "asked": not agency.is_subordinate,  # bodies that are not subordinate are asked, never chased (DOMAIN §4)
        "letter": lines[0].assignment.directive.letter,
        "lines": lines,
        "late": [line for line in lines if line.is_late],
        "coming": [line for line in lines if not line.is_late],
        # Of what is done or gone elsewhere the deadline is of no interest any more.
        "done": notice.kind in (NoticeKind.CONFIRMED, NoticeKind.HANDED_OVER, NoticeKind.WITHDRAWN),
        "reason": _reason_of(lines[0].assignment, NoticeKind(notice.kind)),
        **_extension_of(notice, lines[0].assignment),
        "on": on,
        "answer_by": after_working_days(on, DAYS_TO_ANSWER),
        "support_phone": settings.SUPPORT_PHONE,
    }


_WITH_REASON = {
    NoticeKind.RETURNED: Verb.RETURN,
    NoticeKind.DECLINED: Verb.DECLINE,
    NoticeKind.KEPT: Verb.INSIST,
    NoticeKind.HANDED_OVER: Verb.HAND_OVER,
    NoticeKind.TAKEN_OVER: Verb.TAKE_OVER,
    NoticeKind.CORRECTED: Verb.CORRECT,
    NoticeKind.WITHDRAWN: Verb.WITHDRAW,
}


def _reason_of(assignment: Assignment, kind: NoticeKind) -> str:
    """Why it was returned, declined, kept, handed over, corrected or taken back, in the words of who did."""
    verb = _WITH_REASON.get(kind)
    last = HistoryEntry.objects.filter(assignment=assignment, verb=verb).order_by("at", "pk").last() if verb else None
    return last.note if last else ""


def _extension_of(notice: Notice, assignment: Assignment) -> dict[str, Any]:
    """The request for more time that the message tells of, and the words that go with it."""
    if notice.kind not in (NoticeKind.EXTENSION_ASKED, NoticeKind.EXTENSION_DECIDED):
        return {}
    request = assignment.extensions.exclude(state=ExtensionState.WITHDRAWN).order_by("asked_at", "pk").last()
    if request is None:
        return {}
    if notice.kind == NoticeKind.EXTENSION_ASKED:
        return {"extension": request, "reason": request.reason}
    granted = request.state == ExtensionState.GRANTED
    return {"extension": request, "granted": granted, "reason": "" if granted else request.note}
