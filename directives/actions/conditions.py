"""What a conditional directive waits for has come about: its clock starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from agencies.models import User
from directives import notices
from directives.actions.act import Act
from directives.clocks import Clock, counted
from directives.deadlines import DueKind
from directives.models import Assignment, ConditionMet, Directive
from directives.states import NotAllowed, Verb


@dataclass(frozen=True)
class Met:
    """The document that met the condition, and the rule that starts: a day, or so many working days from today."""

    document: str
    document_on: date
    due_on: date | None = None
    count: int | None = None


def meet_condition(directive: Directive, *, by: User, now: datetime, met: Met) -> list[Assignment]:
    """Every open assignment of the directive that waits gets its due day and its agency is told. Raises NotAllowed."""
    today = timezone.localtime(now).date()
    with transaction.atomic():
        row = Directive.objects.select_for_update(of=("self",)).select_related("letter").get(pk=directive.pk)
        _refuse_unfit(row, met, today)
        ConditionMet.objects.create(
            directive=row,
            document=met.document.strip(),
            document_on=met.document_on,
            due_on=met.due_on,
            count=met.count,
            met_by=by,
            met_at=now,
        )
        clock = counted(today, met.count) if met.count else Clock(due_on=met.due_on)
        waiting = row.assignments.locked().open().filter(due_on=None)
        entries = [_start(one, clock, met, by=by, now=now) for one in waiting]
        notices.queue_changed([act.finish(**details) for act, details in entries], now=now)
        return [act.row for act, _ in entries]


def _start(one: Assignment, clock: Clock, met: Met, *, by: User, now: datetime) -> tuple[Act, dict[str, Any]]:
    act = Act.begin(Verb.MEET, one, by=by, now=now)
    for name, value in clock.columns.items():
        if name != "period":
            setattr(act.row, name, value)
    details: dict[str, Any] = {"document": f"{met.document.strip()} ngày {met.document_on:%d/%m/%Y}"}
    return act, {**details, "remaining": met.count} if met.count else details


def _refuse_unfit(row: Directive, met: Met, today: date) -> None:
    if row.due_kind != DueKind.CONDITIONAL:
        raise NotAllowed("Nhiệm vụ này không chờ điều kiện.")
    if before := ConditionMet.objects.filter(directive=row).first():
        raise NotAllowed(f"Điều kiện này đã được xác nhận theo {before.document} ngày {before.document_on:%d/%m/%Y}.")
    if not met.document.strip():
        raise NotAllowed("Nhập số, ký hiệu văn bản đáp ứng điều kiện.")
    if met.document_on > today:
        raise NotAllowed("Ngày văn bản phải là hôm nay hoặc trước đó.")
    if (met.due_on is None) == (met.count is None):
        raise NotAllowed("Nhập hạn hoặc số ngày làm việc, chỉ một trong hai.")
    if met.due_on and met.due_on < today:
        raise NotAllowed(f"Hạn phải từ hôm nay ({today:%d/%m/%Y}) trở đi.")
