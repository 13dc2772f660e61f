"""The annexes on landscape pages, each numbered by itself."""

from __future__ import annotations

from collections.abc import Iterator

from reports.content.composing import Annex, Composed
from reports.exports.word.letter import BLANK
from reports.exports.word.tables import short_table, task_table
from reports.exports.word.xml import paragraph
from reports.pdf.annex import annex_of


def written(annex: Annex, composed: Composed, room: float) -> Iterator[str]:
    """`room`: points from side to side."""
    number, day, month = (words or BLANK for words in composed.blanks)
    of = annex.of
    yield paragraph("Heading1", annex.name)
    yield paragraph("AnnexTitle", annex.title)
    yield paragraph("AnnexOf", f"{of[0]}{number}{of[1]}{day}{of[2]}{month}{of[3]}")
    for table in annex.tables:
        yield from short_table(table, room)
    tasks = annex_of(composed) if annex.sections else None
    if tasks is not None:
        yield from task_table(tasks)
