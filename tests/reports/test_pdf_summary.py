"""The summary per agency: set by WeasyPrint when short, its cells drawn when long; a reader cannot tell which."""

from __future__ import annotations

import io
import re
import unicodedata
from functools import cache
from itertools import cycle
from typing import Any

import pdfplumber
import pytest

from agencies.models import Comparison
from reports import pdf
from reports.pdf.drawn import LONG, Long
from reports.snapshots import Snapshot
from tests.reports import frozen
from tests.reports.paper import MM, Paper, Word
from tests.reports.tags import Tags

pytestmark = pytest.mark.xdist_group("pdf")

DRAWN, SET = Long(summary=0), Long(summary=10**9)
GROUPS = (Comparison.DEPARTMENTS, Comparison.LOCALITIES, Comparison.PRESS, Comparison.OTHERS)
NAMES = cycle(
    (
        "Sở Tư pháp",
        "Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn",
        "UBND huyện Lộc Bình",
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
    )
)


@cache
def many() -> Snapshot:
    """Forty bodies in four groups: names of one to four lines, shares of all kinds, notes of none to four lines."""
    names = [f"{next(NAMES)} {place}" for place in range(40)]
    bodies = [
        frozen.body(
            name,
            GROUPS[place // 10],
            done_on_time=place * 7 % 23,
            done_late=place % 3,
            done_undated=place % 2,
            open_on_track=place % 5,
            waiting=min(place % 5, 1) * (place % 4 == 1),
            open_overdue=(place % 4) * (1 + 550 * (place == 31)),
            overdue_submitted=place % 4 // 3,
            returned=place % 7 // 6,
        )
        for place, name in enumerate(names)
    ]
    return frozen.snapshot(bodies, tasks=())


@cache
def made(long: Long) -> tuple[Paper, Tags]:
    content = pdf.render(many(), long=long).content
    return Paper(content), Tags(content)


def near(one: Word, other: Word) -> bool:
    """Within a line kerning moves words: "Việt" takes 0.3 mm less where WeasyPrint sets it."""
    return abs(one.left - other.left) < 0.35 and abs(one.top - other.top) < 0.05


def test_the_drawn_summary_looks_like_the_one_that_is_set() -> None:
    """All words of the letter in the same order, on the same pages, at the same places but for kerning (mm)."""
    drawn, reference = made(DRAWN)[0].words, made(SET)[0].words
    assert [(word.text, word.page, word.size) for word in drawn] == [
        (word.text, word.page, word.size) for word in reference
    ]
    for one, other in zip(drawn, reference, strict=True):
        assert near(one, other), (one, other)
        assert ("Bold" in one.font) == ("Bold" in other.font), (one, other)


def columns_of(paper: Paper, page: int) -> list[float]:
    """Where the numbers of the columns stand."""
    return [paper.find(f"({place})", page)[0].centre for place in range(1, 14)]


def test_the_summary_goes_over_pages_under_a_head_on_each() -> None:
    paper, _ = made(DRAWN)
    pages = [page for page in range(1, len(paper.sizes) + 1) if paper.find("(13)", page)]
    assert len(pages) > 1
    assert all(columns_of(paper, page) == columns_of(paper, pages[0]) for page in pages)
    assert paper.find("Tổng cộng", pages[-1])


def uprights(page: Any) -> list[Any]:
    """Upright lines, and the sides of boxes, of a page of pdfplumber."""
    return [edge for edge in page.edges if edge["orientation"] == "v"]


def beside(word: Word, edges: list[Any]) -> set[float]:
    """Points from the left at which there are lines at the height of a word."""
    middle = (word.top + word.bottom) / 2 * MM
    return {round(edge["x0"], 1) for edge in edges if edge["top"] < middle < edge["bottom"]}


def test_the_lines_between_columns_stand_where_the_set_ones_do() -> None:
    (drawn, _), (reference, _) = made(DRAWN), made(SET)
    with pdfplumber.open(io.BytesIO(drawn.content)) as one, pdfplumber.open(io.BytesIO(reference.content)) as other:
        sides = [(uprights(here), uprights(there)) for here, there in zip(one.pages, other.pages, strict=True)]
    names = [word for word in drawn.words if word.text in ("pháp", "kinh", "Lộc", "cộng") and word.size == 10]
    assert len(names) > 30
    for name in names:
        here, there = (beside(name, edges) for edges in sides[name.page - 1])
        assert len(here - {min(there), max(there)}) >= 12
        assert all(min(abs(line - other) for other in there) < 0.15 for line in here), name  # points


def test_every_row_has_its_thirteen_cells_in_the_order_of_the_columns() -> None:
    tags = made(DRAWN)[1]
    tables = [table for table in tags.tables() if len(table[0]) == 13]
    rows = [row for table in tables for row in table if len(row) > 1 and row[0]["/S"] == "/TD"]
    assert len(rows) == 40 + 1
    for row in rows:
        assert [cell["/S"] for cell in row] == ["/TD", "/TH", *["/TD"] * 11]
        assert row[1]["/A"]["/Scope"] == "/Row"
        assert all(cell.get("/A", {}).get("/ColSpan", 1) == 1 for cell in row)
    for table in tables:
        assert {sum(int(cell.get("/A", {}).get("/ColSpan", 1)) for cell in row) for row in table} == {13}


def test_the_tags_of_a_drawn_summary_lead_to_what_stands_on_the_pages() -> None:
    drawn, reference = made(DRAWN)[1], made(SET)[1]
    assert drawn.problems() == []
    for kind in ("/TR", "/TH", "/TD", "/Table", "/THead", "/TBody"):
        assert drawn.kinds.count(kind) == reference.kinds.count(kind), kind


def test_the_text_runs_row_by_row_and_then_goes_on() -> None:
    drawn, reference = (made(way)[0].text("-raw") for way in (DRAWN, SET))
    assert "Tổng cộng" in drawn
    assert drawn == reference


@pytest.mark.parametrize(("rows", "is_drawn"), [(LONG.summary - 1, False), (LONG.summary, True)])
def test_a_short_summary_is_set_and_a_long_one_drawn(rows: int, is_drawn: bool) -> None:
    content = pdf.render(frozen.snapshot([frozen.body(f"Sở {n}", open_on_track=1) for n in range(rows)], ())).content
    pages = b"".join(page.get_contents().get_data() for page in Tags(content).reader.pages)
    assert (b"/DrawnRegular" in pages) == is_drawn
    assert b"/DrawnItalic" not in Tags(content).reader.pages[0]["/Resources"]["/Font"]


@pytest.mark.parametrize("long", [DRAWN, SET], ids=["drawn", "set"])
def test_whatever_a_name_holds_it_stands_in_its_cell(long: Long) -> None:
    names = ["Sở <b>TT&TT</b>", "Sở Ω 中文", "Sở\u200b Ẩn\x00", unicodedata.normalize("NFD", "Sở Nội vụ"), "x" * 120]
    snapshot = frozen.snapshot([frozen.body(name, done_on_time=1) for name in names], ())
    paper = Paper(pdf.render(snapshot, long=long).content)
    text = paper.text("-raw")
    for name in ("Sở <b>TT&TT</b>", "Sở Ω 中文", "Sở Ẩn", "Sở Nội vụ"):
        assert f"{name} 1 1 0 0 0 0 0 100,0% 1/1" in text
    assert sum(map(len, re.findall("x{8,}", text))) == 2 * 120  # in the summary and in the chart
    assert Tags(paper.content).problems() == []


@pytest.mark.parametrize("long", [DRAWN, SET], ids=["drawn", "set"])
def test_a_percentage_stays_whole_and_a_long_fraction_breaks_at_its_stroke(long: Long) -> None:
    bodies = [frozen.body("Sở Y tế", done_on_time=1234), frozen.body("Sở Nội vụ", done_on_time=99, done_late=1)]
    text = Paper(pdf.render(frozen.snapshot(bodies[:1], ()), long=long).content).text("-raw")
    assert "100,0% 1.234/ 1.234 0,0% 0/1.234" in text
    assert "99,0% 99/100" in Paper(pdf.render(frozen.snapshot(bodies, ()), long=long).content).text("-raw")
