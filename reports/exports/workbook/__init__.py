"""The report's figures and rows as a workbook (.xlsx): typed cells, filters, ready to print."""

from reports.exports.workbook.writing import write

__all__ = ["write"]
