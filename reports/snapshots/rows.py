"""The rows of the annex, as texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Q
from django.utils import timezone

from directives.deadlines import DueKind, Label, words_of
from directives.models import Assignment, AssignmentQuerySet, Party, PartyRole, ProgressUpdate
from directives.states import WITH_AGENCY, Status
from reports.snapshots.shapes import TaskRow
from reports.standings import Standing, end_of


def task_rows(rows: AssignmentQuerySet, counted: list[Standing], on: date) -> Iterator[TaskRow]:
    """Agency by agency in Vietnamese order, each in the order of its letters and clauses."""
    ordered = rows.for_lists().order_by(
        "agency__sort_key", "directive__letter__effective_on", "directive__letter", "directive__position", "pk"
    )
    return _texts(ordered, counted, on)


def exceptions(rows: AssignmentQuerySet, counted: list[Standing], on: date) -> Iterator[TaskRow]:
    """What leaders chase: overdue and with a body that takes orders, the longest overdue first (DOMAIN §7 (c))."""
    chased = [one for one in counted if one.label == Label.OVERDUE and one.facts.status in WITH_AGENCY]
    ordered = rows.filter(agency__is_subordinate=True).for_lists().order_by("agency__sort_key", "pk")
    return iter(sorted(_texts(ordered, chased, on), key=lambda row: -row.days_late))


def _texts(ordered: AssignmentQuerySet, counted: list[Standing], on: date) -> Iterator[TaskRow]:
    standings = {one.pk: one for one in counted}
    latest = _latest_updates(ordered, on)
    support, origins = _support_of(ordered), _origins(ordered, on)
    for row in ordered.iterator(chunk_size=2000):
        if row.pk in standings:
            made = _task_row(row, standings[row.pk], latest.get(row.pk), support.get(row.directive_id, []), on)
            yield replace(made, note=_notes(made.note, origins[row.pk])) if row.pk in origins else made


def _notes(note: str, origins: list[str]) -> str:
    text = "; ".join([note, *origins] if note else origins)
    return text[:1].upper() + text[1:]


def _latest_updates(rows: AssignmentQuerySet, on: date) -> dict[int, ProgressUpdate]:
    """The last one of each that was there, not taken back, at the end of the day."""
    theirs = Q(assignment__in=rows.order_by()) | Q(assignment__continued_by__in=rows.order_by())
    made = ProgressUpdate.objects.filter(theirs, created_at__lte=end_of(on)).select_related("assignment")
    updates = made.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=end_of(on)))
    found: dict[int, ProgressUpdate] = {}
    for update in updates.prefetch_related("attachments").order_by("created_at", "pk"):
        for pk in (update.assignment_id, update.assignment.continued_by_id):  # who took it over goes on from there
            if pk is not None:
                found[pk] = update
    return found


def _origins(rows: AssignmentQuerySet, on: date) -> dict[int, list[str]]:
    """ "chuyển từ Sở Thông tin và Truyền thông ngày 01/03/2025", of what came from other agencies by the day."""
    came = Assignment.objects.filter(continued_by__in=rows.order_by(), continued_on__lte=on).select_related("agency")
    found: dict[int, list[str]] = {}
    for one in came.order_by("continued_on", "pk"):
        assert one.continued_by_id is not None
        found.setdefault(one.continued_by_id, []).append(f"chuyển từ {one.agency} ngày {one.continued_on:%d/%m/%Y}")
    return found


def _support_of(rows: AssignmentQuerySet) -> dict[int, list[str]]:
    parties = Party.objects.filter(role=PartyRole.SUPPORT, directive__assignments__in=rows.order_by()).distinct()
    found: dict[int, list[str]] = {}
    for party in parties.order_by("pk"):
        found.setdefault(party.directive_id, []).append(party.phrase)
    return found


def _task_row(row: Assignment, stood: Standing, update: ProgressUpdate | None, support: list[str], on: date) -> TaskRow:
    letter = row.directive.letter
    return TaskRow(
        agency=row.agency.short_name,
        letter=f"{letter.reference}, {letter.dated}",
        label=row.directive.label,
        title=row.directive.title,
        lead=row.agency.short_name,
        support="; ".join(support),
        due=f"{stood.facts.due_on:%d/%m/%Y}" if stood.facts.due_on else DueKind(row.directive.due_kind).label,
        result=f"{update.percent}%. {update.result}" if update else "Chưa báo cáo",
        evidence=_evidence(update),
        status=words_of(stood.facts, on=on),
        obstacles=update.obstacles if update else "",
        causes=update.causes if update else "",
        proposals=update.proposals if update else "",
        note="Hạn nội bộ" if row.directive.due_is_internal else "",
        missing=_missing(stood, update),
        updated=f"{timezone.localtime(update.created_at):%d/%m/%Y}" if update else "",
        days_late=max(stood.facts.days_late(on), 0),
        state=stood.label,
        assignment=row.pk,
    )


def _missing(stood: Standing, update: ProgressUpdate | None) -> str:
    """What stands between an open task and its end; blank once it is done."""
    match stood.facts.status:
        case Status.DONE:
            return ""
        case Status.SUBMITTED:
            return "Chờ xác nhận kết quả"
        case Status.RETURNED:
            return "Kết quả, minh chứng bổ sung theo yêu cầu"
    if update is None:
        return "Chưa có báo cáo, minh chứng"
    return "Chưa gửi kết quả hoàn thành" if _evidence(update) else "Chưa có văn bản, minh chứng"


def _evidence(update: ProgressUpdate | None) -> str:
    if update is None:
        return ""
    files = [attachment.name for attachment in update.attachments.all()]
    return "; ".join([update.document_reference, *files] if update.document_reference else files)
