"""The annex: set by WeasyPrint when short, drawn when long; nothing lost, nothing cut, whatever the rows hold."""

from __future__ import annotations

import re
from functools import cache

import pytest

from reports import pdf
from reports.pdf.drawn import LONG, Long
from tests.reports import frozen
from tests.reports.paper import Paper, Word
from tests.reports.tags import Tags

WAYS = pytest.mark.parametrize("drawn_from", [0, 10**9], ids=["drawn", "set"])
LEFT, RIGHT, TOP, BOTTOM = 30, 282, 20, 190  # mm of the layout zone of a landscape page


@cache
def long_annex() -> tuple[Paper, Tags]:
    content = pdf.render(frozen.long(80)).content
    return Paper(content), Tags(content)


def annex_words(paper: Paper) -> list[Word]:
    first = paper.find("DANH MỤC NHIỆM VỤ")[0].page
    return [word for word in paper.words if word.page >= first and word.top >= TOP and word.bottom <= BOTTOM + 0.5]


def test_the_drawn_annex_looks_like_the_one_that_is_set() -> None:
    """The same words on the same pages at the same places, but for kerning (mm)."""
    snapshot = frozen.long(20, agencies=3)
    drawn, reference = (annex_words(Paper(pdf.render(snapshot, long=Long(annex=way)).content)) for way in (0, 10**9))
    assert len(drawn) == len(reference)
    for one in drawn:
        twins = [other for other in reference if (other.text, other.page, other.size) == (one.text, one.page, one.size)]
        assert any(abs(other.left - one.left) + abs(other.top - one.top) < 0.25 for other in twins), one


@pytest.mark.parametrize(("rows", "is_drawn"), [(LONG.annex - 1, False), (LONG.annex, True)])
def test_a_short_annex_is_set_and_a_long_one_drawn(rows: int, is_drawn: bool) -> None:
    content = pdf.render(frozen.long(rows)).content
    assert (b"DrawnRegular" in uncompressed(content)) == is_drawn


def uncompressed(content: bytes) -> bytes:
    return b"".join(page.get_contents().get_data() for page in Tags(content).reader.pages)


@WAYS
@pytest.mark.parametrize("field", ["title", "result", "due", "note"])
def test_a_cell_of_3000_characters_runs_over_pages_and_is_whole(field: str, drawn_from: int) -> None:
    words = [f"Chữ{n}" for n in range(500)]
    long_text = " ".join(words)
    assert len(long_text) > 3000
    snapshot = frozen.of_agency([frozen.task(), frozen.task(**{field: long_text}), frozen.task(title="Nhiệm vụ cuối")])
    paper = Paper(pdf.render(snapshot, long=Long(annex=drawn_from)).content)
    found = [word.text for word in annex_words(paper)]
    assert [word for word in found if re.fullmatch(r"Chữ\d+", word)] == words
    assert {"Nhiệm", "cuối"} <= set(found)
    assert_within_margins(paper)


@WAYS
def test_long_words_are_cut_and_not_lost(drawn_from: int) -> None:
    address = "https://langson.gov.vn/" + "van-ban-chi-dao-dieu-hanh/" * 8 + "x" * 120
    snapshot = frozen.of_agency([frozen.task(evidence=address), frozen.task(title="y" * 400)])
    paper = Paper(pdf.render(snapshot, long=Long(annex=drawn_from)).content)
    assert_within_margins(paper)
    letters = "".join(word.text for word in annex_words(paper))
    assert address[-130:] in letters.replace("\xad", "") or letters.count("x") >= 120
    assert letters.count("y") >= 400


def assert_within_margins(paper: Paper) -> None:
    words = annex_words(paper)
    assert all(word.left >= LEFT - 0.1 and word.right <= RIGHT + 0.1 for word in words)
    first = words[0].page
    outside = [word for word in paper.words if word.page >= first and word.size == 10 and word not in words]
    assert outside == []


@WAYS
def test_every_row_is_there_once_and_in_order(drawn_from: int) -> None:
    snapshot = frozen.long(40, agencies=7)
    paper = Paper(pdf.render(snapshot, long=Long(annex=drawn_from)).content)
    (column,) = {round(word.centre) for word in annex_words(paper) if word.text == "TT"}
    ordinals = [word.text for word in annex_words(paper) if round(word.centre) == column and word.text.isdigit()]
    assert ordinals == [str(n) for n in range(1, 41)]


def test_the_head_is_repeated_on_every_page_and_content_only_once() -> None:
    paper, tags = long_annex()
    first = paper.find("DANH MỤC NHIỆM VỤ")[0].page
    for page in range(first, len(paper.sizes) + 1):
        assert paper.find("Nội dung nhiệm vụ", page)
        assert paper.find("(10)", page)
    heads = [row for table in tags.tables() for row in table if row[0]["/S"] == "/TH" and len(row) == 11]
    assert len(heads) == 2
    assert all(cell["/A"]["/Scope"] == "/Column" for row in heads for cell in row)


def test_a_drawn_annex_is_one_table_with_as_many_cells_in_each_row() -> None:
    *_, table = long_annex()[1].tables()
    assert len(table) == 2 + 8 + 80  # head, agencies, tasks
    for row in table:
        assert sum(int(cell.get("/A", {}).get("/ColSpan", 1)) for cell in row) == 11


def test_agencies_have_bookmarks_under_that_of_the_annex() -> None:
    paper, tags = long_annex()
    bookmarks = tags.bookmarks()
    place = next(place for place, (_, title, _) in enumerate(bookmarks) if title == "Phụ lục")
    below = bookmarks[place + 1 :]
    assert [level for level, _, _ in below] == [1] * 8
    for _, title, page in below:
        assert paper.find(title, page), title


@WAYS
def test_a_heading_never_stands_without_a_row_below_it(drawn_from: int) -> None:
    paper = Paper(pdf.render(frozen.long(33, agencies=15), long=Long(annex=drawn_from)).content)
    words = annex_words(paper)
    for page in {word.page for word in words}:
        last = max((word for word in words if word.page == page), key=lambda word: word.top)
        assert last.font in ("Tinos", "Tinos-Regular"), f"page {page} ends with a heading"


@WAYS
@pytest.mark.parametrize("text", ["Đã họp 😀 xong", "Gửi 中文 rồi", "Ký hiệu ẞ ☑ ⓵", "Mật 𝔘nicode"])
def test_letters_that_the_font_lacks_are_shown_as_boxes_and_read_as_themselves(text: str, drawn_from: int) -> None:
    paper = Paper(pdf.render(frozen.of_agency([frozen.task(result=text)]), long=Long(annex=drawn_from)).content)
    assert text in paper.text("-raw")
    assert Tags(paper.content).problems() == []


def test_rare_letters_that_the_font_has_are_drawn_with_it() -> None:
    snapshot = frozen.of_agency([frozen.task(result="Tần số Ω, chữ Кирилл, phân số ⅓")])
    paper = Paper(pdf.render(snapshot, long=Long(annex=0)).content)
    (omega,) = (word for word in paper.words if word.text == "Ω,")
    assert omega.font == "Tinos-Regular"
    assert "Tần số Ω, chữ Кирилл, phân số ⅓" in paper.text("-raw")


@WAYS
def test_what_has_no_shape_is_left_out_and_lines_are_kept(drawn_from: int) -> None:
    text = "- Việc một\u200b;\r\n- Việc\u00ad hai\u202e;\n\n- Việc\tba\x00."
    paper = Paper(pdf.render(frozen.of_agency([frozen.task(result=text)]), long=Long(annex=drawn_from)).content)
    assert "- Việc một; - Việc hai; - Việc ba." in paper.text("-raw")
    tops = [word.top for word in annex_words(paper) if word.text == "Việc"]
    assert len(tops) == len(set(tops)) == 3


def test_empty_cells_stay_cells() -> None:
    blank = dict.fromkeys(("letter", "label", "title", "lead", "due", "result", "status"), "")
    snapshot = frozen.of_agency([frozen.task(**blank)])
    for drawn_from in (0, 10**9):
        tags = Tags(pdf.render(snapshot, long=Long(annex=drawn_from)).content)
        assert [len(row) for row in tags.tables()[-1]] == [11, 11, 11]


@WAYS
def test_the_annex_of_one_agency_has_no_headings(drawn_from: int) -> None:
    paper = Paper(pdf.render(frozen.of_agency([frozen.task()] * 6), long=Long(annex=drawn_from)).content)
    assert "(6 nhiệm vụ)" not in paper.text()


@pytest.mark.parametrize("rows", [8, 9, 10, 11])
def test_a_last_page_is_never_empty(rows: int) -> None:
    paper = Paper(pdf.render(frozen.long(rows, agencies=1), long=Long(annex=0)).content)
    last = [word for word in annex_words(paper) if word.page == len(paper.sizes)]
    assert any(word.text == str(rows) for word in last)


def test_pages_are_counted() -> None:
    made = pdf.render(frozen.long(130))
    assert made.pages == len(Paper(made.content).sizes)
