"""The content stream of one page: text of cells, lines of the table, what stands in the margins."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from reports.pdf.annex.geometry import LEADING, RULE, SIDE
from reports.pdf.annex.lines import Line
from reports.pdf.annex.typeface import Typeface


@dataclass(frozen=True)
class Face:
    """A typeface under the name it has in the page's resources."""

    name: str
    type: Typeface


@dataclass(frozen=True)
class Grid:
    """Columns between `edges` (points from the left of the page, one more than columns); which are centred.

    As in the style sheet, the line to the right of a cell and the line below it are part of the cell; the table's left
    line is part of the first column, its upper line stands above the first row.
    """

    edges: tuple[float, ...]
    centred: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.centred)

    @cached_property
    def lefts(self) -> tuple[float, ...]:
        """Where the text of each column begins."""
        return tuple(edge + SIDE + (0 if place else RULE) for place, edge in enumerate(self.edges[:-1]))

    @cached_property
    def rooms(self) -> tuple[float, ...]:
        """Points for the text of each column."""
        return tuple(right - RULE - SIDE - left for left, right in zip(self.lefts, self.edges[1:], strict=True))

    @cached_property
    def lines(self) -> tuple[float, ...]:
        """The middles of the vertical lines."""
        return self.edges[0] + RULE / 2, *(edge - RULE / 2 for edge in self.edges[1:])


class Content:
    """Collects the operators of one page, in points from the lower left corner."""

    def __init__(self) -> None:
        self._operators: list[str] = []

    @property
    def data(self) -> bytes:
        return "\n".join(self._operators).encode("ascii")

    def begin(self, tag: str, number: int) -> None:
        self._operators.append(f"/{tag} <</MCID {number}>> BDC")

    def begin_artifact(self) -> None:
        self._operators.append("/Artifact <</Type/Pagination>> BDC")

    def end(self) -> None:
        self._operators.append("EMC")

    def restore(self) -> None:
        """Undo what the content before this one did to the coordinates."""
        self._operators.append("Q")

    def text(
        self,
        lines: list[Line],
        face: Face,
        size: float,
        *,
        left: float,
        top: float,
        centre_in: float = 0,
        leading: float = LEADING,
    ) -> None:
        """Lines from `top` downwards; `centre_in`: the width to centre them in, 0 to align them left."""
        base = top - face.type.baseline(size, leading)
        blank = face.type.code(" ")  # between lines, so that readers of the text see two words
        out = [f"BT /{face.name} {size:g} Tf {leading:g} TL 1 0 0 1 {left:.2f} {base:.2f} Tm"]
        if centre_in:
            for place, line in enumerate(lines):
                x = left + (centre_in - line.width * size / 1000) / 2
                out.append(f"1 0 0 1 {x:.2f} {base - place * leading:.2f} Tm <{line.code}{blank}> Tj")
        else:
            out.append(f"<{f'{blank}> Tj T* <'.join(line.code for line in lines)}> Tj")
        self._operators.append(" ".join([*out, "ET"]))

    def rules(self, grid: Grid, bottoms: list[tuple[float, bool]]) -> None:
        """The lines of the table; `bottoms`: the lower end of each row's text, and whether the row is a heading.

        The first entry is that of the table's upper line. Lines between columns do not run through headings.
        """
        left, *between, right = grid.lines
        middles = [(y + RULE / 2, heading) for y, heading in bottoms]
        top, bottom = middles[0][0], middles[-1][0]
        out = [f"{grid.edges[0]:.2f} {y:.2f} m {grid.edges[-1]:.2f} {y:.2f} l" for y, _ in middles]
        out += [f"{x:.2f} {top:.2f} m {x:.2f} {bottom:.2f} l" for x in (left, right)]
        for above, below in _spans(middles):
            out += [f"{x:.2f} {above:.2f} m {x:.2f} {below:.2f} l" for x in between]
        self._operators.append(f"/Artifact BMC q {RULE} w {' '.join(out)} S Q EMC")


def _spans(middles: list[tuple[float, bool]]) -> list[tuple[float, float]]:
    """From where to where the lines between columns run: everywhere but beside headings."""
    spans: list[tuple[float, float]] = []
    start = middles[0][0]
    for (above, _), (below, heading) in pairwise(middles):
        if heading:
            if start > above:
                spans.append((start, above))
            start = below
    if start > middles[-1][0]:
        spans.append((start, middles[-1][0]))
    return spans
