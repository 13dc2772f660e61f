"""The figures: one definition of each, for screens, PDF and workbook alike (DOMAIN §2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Min, Q
from django.db.models.functions import Coalesce

from agencies.models import Agency, Comparison
from agencies.text import sort_key
from directives.deadlines import OPEN_LABELS, Label
from directives.models import MANY_EXTENSIONS, Assignment, AssignmentQuerySet, ExtensionRequest, PartyRole
from directives.models.labelling import label_case
from directives.states import Status
from reports.models import Denominator


@dataclass(frozen=True)
class Figures:
    """Counts of assignments on a day. Every assignment that was given and not withdrawn is counted exactly once.

    given = done + open; done = on time + late + undated; open = on track + overdue + undated (DOMAIN §2, identities).
    The rest are parts of open that screens show apart. `due_soon`, `waiting`, `returned`, `paused` and `running` each
    count one label: due within 7 days; submitted in time and not yet reviewed; returned and not yet late; paused;
    dated, more than 7 days left and with the agency. What was submitted late counts as overdue until it is confirmed:
    that is `overdue_submitted`, a part of open_overdue.
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
    running: int = 0
    overdue_submitted: int = 0

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
    def in_time(self) -> int:
        return self.done_on_time + self.open_on_track

    @property
    def late(self) -> int:
        return self.done_late + self.open_overdue

    @property
    def undated(self) -> int:
        return self.done_undated + self.open_undated

    @property
    def without_clock(self) -> int:
        """Open, not with the Office, and no day to measure it by: the open labels that are not counted apart."""
        timed = self.open_overdue + self.due_soon + self.running
        return self.open - timed - self.waiting - self.returned - self.paused

    @property
    def fallen_due(self) -> int:
        """VPCP's denominator "đến hạn": dated and done, or overdue and not done."""
        return self.done_on_time + self.done_late + self.open_overdue

    def shares(self, leading: Denominator) -> tuple[Share, Share, Share]:
        """On time, late, and overdue and not done, as parts of the denominator that leads.

        What is not done cannot be a part of what is done: its share is then one of what is open.
        """
        whole = {
            Denominator.FALLEN_DUE: self.fallen_due,
            Denominator.GIVEN: self.given,
            Denominator.DONE: self.done,
        }[leading]
        of_open = self.open if leading == Denominator.DONE else whole
        return Share(self.done_on_time, whole), Share(self.done_late, whole), Share(self.open_overdue, of_open)

    @property
    def on_time_share(self) -> Share:
        return Share(self.done_on_time, self.fallen_due)

    @property
    def late_share(self) -> Share:
        return Share(self.done_late, self.fallen_due)

    @property
    def overdue_share(self) -> Share:
        return Share(self.open_overdue, self.fallen_due)

    @property
    def done_share(self) -> Share:
        return Share(self.done, self.given)

    @property
    def open_share(self) -> Share:
        return Share(self.open, self.given)

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
class MoreTime:
    """Punctuality by the due day that holds and by the one first set, which no extension moves (DOMAIN §3).

    `extended`: how many of the assignments counted were given more time; `often`: so often that it is flagged.
    """

    extended: int
    often: int
    granted: Share
    original: Share


@dataclass(frozen=True)
class AgencyFigures:
    """The figures of one agency; `comparison` names the group it may be compared within."""

    code: str
    name: str
    comparison: Comparison
    figures: Figures


@dataclass(frozen=True)
class Comparable:
    """Agencies that may be compared with one another; `ranked` is False for bodies that take no orders (DOMAIN §4)."""

    comparison: Comparison
    agencies: tuple[AgencyFigures, ...]

    @property
    def ranked(self) -> bool:
        return self.comparison != Comparison.OTHERS

    @property
    def figures(self) -> Figures:
        return total(self.agencies)


@dataclass(frozen=True)
class Cell:
    """`n` assignments of one label; `dated`: they have a due day."""

    label: Label
    dated: bool
    status: str
    n: int


_CELL = ("label", "dated", "status")


def lead_only(rows: AssignmentQuerySet) -> AssignmentQuerySet:
    """What figures count: a duty is the lead's; who takes part in it is told apart."""
    return rows.filter(role=PartyRole.LEAD)


def count(rows: AssignmentQuerySet, on: date) -> Figures:
    """The figures of `rows` on a day: one query."""
    return figures_of([Cell(Label(label), *rest) for label, *rest in _grouped(rows, on)])


def count_by_agency(rows: AssignmentQuerySet, on: date) -> list[AgencyFigures]:
    """The figures of each agency that was given something, the most overdue first, then by name: two queries."""
    cells: dict[int, list[Cell]] = {}
    for agency, label, *rest in _grouped(rows, on, "agency"):
        cells.setdefault(agency, []).append(Cell(Label(label), *rest))
    agencies = Agency.objects.filter(pk__in=cells).order_by("sort_key", "pk")
    return by_overdue(AgencyFigures(a.code, a.short_name, a.comparison, figures_of(cells[a.pk])) for a in agencies)


def count_by_letter(rows: AssignmentQuerySet, on: date) -> dict[int, Figures]:
    """The figures of each letter (id): one query."""
    cells: dict[int, list[Cell]] = {}
    for letter, label, *rest in _grouped(rows, on, "directive__letter"):
        cells.setdefault(letter, []).append(Cell(Label(label), *rest))
    return {letter: figures_of(of_letter) for letter, of_letter in cells.items()}


def by_overdue(counted: Iterable[AgencyFigures]) -> list[AgencyFigures]:
    """The most overdue first; what is equal keeps its order."""
    return sorted(counted, key=lambda one: (-one.figures.open_overdue, -one.figures.open, one.figures.done))


def more_time(rows: AssignmentQuerySet, on: date, figures: Figures) -> MoreTime | None:
    """What extensions did to the `figures` of `rows` on a day; None when nothing was extended: one query, or four."""
    counted = lead_only(rows).counted()

    def extended(times: int) -> int:
        return counted.filter(pk__in=ExtensionRequest.objects.assignments_extended(times)).count()

    if not (once := extended(1)):
        return None
    first_set = rows.annotate(first_due=Coalesce("original_due_on", "due_on"))
    original = figures_of([Cell(Label(label), *rest) for label, *rest in _grouped(first_set, on, due="first_due")])
    return MoreTime(once, extended(MANY_EXTENSIONS), figures.on_time_share, original.on_time_share)


def _grouped(rows: AssignmentQuerySet, on: date, *by: str, due: str = "due_on") -> Iterable[tuple[Any, ...]]:
    """Rows of (*by, *_CELL, n); `due`: the column of the due day they are measured by."""
    dated = ExpressionWrapper(Q(due_on__isnull=False), BooleanField())
    labelled = lead_only(rows).counted().annotate(label=label_case(on, undated_apart=False, due=due), dated=dated)
    return labelled.values_list(*by, *_CELL).annotate(n=Count("pk")).order_by()


def total(counted: Iterable[AgencyFigures]) -> Figures:
    """The figures of several agencies together."""
    return sum((one.figures for one in counted), Figures())


def by_comparison(counted: Iterable[AgencyFigures]) -> list[Comparable]:
    """The groups of comparable agencies in fixed order; each keeps the order of `counted`, the unranked go by name."""
    found: dict[Comparison, list[AgencyFigures]] = {}
    for one in counted:
        found.setdefault(one.comparison, []).append(one)
    if Comparison.OTHERS in found:
        found[Comparison.OTHERS].sort(key=lambda one: sort_key(one.name))
    return [Comparable(comparison, tuple(found[comparison])) for comparison in Comparison if comparison in found]


def longest_overdue(rows: AssignmentQuerySet, on: date, *, limit: int) -> list[Assignment]:
    """What leaders should look at first: overdue, still with a body that takes orders, the longest overdue first."""
    chased = lead_only(rows).with_agency().filter(due_on__lt=on, agency__is_subordinate=True)
    return list(chased.for_lists().order_by("due_on", "agency__sort_key", "pk")[:limit])


def waiting_since(rows: AssignmentQuerySet, on: date) -> datetime | None:
    """When the oldest of those counted as `waiting` was submitted; None when none waits."""
    oldest: datetime | None = (
        lead_only(rows).submitted().with_label(on, [Label.WAITING]).aggregate(oldest=Min("submitted_at"))["oldest"]
    )
    return oldest


def size(rows: AssignmentQuerySet) -> tuple[int, int]:
    """How many assignments and how many agencies a report on `rows` would speak of: one query."""
    counted = lead_only(rows).counted().aggregate(n=Count("pk"), agencies=Count("agency", distinct=True))
    return counted["n"], counted["agencies"]


def figures_of(cells: list[Cell]) -> Figures:
    def n(where: Callable[[Cell], bool]) -> int:
        return sum(cell.n for cell in cells if where(cell))

    def labelled(label: Label) -> int:
        return n(lambda cell: cell.label == label)

    return Figures(
        done_on_time=n(lambda cell: cell.label == Label.DONE and cell.dated),
        done_late=labelled(Label.DONE_LATE),
        done_undated=n(lambda cell: cell.label == Label.DONE and not cell.dated),
        open_on_track=n(lambda cell: cell.label in OPEN_LABELS and cell.dated and cell.label != Label.OVERDUE),
        open_overdue=labelled(Label.OVERDUE),
        open_undated=n(lambda cell: cell.label in OPEN_LABELS and not cell.dated),
        due_soon=labelled(Label.DUE_SOON),
        waiting=labelled(Label.WAITING),
        returned=labelled(Label.RETURNED),
        paused=labelled(Label.PAUSED),
        running=labelled(Label.ON_TRACK),
        overdue_submitted=n(lambda cell: cell.label == Label.OVERDUE and cell.status == Status.SUBMITTED),
    )
