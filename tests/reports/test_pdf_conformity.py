"""The file itself: valid, the same every time, closed to the outside, readable by machines."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import os
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import page
import pydyf
import pytest
from weasyprint import HTML

from reports import pdf
from reports.content.composing import compose
from reports.exports import forms, workbook
from reports.pdf import file, fonts
from reports.pdf.fetcher import MemoryFetcher, Refused
from reports.snapshots import Snapshot
from tests.reports import frozen
from tests.reports.every_kind import EVERY, rendered
from tests.reports.tags import Tags

pytestmark = pytest.mark.xdist_group("pdf")  # each file is made once

ROOT = Path(__file__).resolve().parents[2]
AGAIN = """
import hashlib, json, sys, django
django.setup()
from reports.content.composing import compose
from reports.exports import forms
from reports.snapshots import Snapshot
made = forms.make(Snapshot.from_data(json.load(sys.stdin)))
for content in (made.pdf.content, made.word, made.workbook):
    print(hashlib.sha256(content).hexdigest())
"""

SNAPSHOTS = EVERY | {
    "usual": frozen.usual(),
    "one agency": frozen.of_agency([frozen.task()]),
    "empty": frozen.snapshot([]),
    "drawn": frozen.long(120, agencies=20),
}
KINDS = pytest.mark.parametrize("kind", SNAPSHOTS)


@cache
def made(kind: str) -> bytes:
    if kind in EVERY:
        return rendered(kind).content
    return pdf.render(SNAPSHOTS[kind], data=workbook.write(SNAPSHOTS[kind])).content


@KINDS
def test_qpdf_finds_nothing_to_object_to(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(made(kind))
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@KINDS
@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1], ids=str)
def test_a_validator_finds_nothing_to_object_to(kind: str, profile: page.ValidationProfile) -> None:
    assert objections(made(kind), profile) == []


def test_the_validator_would_object() -> None:
    plain = HTML(string="<p>Báo cáo").write_pdf()
    assert "PDFUA1-TAGGED-DOCUMENT-001" in {rule for rule, _ in objections(plain, page.ValidationProfile.PDF_UA_1)}
    assert objections(plain, page.ValidationProfile.PDF_A_3A)


def objections(content: bytes, profile: page.ValidationProfile) -> list[tuple[str, str]]:
    """(rule, words) of what the file fails; no limit on the rows of a table."""
    found = page.validate_pdf_bytes(content, profile=profile, limits=page.SafetyLimits.unlimited())
    assert found.rules.total > 100
    return [(failure.rule_id, failure.message) for failure in found.failures]


@KINDS
def test_every_mark_on_a_page_belongs_to_one_tag_on_the_tree(kind: str) -> None:
    tags = Tags(made(kind))
    assert tags.problems() == []
    assert tags.marks > 20


@KINDS
def test_the_file_says_what_it_is(kind: str) -> None:
    tags = Tags(made(kind))
    assert 'pdfaid:part="3"' in tags.xmp
    assert 'pdfaid:conformance="A"' in tags.xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in tags.xmp
    assert tags.root["/Lang"] == "vi"
    assert tags.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert tags.reader.metadata.title == compose(SNAPSHOTS[kind]).text.title
    assert tags.reader.metadata["/CreationDate"] == "D:20230220080000+07'00"


@KINDS
def test_only_tinos_is_used_and_all_of_it_is_embedded(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(made(kind))
    listed = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
    lines = listed.splitlines()[2:]
    assert lines
    assert all("+Tinos" in line and line.split()[-5:-2] == ["yes", "yes", "yes"] for line in lines), listed


def test_headings_have_no_gaps_and_bookmarks_lead_to_them() -> None:
    tags = Tags(made("usual"))
    levels = [int(tag[2]) for tag in tags.kinds if tag in ("/H1", "/H2", "/H3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert tags.bookmarks()[:3] == [
        (0, "Báo cáo", 1),
        (1, "I. TÌNH HÌNH THỰC HIỆN NHIỆM VỤ", 1),
        (2, "1. Kết quả chung", 1),
    ]
    assert (0, "Phụ lục") in [bookmark[:2] for bookmark in tags.bookmarks()]


def test_the_head_of_the_letter_is_no_table() -> None:
    tags = Tags(made("empty"))
    assert "/Table" not in tags.kinds


@pytest.mark.parametrize("kind", ["tinh-hinh", "drawn"])
def test_the_same_snapshot_gives_the_same_bytes_in_another_process(kind: str) -> None:
    here = forms.make(SNAPSHOTS[kind])
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONHASHSEED": "42",
        "TZ": "America/Lima",
    }
    data = json.dumps(SNAPSHOTS[kind].as_data())
    command = [sys.executable, "-c", AGAIN]
    done = subprocess.run(command, cwd=ROOT, env=environment, input=data, capture_output=True, text=True, check=True)
    contents = (here.pdf.content, here.word, here.workbook)
    assert done.stdout.split() == [hashlib.sha256(content).hexdigest() for content in contents]


@KINDS
def test_the_workbook_is_inside_as_its_data(kind: str) -> None:
    tags = Tags(made(kind))
    (attached,) = tags.root["/AF"]
    described = attached.get_object()
    assert described["/AFRelationship"] == "/Data"
    assert described["/Desc"] == "Số liệu của báo cáo"
    name = f"so-lieu-{SNAPSHOTS[kind].code}.xlsx"
    assert tags.reader.attachments == {name: [workbook.write(SNAPSHOTS[kind])]}
    assert described["/EF"]["/F"].get_object()["/Params"]["/CreationDate"] == "D:20230220010000Z"


def test_a_stream_that_ends_with_a_carriage_return_is_read_as_a_whole() -> None:
    document = pydyf.PDF()
    document.add_object(pydyf.Stream([b"data\r"], {"Type": "/Anything"}))
    written = io.BytesIO()
    file.write(document, written)
    assert b"data\r\r\nendstream" in written.getvalue()


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:8000/",
        "https://example.org/a.png",
        "data:text/plain,a",
        "FILE:///etc/hosts",
    ],
)
def test_the_fetcher_gives_only_what_it_was_given(url: str) -> None:
    fetcher = MemoryFetcher({"a.css": (b"p {}", "text/css")})
    assert fetcher.fetch("congvan:a.css").read() == b"p {}"
    with pytest.raises(Refused):
        fetcher.fetch(url)
    with pytest.raises(Refused):
        fetcher.fetch("congvan:b.css")


@pytest.mark.parametrize(
    "markup", ['<img src="file:///etc/passwd">', '<link rel="attachment" href="file:///etc/passwd">']
)
def test_a_page_that_asks_for_a_file_is_not_rendered(markup: str) -> None:
    with pytest.raises(Refused):
        HTML(string=markup, base_url=None, url_fetcher=MemoryFetcher({})).write_pdf()


def test_a_missing_font_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    fonts.face.cache_clear()
    try:
        with pytest.raises(fonts.FontMissing, match="fonts-croscore"):
            pdf.render(frozen.snapshot([]))
    finally:
        fonts.face.cache_clear()


def test_progress_grows_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    pdf.render(frozen.long(600), progress=lambda done, total, pages: told.append((done, total)))
    assert told == [(1, 6), (2, 6), (3, 6), (4, 6), (6, 6)]


@pytest.mark.parametrize("snapshot", [frozen.usual(), frozen.long(60)], ids=["set", "drawn"])
def test_weasyprint_has_nothing_to_complain_about(snapshot: Snapshot, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf.render(snapshot)
    assert [record.message for record in caplog.records if record.levelno >= logging.WARNING] == []
