"""The official progress report as a PDF: layout by Nghị định 30/2020/NĐ-CP, figures and rows from a frozen snapshot."""

from reports.pdf.document import Rendered, render

__all__ = ["Rendered", "render"]
