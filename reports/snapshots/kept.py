"""Reading what a kept report was frozen with."""

from __future__ import annotations

from reports.models import Report
from reports.snapshots.shapes import Snapshot

_PARTS = ("window", "taken_at", "scope", "totals", "agencies", "kind", "leading", "trend", "due_weeks")


def figures_of(report: Report) -> Snapshot:
    """The snapshot of a report without its rows, which may be megabytes: one query."""
    keys = {part: f"snapshot__{part}" for part in _PARTS}
    found = Report.objects.filter(pk=report.pk).values(*keys.values()).get()
    kept = {part: found[key] for part, key in keys.items() if found[key] is not None}
    return Snapshot.from_data(kept | {"tasks": []})
