"""The figures: one definition of each, for screens, PDF and workbook alike (DOMAIN §2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Count

from agencies.models import Agency, Comparison
from directives.deadlines import OPEN_LABELS, Label
from directives.models import AssignmentQuerySet


@dataclass(frozen=True)
class Figures:
    """Counts of assignments on a day. Every assignment that was given and not withdrawn is counted exactly once.

    given = done + open; done = on time + late + undated; open = on track + overdue + undated (DOMAIN §2, identities).
    `due_soon`, `waiting` and `returned` are parts of open that screens show apart: due within 7 days; submitted in time
    and not yet reviewed; returned and not yet late. What was submitted late counts as overdue until it is confirmed.
    """

    done_on_time: int = 0
    done_late: int = 0
    done_undated: int = 0
    open_on_track: int = 0
    open_overdue: int = 0
    open_undated: int = 0
    due_soon: int = 0
    waiting: int = 0
    returned: int = 0
    paused: int = 0

    @property
    def done(self) -> int:
        return self.done_on_time + self.done_late + self.done_undated

    @property
    def open(self) -> int:
        return self.open_on_track + self.open_overdue + self.open_undated

    @property
    def given(self) -> int:
        return self.done + self.open

    @property
    def fallen_due(self) -> int:
        """VPCP's denominator "đến hạn": dated and done, or overdue and not done."""
        return self.done_on_time + self.done_late + self.open_overdue

    @property
    def on_time_share(self) -> Share:
        return Share(self.done_on_time, self.fallen_due)

    @property
    def done_share(self) -> Share:
        return Share(self.done, self.given)

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Figures)))


@dataclass(frozen=True)
class Share:
    """A percentage that never goes without its denominator."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """0 to 100 with one decimal; None when there is nothing to divide by."""
        return round(100 * self.part / self.whole, 1) if self.whole else None


@dataclass(frozen=True)
class AgencyFigures:
    """The figures of one agency; `comparison` names the group it may be compared within."""

    code: str
    name: str
    comparison: Comparison
    figures: Figures


Cell = tuple[Label, bool]  # label, whether it has a due day


def count(rows: AssignmentQuerySet, on: date) -> Figures:
    """The figures of `rows` on a day: one query."""
    grouped = rows.counted().labelled(on).values_list("label", "due_on__isnull").annotate(n=Count("pk")).order_by()
    return _figures({(Label(label), not undated): n for label, undated, n in grouped})


def count_by_agency(rows: AssignmentQuerySet, on: date) -> list[AgencyFigures]:
    """The figures of each agency that was given something, the most overdue first, then by name: two queries."""
    grouped = rows.counted().labelled(on).values_list("agency", "label", "due_on__isnull").annotate(n=Count("pk"))
    cells: dict[int, dict[Cell, int]] = {}
    for agency, label, undated, n in grouped.order_by():
        cells.setdefault(agency, {})[Label(label), not undated] = n
    agencies = Agency.objects.filter(pk__in=cells).order_by("sort_key", "pk")
    counted = [AgencyFigures(a.code, a.short_name, a.comparison, _figures(cells[a.pk])) for a in agencies]
    return sorted(counted, key=lambda one: (-one.figures.open_overdue, -one.figures.open, one.figures.done))


def _figures(cells: Mapping[Cell, int]) -> Figures:
    by_label: Counter[Label] = Counter()
    for (label, _), n in cells.items():
        by_label[label] += n
    open_dated = sum(n for (label, dated), n in cells.items() if label in OPEN_LABELS and dated)
    return Figures(
        done_on_time=cells.get((Label.DONE, True), 0),
        done_late=by_label[Label.DONE_LATE],
        done_undated=cells.get((Label.DONE, False), 0),
        open_on_track=open_dated - by_label[Label.OVERDUE],
        open_overdue=by_label[Label.OVERDUE],
        open_undated=sum(n for (label, dated), n in cells.items() if label in OPEN_LABELS and not dated),
        due_soon=by_label[Label.DUE_SOON],
        waiting=by_label[Label.WAITING],
        returned=by_label[Label.RETURNED],
        paused=by_label[Label.PAUSED],
    )
