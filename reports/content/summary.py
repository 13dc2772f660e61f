"""Form (a): the summary per agency (DOMAIN §7), with the columns its identities need.

(3) = (4) + … + (9). The three percentages share one denominator, "đến hạn" = (4) + (5) + (8), printed under each.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.content.wording import fraction, number, percent, quantity
from reports.queries import AgencyFigures, Figures, Share, by_comparison
from reports.snapshots import Snapshot

HEADINGS = (
    "TT",
    "Tên đơn vị",
    "Tổng số",
    "HT trong hạn",
    "HT trễ hạn",
    "HT không thời hạn",
    "Chưa HT trong hạn",
    "Chưa HT trễ hạn",
    "Chưa HT không thời hạn",
    "Tỷ lệ HT đúng hạn",
    "Tỷ lệ HT trễ hạn",
    "Tỷ lệ chưa HT trễ hạn",
    "Ghi chú",
)


@dataclass(frozen=True)
class Line:
    """One row as printed. `shares`: percentage and its fraction, each of the three."""

    ordinal: str
    name: str
    counts: tuple[str, ...]
    shares: tuple[tuple[str, str], ...]
    note: str = ""


@dataclass(frozen=True)
class Band:
    """The agencies of one group of comparable bodies."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Summary:
    headings: tuple[str, ...]
    bands: tuple[Band, ...]
    total: Line | None  # None when there is only one agency


def summarise(snapshot: Snapshot) -> Summary:
    """The table of a snapshot; agencies are numbered through, each group keeps the order of `by_comparison`."""
    bands: list[Band] = []
    counted = 0
    for group in by_comparison(snapshot.agencies):
        lines = tuple(_line(str(counted + place), one) for place, one in enumerate(group.agencies, start=1))
        bands.append(Band(group.comparison.label, lines))
        counted += len(lines)
    total = _line_of("", "Tổng cộng", snapshot.totals) if counted > 1 else None
    return Summary(HEADINGS, tuple(bands), total)


def _line(ordinal: str, one: AgencyFigures) -> Line:
    return _line_of(ordinal, one.name, one.figures)


def _line_of(ordinal: str, name: str, figures: Figures) -> Line:
    counts = (
        figures.given,
        figures.done_on_time,
        figures.done_late,
        figures.done_undated,
        figures.open_on_track,
        figures.open_overdue,
        figures.open_undated,
    )
    shares = (figures.on_time_share, figures.late_share, figures.overdue_share)
    return Line(ordinal, name, tuple(map(number, counts)), tuple(map(_share, shares)), _note(figures))


def _share(share: Share) -> tuple[str, str]:
    return percent(share), fraction(share) if share.whole else ""


def _note(figures: Figures) -> str:
    """What stands with the Office or between the columns, so that a reader need not ask."""
    submitted = figures.waiting + figures.overdue_submitted
    parts = [(submitted, "chờ xác nhận"), (figures.returned, "trả lại"), (figures.paused, "tạm dừng")]
    return "; ".join(f"{quantity(n)} {words}" for n, words in parts if n)
