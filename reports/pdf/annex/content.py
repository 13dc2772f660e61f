"""The content stream of one page: text of cells, lines of the table, what stands in the margins."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from reports.pdf.annex.geometry import LEADING, LEFT, RULE, SIDE
from reports.pdf.annex.lines import Line
from reports.pdf.annex.typeface import Typeface


@dataclass(frozen=True)
class Face:
    """A typeface under the name it has in the page's resources."""

    name: str
    type: Typeface


@dataclass(frozen=True)
class Grid:
    """Column edges in points from the left of the page, one more than columns; which columns are centred."""

    edges: tuple[float, ...]
    centred: tuple[bool, ...]

    @cached_property
    def room(self) -> tuple[float, ...]:
        """Points for text in each column."""
        return tuple(right - left - 2 * SIDE - RULE for left, right in pairwise(self.edges))

    def __len__(self) -> int:
        return len(self.centred)


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

    def rules(self, grid: Grid, heights: list[tuple[float, bool]]) -> None:
        """The lines around rows; `heights`: the y of each horizontal line, and whether a heading stands above it.

        The first entry is the top of the table. Lines between columns do not run through headings.
        """
        edges, right = grid.edges, grid.edges[-1]
        bottom, top = heights[-1][0], heights[0][0]
        out = [f"{LEFT - RULE / 2:.2f} {y:.2f} m {right:.2f} {y:.2f} l" for y, _ in heights]
        out += [f"{x:.2f} {top:.2f} m {x:.2f} {bottom:.2f} l" for x in (edges[0], right)]
        for above, below in _spans(heights):
            out += [f"{x:.2f} {above:.2f} m {x:.2f} {below:.2f} l" for x in edges[1:-1]]
        self._operators.append(f"/Artifact BMC q {RULE} w {' '.join(out)} S Q EMC")


def _spans(heights: list[tuple[float, bool]]) -> list[tuple[float, float]]:
    """From where to where the lines between columns run: everywhere but beside headings."""
    spans: list[tuple[float, float]] = []
    start = heights[0][0]
    for (above, _), (below, heading) in pairwise(heights):
        if heading:
            if start > above:
                spans.append((start, above))
            start = below
    if start > heights[-1][0]:
        spans.append((start, heights[-1][0]))
    return spans
