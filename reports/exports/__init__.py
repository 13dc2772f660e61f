"""The report in forms that people go on working with: a Word document and a workbook.

Both are made from what the PDF is set from (reports/content), so that no figure can differ, and as bytes that are the
same for the same snapshot.
"""
