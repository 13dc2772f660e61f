"""Form (a): the summary per agency (DOMAIN §7), with the columns its identities need.

(3) = (4) + … + (9). The denominator of each percentage is printed under it; `notes` say what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.content.sentences import definition
from reports.content.wording import fraction, number, percent, quantity
from reports.models import Denominator
from reports.queries import Figures, Share, by_comparison
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
    notes: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Rows without headings and total."""
        return sum(len(band.lines) for band in self.bands)


def summarise(snapshot: Snapshot) -> Summary:
    """The table of a snapshot; agencies are numbered through, each group keeps the order of `by_comparison`."""
    bands: list[Band] = []
    counted, leading = 0, snapshot.leading
    for group in by_comparison(snapshot.agencies):
        lines = tuple(
            _line_of(str(counted + place), one.name, one.figures, leading)
            for place, one in enumerate(group.agencies, start=1)
        )
        bands.append(Band(group.comparison.label, lines))
        counted += len(lines)
    total = _line_of("", "Tổng cộng", snapshot.totals, leading) if counted > 1 else None
    return Summary(HEADINGS, tuple(bands), total, tuple(_notes(snapshot, several=len(bands) > 1)))


_WHOLES = {
    Denominator.FALLEN_DUE: "Mẫu số của các tỷ lệ (10), (11), (12) là số nhiệm vụ đến hạn: (4) + (5) + (8)",
    Denominator.GIVEN: "Mẫu số của các tỷ lệ (10), (11), (12) là tổng số nhiệm vụ: (3)",
    Denominator.DONE: (
        "Mẫu số của các tỷ lệ (10), (11) là số nhiệm vụ đã hoàn thành: (4) + (5) + (6); của tỷ lệ (12) là số nhiệm vụ "
        "chưa hoàn thành: (7) + (8) + (9)"
    ),
}


def _notes(snapshot: Snapshot, *, several: bool) -> Iterator[str]:
    yield (f"HT: hoàn thành. (3) = (4) + (5) + (6) + (7) + (8) + (9). {_WHOLES[snapshot.leading]}, ghi dưới mỗi tỷ lệ.")
    yield definition(snapshot)
    if snapshot.support:
        yield f"Ngoài ra, {quantity(snapshot.support)} nhiệm vụ phối hợp thực hiện không tính vào các cột trên."
    if several:
        yield (
            "Trong mỗi nhóm, cơ quan có nhiều nhiệm vụ quá hạn được xếp trước; riêng Mặt trận, đoàn thể và cơ quan "
            "khác xếp theo tên, không so sánh."
        )


def _line_of(ordinal: str, name: str, figures: Figures, leading: Denominator) -> Line:
    counts = (
        figures.given,
        figures.done_on_time,
        figures.done_late,
        figures.done_undated,
        figures.open_on_track,
        figures.open_overdue,
        figures.open_undated,
    )
    shares = tuple(map(_share, figures.shares(leading)))
    return Line(ordinal, name, tuple(map(number, counts)), shares, _note(figures))


def _share(share: Share) -> tuple[str, str]:
    return percent(share), fraction(share) if share.whole else ""


def _note(figures: Figures) -> str:
    """What stands with the Office or between the columns, so that a reader need not ask."""
    submitted = figures.waiting + figures.overdue_submitted
    parts = [(submitted, "chờ xác nhận"), (figures.returned, "trả lại"), (figures.paused, "tạm dừng")]
    return "; ".join(f"{quantity(n)} {words}" for n, words in parts if n)
