"""How wide the columns of an annex should be, so that it takes few pages and no word is cut.

Every column has room for its longest word. What is left goes where it makes rows lower: the height of a row is about
the largest of its cells' (text in one line / room), and with widths in the proportion of the height that each column
causes, no shift between two columns makes the whole lower. That proportion is found by a few rounds of averaging. The
head counts as a row for every `ROWS_ON_A_PAGE`, because it is repeated. The same rows give the same widths.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reports.pdf import fonts
from reports.pdf.annex import geometry as g
from reports.pdf.drawing.typeface import EVERYDAY, Typeface, typeface
from reports.pdf.drawing.units import MM

Texts = Sequence[Sequence[str]]  # rows of a text per column

LONGEST_WORDS = (30 * MM, 25 * MM, 21 * MM)  # points: longer ones are cut; eleven of the last always fit
SAMPLE = 150  # rows that are measured, spread over the whole
ROUNDS = 12
SHARPNESS = 6  # the power mean of this order stands for the largest
DAMPING = 1 / (SHARPNESS + 1)  # a share falls with this power of its width; a larger step would swing to and fro
ROWS_ON_A_PAGE = 6


def balanced(headings: Sequence[str], rows: Texts) -> tuple[float, ...]:
    """Widths in points, together `geometry.WIDTH`."""
    letters = EVERYDAY.union(*headings, *(text for row in rows for text in row)) - {"\n"}
    regular, bold = typeface(fonts.REGULAR, letters), typeface(fonts.BOLD, EVERYDAY.union(*headings))
    least = _least(headings, rows, regular, bold)
    sample = rows[:: len(rows) // SAMPLE + 1]
    lengths = [[_length(text, regular) for text in row] for row in sample]
    lengths += [[_length(heading, bold) for heading in headings]] * (len(sample) // ROWS_ON_A_PAGE + 1)
    widths = [g.WIDTH / len(headings)] * len(headings)
    for _ in range(ROUNDS):
        wanted = _shares(lengths, widths)
        damped = [(share * width**SHARPNESS) ** DAMPING for share, width in zip(wanted, widths, strict=True)]
        widths = _allotted(damped, least)
    return tuple(widths)


def _least(headings: Sequence[str], rows: Texts, regular: Typeface, bold: Typeface) -> list[float]:
    """Points that each column needs for its longest word; words that are cut anyway do not count."""
    columns = zip(headings, *rows, strict=True)
    words = [(heading.split(), {word for text in column for word in text.split()}) for heading, *column in columns]
    around = 2 * g.SIDE + 2 * g.RULE + 0.01  # the last for the rounding of a style sheet
    for most in LONGEST_WORDS:
        least = [max(_longest(head, bold, most), _longest(body, regular, most)) + around for head, body in words]
        if sum(least) < g.WIDTH:
            break
    return least


def _longest(words: Iterable[str], face: Typeface, most: float) -> float:
    """Points that the longest of the words takes that take `most` or less."""
    widths = (face.width(word) * g.SIZE / 1000 for word in words)
    return max((width for width in widths if width <= most), default=0)


def _length(text: str, face: Typeface) -> float:
    """Points that the text takes in one line."""
    return sum(face.width(word) + face.space_width for word in text.split()) * g.SIZE / 1000


def _shares(lengths: list[list[float]], widths: list[float]) -> list[float]:
    """The height that each column causes, in lines."""
    shares = [0.0] * len(widths)
    rooms = [width - 2 * g.SIDE - g.RULE for width in widths]
    for row in lengths:
        powers = [(length / room) ** SHARPNESS for length, room in zip(row, rooms, strict=True)]
        whole = sum(powers)
        if whole:
            height = whole ** (1 / SHARPNESS)
            shares = [share + height * power / whole for share, power in zip(shares, powers, strict=True)]
    return shares


def _allotted(shares: list[float], least: list[float]) -> list[float]:
    """The whole width in the proportion of `shares`, but to none less than its `least`."""
    held: set[int] = set()
    while True:
        room = g.WIDTH - sum(least[place] for place in held)
        whole = sum(share for place, share in enumerate(shares) if place not in held)
        widths = [least[place] if place in held else room * share / whole for place, share in enumerate(shares)]
        short = {place for place, width in enumerate(widths) if width < least[place]} - held
        if not short:
            return widths
        held |= short
