"""Columns and cells of the summary in points, as in templates/reports/pdf/report.css; a test holds them together."""

from itertools import accumulate

from reports.pdf.drawing.units import MM

WIDTHS = tuple(one * MM for one in (7, 31.2, *[10.8] * 7, *[12.4] * 3, 14))
EDGES = tuple(accumulate(WIDTHS, initial=0.0))  # from the left of the rows
NAME = 1  # the column with the names, which are aligned left

SIZE = 10.0
FRACTION_SIZE = 8.5
NOTE_SIZE = 9.0
LEADING = 10.5

PADDING = 1.5  # above and below the text of a cell
SIDE = 1.0  # left and right of it
NAME_LEFT = 3.0
BORDER = 0.25  # half a line, on all sides of a cell


def left_of(column: int) -> float:
    """Where the text begins, from the left of the rows."""
    return EDGES[column] + BORDER + (NAME_LEFT if column == NAME else SIDE)


def room_of(column: int) -> float:
    """Points for the text."""
    return EDGES[column + 1] - BORDER - SIDE - left_of(column)
