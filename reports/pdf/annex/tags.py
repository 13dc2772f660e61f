"""The tags of the drawn table: one logical Table, whatever the number of pages (ISO 32000-1 §14.7, §14.8.4.3.4).

Every cell is one structure element; each piece of it on a page is one marked-content sequence. 10,000 rows make 120,000
elements, so an element is written down as bytes as soon as its row is complete.
"""

from __future__ import annotations

from collections.abc import Sequence
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

    def write(self, row: Element) -> None:
        self.element.body = f"<</S/{self.tag}/P {_reference(row)}{_content(self.marks)}{self.attributes}>>".encode()


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


class TableTags:
    """The structure of the table, hung under the last section of the document."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        root = resolve(pdf, pdf.catalog["StructTreeRoot"])
        self._pdf = pdf
        self._numbers = resolve(pdf, root["ParentTree"])["Nums"]
        self._section = resolve(pdf, resolve(pdf, root["K"][0])["K"][-1])
        self._table, self._head, self._body = (Element(pdf) for _ in range(3))
        self._section["K"].append(self._table.reference)
        self._head_rows: list[tuple[Element, list[Cell]]] = []
        self._body_rows: list[bytes] = []
        self._open: tuple[Element, list[Cell]] | None = None

    def on_page(self, page: pydyf.Dictionary) -> PageTags:
        """The numbers of a page: those of a page that has some already go on, a new page begins at 0."""
        if "StructParents" not in page:
            page["StructParents"] = self._numbers[-2] + 1
            page["Tabs"] = "/S"
            self._numbers.extend((page["StructParents"], pydyf.Array()))
        place = self._numbers[::2].index(page["StructParents"])
        return PageTags(page.reference, self._numbers[2 * place + 1])

    def head(self, columns: int) -> list[Cell]:
        """The cells of a row of the head; where the head is repeated it is an artifact and has none."""
        row, cells = self._row(["TH"] * columns, "/A<</O/Table/Scope/Column>>")
        self._head_rows.append((row, cells))
        return cells

    def row(self, columns: int) -> list[Cell]:
        """The cells of a new row."""
        return self._open_row(["TD"] * columns, "")

    def heading(self, columns: int) -> list[Cell]:
        """The one cell of a row that heads the rows below it."""
        return self._open_row(["TH"], f"/A<</O/Table/Scope/Row/ColSpan {columns}>>")

    def close(self) -> None:
        """Write what could not be written before the last row was drawn."""
        self._close_row()
        for row, cells in self._head_rows:
            self._write_row(row, cells, self._head)
        self._write(self._head, "THead", self._table, [row.reference for row, _ in self._head_rows])
        self._write(self._body, "TBody", self._table, self._body_rows)
        self._write(self._table, "Table", self._section, [self._head.reference, self._body.reference])

    def _open_row(self, tags: Sequence[str], attributes: str) -> list[Cell]:
        self._close_row()
        row, cells = self._row(tags, attributes)
        self._body_rows.append(row.reference)
        self._open = (row, cells)
        return cells

    def _close_row(self) -> None:
        if self._open is not None:
            self._write_row(*self._open, self._body)

    def _row(self, tags: Sequence[str], attributes: str) -> tuple[Element, list[Cell]]:
        row = Element(self._pdf)
        return row, [Cell(Element(self._pdf), attributes, tag) for tag in tags]

    def _write_row(self, row: Element, cells: list[Cell], parent: Element) -> None:
        self._write(row, "TR", parent, [cell.element.reference for cell in cells])
        for cell in cells:
            cell.write(row)

    def _write(self, element: Element, tag: str, parent: pydyf.Object, kids: list[bytes]) -> None:
        element.body = f"<</S/{tag}/P {_reference(parent)}/K[{b' '.join(kids).decode()}]>>".encode()


def _reference(thing: pydyf.Object) -> str:
    return f"{thing.number} 0 R"


def _content(marks: list[tuple[bytes, int]]) -> str:
    """/Pg and /K of a cell: one number, or one reference for each page it stands on."""
    if not marks:
        return ""
    page, number = marks[0]
    more = "".join(f"<</Type/MCR/Pg {other.decode()}/MCID {n}>>" for other, n in marks[1:])
    return f"/Pg {page.decode()}/K[{number}{more}]"
