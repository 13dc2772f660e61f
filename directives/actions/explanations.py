"""Yêu cầu giải trình: a leader asks why something is late, the agency answers, both for the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from agencies.models import User
from directives import notices
from directives.actions import chases
from directives.actions.history import entry_for
from directives.models import Assignment, Chase, ChaseItem, Explanation, NoticeKind
from directives.notices import NewNotice
from directives.states import ChaseKind, NotAllowed, Verb, advance


@dataclass(frozen=True)
class Answer:
    """What the agency says. `finish_by`: the day it promises, if any."""

    text: str
    finish_by: date | None = None
    document_reference: str = ""


def demand_explanation(
    assignment: Assignment, *, by: User, now: datetime, text: str, answer_by: date, key: UUID
) -> Chase:
    """Ask the agency to explain; numbered and mailed like a chase, and taken back like one. Raises NotAllowed.

    Bodies that are not subordinate are not asked to account for themselves; one demand waits at a time.
    """
    with transaction.atomic():
        row = Assignment.objects.locked().get(pk=assignment.pk)
        again = Chase.objects.filter(key=key).first()
        if again is not None:
            return again
        advance(Verb.DEMAND, row.status)
        _require(row, timezone.localtime(now).date(), answer_by)
        return chases.act(
            ChaseKind.EXPLANATION, [row], verb=Verb.DEMAND, by=by, now=now, text=text, answer_by=answer_by, key=key
        )


def explain(assignment: Assignment, *, by: User, now: datetime, answer: Answer) -> Explanation:
    """Answer the demand that waits; whoever made it is told. The same answer sent twice is one. Raises NotAllowed."""
    with transaction.atomic():
        row = Assignment.objects.locked().get(pk=assignment.pk)
        item = ChaseItem.objects.demands().filter(assignment=row).order_by("pk").last()
        if item is None:
            raise NotAllowed("Không có yêu cầu giải trình nào đối với nhiệm vụ này.")
        given = Explanation.objects.filter(item=item).first()
        if given is not None and given.text == answer.text:
            return given
        if given is not None:
            raise NotAllowed("Yêu cầu giải trình này đã được trả lời. Cần nói thêm thì ghi trong cập nhật tình hình.")
        advance(Verb.EXPLAIN, row.status)
        return _answered(row, item, by=by, now=now, answer=answer)


def _answered(row: Assignment, item: ChaseItem, *, by: User, now: datetime, answer: Answer) -> Explanation:
    said = Explanation.objects.create(
        item=item,
        author=by,
        explained_at=now,
        text=answer.text,
        finish_by=answer.finish_by,
        document_reference=answer.document_reference,
    )
    details = {"chase": item.chase_id, "number": item.chase.reference}
    entry_for(row, verb=Verb.EXPLAIN, by=by, now=now, note=answer.text, details=details).save()
    if item.chase.chased_by.is_active:
        told = NewNotice(item.chase.chased_by, NoticeKind.EXPLAINED, item.chase.notice_key, ((row.pk, ""),))
        notices.queue([told], now=now)
    return said


def _require(row: Assignment, today: date, answer_by: date) -> None:
    if not row.agency.is_subordinate:
        raise NotAllowed(
            f"{row.agency} không thuộc quyền chỉ đạo của UBND tỉnh: chỉ gửi đề nghị, không yêu cầu giải trình."
        )
    if answer_by < today:
        raise NotAllowed("Hạn trả lời phải là hôm nay hoặc sau đó.")
    waiting = ChaseItem.objects.unanswered().filter(assignment=row).select_related("chase").first()
    if waiting is not None:
        chase = waiting.chase
        raise NotAllowed(
            f"Đã yêu cầu giải trình ngày {chase.chased_on:%d/%m/%Y} (số {chase.reference}), "
            f"hạn trả lời {chase.answer_by:%d/%m/%Y}, cơ quan chưa trả lời."
        )
