"""Form (c): what leaders should look at, on one page (DOMAIN §7)."""

from __future__ import annotations

from reports.content.chasing import briefly
from reports.content.shapes import Column, Table
from reports.content.tasklist import clean
from reports.snapshots import Snapshot, TaskRow

COLUMNS = (
    Column("Cơ quan", 27),
    Column("Nội dung", 66),
    Column("Hạn", 20, True),
    Column("Quá hạn", 15, True),
    Column("Sản phẩm còn thiếu", 27),
    Column("Cập nhật cuối", 20, True),
)
LONGEST = 100  # letters of a task's name; one page has to hold many
LONGEST_CHASED = 60  # of one that also tells how it was chased


def exceptions_table(snapshot: Snapshot, shown: int) -> Table:
    """The `shown` longest overdue."""
    return Table("qua-han", "", "", COLUMNS, tuple(map(_row, snapshot.tasks[:shown])))


def _row(task: TaskRow) -> tuple[str, ...]:
    letter = task.letter.partition(",")[0]
    source = f"{letter}, mục {task.label}" if task.label else letter
    said = briefly(task)
    title = shortened(task.title, LONGEST_CHASED if said else LONGEST)
    cells = (f"{title} ({source})" + (f". {said}" if said else ""), task.due, f"{task.days_late} ngày", task.missing)
    return tuple(map(clean, (task.agency, *cells, task.updated or "Chưa báo cáo")))


def shortened(text: str, longest: int = LONGEST) -> str:
    """At most `longest` letters, cut between words."""
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 1].rsplit(' ', 1)[0]}…"
