"""Further bodies that one item tells: "Văn phòng … thẩm định …; Sở Tư pháp thẩm định …; giao Sở Y tế …"."""

import re

from . import stance, who
from .issuer import Names
from .sheet import Sheet

_NEXT = re.compile(r";\s+(?:(?:đồng thời|riêng)\s+)?")


def told(sheet: Sheet, rest: int, end: int, names: Names) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The bodies that lead and those that assist in the later parts of [rest, end)."""
    leads: list[str] = []
    support: list[str] = []
    for part in _NEXT.finditer(sheet.flat, rest, end):
        found = who.subject(sheet, part.end(), end, names)
        if not found or found.colon or not all(_is_definite(phrase) for phrase in found.lead):
            continue
        words = sheet.plain[found.rest : end].lstrip()
        if words.startswith("phoi hop"):
            support += found.lead
        elif found.commanded or stance.begins_with_verb(words):
            leads += found.lead
    return tuple(leads), tuple(support)


def _is_definite(phrase: str) -> bool:
    return phrase[:1].isupper() and not who.is_generic(phrase)
