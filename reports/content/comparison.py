"""Figures beside each other: this period and the one before it, or any two reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reports.content.shapes import Column, Table
from reports.content.wording import day, number, percent_of
from reports.models import Denominator
from reports.queries import Figures, Share
from reports.snapshots import Snapshot

_LINES: tuple[tuple[str, Callable[[Figures], int]], ...] = (
    ("Tổng số nhiệm vụ", lambda one: one.given),
    ("Đã hoàn thành", lambda one: one.done),
    ("- Trong hạn", lambda one: one.done_on_time),
    ("- Trễ hạn", lambda one: one.done_late),
    ("- Không thời hạn", lambda one: one.done_undated),
    ("Chưa hoàn thành", lambda one: one.open),
    ("- Trong hạn", lambda one: one.open_on_track),
    ("- Quá hạn", lambda one: one.open_overdue),
    ("- Không thời hạn", lambda one: one.open_undated),
)
_SHARES: tuple[tuple[str, int], ...] = (("Tỷ lệ hoàn thành đúng hạn", 0), ("Tỷ lệ chưa hoàn thành, quá hạn", 2))


def comparison(snapshot: Snapshot) -> Table | None:
    """None when there is no period to compare with."""
    before = snapshot.previous
    if before is None:
        return None
    source = f", theo báo cáo đã phát hành mã {before.code}" if before.code else ""
    return Table(
        slug="so-sanh",
        name="BIỂU SO SÁNH",
        title="Kỳ báo cáo và kỳ trước liền kề",
        columns=(Column("Chỉ tiêu", 65), Column("Kỳ trước", 35, True), Column("Kỳ này", 35, True), _CHANGE),
        rows=tuple(beside(before.figures, snapshot.totals, snapshot.leading)),
        notes=(f"Kỳ trước: từ ngày {day(before.first)} đến ngày {day(before.last)}{source}.",),
    )


def beside(then: Figures, now: Figures, leading: Denominator) -> Iterator[tuple[str, str, str, str]]:
    """Name, before, after, change of each figure and of the shares of the denominator that leads."""
    for name, of in _LINES:
        yield name, number(of(then)), number(of(now)), difference(of(now) - of(then))
    for name, place in _SHARES:
        old, new = (figures.shares(leading)[place] for figures in (then, now))
        yield name, percent_of(old), percent_of(new), points(old, new)


_CHANGE = Column("Tăng (+), giảm (-)", 30, True)


def difference(n: int) -> str:
    """ "+12", "-3", "0"."""
    return f"{'+' if n > 0 else '-' if n < 0 else ''}{number(abs(n))}"


def points(old: Share, new: Share) -> str:
    """How many percentage points a share rose or fell; a dash where one of them is of nothing."""
    if old.percent is None or new.percent is None:
        return "–"
    change = round(new.percent - old.percent, 1)
    return f"{change:+.1f} điểm %".replace(".", ",") if change else "0"
