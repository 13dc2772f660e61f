"""Two snapshots side by side: which figures differ, which tasks came, went, or stand under another label."""

from __future__ import annotations

from dataclasses import dataclass

from reports.content.comparison import beside
from reports.snapshots import Snapshot, TaskRow


@dataclass(frozen=True)
class Changed:
    """A task that both list, under other labels."""

    before: TaskRow
    after: TaskRow


@dataclass(frozen=True)
class Difference:
    """`lines`: as comparison.beside gives them; the shares by the denominator that leads in the later one."""

    lines: tuple[tuple[str, str, str, str], ...]
    came: tuple[TaskRow, ...]
    went: tuple[TaskRow, ...]
    changed: tuple[Changed, ...]


def difference_of(before: Snapshot, after: Snapshot) -> Difference:
    old, new = ({_key(task): task for task in one.tasks} for one in (before, after))
    both = [Changed(old[key], task) for key, task in new.items() if key in old]
    return Difference(
        lines=tuple(beside(before.totals, after.totals, after.leading)),
        came=tuple(task for key, task in new.items() if key not in old),
        went=tuple(task for key, task in old.items() if key not in new),
        changed=tuple(one for one in both if _label(one.before) != _label(one.after)),
    )


def _key(task: TaskRow) -> object:
    """Its id; in a snapshot older than ids its place in its letter."""
    return task.assignment or (task.agency, task.letter, task.label, task.title)


def _label(task: TaskRow) -> str:
    return task.state or task.status
