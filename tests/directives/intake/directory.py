"""The project's own directory of agencies, as the reader takes it."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import agencies
from directives import intake

DATA = Path(agencies.__file__).parent / "data"
JANUARY_2023 = date(2023, 1, 5)
APRIL_2025 = date(2025, 4, 1)


@cache
def langson() -> intake.Directory:
    return intake.load_directory(DATA / "agencies.csv", DATA / "groups.csv")
