"""Paragraphs and tables of WordprocessingML (ISO/IEC 29500-1 §17) as text: an annex has 100,000 cells.

Texts go in as they are; they are made legal and escaped here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from reports.exports.package import legal

_TWIPS = 20  # in a point
MM = 72 / 25.4  # points
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def twips(points: float) -> int:
    return round(points * _TWIPS)


def elements(markup: Iterable[str]) -> list[Any]:
    """The XML elements of a run of paragraphs and tables."""
    return list(parse_xml(f"<w:body {nsdecls('w')}>{''.join(markup)}</w:body>"))


def run(text: str) -> str:
    """A run of text; its line ends are line breaks."""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in legal(text).split("\n"))
    return f"<w:r>{'<w:br/>'.join(lines)}</w:r>"


def paragraph(look: str, text: str = "", *, keep_next: bool = False, more: str = "", runs: str = "") -> str:
    """`look`: a key of looks.LOOKS; `more`: further paragraph properties; `runs`: ready runs in place of a text."""
    kept = "<w:keepNext/>" if keep_next else ""
    written = run(text) if text else runs
    return f'<w:p><w:pPr><w:pStyle w:val="{look}"/>{kept}{more}</w:pPr>{written}</w:p>'


def rule(length: float, room: float) -> str:
    """A line of `length` in the middle of `room` (points): the border above a flat paragraph, indented at both ends."""
    side = twips((room - length) / 2)
    border = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    spacing = '<w:spacing w:before="30" w:after="0" w:line="40" w:lineRule="exact"/>'
    indent = f'<w:ind w:left="{side}" w:right="{side}" w:firstLine="0"/>'
    return paragraph("Rule", more=f"{border}{spacing}{indent}")


def gap(points: float, *, keep_next: bool = False) -> str:
    """A flat paragraph with room below it."""
    spacing = f'<w:spacing w:before="0" w:after="{twips(points)}" w:line="40" w:lineRule="exact"/>'
    return paragraph("Rule", more=spacing, keep_next=keep_next)


@dataclass(frozen=True)
class Cell:
    """`content`: paragraphs as markup; `span`: columns it goes over."""

    content: str
    span: int = 1
    middle: bool = False


@dataclass(frozen=True)
class Row:
    cells: Sequence[Cell]
    is_head: bool = False


def table(widths: Sequence[float], rows: Iterable[Row], *, ruled: bool = True, padding: tuple[float, float]) -> str:
    """A table with fixed columns (points); `padding`: above and below, left and right. Rows are not split by pages."""
    return "".join(table_pieces(widths, rows, ruled=ruled, padding=padding))


def table_pieces(
    widths: Sequence[float], rows: Iterable[Row], *, ruled: bool = True, padding: tuple[float, float]
) -> Iterator[str]:
    """The same row by row, for a long one."""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    yield f"<w:tbl>{_properties(sum(widths), ruled, padding)}<w:tblGrid>{grid}</w:tblGrid>"
    yield from (_row(row, widths) for row in rows)
    yield "</w:tbl>"


def _properties(width: float, ruled: bool, padding: tuple[float, float]) -> str:
    high, wide = map(twips, padding)
    borders = f"<w:tblBorders>{_BORDERS}</w:tblBorders>" if ruled else ""
    sides = (("top", high), ("left", wide), ("bottom", high), ("right", wide))
    margins = "".join(f'<w:{side} w:w="{size}" w:type="dxa"/>' for side, size in sides)
    look = '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"/>' if ruled else ""
    return (
        f'<w:tblPr><w:tblW w:w="{twips(width)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>{borders}'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>{look}</w:tblPr>'
    )


def _row(row: Row, widths: Sequence[float]) -> str:
    place, cells = 0, []
    for cell in row.cells:
        cells.append(_cell(cell, sum(widths[place : place + cell.span])))
        place += cell.span
    head = "<w:tblHeader/>" if row.is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: Cell, width: float) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    middle = '<w:vAlign w:val="center"/>' if cell.middle else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{span}{middle}</w:tcPr>{cell.content}</w:tc>'


_EMU = 12_700  # in a point
_DRAWING = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def picture(relation: str, number: int, size: tuple[float, float], said: str) -> str:
    """A run with a picture of the package; `size`: points, `said`: what it shows, in words."""
    wide, high = (round(side * _EMU) for side in size)
    words = escape(legal(said))
    return (
        f'<w:r><w:drawing><wp:inline {_DRAWING} distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" '
        f'cy="{high}"/><wp:docPr id="{number}" name="Hình {number}" descr="{words}"/><a:graphic><a:graphicData '
        f'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr '
        f'id="{number}" name="Hình {number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip '
        f'r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" '
        f'y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        f"</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
