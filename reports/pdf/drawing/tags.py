"""The tags of drawn tables (ISO 32000-1 §14.7, §14.8.4.3.4).

Every cell is one structure element; each piece of it on a page is one marked-content sequence. 10,000 rows make 120,000
elements, so an element is written down as bytes as soon as its row is complete.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pydyf

from reports.pdf.conformity import resolve


class Element(pydyf.Object):
    """An indirect object whose bytes are set later; without the attributes that are the same for all of them."""

    generation = 0
    free = "n"

    def __init__(self, pdf: pydyf.PDF) -> None:  # the base class would give every instance its own copies
        self.body = b""
        pdf.add_object(self)

    @classmethod
    def instead_of(cls, other: pydyf.Object, pdf: pydyf.PDF) -> Element:
        """One that has the number and the place in the file of another."""
        element = cls.__new__(cls)
        element.body, element.number = b"", other.number
        pdf.objects[other.number] = element
        return element

    @property
    def data(self) -> bytes:
        return self.body


@dataclass
class Cell:
    """`marks`: (page, marked-content number) of each piece."""

    element: Element
    attributes: str
    tag: str
    marks: list[tuple[bytes, int]] = field(default_factory=list)

    def write(self, row: pydyf.Object) -> None:
        self.element.body = f"<</S/{self.tag}/P {reference_to(row)}{_content(self.marks)}{self.attributes}>>".encode()


class PageTags:
    """The marked-content numbers of one page and the elements they belong to."""

    def __init__(self, reference: bytes, elements: list[bytes]) -> None:
        self.reference = reference
        self._elements = elements

    def mark(self, cell: Cell) -> int:
        """A new number on this page for a piece of the cell."""
        number = len(self._elements)
        self._elements.append(cell.element.reference)
        cell.marks.append((self.reference, number))
        return number


def page_tags(pdf: pydyf.PDF, page: pydyf.Dictionary) -> PageTags:
    """The numbers of a page: those of a page that has some already go on, a new page begins at 0."""
    root = resolve(pdf, pdf.catalog["StructTreeRoot"])
    numbers = resolve(pdf, root["ParentTree"])["Nums"]
    if "StructParents" not in page:
        page["StructParents"] = numbers[-2] + 1
        page["Tabs"] = "/S"
        numbers.extend((page["StructParents"], pydyf.Array()))
    place = numbers[::2].index(page["StructParents"])
    return PageTags(page.reference, numbers[2 * place + 1])


def reference_to(thing: pydyf.Object) -> str:
    return f"{thing.number} 0 R"


def _content(marks: list[tuple[bytes, int]]) -> str:
    """/Pg and /K of a cell: one number, or one reference for each page it stands on."""
    if not marks:
        return ""
    page, number = marks[0]
    more = "".join(f"<</Type/MCR/Pg {other.decode()}/MCID {n}>>" for other, n in marks[1:])
    return f"/Pg {page.decode()}/K[{number}{more}]"
