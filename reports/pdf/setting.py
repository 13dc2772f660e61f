"""From HTML and style sheets to pages, with nothing from outside but the fonts."""

from __future__ import annotations

from functools import cache

from django.template.loader import render_to_string
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration

from reports.pdf import fonts
from reports.pdf.fetcher import MemoryFetcher


def set_pages(html: str, *sheets: str, rules: str = "") -> Document:
    """Pages of an HTML document under style sheets (templates) and further CSS rules.

    Raises fonts.FontMissing, fetcher.Refused.
    """
    fetcher = MemoryFetcher(fonts.resources())
    font_config = FontConfiguration()
    own = render_to_string("reports/pdf/faces.css") + rules
    page = HTML(string=html, base_url=None, url_fetcher=fetcher)
    return page.render(
        stylesheets=[*map(_sheet, sheets), CSS(string=own, url_fetcher=fetcher, font_config=font_config)],
        font_config=font_config,
        presentational_hints=False,
    )


@cache
def _sheet(template: str) -> CSS:
    """A sheet that is the same for every document, read once: WeasyPrint does not change it. Faces belong to one."""
    return CSS(string=render_to_string(template), url_fetcher=MemoryFetcher({}))
