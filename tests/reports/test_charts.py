"""Charts: bars that show what the figures beside them say, on the screen, in the PDF and in the Word document."""

from __future__ import annotations

import random
import re
import struct
import zlib
from dataclasses import fields, replace
from datetime import date
from itertools import pairwise

import pytest
from django.template.loader import render_to_string

from agencies.models import Comparison
from reports.content.charts import PARTS, SHOWN, charts_of
from reports.content.drawing import HEIGHT, WIDTH, bar, swatch
from reports.exports import word
from reports.exports.word.pictures import SCALE, png
from reports.queries import Figures
from reports.snapshots import PeriodFigures
from tests.reports import frozen, office
from tests.reports.every_kind import EVERY, rendered
from tests.reports.paper import Paper
from tests.reports.tags import Tags

pytestmark = pytest.mark.xdist_group("pdf")

PROGRESS = EVERY["tinh-hinh"]


@pytest.mark.parametrize("seed", range(5))
def test_the_parts_are_everything_that_was_given(seed: int) -> None:
    chance = random.Random(seed)
    figures = Figures(**{field.name: chance.randrange(9) for field in fields(Figures)[:6]})
    counts = [(look, getattr(figures, name)) for look, name in PARTS]
    assert sum(count for _, count in counts) == figures.given
    drawing = bar(counts, figures.given or 1)
    assert sum(shape.width for shape in drawing.shapes) == pytest.approx(WIDTH if figures.given else 0, abs=0.1)
    assert [shape.look for shape in drawing.shapes] == [look for look, count in counts if count]
    for shape in drawing.shapes:
        for x1, y1, x2, y2 in shape.lines:
            assert shape.x - 0.01 <= min(x1, x2) <= max(x1, x2) <= shape.x + shape.width + 0.01
            assert min(y1, y2) >= -0.01
            assert max(y1, y2) <= HEIGHT + 0.01


def test_what_is_late_is_hatched_and_every_part_has_its_own_look_in_grey() -> None:
    looks = {name: look for look, name in PARTS}
    assert looks["done_late"].hatching != looks["open_overdue"].hatching
    assert all(bool(look.hatching) == (name in ("done_late", "open_overdue")) for name, look in looks.items())
    plain = sorted(brightness(look.fill) for look in looks.values() if not look.hatching)
    assert all(lighter - darker > 30 for darker, lighter in pairwise(plain))


def brightness(colour: str) -> float:
    red, green, blue = bytes.fromhex(colour[1:])
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_the_three_charts_and_their_figures() -> None:
    agencies, trend, weeks = charts_of(PROGRESS)
    assert [line.label for line in agencies.lines] == ["Sở Nội vụ", "Sở Tư pháp", "UBND huyện Lộc Bình", "Báo Lạng Sơn"]
    assert agencies.lines[0].numbers == ("4", "1", "2")
    assert agencies.lines[0].said == "Sở Nội vụ: HT trong hạn 1, Chưa HT trễ hạn 2, Chưa HT không thời hạn 1"
    assert [(line.label, *line.numbers) for line in trend.lines] == [
        ("Năm 2021", "4", "3", "1"),
        ("Năm 2022", "11", "7", "0"),
        ("Năm 2023", "18", "8", "4"),
    ]
    assert [(line.label, *line.numbers) for line in weeks.lines] == [
        ("20/02/2023", "3"),
        ("27/02/2023", "0"),
        ("06/03/2023", "1"),
    ]


def test_bodies_that_take_no_orders_are_not_ranked() -> None:
    bodies = [frozen.body(f"Hội {n}", Comparison.OTHERS, open_overdue=9) for n in range(3)]
    made = frozen.snapshot([*bodies, frozen.body("Sở A", open_overdue=1), frozen.body("Sở B", open_on_track=1)])
    assert [line.label for line in charts_of(made)[0].lines] == ["Sở A", "Sở B"]


def test_a_chart_of_many_agencies_says_how_many_it_shows() -> None:
    made = frozen.snapshot([frozen.body(f"Sở {n}", open_overdue=n) for n in range(1, 20)])
    (chart,) = charts_of(made)
    assert len(chart.lines) == SHOWN
    assert chart.note.startswith("15 trong 19 cơ quan, theo số nhiệm vụ quá hạn.")
    assert chart.lines[0].label == "Sở 19"


@pytest.mark.parametrize("kind", ["can-chi-dao", "tu-bao-cao", "khong-co-gi"])
def test_what_needs_no_chart_has_none(kind: str) -> None:
    assert charts_of(EVERY[kind]) == ()


def test_a_first_period_has_nothing_to_be_compared_with() -> None:
    empty = (PeriodFigures(date(2022, 1, 1), date(2022, 12, 31), Figures()),)
    assert [chart.slug for chart in charts_of(replace(PROGRESS, trend=empty, due_weeks=()))] == ["theo-co-quan"]


def test_in_the_pdf_each_bar_says_what_it_shows_and_its_figures_stand_beside_it() -> None:
    content = rendered("tinh-hinh").content
    tags = Tags(content)
    said = [element.get("/Alt") for element in tags._elements.values() if element["/S"] == "/Figure"]
    text = Paper(content).text("-raw")
    for chart in charts_of(PROGRESS):
        for line in chart.lines:
            assert line.said in said
            assert f"{line.label} {' '.join(line.numbers)}" in text


def test_in_the_word_document_each_bar_is_a_picture_with_its_figures_beside_it() -> None:
    content = word.write(PROGRESS)
    rows = [[cell for cell in row if cell] for row in office.rows(content)]
    for chart in charts_of(PROGRESS):
        for line in chart.lines:
            assert [line.label, *line.numbers] in rows


def test_on_the_screen_a_drawing_has_no_words() -> None:
    drawing = charts_of(PROGRESS)[0].lines[0].drawing
    page = render_to_string("reports/_drawing.html", {"drawing": drawing})
    assert re.sub(r"<[^>]+>", "", page).strip() == ""
    assert 'aria-hidden="true"' in page
    assert "style=" not in page
    assert f'viewBox="0 0 {WIDTH} {HEIGHT}"' in page


def test_the_picture_has_the_colours_of_the_drawing() -> None:
    looks = dict((name, look) for look, name in PARTS)
    picture = png(bar([(looks["done_on_time"], 1), (looks["open_on_track"], 2)], 4))
    wide, high = struct.unpack(">II", picture[16:24])
    assert (wide, high) == (WIDTH * SCALE, HEIGHT * SCALE)
    start = picture.index(b"IDAT") + 4
    pixels = zlib.decompress(picture[start : picture.index(b"IEND") - 8])
    assert len(pixels) == (wide + 1) * high
    middle = pixels[(wide + 1) * (high // 2) + 1 :][:wide]
    thirds = (middle[: wide // 4], middle[wide // 4 : 3 * wide // 4], middle[3 * wide // 4 :])
    assert [set(third) for third in thirds] == [{2}, {3}, {0}]  # places in the palette: fill, fill, white
    assert len(png(swatch(looks["open_overdue"]))) < 2000
