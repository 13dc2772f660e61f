"""Columns of a PDF page that come close together: a gap that rows one below the other share, plainly wide in some."""

from collections.abc import Sequence
from dataclasses import dataclass

Strip = tuple[float, float]  # left and right edge in points

_WIDE_ROWS = 2  # rows in which the gap is too wide to lie between two words
_WIDE = 1.0  # of the letter size
_NARROW = 0.2  # of the letter size: what at least must be left free in every row


@dataclass(frozen=True)
class Row:
    """Where the letters of a row begin and end, and the gaps between its words."""

    left: float
    right: float
    size: float
    gaps: tuple[Strip, ...]


@dataclass
class _Gutter:
    """A gap followed down the page: the strip that all its rows leave free."""

    strip: Strip
    rows: list[int]
    wide: int


def find(rows: Sequence[Row]) -> list[list[Strip]]:
    """For each row the strips that part it into columns."""
    found: list[list[Strip]] = [[] for _ in rows]
    followed: list[_Gutter] = []
    for at, row in enumerate(rows):
        taken = {gap for held in followed if (gap := _shared(held, row, at))}
        ended = [held for held in followed if held.rows[-1] != at and not _is_beside(held, row)]
        _settle(found, ended)
        followed = [held for held in followed if held not in ended]
        followed += [_Gutter(gap, [at], _is_wide(gap, row)) for gap in row.gaps if gap not in taken]
    _settle(found, followed)
    return found


def _shared(held: _Gutter, row: Row, at: int) -> Strip | None:
    """Narrow the gutter down to what this row leaves free of it too; the row's gap, or None where it has none there."""
    for gap in row.gaps:
        low, high = max(held.strip[0], gap[0]), min(held.strip[1], gap[1])
        if high - low >= _NARROW * row.size:
            held.strip, held.wide = (low, high), held.wide + _is_wide(gap, row)
            held.rows.append(at)
            return gap
    return None


def _is_beside(held: _Gutter, row: Row) -> bool:
    """Whether the row stands wholly at one side of the gutter."""
    return row.right <= held.strip[0] + 0.1 or row.left >= held.strip[1] - 0.1


def _is_wide(gap: Strip, row: Row) -> bool:
    return gap[1] - gap[0] >= _WIDE * row.size


def _settle(found: list[list[Strip]], ended: Sequence[_Gutter]) -> None:
    for held in ended:
        if held.wide >= _WIDE_ROWS:
            for at in held.rows:
                found[at].append(held.strip)
