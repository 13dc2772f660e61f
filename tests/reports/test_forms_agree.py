"""Screen, PDF, Word document and workbook show the same; both Office files open in LibreOffice and lose nothing."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import fields, replace
from html import unescape
from io import BytesIO
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.test import Client

from agencies.models import Agency, Comparison, User
from directives.models import Claim, ProgressUpdate
from reports import snapshots
from reports.content.composing import compose
from reports.content.summary import Line, summarise
from reports.exports import forms, word, workbook
from reports.models import Denominator, Report, ReportKind
from reports.queries import Figures
from reports.snapshots import Snapshot
from tests.factories import NOW, AssignmentFactory
from tests.reports import frozen, office
from tests.reports.conftest import MakeReport
from tests.reports.every_kind import EVERY
from tests.reports.paper import Paper

pytestmark = pytest.mark.xdist_group("forms")

GROUPS = (Comparison.DEPARTMENTS, Comparison.LOCALITIES, Comparison.OTHERS)


def at_random(seed: int) -> Snapshot:
    """Figures of some bodies by chance; names short enough to stand on one line of the summary."""
    chance = random.Random(seed)
    bodies = [
        frozen.body(
            f"Sở {letter}",
            chance.choice(GROUPS),
            **{field.name: chance.choice((0, 0, 1, 2, 7, 134)) for field in fields(Figures)[:6]},
        )
        for letter in "ABCDEF"
    ]
    return replace(frozen.snapshot(bodies, [frozen.task("Sở A")]), leading=chance.choice(list(Denominator)))


def printed(line: Line) -> str:
    """A row of the summary as its cells follow one another."""
    shares = (word for percent, fraction in line.shares for word in (percent, fraction))
    return " ".join(filter(None, (line.ordinal, line.name, *line.counts, *shares, line.note)))


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("seed", range(3))
def test_all_forms_show_the_same_figures(
    seed: int, make_report: MakeReport, dung: User, client_of: Callable[[User], Client]
) -> None:
    snapshot = at_random(seed)
    summary, made = summarise(snapshot), forms.make(snapshot)
    assert summary.total is not None
    lines = [line for band in summary.bands for line in band.lines] + [summary.total]
    paper, rows = Paper(made.pdf.content).text("-raw"), [" ".join(filter(None, row)) for row in office.rows(made.word)]
    for line in lines:
        assert printed(line) in paper
        assert printed(line) in rows
    sheet = openpyxl.load_workbook(BytesIO(made.workbook))["Tổng hợp"]
    cells = [[cell for cell in row[4:17]] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [typed(line) for line in lines] == cells
    report = make_report()
    Report.objects.filter(pk=report.pk).update(snapshot=snapshot.as_data())
    page = client_of(dung).get(f"/bao-cao/{report.pk}/").content.decode()
    words = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))
    totals = snapshot.totals
    done = (totals.done_on_time, totals.done_late, totals.done_undated, totals.done)
    still_open = (totals.open_on_track, totals.open_overdue, totals.open_undated, totals.open)
    assert f"Đã hoàn thành {' '.join(map(str, done))}" in words
    assert f"Chưa hoàn thành {' '.join(map(str, still_open))}" in words
    for percent, fraction in summary.total.shares:
        assert f"{percent.replace('%', ' %')} {fraction}".strip() in words


def typed(line: Line) -> list[Any]:
    """Counts as numbers; each share as part of one and its denominator."""
    values: list[Any] = [int(count.replace(".", "")) for count in line.counts]
    for percent, fraction in line.shares:
        share = None if percent == "–" else pytest.approx(float(percent.rstrip("%").replace(",", ".")) / 100)
        values += [share, int(fraction.partition("/")[2].replace(".", "")) if fraction else 0]
    return values


# --- LibreOffice ------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Paper]:
    """Every kind in both forms, opened and saved as PDF in one run."""
    files = {f"{kind}.docx": word.write(snapshot) for kind, snapshot in EVERY.items()}
    files |= {f"bang-{kind}.xlsx": workbook.write(snapshot) for kind, snapshot in EVERY.items()}
    made = office.to_pdf(tmp_path_factory.mktemp("office"), files)
    return {name: Paper(content) for name, content in made.items()}


@pytest.mark.parametrize("kind", EVERY)
def test_the_word_document_opens_with_all_its_words(kind: str, converted: dict[str, Paper]) -> None:
    said = words(converted[f"{kind}.docx"].text())
    for text in office.texts(word.write(EVERY[kind])):
        for one in words(text):
            assert one in said, text


def words(text: str) -> set[str]:
    return set(re.findall(r"[\w/]+", text))


@pytest.mark.parametrize("kind", EVERY)
def test_its_pages_are_those_of_the_decree(kind: str, converted: dict[str, Paper]) -> None:
    paper, annexes = converted[f"{kind}.docx"], compose(EVERY[kind]).annexes
    assert paper.sizes[0] == pytest.approx((210, 297), abs=0.3)
    lying = [size for size in paper.sizes if size[0] > size[1]]
    assert bool(lying) == bool(annexes)
    assert all(size == pytest.approx((297, 210), abs=0.3) for size in lying)
    state = paper.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert state, "the national name stands on one line"
    assert (state[0].left + state[-1].right) / 2 == pytest.approx(145.5, abs=1)
    numbers = [word.text for word in paper.on_page(1) if word.bottom < 20 and word.text.isdigit()]
    assert numbers == []
    for page in range(1, len(paper.sizes) + 1):
        assert all(word.left >= 29.5 and word.right <= paper.sizes[page - 1][0] - 14 for word in paper.on_page(page))


@pytest.mark.parametrize("kind", EVERY)
def test_the_workbook_opens_with_all_its_figures(kind: str, converted: dict[str, Paper]) -> None:
    said = words(converted[f"bang-{kind}.xlsx"].text())
    book = openpyxl.load_workbook(BytesIO(workbook.write(EVERY[kind])))
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            for value in row:
                if isinstance(value, int) and abs(value) < 1000:
                    assert str(value) in said
                elif isinstance(value, str) and len(value) < 60:
                    assert words(value) <= said, value


# --- names ------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("kind", [ReportKind.PROGRESS, ReportKind.EXCEPTIONS, ReportKind.AGENCY, ReportKind.LETTER])
def test_what_leaders_read_carries_no_names_of_staff(kind: ReportKind, stp: Agency, an: User, dung: User) -> None:
    row = AssignmentFactory.create(agency=stp, overdue=True)
    ProgressUpdate.objects.create(
        assignment=row,
        author=an,
        percent=30,
        result="Đã có dự thảo",
        created_at=NOW,
        key=uuid4(),
        claim=Claim.IN_PROGRESS,
    )
    window = snapshots.Window(frozen.YEAR.first, frozen.YEAR.last, frozen.YEAR.on)
    agency = stp if kind == ReportKind.AGENCY else None
    letter = row.directive.letter if kind == ReportKind.LETTER else None
    snapshot = snapshots.take(snapshots.Asked(window, kind, agency, letter), now=NOW)
    made = forms.make(snapshot)
    book = openpyxl.load_workbook(BytesIO(made.workbook))
    cells = (str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)
    for text in (Paper(made.pdf.content).text(), " ".join(office.texts(made.word)), " ".join(cells)):
        assert snapshot.agencies[0].name in text
        assert an.full_name not in text
        assert dung.full_name not in text
