"""The portal with a save as one writes it at first: look whether the version is right, then write. No lock.

`gunicorn tests.faults.naive_save:application` – test_competing_posts.py has to find what it loses.
"""

from __future__ import annotations

import time
from datetime import datetime
from uuid import UUID

from congvan.wsgi import application

from agencies.models import User  # isort: skip
from directives.actions import assignments as actions  # isort: skip
from directives.actions.history import entry_for  # isort: skip
from directives.models import Assignment, ProgressUpdate  # isort: skip
from directives.states import Verb  # isort: skip

__all__ = ["application"]


def save(
    assignment: Assignment, *, by: User, now: datetime, progress: actions.Progress, version: int, key: UUID
) -> ProgressUpdate:
    row = Assignment.objects.select_related("directive").get(pk=assignment.pk)
    if row.version != version:
        raise actions.Conflict(row)
    time.sleep(0.05)  # what an upload or a slow disk adds between the look and the write
    update = ProgressUpdate.objects.create(
        assignment=row, author=by, created_at=now, key=key, claim=progress.claim, percent=50, result=progress.result
    )
    row.version += 1
    row.save()
    entry_for(row, verb=Verb.REPORT, by=by, now=now, update=update).save()
    return update


actions.report_progress = save
