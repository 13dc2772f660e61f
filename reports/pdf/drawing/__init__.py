"""What is drawn into a document that WeasyPrint has finished: letters, lines, tags, on pages of either making.

WeasyPrint takes a third of a millisecond for a cell of a table, and long tables have thousands; what is here takes a
tenth of that. It knows pydyf and the structure tree of WeasyPrint 70 (pinned).
"""
