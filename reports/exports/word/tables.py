"""The tables of a report: the summary per agency, short ones, the list of tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.content.shapes import Table
from reports.content.summary import Line, Summary
from reports.exports.word.xml import Cell, Row, gap, paragraph, table, table_pieces
from reports.pdf.annex import Annex
from reports.pdf.summary.geometry import WIDTHS

_NARROW, _WIDE = (1.5, 1.0), (2.0, 3.0)  # points around a text, above and at the sides


def summary_table(summary: Summary) -> Iterator[str]:
    """Form (a)."""
    yield paragraph("TableName", "BIỂU TỔNG HỢP")
    yield paragraph("TableTitle", "Tình hình thực hiện nhiệm vụ theo cơ quan, đơn vị, địa phương")
    yield table(WIDTHS, _summary_rows(summary), padding=_NARROW)
    yield from _notes(summary.notes)


def short_table(content: Table, room: float) -> Iterator[str]:
    """`room`: points it may take from side to side."""
    if content.name:
        yield paragraph("TableName", content.name)
    if content.title:
        yield paragraph("TableTitle", content.title)
    looks = ["CellCentred" if column.centred else "Cell" for column in content.columns]
    head = _head([column.heading for column in content.columns])
    rows = (Row([Cell(paragraph(*one)) for one in zip(looks, row, strict=True)]) for row in content.rows)
    yield table([percent * room / 100 for percent in content.percents], [head, *rows], padding=_WIDE)
    yield from _notes(content.notes)


def task_table(annex: Annex) -> Iterator[str]:
    """Form (b), row by row."""
    return table_pieces([column.width for column in annex.columns], _task_rows(annex), padding=_WIDE)


def _notes(notes: Sequence[str]) -> Iterator[str]:
    yield from (paragraph("Note", note) for note in notes)
    yield gap(8)


def _head(headings: Sequence[str], look: str = "HeadCell") -> Row:
    return Row([Cell(paragraph(look, heading), middle=True) for heading in headings], is_head=True)


def _numbers(columns: int) -> Row:
    return _head([f"({place})" for place in range(1, columns + 1)], "HeadNumber")


def _band(heading: str, columns: int) -> Row:
    return Row([Cell(paragraph("CellBand", heading), span=columns)])


def _task_rows(annex: Annex) -> Iterator[Row]:
    yield _head([column.heading for column in annex.columns])
    yield _numbers(len(annex.columns))
    looks = ["CellCentred" if column.centred else "Cell" for column in annex.columns]
    for section in annex.sections:
        if section.heading:
            yield _band(section.heading, len(looks))
        for cells in section.rows:
            yield Row([Cell(paragraph(*one)) for one in zip(looks, cells, strict=True)])


def _summary_rows(summary: Summary) -> Iterator[Row]:
    yield _head(summary.headings, "HeadCellSmall")
    yield _numbers(len(summary.headings))
    for band in summary.bands:
        if len(summary.bands) > 1:
            yield _band(band.heading, len(summary.headings))
        yield from map(_line, band.lines)
    if summary.total:
        yield _line(summary.total, bold=True)


def _line(line: Line, *, bold: bool = False) -> Row:
    cells = (
        _figure(line.ordinal, bold),
        paragraph("CellBold" if bold else "Cell", line.name),
        *(_figure(count, bold) for count in line.counts),
        *(_figure(percent, bold, below=fraction) for percent, fraction in line.shares),
        paragraph("CellSmall", line.note),
    )
    return Row([Cell(cell, middle=True) for cell in cells])


def _figure(text: str, bold: bool, below: str = "") -> str:
    written = paragraph("CellBoldCentred" if bold else "CellCentred", text)
    return written + (paragraph("CellSmall", below) if below else "")
