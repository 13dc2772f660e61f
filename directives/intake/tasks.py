"""Tasks of a plan whose dash items say who does what: "Đơn vị chủ trì: …", "Đơn vị phối hợp: …"."""

import re
from collections.abc import Iterator

from . import stance, who
from .drafts import Draft, trimmed
from .issuer import Names
from .outline import Node
from .sheet import Sheet, Span
from .stance import Stance

_ROLE = re.compile(
    r"\W*(?:(?:don vi|co quan|phong|bo phan) )?(?P<role>chu tri|phoi hop|thuc hien|dau moi)"
    r"(?: (?:thuc hien|to chuc|tham muu))?\s?:\s*"
)
_WHEN = re.compile(r"\W*(?:thoi gian|thoi han|tien do|han)(?: [a-z]+){0,3}\s?:\s*")
_LEADS = ("chu tri", "thuc hien", "dau moi")


def read(sheet: Sheet, node: Node, names: Names) -> Draft | None:
    """The item with all below it, when its dash items name a body that leads."""
    if any(child.children for child in node.children):
        return None
    if stance.of_title(sheet.phrase(node.start, node.end), Stance.OPEN) is not Stance.OPEN:
        return None
    roles: dict[str, tuple[str, ...]] = {}
    for start, end in _pieces(node):
        role = _ROLE.match(sheet.plain, start, end)
        named = who.heading(sheet, role.end(), end, names) if role else None
        if role and named:
            roles.setdefault(role["role"], named.lead)
    lead = next((roles[role] for role in _LEADS if role in roles), None)
    if lead is None:
        return None
    terms = ((when.end(), last) for first, last in _pieces(node) if (when := _WHEN.match(sheet.plain, first, last)))
    start, end = trimmed(sheet, node.start, node.last_end)
    return Draft(
        node.label,
        start,
        end,
        who.ORDER,
        lead,
        roles.get("phoi hop", ()),
        "attribute",
        ("attributes",),
        next(terms, None),
    )


def _pieces(node: Node) -> Iterator[Span]:
    for child in node.children:
        yield child.start, child.end
        yield from ((paragraph.start, paragraph.end) for paragraph in child.more)
