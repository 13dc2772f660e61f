"""A chase as a PDF: the form of a công văn (Nghị định 30/2020, Phụ lục I), unsigned and marked as a draft."""

from __future__ import annotations

from functools import partial

import pydyf
from django.template.loader import render_to_string
from weasyprint import Document

from agencies.text import nfc
from reports.content.chase_letter import ChaseLetter
from reports.pdf import conformity, file
from reports.pdf.document import Rendered
from reports.pdf.setting import set_pages

STYLES = ("reports/pdf/report.css", "reports/pdf/chase_letter.css")


def render_letter(letter: ChaseLetter) -> Rendered:
    """The letter as PDF/A-3a and PDF/UA-1; the same letter gives the same bytes. Raises FontMissing, Refused."""
    html = nfc(render_to_string("reports/pdf/chase_letter.html", {"letter": letter, "letterhead": letter.letterhead}))
    document = set_pages(html, *STYLES)
    pages = len(document.pages)
    return Rendered(document.write_pdf(finisher=_finish, pdf_variant=conformity.VARIANT), pages)


def _finish(document: Document, pdf: pydyf.PDF) -> None:
    conformity.conform(pdf)
    pdf.write = partial(file.write, pdf)
