"""The outline → proposed directives: the smallest item that tells a body to do something (a paragraph where there are no items)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from . import stance, who
from .outline import Node
from .paragraphs import Paragraph
from .sheet import Sheet
from .stance import Stance
from .who import ORDER, Told

_ATTRIBUTE = re.compile(
    r"\W*(?:(?:don vi|co quan|phong|bo phan)\s+)?(?P<role>chu tri|phoi hop|thuc hien|dau moi)(?:\s+(?:thuc hien|to chuc|tham muu))?\s*:\s*"
)
_SHORT = 12  # characters; anything shorter says nothing


@dataclass(frozen=True)
class Draft:
    """One directive before its deadline, citations and confidence are read. `doubts` are codes of confidence.REASONS."""

    label: str
    start: int
    end: int
    modality: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    lead_from: str  # "clause", "heading", "attribute", "opening", "addressees", "nobody"
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scene:
    """What an item inherits: who is told by the heading above, in which stance, with whom."""

    lead: tuple[str, ...] = ()
    lead_from: str = "nobody"
    support: tuple[str, ...] = ()
    modality: str = ORDER
    stance: Stance = Stance.OPEN
    headed: bool = False  # a heading above names the body
    doubts: tuple[str, ...] = ()


@dataclass
class Proposer:
    """`known`: bare names that are certain; `article`: the document is a decision in articles."""

    sheet: Sheet
    known: Sequence[str]
    article: bool = False
    found: list[Draft] = field(default_factory=list)

    def run(self, root: Node, scene: Scene) -> list[Draft]:
        """All drafts under `root`, in the order of the text, without overlap."""
        self._prose(root.more, scene, has_list=bool(root.children))
        for node in root.children:
            self._visit(node, scene)
        return _in_order(self.found)

    # paragraphs without items

    def _prose(self, paragraphs: Sequence[Paragraph], scene: Scene, *, has_list: bool) -> None:
        """Paragraphs that stand outside any list: those that name who must act."""
        ordinal = 0
        for at, paragraph in enumerate(paragraphs):
            last_before_list = has_list and at == len(paragraphs) - 1
            if last_before_list and (self._text(paragraph).endswith(":") or stance.introduces(self._plain(paragraph).rstrip(" .:"))):
                continue
            draft = self._paragraph(paragraph, str(ordinal + 1), replace(scene, stance=Stance.NAMED))
            if draft:
                ordinal += 1
                self.found.append(draft)

    def _paragraph(self, paragraph: Paragraph, label: str, scene: Scene) -> Draft | None:
        """A directive when the paragraph orders, asks, or has a body as its subject."""
        start, end = paragraph.start, paragraph.end
        plain = self._plain(paragraph)
        if self._is_empty(paragraph, scene) or self._text(paragraph).endswith(":"):
            return None
        told = (
            who.subject(self.sheet, start, end, self.known)
            or who.inform(self.sheet, start, end, self.known)
            or who.within(self.sheet, start, end, self.known)
            or who.late_subject(self.sheet, start, end, self.known)
        )
        if not told or stance.is_contact(plain) or self._is_closing(told, end):
            return None
        if not told.commanded and not self._acts(told, end):
            return None
        return self._draft(label, start, end, scene, told)

    def _acts(self, told: Told, end: int) -> bool:
        rest = self.sheet.plain[told.rest : end].lstrip(" :,")
        return stance.instructs(rest)

    def _is_closing(self, told: Told, end: int) -> bool:
        rest = self.sheet.plain[told.rest : end]
        return stance.is_closing(rest)

    def _is_empty(self, paragraph: Paragraph, scene: Scene) -> bool:
        plain = self._plain(paragraph)
        if len(plain) < _SHORT or stance.is_formula(plain) or scene.stance is Stance.CLOSED:
            return True
        return stance.is_own_act(plain, article=self.article) and not who.within(self.sheet, paragraph.start, paragraph.end, self.known)

    # items

    def _visit(self, node: Node, scene: Scene) -> None:
        inner = self._scene_of(node, scene)
        own_act = stance.is_own_act(self._plain_of(node), article=self.article) and not scene.headed
        if own_act or inner.stance is Stance.CLOSED:
            inner = replace(inner, stance=Stance.CLOSED if inner.stance is Stance.CLOSED else Stance.NAMED)
        if self._attributes(node):
            self._task_with_attributes(node, inner)
        elif not node.children:
            self._leaf(node, scene, inner)
        elif self._enumerates(node, scene):
            self._leaf(node, scene, inner, whole=True)
        else:
            self._branch(node, scene, inner)

    def _branch(self, node: Node, scene: Scene, inner: Scene) -> None:
        """An item that holds items: its own complete instruction first, then they."""
        if self._is_complete(node) and not who.heading(self.sheet, node.start, node.end, self.known):
            self._single(node.label, node.start, node.end, scene)
        self._more(node, inner, node.more)
        for child in node.children:
            self._visit(child, inner)

    def _leaf(self, node: Node, scene: Scene, inner: Scene, *, whole: bool = False) -> None:
        """An item without items of its own: with its unmarked paragraphs, or split where they speak to others."""
        if who.heading(self.sheet, node.start, node.end, self.known) or self._is_title(node):
            self._under_heading(node, inner)
            return
        end, apart = self._own_end(node, scene)
        if whole:
            end = _last_end(node)
        self._single(node.label, node.start, end, replace(scene, stance=inner.stance), doubts=("lists_parts",) if whole else ())
        self._more(node, scene, apart)

    def _under_heading(self, node: Node, inner: Scene) -> None:
        """A bare heading: each paragraph below it is an instruction of its own."""
        for at, paragraph in enumerate(node.more):
            if self._is_tail(paragraph):
                self._more(node, replace(inner, headed=False), node.more[at:])
                return
            label = node.label if len(node.more) == 1 else f"{node.label}.{at + 1}"
            self._single(label, paragraph.start, paragraph.end, inner)

    def _own_end(self, node: Node, scene: Scene) -> tuple[int, Sequence[Paragraph]]:
        """Where the item ends: unmarked paragraphs continue it until one speaks to somebody else or closes the letter."""
        end = node.end
        for at, paragraph in enumerate(node.more):
            if self._is_tail(paragraph) or self._speaks_anew(paragraph):
                return end, node.more[at:]
            end = paragraph.end
        return end, ()

    def _is_tail(self, paragraph: Paragraph) -> bool:
        """A closing paragraph: a formula, or a report duty of all that stands behind the last item."""
        plain = self._plain(paragraph)
        if stance.is_formula(plain) or stance.is_contact(plain):
            return True
        told = who.late_subject(self.sheet, paragraph.start, paragraph.end, self.known)
        return bool(told and all(who.is_generic(phrase) for phrase in told.lead))

    def _speaks_anew(self, paragraph: Paragraph) -> bool:
        told = who.subject(self.sheet, paragraph.start, paragraph.end, self.known) or who.inform(self.sheet, paragraph.start, paragraph.end, self.known)
        if not told or not (told.commanded or told.colon or self._acts(told, paragraph.end)):
            return False
        return told.commanded or any(not who.is_generic(phrase) and phrase[:1].isupper() for phrase in told.lead)

    def _more(self, node: Node, scene: Scene, paragraphs: Sequence[Paragraph]) -> None:
        """Unmarked paragraphs behind the items: own directives when they name who acts."""
        home = node if node.children or node.parent is None else node.parent
        for paragraph in paragraphs:
            ordinal = len(home.children) + 1 + sum(draft.label.startswith(f"{home.label}.+") for draft in self.found)
            label = str(ordinal) if home.is_root else f"{home.label}.{ordinal}"
            draft = self._paragraph(paragraph, label, replace(scene, stance=Stance.NAMED, headed=False, modality=ORDER, support=()))
            if draft:
                self.found.append(draft)

    def _single(self, label: str, start: int, end: int, scene: Scene, doubts: tuple[str, ...] = ()) -> None:
        """One clause as a directive, unless it only tells."""
        plain = self.sheet.phrase_plain(start, end)
        if len(plain) < _SHORT or scene.stance is Stance.CLOSED or stance.is_formula(plain) or stance.is_detail(plain):
            return
        told = who.subject(self.sheet, start, end, self.known)
        if told and scene.headed and told.commanded:
            told = None  # the body of the heading is to order others: it remains the one that acts
        if not told and not scene.headed:
            told = who.late_subject(self.sheet, start, end, self.known) or who.inform(self.sheet, start, end, self.known)
        own_act = stance.is_own_act(plain, article=self.article) and not scene.headed
        if not told and (own_act or scene.stance is Stance.NAMED) or (own_act and told and not told.commanded):
            told = who.within(self.sheet, start, end, self.known)
            if not told:
                return
        if told and (self._is_closing(told, end) and not scene.headed or not told.commanded and scene.stance is Stance.NAMED and not self._acts(told, end)):
            return
        if not told and not scene.headed and stance.is_contact(plain):
            return
        if not told and not stance.instructs(plain):
            doubts = (*doubts, "no_verb")
        self.found.append(self._draft(label, start, end, scene, told, doubts))

    def _draft(self, label: str, start: int, end: int, scene: Scene, told: Told | None, doubts: tuple[str, ...] = ()) -> Draft:
        start, end = _trimmed(self.sheet, start, end)
        support = who.together(self.sheet, start, end, self.known)
        support += [phrase for phrase in scene.support if phrase not in support]
        lead = told.lead if told and told.lead else scene.lead
        lead_from = "clause" if told and told.lead else scene.lead_from
        modality = told.modality if told and told.modality else scene.modality
        support = [phrase for phrase in support if phrase not in lead]
        return Draft(label, start, end, modality, lead, tuple(support), lead_from, (*scene.doubts, *doubts))

    # what an item is

    def _scene_of(self, node: Node, scene: Scene) -> Scene:
        """What the items below `node` inherit from it."""
        text = self.sheet.phrase(node.start, node.end)
        inner = replace(scene, stance=stance.of_title(text, scene.stance))
        told = who.heading(self.sheet, node.start, node.end, self.known)
        if not told and (node.children or node.more):
            told = who.subject(self.sheet, node.start, node.end, self.known)
        if not told:
            return inner
        support = tuple(who.together(self.sheet, told.rest, node.end, self.known))
        return replace(
            inner, lead=told.lead, lead_from="heading", headed=True, support=support, stance=Stance.OPEN,
            modality=told.modality or scene.modality,
        )  # fmt: skip

    def _is_title(self, node: Node) -> bool:
        """A short line without end above paragraphs: the topic of what follows."""
        text = self.sheet.phrase(node.start, node.end)
        return bool(node.more) and len(text) < 120 and text[-1:] not in ".;/" and (text.endswith(":") or not stance.instructs(self._plain_of(node)) or len(text) < 70)

    def _is_complete(self, node: Node) -> bool:
        plain = self._plain_of(node)
        return plain.rstrip("”\" )")[-1:] in (".", ";") and len(plain) > 60 and (stance.instructs(plain) or bool(who.subject(self.sheet, node.start, node.end, self.known)))

    def _enumerates(self, node: Node, scene: Scene) -> bool:
        """An instruction whose items only list its contents."""
        plain = self._plain_of(node)
        told = who.subject(self.sheet, node.start, node.end, self.known)
        words = self.sheet.plain[told.rest : node.end].lstrip(" :,") if told else plain
        if who.heading(self.sheet, node.start, node.end, self.known) or not stance.instructs(words) or len(words) < 20:
            return False
        share = self._share_of_instructions(node)
        if stance.lists_parts(plain):
            return share < 0.9
        if stance.introduces(plain.rstrip(" .:")):
            return share < 0.3
        return share < 0.5 and plain.endswith((":", ".", ";"))

    def _share_of_instructions(self, node: Node) -> float:
        told = [stance.instructs(self._plain_of(child)) or bool(who.subject(self.sheet, child.start, child.end, self.known)) for child in node.children]
        return sum(told) / len(told)

    # "Đơn vị chủ trì: …"

    def _attributes(self, node: Node) -> dict[str, tuple[str, ...]]:
        """The bodies that dash items give a task: role → phrases."""
        found: dict[str, tuple[str, ...]] = {}
        for start, end in _pieces(node):
            match = _ATTRIBUTE.match(self.sheet.plain, start, end)
            named = who.heading(self.sheet, match.end(), end, self.known) if match else None
            if match and named:
                found.setdefault(match["role"], named.lead)
        return found if node.children and any(role != "phoi hop" for role in found) else {}

    def _task_with_attributes(self, node: Node, scene: Scene) -> None:
        roles = self._attributes(node)
        lead = next(roles[role] for role in ("chu tri", "thuc hien", "dau moi") if role in roles)
        if any(grandchild.children for grandchild in node.children) or scene.stance is Stance.CLOSED:
            return
        start, end = _trimmed(self.sheet, node.start, _last_end(node))
        self.found.append(Draft(node.label, start, end, scene.modality, lead, roles.get("phoi hop", ()), "attribute", ("attributes",)))

    # text

    def _text(self, paragraph: Paragraph) -> str:
        return self.sheet.phrase(paragraph.start, paragraph.end)

    def _plain(self, paragraph: Paragraph) -> str:
        return self.sheet.phrase_plain(paragraph.start, paragraph.end)

    def _plain_of(self, node: Node) -> str:
        return self.sheet.phrase_plain(node.start, node.end)


def _pieces(node: Node) -> Iterator[tuple[int, int]]:
    for child in node.children:
        yield child.start, child.end
        yield from ((paragraph.start, paragraph.end) for paragraph in child.more)


def _last_end(node: Node) -> int:
    """Where the last item or paragraph below `node` ends."""
    ends = [node.end, *(paragraph.end for paragraph in node.more), *(_last_end(child) for child in node.children)]
    return max(ends)


_SIGN_OFF = re.compile(r"\./\.?|/\.")


def _trimmed(sheet: Sheet, start: int, end: int) -> tuple[int, int]:
    """Without blanks, and without what a scanner left behind "./."."""
    start, end = sheet.trim(start, end)
    for found in _SIGN_OFF.finditer(sheet.flat, max(start, end - 16), end):
        if end - found.end() <= 10:
            return sheet.trim(start, found.end())
    while end - start > 3 and sheet.flat[end - 2 : end] in (" :", " ;", " ,", " |", " -"):
        start, end = sheet.trim(start, end - 2)
    return start, end


def _in_order(drafts: Sequence[Draft]) -> list[Draft]:
    """Sorted by place; of two that overlap the one that begins first stands."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda one: (one.start, one.end)):
        if draft.end > draft.start and (not kept or draft.start >= kept[-1].end):
            kept.append(draft)
    return kept
