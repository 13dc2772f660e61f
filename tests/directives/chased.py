"""Acts of chasing as an officer makes them: through the verb."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

from agencies.models import User
from directives.actions.chases import chase
from directives.models import Assignment, Chase
from tests.factories import NOW, TODAY

WEDNESDAY = TODAY + timedelta(days=2)


def chase_now(
    by: User, *assignments: Assignment, now: datetime = NOW, text: str = "", answer_by: date = WEDNESDAY
) -> list[Chase]:
    return chase([one.pk for one in assignments], by=by, now=now, text=text, answer_by=answer_by, key=uuid4())
