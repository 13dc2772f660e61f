"""Pages and their margins: what stands outside the layout zone, as on the pages of the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm

from reports.content.composing import Composed
from reports.exports.word.xml import MM, elements, paragraph, run, twips

DRAFT = "Dự thảo"
_NUMBER = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
_TAB = "<w:r><w:tab/></w:r>"
_SLANTED = '<w:rPr><w:i/><w:sz w:val="22"/></w:rPr>'


@dataclass(frozen=True)
class Page:
    """Millimetres; Nghị định 30/2020, Phụ lục I: top and bottom 20-25, left 30-35, right 15-20."""

    width: int
    height: int
    orientation: WD_ORIENT
    top: int = 20
    right: int = 15
    bottom: int = 20
    left: int = 30

    @property
    def room(self) -> float:
        """Points between the side margins."""
        return (self.width - self.left - self.right) * MM


PORTRAIT = Page(210, 297, WD_ORIENT.PORTRAIT)
LANDSCAPE = Page(297, 210, WD_ORIENT.LANDSCAPE)
_HEADER, _FOOTER = 12.5, 10  # mm from the edges


def set_up(section: Section, page: Page) -> None:
    """Size, margins, and numbers that begin anew and are hidden on the first page."""
    section.orientation = page.orientation
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.right_margin = Mm(page.top), Mm(page.right)
    section.bottom_margin, section.left_margin = Mm(page.bottom), Mm(page.left)
    section.header_distance, section.footer_distance = Mm(_HEADER), Mm(_FOOTER)
    section.different_first_page_header_footer = True
    for inherited in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(inherited)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(numbering, "w:cols", "w:titlePg", "w:docGrid")


def put_margins(section: Section, page: Page, composed: Composed) -> None:
    """Page number and draft mark above, where the figures come from below."""
    tabs = (
        f'<w:tabs><w:tab w:val="center" w:pos="{twips(page.room / 2)}"/>'
        f'<w:tab w:val="right" w:pos="{twips(page.room)}"/></w:tabs>'
    )
    draft = run(DRAFT).replace("<w:r>", f"<w:r>{_SLANTED}") if composed.is_draft else ""
    left = '<w:jc w:val="left"/>'
    for header, number in ((section.first_page_header, ""), (section.header, _NUMBER)):
        _fill(header, paragraph("PageNumber", more=tabs + left, runs=_TAB + number + _TAB + draft))
    for footer in (section.first_page_footer, section.footer):
        _fill(footer, paragraph("Source", composed.text.source))


def _fill(part: Any, markup: str) -> None:
    part.is_linked_to_previous = False
    for element in list(part._element):
        part._element.remove(element)
    part._element.extend(elements([markup]))
