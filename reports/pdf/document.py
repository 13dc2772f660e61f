"""From a snapshot to the bytes of a PDF. The same snapshot gives the same bytes, today and in a year."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import Any

import pydyf
from django.template.loader import render_to_string
from django.utils import timezone
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration

from agencies.text import nfc
from reports.content import narrative
from reports.content.letterhead import OFFICE
from reports.content.summary import summarise
from reports.pdf import annex, conformity, file, fonts
from reports.pdf.fetcher import MemoryFetcher
from reports.snapshots import Snapshot

DRAWN_FROM = 51  # rows: an annex as long as this is drawn, a shorter one set by WeasyPrint (0.1 s, 16-19 ms a row)

Progress = Callable[[int, int], None]  # parts done, parts in all


@dataclass(frozen=True)
class Rendered:
    content: bytes
    pages: int


def render(
    snapshot: Snapshot, *, progress: Progress = lambda done, total: None, drawn_from: int = DRAWN_FROM
) -> Rendered:
    """The report of a snapshot as PDF/A-3a and PDF/UA-1, with an annex where there are tasks.

    `progress` is told after each part: text written, pages set, every annex.STEP drawn rows, file written.
    Raises fonts.FontMissing, fetcher.Refused.
    """
    with _collector_at_rest():
        return _render(snapshot, progress, drawn_from)


def _render(snapshot: Snapshot, progress: Progress, drawn_from: int) -> Rendered:
    form = annex.annex_of(snapshot, OFFICE)
    is_drawn = form.size >= drawn_from
    parts = 3 + (ceil(form.size / annex.STEP) if is_drawn else 0)
    text = narrative.write(snapshot, OFFICE)
    html = nfc(render_to_string("reports/pdf/report.html", _context(snapshot, text, form, is_drawn)))
    progress(1, parts)
    document = _lay_out(html, form)
    progress(2, parts)
    pages = 0

    def finish(document: Document, pdf: pydyf.PDF) -> None:
        nonlocal pages
        conformity.conform(pdf)
        if is_drawn:
            annex.draw(form, text.source, document, pdf, progress=lambda n: progress(2 + n // annex.STEP, parts))
        pages = pdf.pages["Count"]
        pdf.write = partial(file.write, pdf)

    content = document.write_pdf(finisher=finish, pdf_variant=conformity.VARIANT)
    progress(parts, parts)
    return Rendered(content, pages)


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


def _lay_out(html: str, form: annex.Annex) -> Document:
    """Pages of the document; it may fetch its fonts from memory and nothing else."""
    fetcher = MemoryFetcher(fonts.resources())
    font_config = FontConfiguration()
    rules = render_to_string("reports/pdf/report.css") + form.widths_as_css()
    sheet = CSS(string=rules, url_fetcher=fetcher, font_config=font_config)
    page = HTML(string=html, base_url=None, url_fetcher=fetcher)
    return page.render(stylesheets=[sheet], font_config=font_config, presentational_hints=False)


def _context(snapshot: Snapshot, text: narrative.Narrative, form: annex.Annex, is_drawn: bool) -> dict[str, Any]:
    taken_at = timezone.localtime(snapshot.taken_at)
    return {
        "letterhead": OFFICE,
        "text": text,
        "year": str(taken_at.year),  # text, lest it be grouped by thousands
        "taken_at": taken_at.isoformat(timespec="seconds"),
        "summary": summarise(snapshot),
        "annex": form,
        "annex_is_drawn": is_drawn,
    }
