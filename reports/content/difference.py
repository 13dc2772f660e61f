"""Two snapshots side by side: which figures differ, which tasks came, went, or stand under another label."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reports.queries import Figures
from reports.snapshots import Snapshot, TaskRow

_FIGURES: tuple[tuple[str, Callable[[Figures], int]], ...] = (
    ("Được giao", lambda one: one.given),
    ("Đã hoàn thành", lambda one: one.done),
    ("Hoàn thành trong hạn", lambda one: one.done_on_time),
    ("Hoàn thành quá hạn", lambda one: one.done_late),
    ("Hoàn thành, không thời hạn", lambda one: one.done_undated),
    ("Chưa hoàn thành", lambda one: one.open),
    ("Chưa hoàn thành, trong hạn", lambda one: one.open_on_track),
    ("Chưa hoàn thành, quá hạn", lambda one: one.open_overdue),
    ("Chưa hoàn thành, không thời hạn", lambda one: one.open_undated),
)


@dataclass(frozen=True)
class Line:
    name: str
    before: int
    after: int

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class Changed:
    """A task that both list, under other labels."""

    before: TaskRow
    after: TaskRow


@dataclass(frozen=True)
class Difference:
    lines: tuple[Line, ...]
    came: tuple[TaskRow, ...]
    went: tuple[TaskRow, ...]
    changed: tuple[Changed, ...]


def difference_of(before: Snapshot, after: Snapshot) -> Difference:
    old, new = ({_key(task): task for task in one.tasks} for one in (before, after))
    both = [Changed(old[key], task) for key, task in new.items() if key in old]
    return Difference(
        lines=tuple(Line(name, of(before.totals), of(after.totals)) for name, of in _FIGURES),
        came=tuple(task for key, task in new.items() if key not in old),
        went=tuple(task for key, task in old.items() if key not in new),
        changed=tuple(one for one in both if _label(one.before) != _label(one.after)),
    )


def _key(task: TaskRow) -> object:
    """Its id; in a snapshot older than ids its place in its letter."""
    return task.assignment or (task.agency, task.letter, task.label, task.title)


def _label(task: TaskRow) -> str:
    return task.state or task.status
