"""From a snapshot to the bytes of a PDF. The same snapshot gives the same bytes, today and in a year."""

from __future__ import annotations

import gc
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from functools import partial
from typing import Any

import pydyf
from django.template.loader import render_to_string
from django.utils import timezone
from weasyprint import Attachment, Document

from agencies.text import nfc
from reports.content.composing import ON_ONE_PAGE, Composed, compose
from reports.content.edition import Edition
from reports.models import ReportKind
from reports.pdf import annex, conformity, file
from reports.pdf.drawn import LONG, Drawn, Long, drawn_of
from reports.pdf.setting import set_pages
from reports.snapshots import Snapshot

Progress = Callable[[int, int, int], None]  # parts done, parts in all, pages so far


@dataclass(frozen=True)
class Rendered:
    """`shown`: rows that the leaders' one page had room for (compose)."""

    content: bytes
    pages: int
    shown: int = ON_ONE_PAGE


def render(
    snapshot: Snapshot,
    edition: Edition | None = None,
    *,
    progress: Progress = lambda done, total, pages: None,
    long: Long = LONG,
    data: bytes = b"",
) -> Rendered:
    """The report of a snapshot as PDF/A-3a and PDF/UA-1, with an annex where there are tasks.

    `long`: how many rows make a part so long that it is drawn.
    `data`: the workbook that goes with it inside the file (ISO 19005-3 §6.8, relationship Data).
    `progress` is told after each part: text written, pages set, every annex.STEP drawn rows, file written.
    Raises fonts.FontMissing, fetcher.Refused.
    """
    with _collector_at_rest():
        return _render(snapshot, edition, progress, long, data)


def _render(snapshot: Snapshot, edition: Edition | None, progress: Progress, long: Long, data: bytes) -> Rendered:
    composed = compose(snapshot, edition)
    form = annex.annex_of(composed)
    drawn = drawn_of(composed, form, long)
    parts = 3 + drawn.steps
    progress(1, parts, 0)
    document, shown = _lay_out_whole(composed, form, drawn)
    progress(2, parts, len(document.pages))
    pages = 0

    def finish(document: Document, pdf: pydyf.PDF) -> None:
        nonlocal pages
        conformity.conform(pdf)
        drawn.draw(document, pdf, lambda rows, of: progress(2 + rows // annex.STEP, parts, of))
        pages = pdf.pages["Count"]
        pdf.write = partial(file.write, pdf)

    attached = [_attached(data, snapshot)] if data else []
    content = document.write_pdf(finisher=finish, pdf_variant=conformity.VARIANT, attachments=attached)
    progress(parts, parts, pages)
    return Rendered(content, pages, shown)


def _attached(data: bytes, snapshot: Snapshot) -> Attachment:
    """Dated like the figures, so that the file has the same bytes every time."""
    taken_at = snapshot.taken_at.astimezone(UTC)  # WeasyPrint writes a Z behind it
    return Attachment(
        file_obj=io.BytesIO(data),
        name=f"so-lieu-{snapshot.code}.xlsx",
        description="Số liệu của báo cáo",
        relationship="Data",
        created=taken_at,
        modified=taken_at,
    )


def _lay_out_whole(composed: Composed, form: annex.Annex | None, drawn: Drawn) -> tuple[Document, int]:
    """Pages of the document. The leaders' page has as many rows as one page holds: so many were shown."""
    document = _lay_out(composed, form, drawn)
    shown = min(ON_ONE_PAGE, len(composed.snapshot.tasks))
    while composed.snapshot.kind == ReportKind.EXCEPTIONS and len(document.pages) > 1 and shown > 1:
        shown -= 1
        composed = compose(composed.snapshot, composed.edition, shown=shown)
        document = _lay_out(composed, form, drawn)
    return document, shown


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Layout makes objects by the hundred thousand and few cycles: looking for those costs a fifth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _lay_out(composed: Composed, form: annex.Annex | None, drawn: Drawn) -> Document:
    html = nfc(render_to_string("reports/pdf/report.html", _context(composed, form, drawn)))
    return set_pages(html, "reports/pdf/report.css", rules="\n".join(_sizes(composed, form, drawn)))


def _sizes(composed: Composed, form: annex.Annex | None, drawn: Drawn) -> Iterator[str]:
    """Rules for what the style sheet does not know: widths of columns, heights of empty rows."""
    if form is not None:
        yield form.widths_as_css()
    for table in composed.tables:
        for place, percent in enumerate(table.percents, start=1):
            yield f".{table.slug} .c{place} {{ width: {percent}% }}"
    if drawn.summary is not None:
        yield from drawn.summary.heights_as_css()


def _context(composed: Composed, form: annex.Annex | None, drawn: Drawn) -> dict[str, Any]:
    return {
        "composed": composed,
        "letterhead": composed.letterhead,
        "text": composed.text,
        "taken_at": timezone.localtime(composed.snapshot.taken_at).isoformat(timespec="seconds"),
        "summary": composed.summary,
        "charts": composed.charts,
        "matrix": next((one for one in composed.annexes if one.tables), None),
        "annex": form,
        "annex_is_drawn": drawn.annex is not None,
        "drawn_summary": drawn.summary,
    }
