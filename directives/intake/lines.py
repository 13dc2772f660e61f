"""Text → lines with their place on the page; lines that were glued together are parted again."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from . import glue
from .sheet import Span

_CELL = re.compile(r"[^|]+")
_RULE = re.compile(r"[\W_]*$")
_PAGE_NUMBER = re.compile(r"(?:trang\s+)?[-–—.\s]*\d{1,3}(?:\s*/\s*\d{1,3})?[-–—.\s]*$", re.IGNORECASE)
_FORM_FEED = "\f"
_PAGES = 3  # on which a running head stands at least


@dataclass(frozen=True)
class Line:
    """A run of text between two line ends or cell marks, without the blanks around it."""

    start: int
    end: int
    indent: int = 0  # blanks before it on the page
    gap: int = 0  # empty lines before it
    column: int = 0  # 0 = first cell of a table row
    turned: bool = False  # a page ended between the line before and this one
    text: str = ""

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class Page:
    """The lines that carry text, and the spans that do not (rules, page numbers, running heads)."""

    lines: tuple[Line, ...]
    furniture: tuple[Span, ...]


def lay_out(text: str) -> Page:
    """Split NFC `text` into lines in linear time."""
    kept: list[Line] = []
    furniture: list[Span] = []
    gap, turned, start = 0, False, 0
    for row in text.split("\n"):
        cells = _cells(text, start, start + len(row))
        start += len(row) + 1
        turned = turned or _FORM_FEED in row
        if not cells or (len(cells) == 1 and _is_furniture(cells[0].text)):
            furniture.extend((cell.start, cell.end) for cell in cells)
            turned = turned or any(_PAGE_NUMBER.match(cell.text) for cell in cells)
            gap += 1
            continue
        for cell in cells:
            kept.extend(_parted(replace(cell, gap=gap, turned=turned)))
            gap, turned = 0, False
    return Page(*_without_running_heads(kept, furniture))


def _cells(text: str, start: int, end: int) -> list[Line]:
    cells = []
    for column, cell in enumerate(_CELL.finditer(text, start, end)):
        piece = cell.group()
        words = piece.strip()
        if words:
            first = cell.start() + len(piece) - len(piece.lstrip())
            cells.append(Line(first, first + len(words), first - start, column=column, text=words))
    return cells


def _is_furniture(text: str) -> bool:
    return bool(_RULE.match(text) or _PAGE_NUMBER.match(text))


def _parted(line: Line) -> list[Line]:
    """The lines that were run together in `line` when the file lost its line ends."""
    cuts = [0, *glue.breaks(line.text), len(line.text)]
    pieces = []
    for first, last in pairwise(cuts):
        piece = line.text[first:last]
        words = piece.strip()
        if words:
            start = line.start + first + len(piece) - len(piece.lstrip())
            pieces.append(replace(line, start=start, end=start + len(words), text=words))
    return [pieces[0], *(replace(piece, gap=0, indent=0, turned=False) for piece in pieces[1:])] if pieces else []


def _without_running_heads(lines: list[Line], furniture: list[Span]) -> tuple[tuple[Line, ...], tuple[Span, ...]]:
    """A line that stands at the top of most pages is a running head."""
    seen: dict[str, int] = {}
    for line in lines:
        if line.turned:
            seen[line.text] = seen.get(line.text, 0) + 1
    heads = {text for text, times in seen.items() if times >= _PAGES and times * 2 > sum(seen.values())}
    kept: list[Line] = []
    turned = False
    for line in lines:
        if line.turned and line.text in heads:
            furniture.append((line.start, line.end))
            turned = True
            continue
        kept.append(replace(line, turned=True, gap=max(line.gap, 1)) if turned else line)
        turned = False
    return tuple(kept), tuple(furniture)
