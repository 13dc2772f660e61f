"""Which officer of the Office follows an assignment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from agencies.models import Role, User
from directives.actions.history import entry_for
from directives.models import Assignment
from directives.states import NotAllowed, Verb


def set_officer(assignments: Collection[int], *, by: User, now: datetime, officer: User) -> list[Assignment]:
    """Put these (ids) in the charge of one officer; those changed. Who has them already keeps them without a word.

    Raises NotAllowed unless `officer` is an active officer.
    """
    if officer.role != Role.OFFICER or not officer.is_active:
        raise NotAllowed("Chọn chuyên viên đang làm việc ở Văn phòng UBND tỉnh.")
    with transaction.atomic():
        rows = Assignment.objects.locked().filter(pk__in=assignments).select_related("directive__letter__entered_by")
        changed = [row for row in rows if row.officer_in_charge != officer]
        for row in changed:
            details = {"officer": [str(row.officer_in_charge), str(officer)]}
            row.officer = officer
            row.version += 1
            row.save(update_fields=["officer", "version"])
            entry_for(row, verb=Verb.SET_OFFICER, by=by, now=now, from_status=row.status, details=details).save()
        return changed
