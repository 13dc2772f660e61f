"""What somebody asks of a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from agencies.models import Agency
from directives.models import Assignment, AssignmentQuerySet, Letter, PartyRole
from reports.models import Denominator, Report, ReportKind
from reports.queries import lead_only
from reports.snapshots.shapes import Window

EARLIEST = date(2000, 1, 1)  # no report begins before: nothing was given


@dataclass(frozen=True)
class Asked:
    """`agency` and `letter` as the kind wants them (models.FOCUS); `replaces`: the report it is a later version of."""

    window: Window
    kind: ReportKind = ReportKind.PROGRESS
    agency: Agency | None = None
    letter: Letter | None = None
    leading: Denominator = Denominator.FALLEN_DUE
    replaces: Report | None = None

    @property
    def rows(self) -> AssignmentQuerySet:
        """What the report may count, before its window is looked at."""
        return lead_only(_of(self, Assignment.objects.all()))

    @property
    def support(self) -> AssignmentQuerySet:
        """What stands beside it: the scope takes part in it without leading it."""
        return _of(self, Assignment.objects.filter(role=PartyRole.SUPPORT))


def _of(asked: Asked, rows: AssignmentQuerySet) -> AssignmentQuerySet:
    if asked.agency is not None:
        rows = rows.filter(agency=asked.agency)
    return rows.filter(directive__letter=asked.letter) if asked.letter is not None else rows


def scoped(asked: Asked) -> AssignmentQuerySet:
    """The assignments a report counts as things stand: those of its window, of one agency, one letter or all."""
    window = asked.window
    return asked.rows.given_in(window.first, window.last)
