"""Which reports are made by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.models import Agency, User
from directives.models import Letter
from directives.states import NotAllowed
from reports.models import Denominator, ReportKind, ReportSchedule
from reports.periods import Length, System


@dataclass(frozen=True)
class NewSchedule:
    """`agency` and `letter` as the kind wants them (models.FOCUS)."""

    kind: ReportKind
    system: System
    length: Length
    recipients: Iterable[User]
    agency: Agency | None = None
    letter: Letter | None = None
    leading: Denominator = Denominator.FALLEN_DUE


def add_schedule(new: NewSchedule, *, by: User, now: datetime) -> ReportSchedule:
    """From the period on that runs today. Raises NotAllowed when such reports are made already."""
    try:
        with transaction.atomic():
            schedule = ReportSchedule.objects.create(
                kind=new.kind,
                system=new.system,
                length=new.length,
                agency=new.agency,
                letter=new.letter,
                leading=new.leading,
                begins_on=timezone.localtime(now).date(),
                created_by=by,
                created_at=now,
            )
            schedule.recipients.set(new.recipients)
            return schedule
    except IntegrityError as problem:
        raise NotAllowed(
            "Báo cáo loại này đã có lịch cho kỳ và phạm vi đã chọn. Ngừng lịch đó trước khi đặt lịch mới."
        ) from problem


def end_schedule(schedule: ReportSchedule, *, by: User, now: datetime) -> bool:
    """No more reports are made by it; False when it had been ended already."""
    running = ReportSchedule.objects.running().filter(pk=schedule.pk)
    return bool(running.update(ended_by=by, ended_at=now))
