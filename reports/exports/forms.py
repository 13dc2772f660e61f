"""All forms of one report, made together from one snapshot and one set of words."""

from __future__ import annotations

from dataclasses import dataclass

from reports import pdf
from reports.content.edition import Edition
from reports.exports import word, workbook
from reports.pdf.document import Progress
from reports.snapshots import Snapshot


@dataclass(frozen=True)
class Forms:
    """`pdf` carries the workbook inside."""

    pdf: pdf.Rendered
    word: bytes
    workbook: bytes


def make(
    snapshot: Snapshot, edition: Edition | None = None, *, progress: Progress = lambda done, total, pages: None
) -> Forms:
    """The same bytes for the same snapshot and words. Raises what pdf.render raises."""
    data = workbook.write(snapshot)
    rendered = pdf.render(snapshot, edition, progress=progress, data=data)
    return Forms(rendered, word.write(snapshot, edition, shown=rendered.shown), data)
