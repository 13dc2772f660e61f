"""The report as a .docx that the Office may go on writing in: layout by Nghị định 30/2020/NĐ-CP, as in the PDF."""

from reports.exports.word.document import write

__all__ = ["write"]
