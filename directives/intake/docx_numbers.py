"""The numbers Word writes by itself: they stand in numbering.xml, not in the paragraph (ECMA-376 Part 1, 17.9)."""

from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

Element = Any

_ROMANS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class Level:
    start: int
    form: str  # w:numFmt: decimal, lowerLetter, upperRoman, bullet …
    text: str  # "%1.", "%1.%2", "-"


class Numbers:
    """Counts the paragraphs of each list in the order of the document."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[tuple[str, int], Level] = {}
        self._styles = {style.style_id: style.element for style in document.styles}
        self._counts: dict[str, dict[int, int]] = {}
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        if part is not None:
            self._read(part.element)

    def _read(self, numbering: Element) -> None:
        abstract = {one.get(qn("w:abstractNumId")): one for one in numbering.iterchildren(qn("w:abstractNum"))}
        for num in numbering.iterchildren(qn("w:num")):
            reference = num.find(qn("w:abstractNumId"))
            source = abstract.get(reference.get(qn("w:val"))) if reference is not None else None
            for level in source.iterchildren(qn("w:lvl")) if source is not None else ():
                place = int(level.get(qn("w:ilvl")) or 0)
                self._levels[(num.get(qn("w:numId")), place)] = _level(level)

    def mark(self, paragraph: Element) -> str:
        """The mark Word shows before a paragraph, with one blank behind it; "" for none."""
        number, place = self._reference(paragraph)
        level = self._levels.get((number, place)) if number else None
        if not number or level is None:
            return ""
        if level.form == "bullet":
            return "+ " if level.text in ("+", "o") else "- "
        counts = self._counts.setdefault(number, {})
        counts[place] = counts.get(place, level.start - 1) + 1
        for deeper in [one for one in counts if one > place]:
            del counts[deeper]
        return self._filled(number, level, counts) + " "

    def _filled(self, number: str, level: Level, counts: dict[int, int]) -> str:
        text = level.text
        for place in range(9):
            held = self._levels.get((number, place))
            if held and f"%{place + 1}" in text:
                text = text.replace(f"%{place + 1}", _written(counts.get(place, held.start), held.form))
        return text

    def _reference(self, paragraph: Element) -> tuple[str | None, int]:
        """w:numPr of the paragraph, else of its style and the styles that one is based on."""
        holder = paragraph
        for _ in range(8):
            found = holder.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if found is not None:
                return _value(found.find(qn("w:numId"))), int(_value(found.find(qn("w:ilvl"))) or 0)
            style = (
                holder.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") if holder is paragraph else holder.find(qn("w:basedOn"))
            )
            if style is None or (holder := self._styles.get(_value(style))) is None:
                break
        return None, 0


def _level(level: Element) -> Level:
    start = _value(level.find(qn("w:start")))
    return Level(
        int(start or 1), _value(level.find(qn("w:numFmt"))) or "decimal", _value(level.find(qn("w:lvlText"))) or ""
    )


def _value(element: Element) -> str | None:
    return None if element is None else element.get(qn("w:val"))


def _written(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        return _roman(count).upper() if form == "upperRoman" else _roman(count)
    return f"{count:02d}" if form == "decimalZero" else str(count)


def _roman(count: int) -> str:
    written = ""
    for value, digits in _ROMANS:
        written += digits * min(count // value, 20)
        count %= value
    return written
