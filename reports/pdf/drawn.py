"""Which parts of a report are drawn into the finished document rather than set by WeasyPrint: those that are long."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

import pydyf
from weasyprint import Document

from reports.content.composing import Composed
from reports.pdf import annex, summary
from reports.pdf.annex import Annex, Progress
from reports.pdf.drawing.faces import Faces, Types, types_for
from reports.pdf.summary import Form


class Long(NamedTuple):
    """Rows from which a part is drawn.

    WeasyPrint takes 16-19 ms for a row of the annex, with its long texts, and 5 ms for one of the summary.
    """

    annex: int = 51
    summary: int = 15


LONG = Long()


@dataclass(frozen=True)
class Drawn:
    """A part is None where there is none, or where WeasyPrint sets it. `source`: the line in the bottom margin."""

    annex: Annex | None
    summary: Form | None
    source: str
    is_draft: bool
    types: Types | None

    @property
    def steps(self) -> int:
        """How often the drawing tells of its progress, at most."""
        return ceil(self.annex.size / annex.STEP) if self.annex else 0

    def draw(self, document: Document, pdf: pydyf.PDF, progress: Progress) -> None:
        if self.types is None:
            return
        faces = Faces(self.types, pdf)
        if self.summary is not None:
            summary.draw(self.summary, faces, document, pdf)
        if self.annex is not None:
            annex.draw(self.annex, self.source, faces, document, pdf, is_draft=self.is_draft, progress=progress)


def drawn_of(composed: Composed, form: Annex | None, long: Long) -> Drawn:
    """What is drawn of a report with this annex."""
    source = composed.text.source
    drawn = form if form is not None and form.size >= long.annex else None
    has_long_summary = composed.has_summary and composed.summary.size >= long.summary
    parts = [summary.texts_of(composed.summary)] if has_long_summary else []
    parts += [annex.texts_of(drawn, source)] if drawn else []
    types = types_for(parts) if parts else None
    rows = summary.form_of(composed.summary, types) if types and has_long_summary else None
    return Drawn(drawn, rows, source, composed.is_draft, types)
