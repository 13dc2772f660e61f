"""Freezing what a report prints: figures and rows as data, with a hash (DOMAIN §7, last paragraph)."""

from reports.snapshots.asked import EARLIEST, Asked, scoped
from reports.snapshots.freezing import ask, asked_again, fill, freeze
from reports.snapshots.kept import figures_of
from reports.snapshots.shapes import (
    AgencyChases,
    AgencyLine,
    DirectiveFigures,
    DueWeek,
    LetterLine,
    PeriodFigures,
    Replaced,
    Snapshot,
    TaskRow,
    Window,
    code_of,
)
from reports.snapshots.taking import take

__all__ = [
    "EARLIEST",
    "AgencyChases",
    "AgencyLine",
    "Asked",
    "DirectiveFigures",
    "DueWeek",
    "LetterLine",
    "PeriodFigures",
    "Replaced",
    "Snapshot",
    "TaskRow",
    "Window",
    "ask",
    "asked_again",
    "code_of",
    "figures_of",
    "fill",
    "freeze",
    "scoped",
    "take",
]
