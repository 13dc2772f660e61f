"""The sheets of the workbook as plain data: what the report counts, and of what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from reports.content.chasing import note_of
from reports.content.summary import HEADINGS, summarise
from reports.content.wording import moment
from reports.exports.workbook.cells import Value
from reports.models import Denominator
from reports.queries import Figures, Share, by_comparison
from reports.snapshots import Snapshot, TaskRow

_WIDE, _MIDDLE, _NARROW = 60, 22, 10  # characters


@dataclass(frozen=True)
class Sheet:
    """`columns`: heading → width in characters. `has_total`: the last row adds up those above it."""

    name: str
    columns: dict[str, int]
    rows: Sequence[Sequence[Value]]
    has_total: bool = False


def sheets_of(snapshot: Snapshot) -> Iterator[Sheet]:
    """Sheets that would be empty are left out, except the first two and the last."""
    yield _agencies(snapshot)
    yield _tasks(snapshot)
    for sheet in (_directives(snapshot), _trend(snapshot), _weeks(snapshot)):
        if sheet.rows:
            yield sheet
    yield _about(snapshot)


# --- figures ----------------------------------------------------------------------------------------------------------
_COUNTS = HEADINGS[2:9]
_SHARES = HEADINGS[9:12]
_FIGURES = {heading: _NARROW for heading in _COUNTS} | {
    heading: _NARROW for name in _SHARES for heading in (name, f"Mẫu số của {name[:1].lower()}{name[1:]}")
}


def _figures(figures: Figures, leading: Denominator) -> list[Value]:
    """The counts of the summary, then each percentage with its denominator."""
    counts = (
        figures.given,
        figures.done_on_time,
        figures.done_late,
        figures.done_undated,
        figures.open_on_track,
        figures.open_overdue,
        figures.open_undated,
    )
    return [*counts, *(value for share in figures.shares(leading) for value in _share(share))]


def _share(share: Share) -> tuple[Value, Value]:
    return (share.percent / 100 if share.percent is not None else None), share.whole


def _agencies(snapshot: Snapshot) -> Sheet:
    lines = (line for band in summarise(snapshot).bands for line in band.lines)
    ordered = ((group.comparison.label, one) for group in by_comparison(snapshot.agencies) for one in group.agencies)
    rows: list[list[Value]] = [
        [place, group, one.code, one.name, *_figures(one.figures, snapshot.leading), line.note]
        for place, ((group, one), line) in enumerate(zip(ordered, lines, strict=True), start=1)
    ]
    total: list[Value] = [None, "", "", "Tổng cộng", *_figures(snapshot.totals, snapshot.leading), ""]
    head = {"TT": 6, "Nhóm cơ quan": _MIDDLE, "Mã": _NARROW, "Tên đơn vị": 30}
    return Sheet("Tổng hợp", head | _FIGURES | {"Ghi chú": _MIDDLE}, [*rows, total], has_total=True)


def _directives(snapshot: Snapshot) -> Sheet:
    rows: list[list[Value]] = [
        [one.label, one.title, *_figures(one.figures, snapshot.leading)] for one in snapshot.directives
    ]
    return Sheet("Theo nhiệm vụ", {"Mục": 8, "Nội dung nhiệm vụ": _WIDE} | _FIGURES, rows)


def _trend(snapshot: Snapshot) -> Sheet:
    rows: list[list[Value]] = [
        [one.first, one.last, *_figures(one.figures, snapshot.leading), one.code] for one in snapshot.trend
    ]
    now = snapshot.window
    if rows:
        rows.append([now.first, now.last, *_figures(snapshot.totals, snapshot.leading), snapshot.code])
    columns = {"Từ ngày": 12, "Đến ngày": 12} | _FIGURES | {"Mã báo cáo": 16}
    return Sheet("Các kỳ", columns, rows)


def _weeks(snapshot: Snapshot) -> Sheet:
    rows: list[list[Value]] = [[one.monday, one.tasks] for one in snapshot.due_weeks]
    return Sheet("Đến hạn theo tuần", {"Tuần từ ngày": 14, "Số nhiệm vụ đến hạn": 14}, rows)


# --- tasks ------------------------------------------------------------------------------------------------------------
_TASKS = {
    "TT": 6,
    "Cơ quan chủ trì": 17,
    "Số, ký hiệu, ngày văn bản giao": 16,
    "Mục": 6,
    "Nội dung nhiệm vụ": 36,
    "Cơ quan phối hợp": 15,
    "Thời hạn": 11,
    "Loại thời hạn": 11,
    "Tiến độ": 8,
    "Kết quả thực hiện": 36,
    "Văn bản, minh chứng": 16,
    "Trạng thái": 15,
    "Số ngày quá hạn": 8,
    "Số lần đôn đốc, đề nghị": 8,
    "Cập nhật cuối": 11,
    "Khó khăn, vướng mắc, kiến nghị": 26,
    "Ghi chú": 14,
}


def _tasks(snapshot: Snapshot) -> Sheet:
    return Sheet("Nhiệm vụ", _TASKS, [_task(place, task) for place, task in enumerate(snapshot.tasks, start=1)])


def _task(place: int, task: TaskRow) -> list[Value]:
    due, (progress, result) = _day(task.due), _progress(task.result)
    return [
        place,
        task.lead,
        task.letter,
        task.label,
        task.title,
        task.support,
        due,
        task.due if due is None else "Có ngày",
        progress,
        result,
        task.evidence,
        task.status,
        task.days_late,
        task.chases + task.requests,
        _day(task.updated),
        task.difficulties,
        note_of(task),
    ]


def _day(text: str) -> date | None:
    """The day of "08/02/2023"; None of anything else."""
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _progress(result: str) -> tuple[float | None, str]:
    """ "30%. Đã …" as share and words."""
    percent, mark, words = result.partition("%. ")
    is_share = bool(mark) and percent.isdecimal() and percent.isascii() and int(percent) <= 100
    return (int(percent) / 100, words) if is_share else (None, result)


# --- about it ---------------------------------------------------------------------------------------------------------
def _about(snapshot: Snapshot) -> Sheet:
    return Sheet("Thông tin", {"Mục": 30, "Nội dung": 90}, list(_facts(snapshot)))


def _facts(snapshot: Snapshot) -> Iterator[tuple[str, Value]]:
    window = snapshot.window
    yield "Loại báo cáo", snapshot.kind.label
    yield "Phạm vi", _scope(snapshot)
    yield "Kỳ báo cáo: từ ngày", window.first
    yield "Kỳ báo cáo: đến ngày", window.last
    yield "Trạng thái tính đến ngày", window.on
    yield "Số liệu chốt lúc", timezone.localtime(snapshot.taken_at).replace(tzinfo=None, microsecond=0)
    yield "Mã báo cáo", snapshot.code
    yield "SHA-256 của số liệu", snapshot.hash
    if snapshot.history:
        yield "Mã nhật ký lúc chốt số liệu", snapshot.history_code
        yield "SHA-256 của nhật ký", snapshot.history
    yield "Mẫu số của các tỷ lệ", snapshot.leading.label
    if snapshot.replaces:
        yield "Thay thế báo cáo", f"{snapshot.replaces.code}, chốt lúc {moment(snapshot.replaces.taken_at)}"
    yield from (("Ghi chú", note) for note in summarise(snapshot).notes)


def _scope(snapshot: Snapshot) -> str:
    if snapshot.letter is not None:
        return f"{snapshot.letter.kind} {snapshot.letter.reference}, {snapshot.letter.dated}"
    return snapshot.scope or "Tất cả cơ quan"
