"""The charts: tables with a picture of the bar in each row."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import count

from docx.document import Document

from reports.content.charts import Chart, Line
from reports.content.drawing import Drawing
from reports.exports.word.pictures import png
from reports.exports.word.xml import MM, Cell, Row, gap, paragraph, picture, run, table

_LABELS, _BARS, _ROOM = 46 * MM, 71 * MM, 165 * MM  # as in report.css
_BAR, _MARK = (68 * MM, 3.4 * MM), (4.99 * MM, 3.4 * MM)
_PADDING = (2.0, 3.0)


class Album:
    """Puts drawings into a document; the same one is kept once."""

    def __init__(self, document: Document) -> None:
        self._part = document.part
        self._numbers = count(1)

    def picture(self, drawing: Drawing, size: tuple[float, float], said: str) -> str:
        relation, _ = self._part.get_or_add_image(io.BytesIO(png(drawing)))
        return picture(relation, next(self._numbers), size, said)


def chart_table(chart: Chart, album: Album) -> Iterator[str]:
    numbers = len(chart.headings) - 2
    widths = (_LABELS, _BARS, *[(_ROOM - _LABELS - _BARS) / numbers] * numbers)
    head = Row([Cell(paragraph("HeadCell", heading), middle=True) for heading in chart.headings], is_head=True)
    yield paragraph("TableTitle", chart.title)
    yield table(widths, [head, *(_row(line, album) for line in chart.lines)], padding=_PADDING)
    if chart.legend or chart.note:
        yield paragraph("Note", runs="".join(_legend(chart, album)))
    yield gap(8)


def _row(line: Line, album: Album) -> Row:
    cells = (
        paragraph("Cell", line.label),
        paragraph("CellCentred", runs=album.picture(line.drawing, _BAR, line.said)),
        *(paragraph("CellCentred", number) for number in line.numbers),
    )
    return Row([Cell(cell, middle=True) for cell in cells])


def _legend(chart: Chart, album: Album) -> Iterator[str]:
    for place, (drawing, text) in enumerate(chart.legend, start=1):
        yield album.picture(drawing, _MARK, text)
        yield run(f" {text}{'; ' if place < len(chart.legend) else '. '}")
    if chart.note:
        yield run(chart.note)
