"""The tags of the drawn annex: one logical Table, whatever the number of pages."""

from __future__ import annotations

from collections.abc import Sequence

import pydyf

from reports.pdf.conformity import resolve
from reports.pdf.drawing.tags import Cell, Element, reference_to


class TableTags:
    """The structure of the table, hung under the last section of the document."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        root = resolve(pdf, pdf.catalog["StructTreeRoot"])
        self._pdf = pdf
        self._section = resolve(pdf, resolve(pdf, root["K"][0])["K"][-1])
        self._table, self._head, self._body = (Element(pdf) for _ in range(3))
        self._section["K"].append(self._table.reference)
        self._head_rows: list[tuple[Element, list[Cell]]] = []
        self._body_rows: list[bytes] = []
        self._open: tuple[Element, list[Cell]] | None = None

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
        element.body = f"<</S/{tag}/P {reference_to(parent)}/K[{b' '.join(kids).decode()}]>>".encode()
