"""The landscape page of the annex in points, as in templates/reports/pdf/report.css; tests hold them together."""

from reports.pdf.drawing.units import MM

PAGE_WIDTH = 297 * MM
PAGE_HEIGHT = 210 * MM
TOP = 20 * MM
RIGHT = 15 * MM
BOTTOM = 20 * MM
LEFT = 30 * MM
WIDTH = PAGE_WIDTH - LEFT - RIGHT
HEIGHT = PAGE_HEIGHT - TOP - BOTTOM

SIZE = 10.0  # of the letters in the table
COLUMN_NUMBER_SIZE = 9.0  # of the row "(1) (2) (3) …"
LEADING = 11.5
SIDE = 3.0  # left and right of the text of a cell
PADDING = 2.0  # above and below it
RULE = 0.5  # thickness of the lines

ABOVE = 2 * MM  # between the layout zone and what stands in the upper margin
BELOW = 3 * MM  # … and in the lower margin
PAGE_NUMBER_SIZE = 14.0
DRAFT_SIZE = 11.0
SOURCE_SIZE = 8.0
SOURCE_LEADING = 9.6
