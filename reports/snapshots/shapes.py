"""What is frozen: one tree of plain data for each report, which screens, PDF, Word and workbook are all made from.

A field that came later has a default, so that what was frozen before it can still be read.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from agencies.models import Comparison
from directives import chain
from reports.models import Denominator, ReportKind
from reports.queries import AgencyFigures, Figures, MoreTime, Share


@dataclass(frozen=True)
class TaskRow:
    """One row of the annex (form (b) of DOMAIN §7): the texts that are printed, and what they are told apart by."""

    agency: str
    letter: str  # "…/UBND-KGVX, tháng 01/2023"
    label: str  # "2.1"
    title: str
    lead: str
    support: str
    due: str
    result: str
    evidence: str
    status: str
    obstacles: str
    note: str
    causes: str = ""
    proposals: str = ""
    missing: str = ""  # what stands between the task and its end, for leaders
    updated: str = ""  # day of the last update, dd/mm/yyyy; blank when there was none
    days_late: int = 0  # 0 while in time
    state: str = ""  # deadlines.Label as of the snapshot's day
    assignment: int = 0  # id
    chases: int = 0  # how often it was chased by the snapshot's day
    requests: int = 0  # the same of a body that is only asked
    chased: str = ""  # day of the last of both, dd/mm/yyyy
    demanded: bool = False  # whether an explanation was asked for …
    explained: bool = False  # … and the last one given

    @property
    def difficulties(self) -> str:
        """Obstacles, causes and proposals in one text, each closed by a full stop."""
        texts = map(str.strip, (self.obstacles, self.causes, self.proposals))
        return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in texts if text)


@dataclass(frozen=True)
class Window:
    """The days a report speaks of: from the first to the last, labels as of `on`."""

    first: date
    last: date
    on: date


@dataclass(frozen=True)
class PeriodFigures:
    """The figures of another period of the same length. `code`: of the issued report they were taken from, or blank."""

    first: date
    last: date
    figures: Figures
    code: str = ""


@dataclass(frozen=True)
class DueWeek:
    """Open tasks that fall due in the week that begins on `monday`."""

    monday: date
    tasks: int


@dataclass(frozen=True)
class DirectiveFigures:
    """The figures of one directive of a letter over all agencies."""

    label: str
    title: str
    figures: Figures


@dataclass(frozen=True)
class AgencyChases:
    """Acts within the window that spoke of tasks of one agency; `answered`: of `demands`, by the snapshot's day."""

    agency: str
    chases: int
    requests: int
    demands: int
    answered: int


@dataclass(frozen=True)
class AgencyLine:
    """The agency a report is on. `kind`: agencies.models.Kind."""

    code: str
    name: str
    short_name: str
    abbreviation: str
    kind: str


@dataclass(frozen=True)
class LetterLine:
    """The letter a report is on. `kind`: its name ("Công văn")."""

    kind: str
    reference: str
    dated: str
    subject: str


@dataclass(frozen=True)
class Replaced:
    """The report this one is a later version of."""

    code: str
    taken_at: datetime


@dataclass(frozen=True)
class Snapshot:
    """Everything a report prints but the words people put in place of those written from the figures.

    `scope` names the agency, or is blank for all. `tasks`: every task that `totals` counts, in the order of the annex;
    of ReportKind.EXCEPTIONS those overdue that leaders chase, the longest overdue first. `support`: tasks in which the
    scope takes part beside those counted. `trend`: the periods before, the oldest first; the last of them is the one
    that this report is compared with.
    """

    window: Window
    taken_at: datetime
    scope: str
    totals: Figures
    agencies: tuple[AgencyFigures, ...]
    tasks: tuple[TaskRow, ...]
    kind: ReportKind = ReportKind.PROGRESS
    leading: Denominator = Denominator.FALLEN_DUE
    support: int = 0
    agency: AgencyLine | None = None
    letter: LetterLine | None = None
    directives: tuple[DirectiveFigures, ...] = ()
    trend: tuple[PeriodFigures, ...] = ()
    due_weeks: tuple[DueWeek, ...] = ()
    replaces: Replaced | None = None
    chasing: tuple[AgencyChases, ...] = ()
    more_time: MoreTime | None = None  # None: nothing was extended
    history: str = ""  # the head of the history's seals when it was taken (directives/chain.py)

    @property
    def previous(self) -> PeriodFigures | None:
        return self.trend[-1] if self.trend else None

    def as_data(self) -> dict[str, Any]:
        """Plain JSON data; `from_data` gives an equal snapshot back."""
        data: dict[str, Any] = json.loads(self._as_json())
        return data

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Snapshot:
        read = {name: _READERS[name](value) for name, value in data.items() if name in _READERS and value is not None}
        return cls(**data | read)

    def _as_json(self, *without: str) -> str:
        """Canonical: the same snapshot has the same text on every machine."""
        plain = {name: value for name, value in _said(self).items() if name not in without}
        return json.dumps(plain, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def hash(self) -> str:
        """SHA-256 (hex) of the canonical JSON."""
        return hashlib.sha256(self._as_json().encode()).hexdigest()

    @property
    def content_key(self) -> str:
        """The same for two snapshots that say the same, whenever they were taken."""
        return hashlib.sha256(self._as_json("taken_at", "history").encode()).hexdigest()

    @property
    def code(self) -> str:
        """What is printed on every page and leads back to the stored report: the first 12 digits of the hash."""
        return code_of(self.hash)

    @property
    def history_code(self) -> str:
        """What `verify_history --head` takes; blank when nothing was sealed."""
        return chain.code_of(self.history)


def code_of(snapshot_hash: str) -> str:
    """ "09AA-861E-03E7" of a hash."""
    digits = snapshot_hash[:12].upper()
    return "-".join((digits[:4], digits[4:8], digits[8:]))


def _plain(value: Any) -> Any:
    """What JSON does not know: the parts of a snapshot, days and moments."""
    if isinstance(value, TaskRow):
        return _said(value)
    return vars(value) if is_dataclass(value) else value.isoformat()


def _said(value: Any) -> dict[str, Any]:
    """The fields of a part without those that came later and say nothing, so that what is old keeps its hash."""
    each = ((field, getattr(value, field.name)) for field in fields(value))
    return {field.name: content for field, content in each if field.default is MISSING or content != field.default}


def _agency_figures(data: dict[str, Any]) -> AgencyFigures:
    figures = Figures(**data["figures"])
    return AgencyFigures(data["code"], data["name"], Comparison(data["comparison"]), figures)


def _directive_figures(data: dict[str, Any]) -> DirectiveFigures:
    return DirectiveFigures(**data | {"figures": Figures(**data["figures"])})


def _more_time(data: dict[str, Any]) -> MoreTime:
    return MoreTime(**data | {name: Share(**data[name]) for name in ("granted", "original")})


def _period_figures(data: dict[str, Any]) -> PeriodFigures:
    days = {name: date.fromisoformat(data[name]) for name in ("first", "last")}
    return PeriodFigures(**data | days | {"figures": Figures(**data["figures"])})


_READERS: dict[str, Any] = {
    "window": lambda data: Window(**{name: date.fromisoformat(day) for name, day in data.items()}),
    "taken_at": datetime.fromisoformat,
    "totals": lambda data: Figures(**data),
    "agencies": lambda data: tuple(map(_agency_figures, data)),
    "tasks": lambda data: tuple(TaskRow(**one) for one in data),
    "kind": ReportKind,
    "leading": Denominator,
    "agency": lambda data: AgencyLine(**data),
    "letter": lambda data: LetterLine(**data),
    "directives": lambda data: tuple(map(_directive_figures, data)),
    "trend": lambda data: tuple(map(_period_figures, data)),
    "due_weeks": lambda data: tuple(DueWeek(date.fromisoformat(one["monday"]), one["tasks"]) for one in data),
    "chasing": lambda data: tuple(AgencyChases(**one) for one in data),
    "more_time": _more_time,
    "replaces": lambda data: Replaced(data["code"], datetime.fromisoformat(data["taken_at"])),
}
