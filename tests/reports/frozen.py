"""Snapshots made by hand: bodies with the figures a test wants, and a row of the annex for each task they count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from agencies.models import Comparison
from reports.queries import AgencyFigures, Figures, total
from reports.snapshots import Snapshot, TaskRow, Window
from tests.factories import NOW, TODAY

YEAR = Window(date(2023, 1, 1), date(2023, 12, 31), TODAY)
STATUSES = {
    "done_on_time": "Hoàn thành",
    "done_late": "Hoàn thành, quá hạn 3 ngày",
    "done_undated": "Hoàn thành",
    "open_on_track": "Trong hạn, còn 25 ngày",
    "open_overdue": "Quá hạn 12 ngày",
    "open_undated": "Không có thời hạn",
}


def body(name: str = "Sở Tư pháp", comparison: Comparison = Comparison.DEPARTMENTS, **figures: int) -> AgencyFigures:
    """`figures`: fields of Figures, the parts of `open` among them."""
    return AgencyFigures(name.upper(), name, comparison, Figures(**figures))


def task(agency: str = "Sở Tư pháp", **texts: Any) -> TaskRow:
    """A row of the annex; texts that a test does not care about are ordinary ones."""
    usual: dict[str, Any] = {
        "letter": "125/UBND-KGVX, 05/01/2023",
        "label": "2.1",
        "title": "Theo dõi, đôn đốc triển khai thực hiện kế hoạch truyền thông chính sách",
        "lead": agency,
        "support": "",
        "due": "08/02/2023",
        "result": "30%. Đã có văn bản đôn đốc; 14 cơ quan gửi báo cáo, đang tổng hợp kết quả thực hiện.",
        "evidence": "",
        "status": "Trong hạn, còn 25 ngày",
        "obstacles": "",
        "note": "",
    }
    return TaskRow(agency=agency, **usual | texts)


def snapshot(bodies: Iterable[AgencyFigures], tasks: Iterable[TaskRow] | None = None, **fields: Any) -> Snapshot:
    """Without `tasks` each body gets a row for every task its figures count."""
    bodies = tuple(bodies)
    rows = tuple(row for one in bodies for row in rows_of(one)) if tasks is None else tuple(tasks)
    usual: dict[str, Any] = {"window": YEAR, "taken_at": NOW, "scope": "", "totals": total(bodies)}
    return Snapshot(**usual | fields, agencies=bodies, tasks=rows)


def rows_of(one: AgencyFigures) -> list[TaskRow]:
    return [
        task(one.name, status=status) for field, status in STATUSES.items() for _ in range(getattr(one.figures, field))
    ]


def of_agency(tasks: Iterable[TaskRow], name: str = "Sở Tư pháp", **fields: Any) -> Snapshot:
    """A report on one agency with these rows, all of them open."""
    rows = tuple(tasks)
    return snapshot([body(name, open_on_track=len(rows))], rows, scope=name, **fields)


def usual() -> Snapshot:
    """Four groups of bodies, something of everything: enough for every part of the report."""
    return snapshot(
        [
            body("Sở Tư pháp", done_on_time=2, done_late=1, open_overdue=1, open_on_track=2, due_soon=1),
            body("Sở Nội vụ", done_on_time=1, open_overdue=2, overdue_submitted=1, open_undated=1, returned=1),
            body("UBND huyện Lộc Bình", Comparison.LOCALITIES, done_on_time=3, open_on_track=1, waiting=1),
            body("Báo Lạng Sơn", Comparison.PRESS, done_undated=1, open_on_track=1),
            body("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", Comparison.OTHERS, open_undated=1),
            body("Hội Nông dân tỉnh", Comparison.OTHERS, open_overdue=1),
        ]
    )


def long(rows: int, agencies: int = 8) -> Snapshot:
    """`rows` tasks dealt to some agencies in turn, with the lengths that real ones have."""
    return snapshot(
        [
            body(f"Sở Thử nghiệm {place}", open_on_track=rows // agencies + (place < rows % agencies))
            for place in range(agencies)
        ]
    )
