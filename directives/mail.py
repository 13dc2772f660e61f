"""What a message says: subject and text as of the day it is sent, from templates/emails/."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from agencies.models import Role
from directives import chain, overview
from directives.deadlines import DueKind
from directives.models import (
    Assignment,
    Chase,
    Explanation,
    ExtensionState,
    HistoryEntry,
    HistorySeal,
    Modality,
    Notice,
    NoticeKind,
)
from directives.models.policy import reign_on
from directives.policy import Policy
from directives.smtp import Message
from directives.states import Verb
from directives.workdays import after_working_days

DAYS_TO_ANSWER = 2  # working days, in the sentence "Đề nghị cập nhật trước 17:00 ngày …"
LISTED, LISTED_ABOVE = 100, 30  # assignments named in one mail to an agency, to the Office or a leader


@dataclass(frozen=True)
class Line:
    """One assignment as a message of the day `on` names it."""

    assignment: Assignment
    on: date

    @cached_property
    def days_late(self) -> int | None:
        """Days past the due day, negative before it; None undated."""
        return (self.on - self.assignment.due_on).days if self.assignment.due_on else None

    @cached_property
    def when(self) -> str:
        """ "quá hạn 5 ngày", "đến hạn hôm nay", "còn 3 ngày"; empty when undated."""
        if self.days_late is None:
            return ""
        if self.days_late > 0:
            return f"quá hạn {self.days_late} ngày"
        return f"còn {-self.days_late} ngày" if self.days_late else "đến hạn hôm nay"

    @property
    def silence(self) -> str:
        """ "chưa cập nhật 35 ngày, từ 16/01/2023": since the last report, or since it was given."""
        reported_at = self.assignment.reported_at
        since = timezone.localtime(reported_at).date() if reported_at else self.assignment.assigned_on
        return f"chưa cập nhật {(self.on - since).days} ngày, từ {since:%d/%m/%Y}"

    @cached_property
    def is_late(self) -> bool:
        return self.days_late is not None and self.days_late > 0

    @property
    def is_standing(self) -> bool:
        return self.days_late is None and self.assignment.directive.due_kind == DueKind.STANDING

    @cached_property
    def source(self) -> str:
        """The letter: "Công văn 12/UBND-KGVX ngày 05/01/2023"."""
        letter = self.assignment.directive.letter
        return f"{letter.get_kind_display()} {letter.reference} {'ngày ' if letter.issued_on else ''}{letter.dated}"

    @cached_property
    def url(self) -> str:
        return f"{settings.SITE_URL}/viec/{self.assignment.pk}/"


@dataclass(frozen=True)
class Group:
    """The lines of a reminder that stand under one heading; numbered through the whole mail, from `first` on."""

    title: str
    lines: list[Line]
    first: int = 1

    @property
    def numbered(self) -> list[tuple[int, Line]]:
        return list(enumerate(self.lines, start=self.first))


@dataclass(frozen=True)
class Figure:
    """A number of the Office's morning overview and the list it counts."""

    text: str
    count: int
    url: str


def lines_of(assignments: Iterable[Assignment], *, on: date) -> list[Line]:
    """Worst first: the longest overdue, then the nearest due day, the undated last; ties in the letter's order."""
    ordered = sorted(assignments, key=lambda one: (one.due_on or date.max, one.directive.position, one.pk))
    return [Line(one, on) for one in ordered]


def is_overview(notice: Notice) -> bool:
    """Whether a message says how the work stands, besides the assignments it names: the Office's in the morning."""
    return notice.kind == NoticeKind.REMINDER and notice.recipient.role == Role.OFFICER


def message_for(notice: Notice, assignments: Iterable[Assignment], *, on: date) -> Message:
    """The mail of a notice about these assignments, text and HTML.

    At least one, all of the recipient's agency; an overview may name none, and names those of any agency.
    """
    return _message(notice, _context(notice, lines_of(assignments, on=on), on))


def message_of_its_own(notice: Notice, *, on: date) -> Message:
    """The mail of a notice that names no assignment but a page of the portal."""
    unit = "" if notice.recipient.role == Role.LEADER else notice.recipient.agency or "Văn phòng UBND tỉnh"
    page = {"title": notice.title, "url": settings.SITE_URL + notice.path}
    return _message(notice, {"person": notice.recipient, "unit": unit, "support_phone": settings.SUPPORT_PHONE, **page})


def _message(notice: Notice, context: dict[str, Any]) -> Message:
    for part in ("subject", "opening", "closing"):
        words = render_to_string(f"emails/{notice.kind.replace('-', '_')}{_reader(notice)}_{part}.txt", context)
        context[part] = " ".join(words.split())
    message = Message(
        context["subject"],
        render_to_string("emails/thu.txt", context).strip() + "\n",
        to=[notice.recipient.email],
        headers={"Message-ID": notice.message_id, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("emails/thu.html", context), "text/html")
    return message


def _reader(notice: Notice) -> str:
    """Who reads a reminder from above the agencies, as the names of the templates say it; "" for an agency's people."""
    above = {Role.OFFICER: "_van_phong", Role.LEADER: "_lanh_dao"}
    return above.get(Role(notice.recipient.role), "") if notice.kind == NoticeKind.REMINDER else ""


def _context(notice: Notice, lines: list[Line], on: date) -> dict[str, Any]:
    above = bool(_reader(notice))
    reign = reign_on(on)
    listed = LISTED_ABOVE if above else LISTED
    context = {
        "person": notice.recipient,
        "unit": "" if notice.recipient.role == Role.LEADER else notice.recipient.agency or "Văn phòng UBND tỉnh",
        "above": above,
        "lines": lines,
        "late": [line for line in lines if line.is_late],
        "coming": [line for line in lines if line.days_late is not None and not line.is_late],
        "standing": [line for line in lines if line.is_standing],
        "red_from": reign.policy.red_from,
        "groups": _groups(lines, listed) if notice.kind == NoticeKind.REMINDER else [Group("", lines)],
        "unlisted": max(len(lines) - listed, 0) if notice.kind == NoticeKind.REMINDER else 0,
        "every": f"{settings.SITE_URL}/{'nhiem-vu' if above else 'viec'}/",
        "figures": _figures(on) if is_overview(notice) and reign.policy.overview else [],
        "history": chain.code_of(HistorySeal.objects.head()) if is_overview(notice) else "",
        **_chase_of(notice),
        # Of what is done or gone elsewhere the deadline is of no interest any more.
        "done": notice.kind in (NoticeKind.CONFIRMED, NoticeKind.HANDED_OVER, NoticeKind.WITHDRAWN),
        "policy": reign if notice.kind == NoticeKind.REMINDER else None,
        "on": on,
        "answer_by": after_working_days(on, DAYS_TO_ANSWER),
        "support_phone": settings.SUPPORT_PHONE,
    }
    return context | (_of_agency(notice, lines, reign.policy) if not above else _of_agencies(lines, reign.policy))


def _of_agency(notice: Notice, lines: list[Line], policy: Policy) -> dict[str, Any]:
    """What a message to an agency's people knows besides; all its lines are of their agency."""
    first = lines[0].assignment
    asked = not first.agency.is_subordinate or all(_is_request(line) for line in lines)
    return {
        "agency": first.agency,
        "asked": asked,  # bodies that are not subordinate are asked, never chased (DOMAIN §4)
        "asking": policy.asking,
        "red": not asked and any(policy.is_red(line.days_late or 0) for line in lines),
        "letter": first.directive.letter,
        "reason": _reason_of(first, NoticeKind(notice.kind)),
        **_extension_of(notice, first),
        **_change_of(notice),
    }


def _is_request(line: Line) -> bool:
    return line.assignment.directive.modality == Modality.REQUEST


def _of_agencies(lines: list[Line], policy: Policy) -> dict[str, Any]:
    """What a reminder to the Office or a leader knows besides; its lines are of any agency."""
    return {
        "agencies": len({line.assignment.agency_id for line in lines}),
        "red": [line for line in lines if policy.is_red(line.days_late or 0)],
    }


def _groups(lines: list[Line], listed: int) -> list[Group]:
    """The lines under headings, worst first, so many of them in all; one heading alone is left out."""
    headings = ("Quá hạn", "Sắp đến hạn", "Nhiệm vụ thường xuyên chưa cập nhật", "Nhiệm vụ chờ điều kiện")
    sorted_out: list[list[Line]] = [[], [], [], []]
    for line in lines[:listed]:
        place = 0 if line.is_late else 1 if line.days_late is not None else 2 if line.is_standing else 3
        sorted_out[place].append(line)
    firsts = accumulate(map(len, sorted_out), initial=1)
    groups = [Group(*one) for one in zip(headings, sorted_out, firsts, strict=False) if one[1]]
    return groups if len(groups) > 1 else [Group("", group.lines) for group in groups]


def _figures(on: date) -> list[Figure]:
    found = overview.of(on)
    figures = (
        Figure("quá hạn", found.overdue, "/nhiem-vu/?tt=qua-han"),
        Figure("sắp đến hạn", found.due_soon, "/nhiem-vu/?tt=sap-den-han"),
        Figure("chờ xác nhận", found.waiting, "/duyet/"),
        Figure("đề nghị gia hạn", found.extensions, "/gia-han/"),
        Figure("trả lời không thuộc thẩm quyền", found.declined, "/nhiem-vu/?tn=khong-tham-quyen"),
        Figure("thư không đến nơi", found.undelivered, "/thu-bao/?tt=can-xu-ly"),
    )
    return [Figure(one.text, one.count, settings.SITE_URL + one.url) for one in figures if one.count]


def _chase_of(notice: Notice) -> dict[str, Any]:
    """The act of chasing that the message tells of, and the words that go with it."""
    if notice.kind not in _OF_A_CHASE:
        return {}
    chase = Chase.objects.filter(pk=int(notice.key.removeprefix("chase:").partition(":")[0] or 0)).first()
    if notice.kind != NoticeKind.EXPLAINED:
        return {"chase": chase, "words": chase.text if chase else ""}
    answer = Explanation.objects.filter(item__chase=chase).first() if chase else None
    return {"chase": chase, "answer": answer, "words": answer.text if answer else ""}


_OF_A_CHASE = (
    NoticeKind.CHASED,
    NoticeKind.EXPLANATION_WANTED,
    NoticeKind.EXPLANATION_DUE,
    NoticeKind.EXPLAINED,
)


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


def _change_of(notice: Notice) -> dict[str, Any]:
    """What was done to the assignment, and why; its deadline is of no interest while its clock stands still."""
    number = notice.key.removeprefix("entry:")
    entry = HistoryEntry.objects.filter(pk=number).first() if notice.kind == NoticeKind.CHANGED and number else None
    if entry is None:
        return {}
    return {"verb": entry.verb, "reason": entry.note, "done": entry.verb in (Verb.PAUSE, Verb.WITHDRAW)}
