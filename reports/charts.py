"""Bars as geometry: which parts, in which order, where they begin and how wide they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from directives.deadlines import LABEL_NAMES, Label
from reports.queries import Figures

# The fixed order of the parts; together they are everything that was given (a test holds it).
_PARTS: tuple[tuple[Label, Callable[[Figures], int]], ...] = (
    (Label.DONE, lambda figures: figures.done_on_time + figures.done_undated),
    (Label.DONE_LATE, lambda figures: figures.done_late),
    (Label.WAITING, lambda figures: figures.waiting),
    (Label.ON_TRACK, lambda figures: figures.running),
    (Label.UNDATED, lambda figures: figures.without_clock),
    (Label.PAUSED, lambda figures: figures.paused),
    (Label.RETURNED, lambda figures: figures.returned),
    (Label.DUE_SOON, lambda figures: figures.due_soon),
    (Label.OVERDUE, lambda figures: figures.open_overdue),
)

# Standing and conditional duties share the part of those without a day, as they share a column of the table.
_NAMES = LABEL_NAMES | {Label.UNDATED: "Không thời hạn"}


@dataclass(frozen=True)
class Segment:
    """One part of a bar: `x` and `width` in percent of the bar, `code` and `text` of the label it stands for."""

    code: Label
    text: str
    count: int
    x: float
    width: float


def stacked_bar(figures: Figures) -> list[Segment]:
    """The parts that are not empty, from left to right over the whole width; no parts when nothing was given."""
    segments: list[Segment] = []
    before = 0
    for label, number in _PARTS:
        count = number(figures)
        if count:
            x, width = (round(100 * n / figures.given, 3) for n in (before, count))
            segments.append(Segment(label, _NAMES[label], count, x, width))
        before += count
    return segments
