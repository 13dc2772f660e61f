"""A content stream: text of cells, lines of tables, what stands in the margins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports.pdf.drawing.lines import Line
from reports.pdf.drawing.typeface import Typeface

Segment = tuple[float, float, float, float]  # from x, y to x, y


@dataclass(frozen=True)
class Face:
    """A typeface under the name it has in the page's resources."""

    name: str
    type: Typeface


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
        leading: float,
        left: float,
        top: float,
        centre_in: float = 0,
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

    def rules(self, segments: Iterable[Segment], width: float) -> None:
        """Straight lines, which are no content."""
        path = " ".join(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l" for x1, y1, x2, y2 in segments)
        self._operators.append(f"/Artifact BMC q {width:g} w {path} S Q EMC")
