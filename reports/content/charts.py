"""The charts of a report as tables with a bar in each row: every figure that is drawn stands beside its bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.content.drawing import Drawing, Look, bar, swatch
from reports.content.tasklist import clean
from reports.content.wording import day, number
from reports.models import ReportKind
from reports.periods import name_of
from reports.queries import AgencyFigures, Figures, by_comparison
from reports.snapshots import Snapshot

SHOWN = 15  # agencies in a chart; the summary names all

# The six columns of the summary, in their order.
PARTS = (
    (Look("ht-dung", "HT trong hạn", "#0b7285"), "done_on_time"),
    (Look("ht-tre", "HT trễ hạn", "#0b7285", "upright"), "done_late"),
    (Look("ht-khong", "HT không thời hạn", "#7fb8c4"), "done_undated"),
    (Look("chua-dung", "Chưa HT trong hạn", "#d5dce4"), "open_on_track"),
    (Look("chua-tre", "Chưa HT trễ hạn", "#8e1414", "slanting"), "open_overdue"),
    (Look("chua-khong", "Chưa HT không thời hạn", "#ffffff", outlined=True), "open_undated"),
)
_DUE = Look("den-han", "Nhiệm vụ đến hạn", "#44607e")


@dataclass(frozen=True)
class Line:
    """`label` and `numbers` as printed; `said`: what the bar shows, in words."""

    label: str
    drawing: Drawing
    numbers: tuple[str, ...]
    said: str


@dataclass(frozen=True)
class Chart:
    """`headings`: of the labels, of the bars, of each number. `legend`: a drawing and its meaning."""

    slug: str
    title: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    legend: tuple[tuple[Drawing, str], ...] = ()
    note: str = ""

    @property
    def rows(self) -> list[tuple[Line, list[tuple[str, str]]]]:
        """Each line with its numbers and what they are called."""
        return [(line, list(zip(self.headings[2:], line.numbers, strict=True))) for line in self.lines]


def charts_of(snapshot: Snapshot) -> tuple[Chart, ...]:
    """None in the leaders' one page and in what an agency writes itself; none of nothing."""
    if snapshot.kind in (ReportKind.EXCEPTIONS, ReportKind.OWN):
        return ()
    return tuple(chart for chart in (_agencies(snapshot), _trend(snapshot), _weeks(snapshot)) if chart.lines)


_NUMBERS = ("Tổng số", "Đã HT", "Chưa HT trễ hạn")


def _agencies(snapshot: Snapshot) -> Chart:
    """The most overdue first; bodies that take no orders are not ranked, so they are left out (DOMAIN §4)."""
    ranked = [one for group in by_comparison(snapshot.agencies) if group.ranked for one in group.agencies]
    ranked.sort(key=lambda one: (-one.figures.open_overdue, -one.figures.open))
    shown = ranked[:SHOWN] if len(ranked) > 1 else []
    left_out = f"{len(shown)} trong {len(ranked)} cơ quan, theo số nhiệm vụ quá hạn. " if len(ranked) > SHOWN else ""
    return Chart(
        "theo-co-quan",
        "Kết quả thực hiện theo cơ quan",
        ("Tên đơn vị", "Toàn bộ nhiệm vụ = 100%", *_NUMBERS),
        tuple(_of_agency(one) for one in shown),
        _legend([one.figures for one in shown]),
        f"{left_out}HT: hoàn thành.",
    )


def _of_agency(one: AgencyFigures) -> Line:
    return _line(clean(one.name), one.figures, one.figures.given)


def _trend(snapshot: Snapshot) -> Chart:
    """The periods before and this one; nothing while nothing was given before."""
    window = snapshot.window
    each = [(one.first, one.last, one.figures) for one in snapshot.trend if one.figures.given]
    if each:
        each.append((window.first, window.last, snapshot.totals))
    longest = max((figures.given for *_, figures in each), default=1)
    return Chart(
        "cac-ky",
        "Kết quả thực hiện qua các kỳ",
        ("Kỳ", "Số nhiệm vụ", *_NUMBERS),
        tuple(_line(name_of(first, last), figures, longest or 1) for first, last, figures in each),
        _legend([figures for *_, figures in each]),
    )


def _weeks(snapshot: Snapshot) -> Chart:
    longest = max((week.tasks for week in snapshot.due_weeks), default=0)
    return Chart(
        "den-han",
        "Nhiệm vụ chưa hoàn thành theo tuần đến hạn",
        ("Tuần bắt đầu từ ngày", "Số nhiệm vụ", "Nhiệm vụ"),
        tuple(
            Line(day(week.monday), bar([(_DUE, week.tasks)], longest), (number(week.tasks),), f"{week.tasks} nhiệm vụ")
            for week in snapshot.due_weeks
            if longest
        ),
    )


def _line(label: str, figures: Figures, longest: int) -> Line:
    counts = [(look, getattr(figures, name)) for look, name in PARTS]
    said = ", ".join(f"{look.text} {count}" for look, count in counts if count) or "không có nhiệm vụ"
    numbers = (figures.given, figures.done, figures.open_overdue)
    return Line(label, bar(counts, longest or 1), tuple(map(number, numbers)), f"{label}: {said}")


def _legend(shown: Sequence[Figures]) -> tuple[tuple[Drawing, str], ...]:
    """The parts that occur."""
    return tuple(_marks(shown))


def _marks(shown: Sequence[Figures]) -> Iterator[tuple[Drawing, str]]:
    for look, name in PARTS:
        if any(getattr(figures, name) for figures in shown):
            yield swatch(look), look.text
