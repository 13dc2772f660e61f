"""What tests of reports share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.core.files.base import ContentFile

from agencies.models import Agency, User
from reports import snapshots
from reports.models import Report, ReportKind, ReportState
from tests.factories import NOW, TODAY

MakeReport = Callable[..., Report]


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The reports whose rendering was called for; nothing is sent to a worker."""
    called: list[UUID] = []
    monkeypatch.setattr("reports.tasks.wake", called.append)
    return called


@pytest.fixture
def make_report(db: None) -> MakeReport:
    """A frozen report on February 2023 in the state asked for; a finished one has a file.

    Each call makes a report of its own: two that say the same would be one.
    """

    def make(agency: Agency | None = None, by: User | None = None, **fields: Any) -> Report:
        window = snapshots.Window(date(2023, 2, 1), date(2023, 2, 28), TODAY)
        kind = fields.pop("kind", ReportKind.PROGRESS if agency is None else ReportKind.AGENCY)
        Report.objects.update(content_key=None)
        report = snapshots.freeze(snapshots.Asked(window, kind, agency), by=by, now=NOW)
        if fields.get("state") == ReportState.DONE:
            report.file.save("bao-cao.pdf", ContentFile(b"%PDF-1.7 test"), save=False)
            report.word_file.save("bao-cao.docx", ContentFile(b"PK word"), save=False)
            report.workbook_file.save("bao-cao.xlsx", ContentFile(b"PK workbook"), save=False)
            report.finished_at, report.pages, report.size = NOW, 12, 245_760
        for name, value in fields.items():
            setattr(report, name, value)
        report.save()
        return report

    return make
