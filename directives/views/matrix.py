"""How the assignments of one letter stand, laid out for its page: agency × directive, with what is done of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.urls import reverse

from agencies.models import Agency, Comparison
from directives.deadlines import OPEN_LABELS, Label
from directives.models import Assignment, Directive
from directives.models.labelling import URGENCY


@dataclass(frozen=True)
class Tally:
    """`done` of `given` assignments, none of them withdrawn (the same counts as the reports' `Figures`)."""

    done: int
    given: int

    @classmethod
    def of(cls, labels: Mapping[Label, int]) -> Tally:
        """The tally of so many assignments under each label."""
        return cls(sum(n for label, n in labels.items() if label not in OPEN_LABELS), sum(labels.values()))

    def __str__(self) -> str:
        return f"{self.done}/{self.given}"


@dataclass(frozen=True)
class Cell:
    """The assignments of one directive to one agency (several when it recurs); the most urgent one is shown."""

    url: str
    code: Label
    text: str
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Column:
    directive: Directive
    total: Tally


@dataclass(frozen=True)
class Row:
    """`cells`: one per column, None where the directive is not given to the agency. `heading` on a kind's first row."""

    agency: Agency
    cells: list[Cell | None]
    total: Tally
    heading: str = ""

    @property
    def is_overdue(self) -> bool:
        return any(Label.OVERDUE in cell.labels for cell in self.cells if cell)


@dataclass(frozen=True)
class Matrix:
    columns: list[Column]
    rows: list[Row]
    total: Tally


def agencies_of(directive: Directive) -> int:
    """To how many agencies a directive (its assignments prefetched) was given."""
    return len({one.agency_id for one in directive.assignments.all()})


def comparisons_of(directives: Iterable[Directive]) -> list[Comparison]:
    """The kinds of agencies the directives were given to, in the order of the page."""
    given = {one.agency.comparison for directive in directives for one in directive.assignments.all()}
    return [one for one in Comparison if one in given]


def matrix(directives: Iterable[Directive], on: date, *, only: Comparison | None, overdue: bool) -> Matrix:
    """Agency × directive for directives with their assignments prefetched.

    `only` narrows rows, columns and totals to one kind of agencies; `overdue` hides the rows where nothing is late
    and leaves the totals.
    """
    wanted = [one for one in comparisons_of(directives) if only in (None, one)]
    across = [one for one in directives if any(kind in wanted for kind in comparisons_of([one]))]
    rows = [row for kind in wanted for row in _rows(across, kind, on)]
    columns = [Column(one, _tally(row.cells[place] for row in rows)) for place, one in enumerate(across)]
    shown = [row for row in rows if row.is_overdue or not overdue]
    return Matrix(columns, _headed(shown), _tally(cell for row in rows for cell in row.cells))


def _rows(directives: Sequence[Directive], kind: Comparison, on: date) -> list[Row]:
    given: dict[Agency, dict[int, list[Assignment]]] = {}
    for directive in directives:
        for one in directive.assignments.all():
            if one.agency.comparison == kind:
                given.setdefault(one.agency, {}).setdefault(directive.pk, []).append(one)
    ordered = sorted(given, key=lambda agency: (agency.sort_key, agency.pk))
    return [_row(agency, [_cell(given[agency].get(one.pk, []), on) for one in directives]) for agency in ordered]


def _row(agency: Agency, cells: list[Cell | None]) -> Row:
    return Row(agency, cells, _tally(cells))


def _cell(assignments: Sequence[Assignment], on: date) -> Cell | None:
    if not assignments:
        return None
    worst = min(assignments, key=lambda one: URGENCY.index(one.label_on(on)))
    labels = tuple(one.label_on(on) for one in assignments)
    return Cell(reverse("assignment", args=[worst.pk]), worst.label_on(on), worst.words_on(on), labels)


def _headed(rows: Iterable[Row]) -> list[Row]:
    """The same rows, the first of each kind of agencies with the kind's name above it."""
    kinds = groupby(rows, key=lambda row: row.agency.comparison)
    return [replace(row, heading="" if place else kind.label) for kind, same in kinds for place, row in enumerate(same)]


def _tally(cells: Iterable[Cell | None]) -> Tally:
    return Tally.of(Counter(label for cell in cells if cell for label in cell.labels))
