"""Text → reading: the stages one after the other."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from . import (
    bodies,
    citations,
    confidence,
    due,
    foot,
    kinds,
    noise,
    nouns,
    outline,
    paragraphs,
    resolve,
    tables,
    who,
    zones,
)
from .directory import Directory
from .drafts import Draft, Scene, in_order
from .due import Due
from .foot import Foot
from .head import Date, Head
from .issued import Issued
from .issuer import Names
from .lines import Line, lay_out
from .outline import Node
from .propose import Proposer
from .reading import Letter, Party, Proposal, Reading
from .sheet import Sheet, bare, squeeze
from .stance import Stance
from .zones import Zones

# Plans and decisions tell bodies in their sections on who does what; elsewhere they describe.
_DESCRIBING = frozenset({"kế hoạch", "chương trình", "đề án", "phương án", "quyết định", "hướng dẫn", "quy chế"}) | {
    "nghị quyết", "thông tư", "quy định",
}  # fmt: skip
_MOST_NAMES = 1_000  # different phrases looked up in one letter
_ATTACHED = re.compile(r"(?:ban hanh\s+)?kem theo (?:quyet dinh|cong van|thong bao)")


def read(text: str, directory: Directory | None, on: datetime.date | None) -> Reading:
    """Read NFC `text`; `on` is the day on which names are looked up when the letter prints none."""
    page = lay_out(text)
    kept, specks = noise.sift(page.lines, _tail_of(page.lines))
    sheet = Sheet.of(text, [*page.furniture, *specks])
    parts = zones.divide(kept)
    head = Head(parts.head)
    letter = _letter(head, parts, foot.read(parts.foot))
    issued = Issued(head.date.year, head.date.month, head.date.day, _not_before(sheet, head.date))
    drafts = _drafts(sheet, parts, letter, directory)
    proposals = _Finisher(sheet, issued, directory, issued.day or on or issued.first_day()).finish(drafts)
    return Reading(text, letter, tuple(proposals), confidence.warnings(letter, proposals))


def _not_before(sheet: Sheet, printed: Date) -> datetime.date | None:
    """The letter's first possible day, by what it cites; a year that does not fit is a scanner's slip."""
    newest = citations.latest_day(sheet)
    return newest if newest and newest.year == printed.year else None


def _tail_of(lines: Sequence[Line]) -> int:
    """Where the foot begins: single words before it are specks, behind it they may be a name."""
    copies = [line.start for line in lines if re.match(r"\W*n?oi\s+nhan\b", bare(line.text))]
    return copies[0] if copies else (lines[-1].start if lines else 0)


def _letter(head: Head, parts: Zones, end: Foot) -> Letter:
    entries = (squeeze(" ".join(line.text for line in entry)) for entry in parts.addressees)
    addressees = tuple(
        text for entry in entries if (text := re.sub(r"^(?:\W*\w?\.?\s*-\s+|[\W_]+)(?=\w)", "", entry).rstrip(" ;.:,-"))
    )
    return Letter(
        kind=head.kind,
        number=head.number.number,
        notation=head.number.notation,
        issued_on=head.date.day,
        issued_in=Issued(head.date.year, head.date.month).first_day() if head.date.month else None,
        place=head.date.place,
        issuer=head.issuer,
        subject=head.subject,
        addressees=addressees,
        recipients=end.recipients,
        signer=end.signer,
    )


def _drafts(sheet: Sheet, parts: Zones, letter: Letter, directory: Directory | None) -> list[Draft]:
    told = _addressed(letter)
    bodies_told = {resolve.untitled(bare(name)) for name in told if not _is_group(name)}
    certain = (
        {bare(name) for name in told if not _is_group(name)}
        | bodies_told
        | {bare(name) for name in told if _is_group(name) and nouns.holds_verb(bare(name))}
        | set(directory.plain_names() if directory else ())
    )
    names = Names(tuple(sorted(certain)), letter.issuer or "")
    drafts: list[Draft] = []
    attached = _attached(parts.annex)
    for lines in (parts.body, attached):
        tasks, prose = tables.read(sheet, lines, names.known)
        drafts += tasks
        if prose:
            root = outline.build(sheet, paragraphs.join(sheet, prose))
            scene = _opening_scene(sheet, root, letter, told, names)
            drafts += Proposer(sheet, names, letter.kind == "quyết định").run(root, scene)
    if not attached:
        drafts += tables.read(sheet, parts.annex, names.known)[0]
    return in_order(drafts)


def _is_group(name: str) -> bool:
    return bool(re.search(r"\bcác\b", name, re.IGNORECASE))


def _addressed(letter: Letter) -> tuple[str, ...]:
    """The addressees, parted into bodies."""
    parted: list[str] = []
    for entry in letter.addressees:
        sheet = Sheet.of(entry)
        found = bodies.read(sheet, 0, len(sheet.flat), verbs=False)
        parted += found.phrases if found and found.end >= len(sheet.flat) - 1 else [entry]
    return tuple(parted)


def _attached(annex: Sequence[Line]) -> list[Line]:
    """A plan that a decision puts into force stands behind its foot ("Kèm theo Quyết định số …")."""
    for at, line in enumerate(annex[:12]):
        titled = any(kinds.of_title(above.text) for above in annex[:at])
        if titled and _ATTACHED.search(bare(line.text)):
            stop = next(
                (
                    end
                    for end in range(at + 1, len(annex))
                    if re.match(r"\W*(?:phu luc|bieu mau|danh muc)\b", bare(annex[end].text))
                ),
                len(annex),
            )
            return list(annex[at + 1 : stop])
    return []


def _opening_scene(sheet: Sheet, root: Node, letter: Letter, told: Sequence[str], names: Names) -> Scene:
    """Who is told where an item names nobody: the opening's "yêu cầu …:", else the addressees."""
    opening = _last_order(sheet, root, names)
    invited = letter.kind == "giấy mời"
    modality = opening.modality if opening and opening.modality and not invited else who.ORDER
    lead, lead_from = tuple(told), "addressees" if told else "nobody"
    if opening and opening.lead and not (told and all(who.is_generic(phrase) for phrase in opening.lead)):
        lead, lead_from = opening.lead, "opening"
    named_only = letter.kind in kinds.INFORMING or (letter.kind in _DESCRIBING and lead_from == "nobody")
    return Scene(
        lead,
        lead_from,
        modality=modality,
        stance=Stance.NAMED if named_only else Stance.OPEN,
        ordered=opening is not None,
    )


def _last_order(sheet: Sheet, root: Node, names: Names) -> who.Told | None:
    for paragraph in reversed(root.more):
        told = who.last_within(sheet, paragraph.start, paragraph.end, names)
        if told:
            return told
    return None


class _Finisher:
    """Gives each draft its deadline, citations, bodies, confidence."""

    def __init__(self, sheet: Sheet, issued: Issued, directory: Directory | None, on: datetime.date | None) -> None:
        self._sheet, self._issued, self._directory, self._on = sheet, issued, directory, on
        self._parties: dict[str, Party] = {}

    def finish(self, drafts: Sequence[Draft]) -> list[Proposal]:
        dues = [self._due(draft) for draft in drafts]
        by_label = _by_label(drafts, dues)
        return [self._proposal(draft, _referred(one, by_label)) for draft, one in zip(drafts, dues, strict=True)]

    def _due(self, draft: Draft) -> Due:
        if draft.term:
            return due.of_cell(self._sheet, *draft.term, self._issued)
        return due.find(self._sheet, draft.start, draft.end, self._issued)

    def _proposal(self, draft: Draft, rule: Due) -> Proposal:
        lead, support = self._looked_up(draft.lead), self._looked_up(draft.support)
        cites = tuple(citation.name for citation in citations.find(self._sheet, draft.start, draft.end))
        score, reasons = confidence.of(draft, rule, lead, support, looked_up=self._directory is not None)
        start, end = self._sheet.to_text(draft.start, draft.end)
        return Proposal(draft.label, start, end, draft.modality, lead, support, rule, cites, score, reasons)

    def _looked_up(self, phrases: Sequence[str]) -> tuple[Party, ...]:
        """Each phrase once; a text that names thousands of strangers is not compared letter by letter to its end."""
        for phrase in phrases:
            if phrase not in self._parties:
                directory = self._directory if len(self._parties) < _MOST_NAMES else None
                found = resolve.phrase(phrase, directory, self._on) if directory else resolve.unlisted(phrase)
                self._parties[phrase] = Party(phrase, found)
        return tuple(self._parties[phrase] for phrase in phrases)


def _by_label(drafts: Sequence[Draft], dues: Sequence[Due]) -> dict[str, Due]:
    """The deadlines that another clause can refer to, by the last part of the label; the first of its kind counts."""
    named: dict[str, Due] = {}
    for draft, one in zip(drafts, dues, strict=True):
        if one.refers_to is None and one.kind != due.NONE:
            named.setdefault(draft.label.split(".")[-1], one)
    return named


def _referred(one: Due, by_label: dict[str, Due]) -> Due:
    """ "theo thời gian được nêu tại khoản 1": the deadline of that clause."""
    other = by_label.get(one.refers_to) if one.refers_to else None
    return replace(other, phrase=one.phrase, refers_to=one.refers_to) if other else one
