"""The list of tasks with the widths of its columns: what both ways of setting the annex read."""

from __future__ import annotations

from dataclasses import dataclass

from reports.content.composing import Composed
from reports.content.tasklist import CENTRED, HEADINGS, Section
from reports.pdf.annex.widths import balanced


@dataclass(frozen=True)
class Column:
    """`width` in points."""

    heading: str
    width: float
    centred: bool


@dataclass(frozen=True)
class Annex:
    """`of`: the line that ties the annex to its report, between the blanks."""

    name: str
    title: str
    of: tuple[str, ...]
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]

    @property
    def size(self) -> int:
        """Rows in all, without the headings."""
        return sum(len(section.rows) for section in self.sections)

    def widths_as_css(self) -> str:
        """A rule for the `<col>` of each column (_annex.html)."""
        rules = (f".annex .c{place} {{ width: {one.width:.3f}pt }}" for place, one in enumerate(self.columns, start=1))
        return "\n".join(rules)


def annex_of(composed: Composed) -> Annex | None:
    """The list of tasks of a report; None where it has none."""
    found = next((annex for annex in composed.annexes if annex.sections), None)
    if found is None:
        return None
    widths = balanced(HEADINGS, [row for section in found.sections for row in section.rows])
    columns = tuple(Column(*one, one[0] in CENTRED) for one in zip(HEADINGS, widths, strict=True))
    return Annex(found.name, found.title, found.of, columns, found.sections)
