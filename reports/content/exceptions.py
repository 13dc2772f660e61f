"""Form (c): what leaders should look at, on one page (DOMAIN §7)."""

from __future__ import annotations

from reports.content.shapes import Column, Table
from reports.content.tasklist import clean
from reports.snapshots import Snapshot, TaskRow

COLUMNS = (
    Column("TT", 8, True),
    Column("Cơ quan", 28),
    Column("Nội dung", 56),
    Column("Hạn", 20, True),
    Column("Quá hạn", 17, True),
    Column("Sản phẩm còn thiếu", 32),
    Column("Cập nhật cuối", 20, True),
)
LONGEST = 160  # letters of a task's name; one page has to hold many


def exceptions_table(snapshot: Snapshot, shown: int) -> Table:
    """The `shown` longest overdue."""
    rows = tuple(_row(place, task) for place, task in enumerate(snapshot.tasks[:shown], start=1))
    return Table("qua-han", "", "Nhiệm vụ quá hạn lâu nhất", COLUMNS, rows)


def _row(place: int, task: TaskRow) -> tuple[str, ...]:
    letter = task.letter.partition(",")[0]
    source = f"{letter}, mục {task.label}" if task.label else letter
    cells = (f"{shortened(task.title)} ({source})", task.due, f"{task.days_late} ngày", task.missing)
    return (str(place), *map(clean, (task.agency, *cells, task.updated or "Chưa báo cáo")))


def shortened(text: str, longest: int = LONGEST) -> str:
    """At most `longest` letters, cut between words."""
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 1].rsplit(' ', 1)[0]}…"
