"""Tasks of a plan whose dash items say who does what: "Đơn vị chủ trì: …", "Đơn vị phối hợp: …"."""

import re
from collections.abc import Iterator

from . import bodies, stance, who
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
_NAME = 90  # characters; anything longer tells a story
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
        named = _named(sheet, role.end(), end, names) if role else ()
        if role and named:
            roles.setdefault(role["role"], named)
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


def _named(sheet: Sheet, start: int, end: int, names: Names) -> tuple[str, ...]:
    """The bodies behind "Đơn vị chủ trì:"; what the reader does not know is taken whole when it looks like a name."""
    told = who.heading(sheet, start, end, names)
    if told:
        return told.lead
    return tuple(
        part for part in bodies.as_written(sheet.phrase(start, end)) if part[:1].isupper() and len(part) <= _NAME
    )


def _pieces(node: Node) -> Iterator[Span]:
    for child in node.children:
        yield child.start, child.end
        yield from ((paragraph.start, paragraph.end) for paragraph in child.more)
