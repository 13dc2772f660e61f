"""The head of the history's seals leaves the machine on every report."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO, StringIO

import docx
import openpyxl
import pytest
from django.core.management import call_command

from agencies.models import Agency, User
from directives.models import HistorySeal
from reports import snapshots
from reports.content.sentences import source
from reports.exports import forms
from reports.snapshots import Asked, Snapshot
from tests.directives.sealed import sealed_history
from tests.factories import NOW
from tests.reports import frozen
from tests.reports.paper import Paper

pytestmark = pytest.mark.xdist_group("pdf")
HEAD = "3f2a91c077de0b12" + "0" * 48
CODE = "3F2A-91C0-77DE-0B12"
SEALED = replace(frozen.usual(), history=HEAD)


@pytest.mark.django_db
def test_a_report_carries_the_head_of_its_moment_and_the_command_knows_it(stp: Agency, dung: User) -> None:
    sealed_history(dung)
    report = snapshots.freeze(Asked(frozen.YEAR), by=dung, now=NOW)
    taken = Snapshot.from_data(report.snapshot)
    assert taken.history == HistorySeal.objects.head()
    said = StringIO()
    call_command("verify_history", "--head", taken.history_code, stdout=said)
    assert f"mã {taken.history_code} khớp với dòng thứ 30." in said.getvalue()


@pytest.mark.django_db
def test_a_later_head_makes_no_other_report(dung: User) -> None:
    first = snapshots.freeze(Asked(frozen.YEAR), by=dung, now=NOW)
    sealed_history(dung)
    again = snapshots.take(Asked(frozen.YEAR), now=NOW)
    assert again.content_key != first.content_key  # there is an assignment now
    assert replace(again, history=HEAD).content_key == again.content_key
    assert replace(again, history=HEAD).hash != again.hash


@pytest.fixture(scope="module")
def made() -> forms.Forms:
    return forms.make(SEALED)


def test_it_is_printed_on_every_page_of_all_forms(made: forms.Forms) -> None:
    paper = Paper(made.pdf.content)
    for page in range(1, len(paper.sizes) + 1):
        assert paper.find(f"mã {SEALED.code}; nhật ký {CODE};", page)
    for section in docx.Document(BytesIO(made.word)).sections:
        assert any(f"; nhật ký {CODE};" in line.text for line in section.footer.paragraphs)
    facts = {row[0]: row[1] for row in openpyxl.load_workbook(BytesIO(made.workbook))["Thông tin"].values}
    assert (facts["Mã nhật ký lúc chốt số liệu"], facts["SHA-256 của nhật ký"]) == (CODE, HEAD)


def test_the_source_line_is_of_two_lines_even_with_a_day_of_its_own_for_the_statuses(made: forms.Forms) -> None:
    assert SEALED.window.on != SEALED.window.last
    paper = Paper(made.pdf.content)
    for page in range(1, len(paper.sizes) + 1):
        assert len({round(word.top, 1) for word in paper.on_page(page) if word.size == 8}) in (1, 2)


def test_the_same_snapshot_gives_the_same_bytes(made: forms.Forms) -> None:
    assert forms.make(Snapshot.from_data(SEALED.as_data())) == made


def test_what_was_frozen_without_it_is_printed_as_before() -> None:
    old = frozen.usual()
    assert "history" not in old.as_data()
    assert source(old) == (
        f"Trích xuất từ hệ thống lúc 08 giờ 00 ngày 20/02/2023; mã {old.code}; số liệu tính từ ngày 01/01/2023 đến "
        "ngày 31/12/2023, trạng thái tính đến ngày 20/02/2023."
    )


@pytest.mark.django_db
def test_before_anything_is_sealed_there_is_none(dung: User) -> None:
    assert snapshots.take(Asked(frozen.YEAR), now=NOW + timedelta(days=1)).history == ""
