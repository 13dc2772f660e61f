"""The outline → drafts: the smallest item that tells a body to do something (a paragraph where there are no items)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from . import also, stance, tasks, who
from .drafts import Draft, Scene, in_order, trimmed
from .issuer import Names
from .outline import Node
from .paragraphs import Paragraph
from .sheet import Sheet
from .stance import Stance
from .who import ORDER, Told

_CLOSING_LENGTH = 260
_SHORT = 12  # characters; anything shorter says nothing


@dataclass
class Proposer:
    """`article`: the document is a decision, in articles."""

    sheet: Sheet
    names: Names
    article: bool = False
    found: list[Draft] = field(default_factory=list)

    def run(self, root: Node, scene: Scene) -> list[Draft]:
        """All drafts under `root`, in the order of the text, without overlap."""
        self._prose(root.more, scene, has_list=bool(root.children))
        for node in root.children:
            self._visit(node, scene)
        self._with_details(root, scene)
        return in_order(self.found)

    # paragraphs outside items

    def _prose(self, paragraphs: Sequence[Paragraph], scene: Scene, *, has_list: bool) -> None:
        """Paragraphs before any list: those that name who must act; the one that introduces the list is none."""
        opened = False
        for at, paragraph in enumerate(paragraphs):
            opens_list = has_list and at == len(paragraphs) - 1 and self._introduces(paragraph)
            if not opens_list:
                self._paragraph(paragraph, str(len(self.found) + 1), scene, opened=opened)
            opened = opened or self._introduces(paragraph)

    def _with_details(self, root: Node, scene: Scene) -> None:
        """ "… đề nghị các đơn vị báo cáo, cụ thể: 1. Nội dung: … 2. Thời gian: …": one directive with its details."""
        nodes = root.children
        if not nodes or not root.more or not all(self._is_detail(node) for node in nodes):
            return
        first = root.more[-1]
        told = who.within(self.sheet, first.start, first.end, self.names)
        if told and self._acts(told, first.end) and not self._only_tells(first):
            self._add("1", first.start, self._own_end(_deepest(root))[0], scene, told, ("lists_parts",))

    def _is_detail(self, node: Node) -> bool:
        return stance.is_detail(self.sheet.phrase_plain(node.start, node.end))

    def _introduces(self, paragraph: Paragraph) -> bool:
        plain = self._plain(paragraph)
        return plain.endswith(":") or stance.introduces(plain.rstrip(" .:"))

    def _paragraph(self, paragraph: Paragraph, label: str, scene: Scene, *, opened: bool = False) -> None:
        """A directive when it orders, asks, or has a body as its subject; `opened`: behind "… có ý kiến như sau:"."""
        start, end, plain = paragraph.start, paragraph.end, self._plain(paragraph)
        if self._only_tells(paragraph) or plain.endswith(":") or scene.stance is Stance.CLOSED:
            return
        told = self._told_in_prose(start, end)
        scene = replace(scene, modality=ORDER)  # the opening's verb governs its list
        if not told and (stance.is_return(plain) or stance.is_last_report(plain)):
            self._add(label, start, end, scene, told)
        if not told or stance.is_contact(plain) or self._is_closing(told, end):
            return
        named = who.is_known(told, self.names) or (self.found and who.is_named(told))
        if told.commanded or self._acts(told, end) or (opened and named):
            self._add(label, start, end, scene, told)

    def _told_in_prose(self, start: int, end: int) -> Told | None:
        where = (self.sheet, start, end, self.names)
        return who.inform(*where) or who.subject(*where) or who.within(*where) or who.late_subject(*where)

    def _only_tells(self, paragraph: Paragraph) -> bool:
        plain = self._plain(paragraph)
        if len(plain) < _SHORT or stance.is_formula(plain):
            return True
        decided = stance.is_own_act(plain, article=self.article)
        return decided and not who.within(self.sheet, paragraph.start, paragraph.end, self.names)

    def _acts(self, told: Told, end: int) -> bool:
        return stance.instructs(self.sheet.plain[told.rest : end].lstrip(" :,"))

    def _is_closing(self, told: Told, end: int) -> bool:
        return stance.is_closing(self.sheet.plain[told.rest : end])

    # items

    def _visit(self, node: Node, scene: Scene) -> None:
        inner = self._scene_of(node, scene)
        if self._is_own_act(node.start, node.end, scene) and inner.stance is Stance.OPEN:
            inner = replace(inner, stance=Stance.NAMED)
        task = tasks.read(self.sheet, node, self.names)
        if task and inner.stance is not Stance.CLOSED:
            self.found.append(replace(task, modality=inner.modality))
        elif not task and not node.children:
            self._leaf(node, scene, inner)
        elif not task and self._enumerates(node):
            self._leaf(node, scene, inner, whole=True)
        elif not task:
            self._branch(node, scene, inner)

    def _is_own_act(self, start: int, end: int, scene: Scene) -> bool:
        plain = self.sheet.phrase_plain(start, end)
        return stance.is_own_act(plain, article=self.article) and not scene.headed

    def _branch(self, node: Node, scene: Scene, inner: Scene) -> None:
        """An item that holds items: its own complete instruction first, then they."""
        if self._is_complete(node) and not who.heading(self.sheet, node.start, node.end, self.names):
            self._clause(node.label, node.start, node.end, scene)
        if inner.headed:
            self._under_heading(node, inner)
        else:
            self._more(node, inner, node.more)
        for child in node.children:
            self._visit(child, inner)

    def _leaf(self, node: Node, scene: Scene, inner: Scene, *, whole: bool = False) -> None:
        """An item without items of its own: with its unmarked paragraphs, or split where they speak to others."""
        if who.heading(self.sheet, node.start, node.end, self.names, strict=not node.more) or self._is_title(node):
            self._under_heading(node, inner)
            return
        last = _deepest(node) if whole else node
        end, apart = self._own_end(last)
        doubts = ("lists_parts",) if whole else ()
        self._clause(node.label, node.start, end, replace(scene, stance=inner.stance), doubts)
        self._more(last, scene, apart)

    def _under_heading(self, node: Node, inner: Scene) -> None:
        """A bare heading: each paragraph below it is an instruction of its own."""
        stop = next((at for at, paragraph in enumerate(node.more) if at and self._is_tail(paragraph)), len(node.more))
        for at, paragraph in enumerate(node.more[:stop], 1):
            if not (self._plain(paragraph).endswith(":") and node.children):
                self._clause(node.label if stop == 1 else f"{node.label}.{at}", paragraph.start, paragraph.end, inner)
        self._more(node, replace(inner, headed=False), node.more[stop:])

    def _own_end(self, node: Node) -> tuple[int, Sequence[Paragraph]]:
        """Where the item ends: unmarked paragraphs continue it until one speaks to somebody else or closes the text."""
        end = node.end
        for at, paragraph in enumerate(node.more):
            if self._is_tail(paragraph) or self._speaks_anew(paragraph) or stance.is_return(self._plain(paragraph)):
                return end, node.more[at:]
            end = paragraph.end
        return end, ()

    def _is_tail(self, paragraph: Paragraph) -> bool:
        """A closing paragraph: a formula, or a report duty of all that stands behind the last item."""
        start, end, plain = paragraph.start, paragraph.end, self._plain(paragraph)
        if stance.is_formula(plain) or stance.is_contact(plain) or stance.is_last_report(plain):
            return True
        told = who.subject(self.sheet, start, end, self.names)
        if not told and end - start < _CLOSING_LENGTH:
            told = who.within(self.sheet, start, end, self.names)
        if told and told.commanded and self._is_closing(told, end):
            return True
        late = who.late_subject(self.sheet, start, end, self.names)
        return bool(late and all(who.is_generic(phrase) for phrase in late.lead))

    def _speaks_anew(self, paragraph: Paragraph) -> bool:
        where = (self.sheet, paragraph.start, paragraph.end, self.names)
        told = who.subject(*where) or who.inform(*where)
        if not told or told.commanded:
            return bool(told)
        named = any(not who.is_generic(phrase) and phrase[:1].isupper() for phrase in told.lead)
        return named and (told.colon or self._acts(told, paragraph.end))

    def _more(self, node: Node, scene: Scene, paragraphs: Sequence[Paragraph]) -> None:
        """Unmarked paragraphs behind the items: directives of their own when they name who acts."""
        home = node.section
        outside = replace(scene, headed=False, modality=ORDER, support=())
        for ordinal, paragraph in enumerate(paragraphs, len(home.children) + 1):
            self._paragraph(paragraph, str(ordinal) if home.is_root else f"{home.label}.{ordinal}", outside)

    # one clause

    def _clause(self, label: str, start: int, end: int, scene: Scene, doubts: tuple[str, ...] = ()) -> None:
        """One clause as a directive, unless it only tells."""
        plain = self.sheet.phrase_plain(start, end)
        if len(plain) < _SHORT or scene.stance is Stance.CLOSED or stance.is_formula(plain):
            return
        if stance.is_detail(plain) and not stance.is_return(plain):
            return
        told = self._told(start, end, scene)
        if not self._is_directive(plain, told, end, scene):
            return
        if told and told.commanded and self._is_closing(told, end):
            return
        if not told and not stance.instructs(plain):
            doubts = (*doubts, "no_verb")
        self._add(label, start, end, scene, told, doubts)

    def _told(self, start: int, end: int, scene: Scene) -> Told | None:
        """Who a clause speaks to by itself; below a heading that names a body only another subject counts."""
        where = (self.sheet, start, end, self.names)
        told = who.subject(*where)
        if scene.headed:
            return None if told and told.commanded else told
        told = told or who.first_later(*where) or who.inform(*where)
        own_act = self._is_own_act(start, end, scene)
        if not told and not stance.begins_with_verb(self.sheet.phrase_plain(start, end)):
            told = who.in_sentence(*where)
        if (not told and scene.stance is Stance.NAMED) or (own_act and not (told and told.commanded)):
            return who.within(*where)
        return told

    def _is_directive(self, plain: str, told: Told | None, end: int, scene: Scene) -> bool:
        if told:
            return told.commanded or scene.stance is not Stance.NAMED or self._acts(told, end)
        if scene.headed:
            return True
        if scene.stance is Stance.NAMED or stance.is_own_act(plain, article=self.article) or stance.is_contact(plain):
            return False
        return (scene.ordered and bool(scene.lead)) or stance.begins_with_verb(plain)

    def _add(
        self, label: str, start: int, end: int, scene: Scene, told: Told | None, doubts: tuple[str, ...] = ()
    ) -> None:
        start, end = trimmed(self.sheet, start, end)
        own = told is not None and bool(told.lead)
        more = also.told(self.sheet, told.rest, end, self.names) if told and own else ((), ())
        lead = tuple(dict.fromkeys((*told.lead, *more[0]))) if told and own else scene.lead
        support = dict.fromkeys((*who.together(self.sheet, start, end, self.names), *more[1], *scene.support))
        modality = told.modality if told and told.modality else scene.modality
        others = tuple(phrase for phrase in support if phrase not in lead)
        self.found.append(
            Draft(label, start, end, modality, lead, others, "clause" if own else scene.lead_from, doubts)
        )

    # what an item is

    def _scene_of(self, node: Node, scene: Scene) -> Scene:
        """What the items below `node` inherit from it."""
        inner = replace(scene, stance=stance.of_title(self.sheet.phrase(node.start, node.end), scene.stance))
        where = (self.sheet, node.start, node.end, self.names)
        told = who.heading(*where) or (who.subject(*where) if node.children or node.more else None)
        if not told:
            return inner
        support = who.together(self.sheet, told.rest, node.end, self.names)
        modality = told.modality or scene.modality
        return Scene(told.lead, "heading", support, modality, Stance.OPEN, headed=True)

    def _is_title(self, node: Node) -> bool:
        """A short line without end above paragraphs: the topic of what follows."""
        plain = self.sheet.phrase_plain(node.start, node.end)
        if not node.more or len(plain) >= 120 or plain[-1:] in ".;/":
            return False
        if plain.endswith(":"):
            return stance.introduces(plain) or not stance.begins_with_verb(plain)
        return len(plain) < 70 or not stance.begins_with_verb(plain)

    def _is_complete(self, node: Node) -> bool:
        """A whole sentence that instructs, above the items."""
        plain = self.sheet.phrase_plain(node.start, node.end)
        whole = len(plain) > 25 and plain.rstrip('”" )')[-1:] in (".", ";")
        return whole and self._is_instruction(node)

    def _is_instruction(self, node: Node) -> bool:
        plain = self.sheet.phrase_plain(node.start, node.end)
        return stance.instructs(plain) or who.subject(self.sheet, node.start, node.end, self.names) is not None

    def _enumerates(self, node: Node) -> bool:
        """An instruction whose items only list its contents."""
        where = (self.sheet, node.start, node.end, self.names)
        plain, told = self.sheet.phrase_plain(node.start, node.end), who.subject(*where)
        words = self.sheet.plain[told.rest : node.end].lstrip(" :,") if told else plain
        if who.heading(*where) or len(words) < 20 or not stance.instructs(words):
            return False
        share = sum(map(self._is_instruction, node.children)) / len(node.children)
        if stance.lists_parts(plain):
            return share < 0.9
        if stance.introduces(plain.rstrip(" .:")):
            return share < 0.3
        return share < 0.5 and plain.endswith((":", ".", ";"))

    def _plain(self, paragraph: Paragraph) -> str:
        return self.sheet.phrase_plain(paragraph.start, paragraph.end)


def _deepest(node: Node) -> Node:
    """The last item below `node`."""
    while node.children:
        node = node.children[-1]
    return node
