"""An agency ends between two periods of a recurring directive: the periods to come go to another."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from agencies.models import Agency, User
from directives.actions.handover import Way
from directives.actions.periods import open_behind
from directives.models import Assignment, Directive, HistoryEntry, Succession, left_behind
from directives.states import NotAllowed


def carry_on(agency: Agency, directives: Collection[int], way: Way, *, by: User, now: datetime) -> list[Succession]:
    """`way.to` reports on these recurring directives (ids) for every period that begins after `agency` has ended.

    Periods that have begun by now are opened at once. All or nothing; raises NotAllowed.
    """
    way.check(timezone.localtime(now).date())
    if way.to.pk == agency.pk:
        raise NotAllowed(f"Chọn cơ quan khác với {agency}.")
    with transaction.atomic():
        rows = list(Directive.objects.select_for_update(of=("self",)).filter(pk__in=directives).order_by("pk"))
        left = {one.directive_id for one in left_behind(Assignment.objects.filter(agency=agency))}
        if {row.pk for row in rows} != set(directives) or not left.issuperset(directives):
            raise NotAllowed(
                "Có nhiệm vụ định kỳ đã có cơ quan tiếp tục hoặc còn kỳ đang mở. Mở lại trang rồi chọn lại."
            )
        return [_carry_on(row, agency, way, by=by, now=now) for row in rows]


def _carry_on(row: Directive, agency: Agency, way: Way, *, by: User, now: datetime) -> Succession:
    kept = Succession.objects.create(directive=row, agency=agency, to=way.to, reason=way.reason, by=by, at=now)
    HistoryEntry.objects.create(
        letter_id=row.letter_id,
        directive=row,
        verb="carry-on",
        actor=by,
        at=now,
        note=way.reason,
        details={"agency": [str(agency), str(way.to)]},
    )
    open_behind(row, by=by, now=now)
    return kept
