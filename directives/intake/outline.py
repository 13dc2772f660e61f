"""Paragraphs → the tree of sections, clauses, points and dash items, each with the paragraphs that hang on to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from . import marks
from .marks import RANKS, Mark
from .paragraphs import Paragraph
from .sheet import LOWER, UPPER, Sheet

_POINT = re.compile(r"(?:(?<=[:;.,])|(?<=^))\s*\((?P<letter>[a-zđ])\)\s*(?=\S)")
_SPOILT_POINT = r"(?<=[:;.,])\s*(?:\([^()\w]?[^\W\d_]?\)|\({letter}|{letter}\)|{letter}[^\s\w]|{letter}[{lower}](?=[{upper}]))\s*(?=[{upper}])"
_HEADING_LENGTH = 160


@dataclass
class Node:
    """A numbered item or a heading without number; [start, end) is its own first paragraph; `more` are unmarked ones behind it."""

    start: int
    end: int
    mark: Mark | None = None
    rank: int = -1
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    more: list[Paragraph] = field(default_factory=list)

    @property
    def is_root(self) -> bool:
        return self.parent is None

    @property
    def label(self) -> str:
        """The path of numbers, letters and ordinals: "2.1.c"."""
        own = self._own_label()
        if self.parent is None or self.parent.is_root:
            return own
        if self.mark and self.mark.kind == "number" and "." in self.mark.label and own.startswith(self.parent._own_label()):
            return f"{self.parent.label}.{own.split('.')[-1]}"
        return f"{self.parent.label}.{own}" if own else self.parent.label

    def _own_label(self) -> str:
        if self.mark and self.mark.kind != "bullet":
            return self.mark.label
        siblings = self.parent.children if self.parent else [self]
        return str(next(at for at, node in enumerate(siblings) if node is self) + 1)

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


def build(sheet: Sheet, paragraphs: Sequence[Paragraph]) -> Node:
    """The tree under an unmarked root; the root's `more` are the paragraphs before the first item."""
    root = Node(0, 0)
    stack = [root]
    for at, paragraph in enumerate(paragraphs):
        following = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
        if paragraph.mark:
            _place(stack, Node(paragraph.start, paragraph.end, paragraph.mark, paragraph.mark.rank), sheet)
        elif _heads(sheet, paragraph, following, stack):
            _place_heading(stack, paragraph, following)
        else:
            stack[-1].more.append(paragraph)
    for node in list(root.walk()):
        _split_inline(sheet, node)
    return root


def _place(stack: list[Node], node: Node, sheet: Sheet) -> None:
    """Beside its predecessor, or below the nearest item that ranks higher."""
    assert node.mark
    home = _level_of(stack, node.mark)
    if home is not None and not _begins_anew(stack, home, node.mark, sheet):
        del stack[home:]
    elif home is None:
        while len(stack) > 1 and stack[-1].rank > node.rank and not _opens_list(sheet, stack[-1]):
            stack.pop()
        while len(stack) > 1 and stack[-1].mark and stack[-1].mark.kind == "bullet" and node.mark.kind != "bullet" and not _opens_list(sheet, stack[-1]):
            stack.pop()
    _push(stack, node)


def _push(stack: list[Node], node: Node) -> None:
    node.parent = stack[-1]
    stack[-1].children.append(node)
    stack.append(node)


def _level_of(stack: list[Node], mark: Mark) -> int | None:
    """The place in the stack of an item of the same level; the one just before it in count is preferred."""
    same = [at for at, node in enumerate(stack) if node.mark and node.mark.key == mark.key]
    exact = [at for at in same if mark.kind != "bullet" and (held := stack[at].mark) and held.order == mark.order - 1]
    return exact[-1] if exact else same[-1] if same else None


def _begins_anew(stack: list[Node], home: int, mark: Mark, sheet: Sheet) -> bool:
    """A list 1, 2, 3 inside an item of a list of the same kind: "… như sau:" followed by "1."."""
    held = stack[home].mark
    return mark.kind != "bullet" and mark.order == 1 and held is not None and held.order > 0 and home < len(stack) - 1 and _opens_list(sheet, stack[-1])


def _opens_list(sheet: Sheet, node: Node) -> bool:
    last = node.more[-1] if node.more else node
    return sheet.phrase(last.start, last.end).endswith(":")


def _heads(sheet: Sheet, paragraph: Paragraph, following: Paragraph | None, stack: list[Node]) -> bool:
    """An unmarked line that introduces the items below it ("Sở Y tế:" above dashes)."""
    if following is None or following.mark is None or len(stack) == 1 and following.mark.kind != "bullet":
        return False
    text = sheet.phrase(paragraph.start, paragraph.end)
    if len(text) > _HEADING_LENGTH or not (text.endswith(":") or text[-1:].isalnum() or text.endswith(")")):
        return False
    if stack[-1].more or (stack[-1].mark and not stack[-1].children and not _is_complete(sheet, stack[-1])):
        return False
    first_of_list = following.mark.kind == "bullet" or following.mark.order == 1
    return first_of_list


def _is_complete(sheet: Sheet, node: Node) -> bool:
    return sheet.phrase(node.start, node.end)[-1:] in (".", ";", "/")


def _place_heading(stack: list[Node], paragraph: Paragraph, following: Paragraph | None) -> None:
    limit = following.mark.rank if following and following.mark else RANKS["bullet"]
    while len(stack) > 1 and (stack[-1].rank >= limit or stack[-1].mark is None or stack[-1].rank == RANKS["para"]):
        stack.pop()
    _push(stack, Node(paragraph.start, paragraph.end, None, RANKS["para"]))


def _split_inline(sheet: Sheet, node: Node) -> None:
    """ "1. Trung tâm …: (a) …; (b) …" holds its points in one paragraph."""
    if node.children or node.end - node.start < 40:
        return
    text = sheet.flat[node.start : _last_end(node)]
    first = _POINT.search(text)
    if not first or first["letter"] != "a" or len(text[: first.start()]) > _HEADING_LENGTH:
        return
    cuts = _points(text, first)
    if len(cuts) < 2 or not sheet.flat[node.start : node.start + cuts[0][0]].rstrip().endswith((":", "sau")):
        return
    stops = [start for start, _ in cuts[1:]] + [len(text)]
    for order, ((_, begin), stop) in enumerate(zip(cuts, stops, strict=True), 1):
        start, end = sheet.trim(node.start + begin, node.start + stop)
        label = marks.letter(order)
        node.children.append(Node(start, end, Mark("letter", "letter", order, label, start), RANKS["letter"], node))
    node.end = sheet.trim(node.start, node.start + cuts[0][0])[1]
    node.more = []


def _last_end(node: Node) -> int:
    return node.more[-1].end if node.more else node.end


def _points(text: str, first: re.Match[str]) -> list[tuple[int, int]]:
    """Where each point's mark begins and ends: (a), (b) …; a mark that a scanner spoilt counts where the next one is due."""
    cuts = [(first.start(), first.end())]
    while len(cuts) < 25:
        letter = marks.letter(len(cuts) + 1)
        exact = re.compile(rf"(?<=[:;.,])\s*\({letter}\)\s*(?=\S)").search(text, cuts[-1][1])
        spoilt = re.compile(_SPOILT_POINT.format(letter=letter, lower=LOWER, upper=UPPER)).search(text, cuts[-1][1])
        places = [found for found in (exact, spoilt) if found]
        if not places:
            break
        nearest = exact or min(places, key=re.Match.start)
        cuts.append((nearest.start(), nearest.end()))
    return cuts
