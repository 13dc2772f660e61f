"""Bookmarks of the drawn annex: one for each agency, closed under the bookmark of the annex (ISO 32000-1 §12.3.3)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pydyf

from reports.pdf.conformity import resolve


@dataclass(frozen=True)
class Bookmark:
    """`top`: points from the bottom of the page `page` (a reference)."""

    title: str
    page: bytes
    top: float


def add_bookmarks(pdf: pydyf.PDF, bookmarks: list[Bookmark]) -> None:
    """Hang the bookmarks under the last one of the outline, which WeasyPrint made from the heading of the annex."""
    if not bookmarks:
        return
    parent = resolve(pdf, resolve(pdf, pdf.catalog["Outlines"])["Last"])
    items = [_item(pdf, one, parent) for one in bookmarks]
    for before, after in pairwise(items):
        before["Next"], after["Prev"] = after.reference, before.reference
    parent.update({"First": items[0].reference, "Last": items[-1].reference, "Count": -len(items)})


def _item(pdf: pydyf.PDF, one: Bookmark, parent: pydyf.Dictionary) -> pydyf.Dictionary:
    place = pydyf.Array([one.page, "/XYZ", 0, round(one.top, 2), 0])
    item = pydyf.Dictionary({"Title": pydyf.String(one.title), "Parent": parent.reference, "Dest": place})
    pdf.add_object(item)
    return item
