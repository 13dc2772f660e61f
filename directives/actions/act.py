"""What every verb on one assignment has in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from agencies.models import User
from directives.actions.assignments import Conflict
from directives.actions.history import entry_for
from directives.models import Assignment, HistoryEntry
from directives.states import Verb, advance


@dataclass
class Act:
    """One verb on one assignment, inside a transaction: `begin` locks the row, `finish` writes it and its history."""

    row: Assignment
    verb: Verb
    by: User
    now: datetime
    before: str
    days_before: dict[str, date | None]

    @classmethod
    def begin(cls, verb: Verb, assignment: Assignment, *, by: User, now: datetime, version: int | None = None) -> Act:
        """The locked row with the status the verb gives it. `version`: the one the person has read (else Conflict).

        Raises NotAllowed when the verb does not fit the status.
        """
        row = Assignment.objects.locked().get(pk=assignment.pk)
        before, row.status = row.status, advance(verb, row.status)
        if version is not None and row.version != version:
            raise Conflict(row)
        return cls(row, verb, by, now, before, {"due_on": row.due_on, "original_due_on": row.original_due_on})

    def finish(self, *, note: str = "", **details: Any) -> HistoryEntry:
        """Save the row; the entry tells by itself which due days were moved, as {field: [old, new]} in ISO form."""
        for name, old in self.days_before.items():
            new = getattr(self.row, name)
            if new != old:
                details[name] = [one and one.isoformat() for one in (old, new)]
        self.row.version += 1
        self.row.save()
        entry = entry_for(
            self.row, verb=self.verb, by=self.by, now=self.now, from_status=self.before, note=note, details=details
        )
        entry.save(force_insert=True)
        return entry
