"""The annex "Phụ lục": the list of tasks on landscape pages.

WeasyPrint sets a short one as part of the report; its cost is 16-19 ms and 0.3 MB a row, so a long one is drawn
straight into the finished document (`draw`), at a small part of that. Both read form.py; the one set by WeasyPrint is
the reference for the looks of the other. The drawing knows pydyf and the structure tree of WeasyPrint 70 (pinned).
"""

from reports.pdf.annex.draw import ANCHOR, STEP, Progress, draw
from reports.pdf.annex.form import Annex, annex_of
from reports.pdf.annex.sheet import texts_of

__all__ = ["ANCHOR", "STEP", "Annex", "Progress", "annex_of", "draw", "texts_of"]
