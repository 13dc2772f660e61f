"""The structure of a tagged PDF, checked the way a screen reader walks it.

Validators ask whether tags are well formed; this asks whether they belong to what stands on the pages: every
marked-content number on a page leads through the parent tree to an element that names that page and that number and
that hangs on the tree.
"""

from __future__ import annotations

import io
import re
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

Key = tuple[int, int]


class Tags:
    def __init__(self, content: bytes) -> None:
        self.reader = opened(content)
        self.root: Any = self.reader.trailer["/Root"]
        self.xmp = self.root["/Metadata"].get_data().decode()
        self.marks = 0
        self.kinds: list[str] = []  # structure types in reading order
        self._elements: dict[Key, Any] = {}
        self._contents: dict[Key, set[tuple[Key, int]]] = {}  # element → (page, number) it says it holds
        self._walk(self.root["/StructTreeRoot"]["/K"])

    def problems(self) -> list[str]:
        tree = self.root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
        keys = [int(key) for key in tree[::2]]
        found = [] if keys == sorted(set(keys)) else ["the parent tree is not in order"]
        parents = dict(zip(keys, tree[1::2], strict=True))
        for number, page in enumerate(self.reader.pages, start=1):
            found += [f"page {number}: {words}" for words in self._problems_of(page, parents)]
        marked = sum(map(len, self._contents.values()))
        return [*found, *([] if marked == self.marks else [f"{marked} marks in tags, {self.marks} on pages"])]

    def _problems_of(self, page: Any, parents: dict[int, Any]) -> list[str]:
        body = page.get_contents().get_data()
        numbers = [int(number) for number in re.findall(rb"/MCID (\d+)", body)]
        self.marks += len(numbers)
        found = [] if len(numbers) == len(set(numbers)) else ["a number twice"]
        found += [] if body.count(b"BDC") + body.count(b"BMC") == body.count(b"EMC") else ["marks not closed"]
        elements = parents[int(page["/StructParents"])].get_object()
        for number in numbers:
            element = elements[number]
            key = element.idnum, element.generation
            place = (page.indirect_reference.idnum, page.indirect_reference.generation), number
            if key not in self._elements:
                found.append(f"mark {number} hangs on no branch of the tree")
            elif place not in self._contents[key]:
                found.append(f"mark {number} is not in the element it leads to")
        return found

    def _walk(self, kids: Any, page: Any = None, parent: Key | None = None) -> None:
        stack = [(kid, page, parent) for kid in reversed(as_list(kids))]
        while stack:
            kid, page, parent = stack.pop()
            held = resolved(kid)
            has_entries = isinstance(held, DictionaryObject)  # else it is a marked-content number
            if has_entries and held.get("/Type") != "/MCR":
                assert isinstance(kid, IndirectObject), "a structure element stands on its own"
                key = kid.idnum, kid.generation
                assert key not in self._elements, "an element hangs on the tree once"
                self._elements[key], self._contents[key] = held, set()
                self.kinds.append(held["/S"])
                own = held.raw_get("/Pg") if "/Pg" in held else page
                stack += [(one, own, key) for one in reversed(as_list(held.get("/K", [])))]
            elif parent is not None:
                other, number = (held.raw_get("/Pg"), held["/MCID"]) if has_entries else (page, held)
                self._contents[parent].add(((other.idnum, other.generation), int(number)))

    def tables(self) -> list[list[list[Any]]]:
        """Rows of cell elements of each table."""
        return [rows_of(element) for element in self._elements.values() if element["/S"] == "/Table"]

    def bookmarks(self) -> list[tuple[int, str, int]]:
        """(level, title, page) in order."""
        return list(self._bookmarks(self.reader.outline, 0))

    def _bookmarks(self, outline: Any, level: int) -> Any:
        for one in outline:
            if isinstance(one, list):
                yield from self._bookmarks(one, level + 1)
            else:
                yield level, one.title, self.reader.get_destination_page_number(one) + 1


def rows_of(element: Any) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for kid in (kid.get_object() for kid in as_list(element.get("/K", []))):
        if kid["/S"] == "/TR":
            rows.append([cell.get_object() for cell in as_list(kid["/K"])])
        elif kid["/S"] in ("/THead", "/TBody"):
            rows += rows_of(kid)
    return rows


def opened(content: bytes) -> Any:
    return PdfReader(io.BytesIO(content))


def resolved(kid: Any) -> Any:
    return kid.get_object()


def as_list(kids: Any) -> list[Any]:
    return list(kids) if isinstance(kids, list) else [kids]
