"""The whole way of a report with real parts: broker, worker, database, storage; and a worker that is killed at it."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reports.pdf.annex import STEP
from tests.mail.portal import Portal, running_portal, wait_until
from tests.reports.paper import Paper

pytestmark = pytest.mark.services


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    with running_portal(tmp_path / "portal") as one:
        yield one


def play(portal: Portal, name: str, **details: Any) -> Any:
    return json.loads(portal.run("python", "-m", "tests.reports.scene", name, json.dumps(details)))


def row(portal: Portal) -> tuple[str, int, int, str]:
    """State, attempt, parts done and file name of the one report."""
    with closing(portal._connect()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("SELECT state, attempt, parts_done, file FROM reports_report")
        found: tuple[str, int, int, str] = cursor.fetchone()
        return found


def files(portal: Portal) -> list[Path]:
    return [path for path in (portal.folder / "media").rglob("*") if path.is_file()]


def test_a_worker_renders_what_was_asked_for(portal: Portal) -> None:
    portal.worker()
    play(portal, "ask", rows=80)
    wait_until(lambda: row(portal)[0] == "da-xong", "the report is there")
    made = files(portal)
    assert len(made) == 3, "the PDF, the Word document and the workbook"
    stored = portal.folder / "media" / row(portal)[3]
    assert stored in made
    assert row(portal)[1:3] == (1, 4)
    assert "Phụ lục DANH MỤC NHIỆM VỤ" in Paper(stored.read_bytes()).text()


@pytest.mark.faults
def test_a_report_survives_the_death_of_its_worker(portal: Portal) -> None:
    worker = portal.worker(processes=1)
    play(portal, "ask", rows=40 * STEP)
    wait_until(lambda: row(portal)[2] > 2, "rows are being drawn")
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    assert row(portal)[:2] == ("dang-tao", 1)
    play(portal, "tick")
    assert row(portal)[:2] == ("dang-tao", 1), "its lease has not ended"
    assert play(portal, "end_lease") == 1
    play(portal, "tick")
    assert row(portal)[:2] == ("da-xong", 2)
    assert len(files(portal)) == 3
