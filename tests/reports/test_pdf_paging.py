"""Breaking lines and pages, as properties over any text and any rows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.content.tasklist import HEADINGS
from reports.pdf import fonts
from reports.pdf.annex import geometry as g
from reports.pdf.annex.paging import Row, height_of, pages
from reports.pdf.annex.widths import balanced
from reports.pdf.drawing.lines import wrap
from reports.pdf.drawing.typeface import EVERYDAY, typeface

FACE = typeface(fonts.REGULAR, EVERYDAY)
ROOM = g.HEIGHT - 60
words = st.text(st.sampled_from("aăâbcđeêghiơưuxy0123456789./-:ÁỆỮ"), min_size=1, max_size=30)
texts = st.lists(st.lists(words, max_size=12).map(" ".join), max_size=4).map("\n".join)
rows = st.lists(st.tuples(st.integers(0, 120), st.booleans()), max_size=60)


BY_CODE = {FACE.code(letter): letter for letter in sorted(EVERYDAY - {"\xa0"})}
untimed = settings(deadline=None)


def letters_of(code: str) -> str:
    return "".join(BY_CODE[code[start : start + 4]] for start in range(0, len(code), 4))


@untimed
@given(texts, st.floats(500, 20_000))
def test_lines_fit_and_hold_every_letter(text: str, width: float) -> None:
    lines = wrap(text, FACE, width)
    read = [letters_of(line.code) for line in lines]
    assert "".join(read).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    for line, letters in zip(lines, read, strict=True):
        assert line.width == pytest.approx(FACE.width(letters))
        assert line.width <= width + 0.001 or len(letters) == 1


@untimed
@given(texts)
def test_words_that_fit_are_never_cut(text: str) -> None:
    width = max((FACE.width(word) for word in text.split()), default=0) + 1
    read = " ".join(letters_of(line.code) for line in wrap(text, FACE, width))
    assert read.split() == text.split()


def test_a_word_that_is_too_long_is_cut_after_a_mark() -> None:
    lines = wrap("1234/BQLKKTCK-VP", FACE, FACE.width("1234/BQLKKTCK-V"))
    assert [letters_of(line.code) for line in lines] == ["1234/BQLKKTCK-", "VP"]


def as_row(ordinal: int, lines: int, heading: bool) -> Row:
    line = wrap(f"r{ordinal}", FACE, 10_000)
    return Row([line * lines, line], heading)


@settings(max_examples=300, deadline=None)
@given(rows, st.floats(80, ROOM))
def test_pages_hold_all_lines_in_order_and_no_page_too_much(sizes: list[tuple[int, bool]], first_room: float) -> None:
    given_rows = [as_row(n, 1 if heading else lines, heading) for n, (lines, heading) in enumerate(sizes)]
    made = list(pages(given_rows, first_room=first_room, room=ROOM))
    slices = [part for page in made for part in page]
    assert [line for part in slices for line in part.cells[0]] == [line for row in given_rows for line in row.cells[0]]
    assert sum(part.first for part in slices) == len(given_rows)
    for number, page in enumerate(made):
        assert page
        assert sum(part.height for part in page) <= (first_room if number == 0 else ROOM) + 0.001


@untimed
@given(rows)
def test_rows_that_fit_on_a_page_stay_whole_and_headings_keep_their_row(sizes: list[tuple[int, bool]]) -> None:
    fitting = int((ROOM - 2 * height_of(1)) // g.LEADING) - 2
    given_rows = []
    for n, (lines, heading) in enumerate(sizes):
        given_rows += [as_row(n, 1, True)] if heading else []
        given_rows.append(as_row(n, min(lines, fitting), False))
    made = list(pages(given_rows, first_room=ROOM, room=ROOM))
    assert all(part.first for page in made for part in page)
    assert not any(page[-1].heading for page in made)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(texts, min_size=11, max_size=11), max_size=20))
def test_widths_fill_the_page_and_leave_room_for_words(table: list[list[str]]) -> None:
    widths = balanced(HEADINGS, table)
    assert sum(widths) == pytest.approx(g.WIDTH)
    bold = typeface(fonts.BOLD, EVERYDAY)
    for heading, width in zip(HEADINGS, widths, strict=True):
        room = (width - 2 * g.SIDE - g.RULE) * 1000 / g.SIZE
        assert max(bold.width(word) for word in heading.split()) <= room


def test_the_column_with_the_text_gets_the_room() -> None:
    row = ["1", "125/UBND-KGVX", "ngắn", "Sở", "", "08/02/2023", "rất dài " * 40, "", "Trong hạn", "", ""]
    widths = balanced(HEADINGS, [row] * 20)
    assert max(widths) == widths[6]
    assert widths[6] > 2 * widths[4]
