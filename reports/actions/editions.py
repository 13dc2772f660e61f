"""Giving a report its words, issuing it, and taking its place with a later version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from agencies.models import User
from directives.states import NotAllowed
from reports import snapshots
from reports.content.edition import Edition
from reports.models import Report, ReportEdit, ReportState
from reports.snapshots import Window


class EditConflict(Exception):
    """Somebody else has changed the words since the page was opened; `current` is the report as it stands now."""

    def __init__(self, current: Report) -> None:
        super().__init__(f"report {current.pk} was changed")
        self.current = current


def edit(report: Report, *, by: User, now: datetime, edition: Edition, seen: int) -> Report:
    """Put other words, number, day or signer into a draft; its file is made again. The figures stay as they are.

    `seen`: how many edits there were when the page was opened (else EditConflict). Raises NotAllowed once it is issued.
    """
    with transaction.atomic():
        row = _lock_draft(report, seen)
        new = replace(edition, is_final=False)
        if new != Edition.from_data(row.edition):
            _keep(row, new, by=by, now=now)
        return row


def issue(report: Report, *, by: User, now: datetime, seen: int) -> Report:
    """Make a draft final: no mark of a draft any more, and nobody can change it. Its file is made once more.

    Raises NotAllowed while there is no file to have read, and when it was issued already; EditConflict as in `edit`.
    """
    with transaction.atomic():
        row = _lock_draft(report, seen)
        if row.state != ReportState.DONE:
            raise NotAllowed("Chờ tạo xong tệp, đọc lại rồi mới phát hành.")
        row.issued_at, row.issued_by = now, by
        _keep(row, replace(Edition.from_data(row.edition), is_final=True), by=by, now=now)
        return row


def correct(report: Report, *, by: User, now: datetime, today: date) -> Report:
    """A later version of an issued report, with the figures of today; it says which one it takes the place of.

    The version that waits to be issued already is given back. Raises NotAllowed for drafts and for what was replaced.
    """
    with transaction.atomic():
        row = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if row.issued_at is None:
            raise NotAllowed("Báo cáo chưa phát hành: sửa nội dung hoặc lập lại, không cần lập bản thay thế.")
        later = Report.objects.filter(replaces=row).for_lists().first()
        if later is not None and later.issued_at is not None:
            raise NotAllowed("Báo cáo này đã được thay thế. Mở bản mới nhất để lập bản thay thế tiếp theo.")
        window = Window(row.window_from, row.window_to, today)
        return later or snapshots.ask(snapshots.asked_again(row, window), by=by, now=now)


def _lock_draft(report: Report, seen: int) -> Report:
    row = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if row.issued_at is not None:
        raise NotAllowed("Báo cáo đã phát hành, không sửa được. Nếu cần đính chính, lập bản thay thế.")
    if row.edits.count() != seen:
        raise EditConflict(row)
    return row


def _keep(row: Report, edition: Edition, *, by: User, now: datetime) -> None:
    """The new words, the line of who wrote them, and a file to be made; from here the report goes its own way."""
    row.edition = edition.as_data()
    issued = {"issued_at": row.issued_at, "issued_by": row.issued_by}
    Report.objects.filter(pk=row.pk).make_again(edition=row.edition, content_key=None, **issued)
    ReportEdit.objects.create(report=row, number=row.edits.count() + 1, by=by, at=now, edition=row.edition)
