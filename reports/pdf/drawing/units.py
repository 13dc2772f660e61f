"""Units on paper: everything that is drawn is in points."""

MM = 72 / 25.4
PIXEL = 0.75  # WeasyPrint's unit
