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
from reports.models import Report, ReportState
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
    """A frozen report on February 2023 in the state asked for; a finished one has a file."""

    def make(agency: Agency | None = None, by: User | None = None, **fields: Any) -> Report:
        window = snapshots.Window(date(2023, 2, 1), date(2023, 2, 28), TODAY)
        report = snapshots.freeze(by=by, now=NOW, agency=agency, window=window)
        if fields.get("state") == ReportState.DONE:
            report.file.save("bao-cao.pdf", ContentFile(b"%PDF-1.7 test"), save=False)
            report.finished_at, report.pages, report.size = NOW, 12, 245_760
        for name, value in fields.items():
            setattr(report, name, value)
        report.save()
        return report

    return make
