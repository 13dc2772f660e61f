"""The two columns of a letter's head, set side by side in one row of text: read the left one, then the right one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .lines import Line
from .sheet import squeeze

# A blank number or day leaves a gap that parts no columns: "Số:        /UBND-NC", "ngày      tháng 01 năm 2023".
_BLANKS = re.compile(r"\bngày\s+\S{0,3}\s*tháng(?:\s+\S{0,3}\s*năm)?|\bs[ốo]\s?:?\s+\S{0,8}\s*/", re.IGNORECASE)
_RUN = re.compile(r"\S+(?:\s{1,2}\S+)*")
_SLACK = 4  # blanks by which centred rows of the right column begin earlier than others
_LEFT = 12  # nothing that begins before this column stands at the right


@dataclass(frozen=True)
class Run:
    """Words without a wide gap between them; `place` is the column of the page they begin in."""

    text: str
    place: int
    line: Line
    right: bool = False


def arranged(lines: Sequence[Line]) -> list[Run]:
    """The runs of the head's lines in reading order."""
    rows = [_runs(line) for line in lines]
    last = max((at for at, row in enumerate(rows) if len(row) > 1), default=-1)
    if last < 0:
        return [run for row in rows for run in row]
    edge = max(min(row[1].place for row in rows if len(row) > 1) - _SLACK, _LEFT)
    while last + 1 < len(rows) and lines[last + 1].gap == 0 and rows[last + 1][0].place < edge:
        last += 1
    beside = [run for row in rows[: last + 1] for run in row]
    left = [run for run in beside if run.place < edge]
    right = [replace(run, right=True) for run in beside if run.place >= edge]
    return [*left, *right, *(run for row in rows[last + 1 :] for run in row)]


def _runs(line: Line) -> list[Run]:
    text = _BLANKS.sub(lambda blank: squeeze(blank.group()), line.text.replace("\t", "   "))
    return [Run(found.group(), line.indent + found.start(), line) for found in _RUN.finditer(text)]
