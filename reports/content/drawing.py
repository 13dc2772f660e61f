"""Bars as rectangles and lines: the same drawing on the screen, in the PDF and in the Word document.

No text stands in a drawing. Late parts are hatched, so that a grey print still tells them apart; the hatching is drawn
line by line, because patterns cannot be shared between drawings of one PDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 600, 30  # units of a drawing
_SWATCH = 44
LINE = 2  # units of a line's width
_STEPS = {"upright": 8.0, "slanting": 9.0}  # units between two lines of a hatching


@dataclass(frozen=True)
class Look:
    """`fill` and `line`: colours; `hatching`: a key of _STEPS or blank; `outlined`: too light to stand on white."""

    code: str
    text: str
    fill: str
    hatching: str = ""
    line: str = "#ffffff"
    outlined: bool = False


@dataclass(frozen=True)
class Shape:
    """A rectangle from the upper to the lower edge of its drawing."""

    look: Look
    x: float
    width: float

    @property
    def frame(self) -> tuple[float, float, float, float]:
        """x, y, width and height; an outline, one unit wide, lies within."""
        inset = 0.5 if self.look.outlined else 0
        return self.x + inset, inset, max(self.width - 2 * inset, 0), HEIGHT - 2 * inset

    @property
    def lines(self) -> tuple[tuple[float, float, float, float], ...]:
        """Ends (x1, y1, x2, y2) of the lines of its hatching, cut at its edges."""
        return tuple(_LINES[self.look.hatching](self.x, self.width)) if self.look.hatching else ()


@dataclass(frozen=True)
class Drawing:
    shapes: tuple[Shape, ...]
    width: int = WIDTH
    height: int = HEIGHT


def bar(parts: Sequence[tuple[Look, int]], longest: int) -> Drawing:
    """Parts from left to right, those of nothing left out; `longest`: the count that takes the whole width."""
    shapes, before = [], 0
    for look, count in parts:
        if count:
            x, width = (round(WIDTH * n / longest, 2) for n in (before, count))
            shapes.append(Shape(look, x, width))
        before += count
    return Drawing(tuple(shapes))


def swatch(look: Look) -> Drawing:
    """What a look is like, for the legend."""
    return Drawing((Shape(look, 0, _SWATCH),), _SWATCH)


def _upright(x: float, width: float) -> Iterator[tuple[float, float, float, float]]:
    place = _STEPS["upright"] / 2
    while place < width:
        yield round(x + place, 2), 0, round(x + place, 2), HEIGHT
        place += _STEPS["upright"]


def _slanting(x: float, width: float) -> Iterator[tuple[float, float, float, float]]:
    """From the lower left to the upper right at 45 degrees."""
    foot = -HEIGHT + _STEPS["slanting"] / 2
    while foot < width:
        first, last = max(foot, 0), min(foot + HEIGHT, width)
        top, bottom = (round(HEIGHT - (end - foot), 2) for end in (last, first))
        yield round(x + first, 2), bottom, round(x + last, 2), top
        foot += _STEPS["slanting"]


_LINES = {"upright": _upright, "slanting": _slanting}
