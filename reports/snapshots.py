"""Freezing what a report prints: figures and rows as data, with a hash (DOMAIN §7, last paragraph)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from agencies.models import Agency, Comparison, User
from directives.deadlines import DueKind
from directives.models import Assignment, AssignmentQuerySet, Party, PartyRole, ProgressUpdate
from reports.models import Report, ReportKind, ReportState
from reports.queries import AgencyFigures, Figures, count, count_by_agency


@dataclass(frozen=True)
class TaskRow:
    """One row of the annex (form (b) of DOMAIN §7); every field is the text that is printed."""

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


@dataclass(frozen=True)
class Window:
    """The days a report speaks of: from the first to the last, labels as of `on`."""

    first: date
    last: date
    on: date


@dataclass(frozen=True)
class Snapshot:
    """Everything a report prints. `scope` names the agency, or is blank for all."""

    window: Window
    taken_at: datetime
    scope: str
    totals: Figures
    agencies: tuple[AgencyFigures, ...]
    tasks: tuple[TaskRow, ...]

    def as_data(self) -> dict[str, Any]:
        """Plain JSON data; `from_data` gives an equal snapshot back."""
        data: dict[str, Any] = json.loads(self._as_json())
        return data

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Snapshot:
        return cls(
            window=Window(**{name: date.fromisoformat(day) for name, day in data["window"].items()}),
            taken_at=datetime.fromisoformat(data["taken_at"]),
            scope=data["scope"],
            totals=Figures(**data["totals"]),
            agencies=tuple(_agency_figures(one) for one in data["agencies"]),
            tasks=tuple(TaskRow(**one) for one in data["tasks"]),
        )

    def _as_json(self) -> str:
        """Canonical: the same snapshot has the same text on every machine."""
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        return json.dumps(plain, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def hash(self) -> str:
        """SHA-256 (hex) of the canonical JSON."""
        return hashlib.sha256(self._as_json().encode()).hexdigest()

    @property
    def code(self) -> str:
        """What is printed on every page and leads back to the stored report: the first 12 digits of the hash."""
        return code_of(self.hash)


def code_of(snapshot_hash: str) -> str:
    """ "09AA-861E-03E7" of a hash."""
    digits = snapshot_hash[:12].upper()
    return "-".join((digits[:4], digits[4:8], digits[8:]))


def _plain(value: Any) -> Any:
    """What JSON does not know: the parts of a snapshot, days and moments."""
    return vars(value) if is_dataclass(value) else value.isoformat()


def _agency_figures(data: dict[str, Any]) -> AgencyFigures:
    figures = Figures(**data["figures"])
    return AgencyFigures(data["code"], data["name"], Comparison(data["comparison"]), figures)


def scoped(agency: Agency | None, window: Window) -> AssignmentQuerySet:
    """The assignments a report counts: those of its window, of one agency or of all."""
    rows = Assignment.objects.given_in(window.first, window.last)
    return rows.filter(agency=agency) if agency is not None else rows


def take(agency: Agency | None, window: Window, *, now: datetime) -> Snapshot:
    """Read the figures and rows of a scope and window as they are now; nothing is written."""
    rows = scoped(agency, window)
    return Snapshot(
        window=window,
        taken_at=now,
        scope=agency.short_name if agency is not None else "",
        totals=count(rows, window.on),
        agencies=tuple(count_by_agency(rows, window.on)),
        tasks=tuple(_task_rows(rows, window.on)),
    )


def freeze(*, by: User | None, now: datetime, agency: Agency | None, window: Window) -> Report:
    """Take a snapshot and keep it as a Report that waits to be rendered."""
    with transaction.atomic():
        snapshot = take(agency, window, now=now)
        return Report.objects.create(
            kind=ReportKind.PROGRESS,
            agency=agency,
            window_from=window.first,
            window_to=window.last,
            on=window.on,
            snapshot=snapshot.as_data(),
            snapshot_hash=snapshot.hash,
            requested_by=by,
            requested_at=now,
        )


def queue_again(report: Report) -> bool:
    """A report that failed waits to be rendered again, with the figures it was frozen with; False if it has not failed.

    `attempt` goes on counting: it is the fencing token of whoever renders.
    """
    failed = Report.objects.filter(pk=report.pk, state=ReportState.FAILED)
    return bool(failed.update(state=ReportState.WAITING, problem="", parts_done=0, lease_until=None))


def _task_rows(rows: AssignmentQuerySet, on: date) -> Iterator[TaskRow]:
    """The annex, agency by agency in Vietnamese order, each in the order of its letters and clauses."""
    ordered = rows.select_related("agency", "directive__letter").order_by(
        "agency__sort_key", "directive__letter__effective_on", "directive__letter", "directive__position", "pk"
    )
    latest = _latest_updates(rows)
    support = _support_of(rows)
    for row in ordered:
        yield _task_row(row, latest.get(row.pk), support.get(row.directive_id, []), on)


def _latest_updates(rows: AssignmentQuerySet) -> dict[int, ProgressUpdate]:
    updates = ProgressUpdate.objects.filter(assignment__in=rows).prefetch_related("attachments")
    return {update.assignment_id: update for update in updates.order_by("created_at", "pk")}


def _support_of(rows: AssignmentQuerySet) -> dict[int, list[str]]:
    parties = Party.objects.filter(role=PartyRole.SUPPORT, directive__assignments__in=rows).distinct()
    found: dict[int, list[str]] = {}
    for party in parties.order_by("pk"):
        found.setdefault(party.directive_id, []).append(party.phrase)
    return found


def _task_row(row: Assignment, update: ProgressUpdate | None, support: list[str], on: date) -> TaskRow:
    letter = row.directive.letter
    return TaskRow(
        agency=row.agency.short_name,
        letter=f"{letter.reference}, {letter.dated}",
        label=row.directive.label,
        title=row.directive.title,
        lead=row.agency.short_name,
        support="; ".join(support),
        due=_due_words(row),
        result=f"{row.percent}%. {update.result}" if update else "Chưa báo cáo",
        evidence=_evidence(update),
        status=row.words_on(on),
        obstacles=_sentences(update.obstacles, update.proposals) if update else "",
        note="Hạn nội bộ" if row.directive.due_is_internal else "",
    )


def _sentences(*texts: str) -> str:
    """The texts one after another, each closed by a full stop."""
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in map(str.strip, texts) if text)


def _due_words(row: Assignment) -> str:
    if row.due_on:
        return f"{row.due_on:%d/%m/%Y}"
    return DueKind(row.directive.due_kind).label


def _evidence(update: ProgressUpdate | None) -> str:
    if update is None:
        return ""
    files = [attachment.name for attachment in update.attachments.all()]
    return "; ".join([update.document_reference, *files] if update.document_reference else files)
