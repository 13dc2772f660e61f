"""The summary per agency ("Biểu tổng hợp") when it is long.

WeasyPrint lays out its head, its bands and one empty row of the right height for every agency, and so decides which row
stands where; the cells of those rows are drawn (`draw`). A short one is set by WeasyPrint as a whole and is the
reference for the looks of the other.
"""

from reports.pdf.summary.draw import draw
from reports.pdf.summary.form import Form, form_of, texts_of

__all__ = ["Form", "draw", "form_of", "texts_of"]
