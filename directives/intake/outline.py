"""Paragraphs → the tree of sections, clauses, points and dash items, each with the paragraphs that hang on to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from . import marks, stance
from .marks import RANKS, Mark
from .paragraphs import Paragraph
from .sheet import LOWER, UPPER, Sheet
from .stance import Stance

_POINT = re.compile(r"(?:(?<=[:;.,])|(?<=^))\s?\((?P<letter>[a-zđ])\)\s?(?=\S)")
# What scanners make of "(c)", "d)", "(đ)": brackets around nothing or another letter, the letter without its bracket.
_SPOILT_POINT = (
    r"(?<=[:;.,])\s?(?:\([^()\w]?[^\W\d_]?\)|\({letter}|{letter}\)|{letter}[^\s\w]|{letter}[{lower}](?=[{upper}]))"
    r"\s?(?=[{upper}])"
)
_HEADING_LENGTH = 160
_DEEPEST = 12  # levels; deeper lists are read as neighbours


@dataclass
class Node:
    """A numbered item or an unmarked heading; [start, end) is its first paragraph, `more` are unmarked ones behind."""

    start: int
    end: int
    mark: Mark | None = None
    rank: int = -1
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    more: list[Paragraph] = field(default_factory=list)
    ordinal: int = 1  # among its siblings

    @property
    def is_root(self) -> bool:
        return self.parent is None

    @property
    def label(self) -> str:
        """The path of numbers, letters and ordinals: "2.1.c"."""
        own = self._own_label()
        if self.parent is None or self.parent.is_root:
            return own
        if (
            self.mark
            and self.mark.kind == "number"
            and "." in self.mark.label
            and own.startswith(self.parent._own_label())
        ):
            return f"{self.parent.label}.{own.split('.')[-1]}"
        return f"{self.parent.label}.{own}" if own else self.parent.label

    def _own_label(self) -> str:
        return self.mark.label if self.mark and self.mark.kind != "bullet" else str(self.ordinal)

    @property
    def last_end(self) -> int:
        """Where the last item or paragraph below this one ends."""
        ends = [paragraph.end for paragraph in self.more] + [child.last_end for child in self.children]
        return max([self.end, *ends])

    @property
    def section(self) -> Node:
        """Where an unmarked paragraph behind this item counts as the next item: not among points and dashes."""
        node = self
        while node.parent is not None and (node.mark is None or node.mark.kind in ("bullet", "letter", "small")):
            node = node.parent
        return node if node.children or node.parent is None else node.parent

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


def build(sheet: Sheet, paragraphs: Sequence[Paragraph]) -> Node:
    """The tree under an unmarked root; the root's `more` are the paragraphs before the first item."""
    root = Node(0, 0)
    stack = [root]
    paragraphs = _without_stray_dash(paragraphs)
    for at, paragraph in enumerate(paragraphs):
        following = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
        if paragraph.mark:
            node = Node(paragraph.start, paragraph.end, paragraph.mark, paragraph.mark.rank)
            _place(stack, node, paragraph.mark, sheet)
        elif _heads(sheet, paragraph, following, stack):
            _place_heading(stack, paragraph, following)
        else:
            stack[-1].more.append(paragraph)
    for node in list(root.walk()):
        _split_inline(sheet, node)
    return root


def _without_stray_dash(paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """A single dash before the opening, above "1.", is no list."""
    if len(paragraphs) < 2 or not paragraphs[0].mark or paragraphs[0].mark.kind != "bullet" or not paragraphs[1].mark:
        return paragraphs
    return [replace(paragraphs[0], mark=None), *paragraphs[1:]] if paragraphs[1].mark.order == 1 else paragraphs


def _place(stack: list[Node], node: Node, mark: Mark, sheet: Sheet) -> None:
    """Beside its predecessor, or below the nearest item that ranks higher."""
    home = _level_of(stack, mark)
    if home is not None and not _begins_anew(stack, home, mark, sheet):
        del stack[home:]
    elif home is None:
        while len(stack) > 1 and _is_below(stack[-1], node) and not _opens_list(sheet, stack[-1]):
            stack.pop()
    _push(stack, node)


def _is_below(held: Node, node: Node) -> bool:
    """Whether `held` ranks below the newcomer; numbers never hang on a dash that does not announce them."""
    dash = held.mark is not None and held.mark.kind == "bullet"
    return held.rank > node.rank or (dash and node.mark is not None and node.mark.kind != "bullet")


def _push(stack: list[Node], node: Node) -> None:
    node.parent = stack[-1]
    stack[-1].children.append(node)
    node.ordinal = len(stack[-1].children)
    stack.append(node)


def _level_of(stack: list[Node], mark: Mark) -> int | None:
    """The place in the stack of an item of the same level; the one just before it in count is preferred."""
    same = [at for at, node in enumerate(stack) if node.mark and node.mark.key == mark.key]
    exact = [at for at in same if mark.kind != "bullet" and (held := stack[at].mark) and held.order == mark.order - 1]
    return exact[-1] if exact else same[-1] if same else None


def _begins_anew(stack: list[Node], home: int, mark: Mark, sheet: Sheet) -> bool:
    """A list 1, 2, 3 inside an item of a list of the same kind: "… như sau:" followed by "1."."""
    inside = home < len(stack) - 1 and len(stack) < _DEEPEST
    return inside and mark.kind != "bullet" and mark.order == 1 and _opens_list(sheet, stack[-1])


def _opens_list(sheet: Sheet, node: Node) -> bool:
    last = node.more[-1] if node.more else node
    return sheet.phrase(last.start, last.end).endswith(":")


def _heads(sheet: Sheet, paragraph: Paragraph, following: Paragraph | None, stack: list[Node]) -> bool:
    """An unmarked line that introduces the items below it ("Sở Y tế:" above dashes)."""
    mark = following.mark if following else None
    if mark is None or (len(stack) == 1 and mark.kind != "bullet") or mark.order > 1:
        return False
    text = sheet.phrase(paragraph.start, paragraph.end)
    if len(text) > _HEADING_LENGTH or not (text[-1:] in (":", ")") or text[-1:].isalnum()):
        return False
    held = stack[-1]
    waits = held.mark is not None and not held.children and not _is_complete(sheet, held)
    described = held.is_root and stance.of_title(text, Stance.OPEN) is not Stance.OPEN
    return (described or not held.more) and not waits


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
    text = sheet.flat[node.start : node.last_end]
    first = _POINT.search(text, 0, _HEADING_LENGTH)
    cuts = _points(text, first) if first and first["letter"] == "a" else []
    if len(cuts) < 2 or not text[: cuts[0][0]].rstrip().endswith((":", "sau")):
        return
    stops = [start for start, _ in cuts[1:]] + [len(text)]
    for order, ((_, begin), stop) in enumerate(zip(cuts, stops, strict=True), 1):
        start, end = sheet.trim(node.start + begin, node.start + stop)
        mark = Mark("letter", "letter", order, marks.letter(order), 0)
        node.children.append(Node(start, end, mark, RANKS["letter"], node, ordinal=order))
    node.end = sheet.trim(node.start, node.start + cuts[0][0])[1]
    node.more = []


def _points(text: str, first: re.Match[str]) -> list[tuple[int, int]]:
    """Where each point's mark begins and ends: (a), (b) …; a spoilt mark counts where the next one is due."""
    cuts = [(first.start(), first.end())]
    while len(cuts) < 25:
        letter = marks.letter(len(cuts) + 1)
        exact = re.compile(rf"(?<=[:;.,])\s?\({letter}\)\s?(?=\S)").search(text, cuts[-1][1])
        spoilt = re.compile(_SPOILT_POINT.format(letter=letter, lower=LOWER, upper=UPPER))
        nearest = exact or spoilt.search(text, cuts[-1][1])
        if not nearest:
            break
        cuts.append((nearest.start(), nearest.end()))
    return cuts
