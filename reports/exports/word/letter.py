"""The letter: head, text with its tables, end. The same blocks in the same order as templates/reports/pdf/."""

from __future__ import annotations

from collections.abc import Iterator

from reports.content.composing import Composed
from reports.content.shapes import Chapter, Part
from reports.content.wording import roman
from reports.exports.word.charts import Album, chart_table
from reports.exports.word.tables import short_table, summary_table
from reports.exports.word.xml import MM, Cell, Row, gap, paragraph, rule, table
from reports.pdf import fonts

BLANK = "\xa0" * 6  # what the Office fills in
_HEAD = (66 * MM, 99 * MM)  # the national name at least 60 % of the width so that it never wraps
_END = (82.5 * MM, 82.5 * MM)
_ROOM = sum(_HEAD)
_NO_PADDING = (0.0, 0.0)
_STATE, _MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"


def written(composed: Composed, album: Album) -> Iterator[str]:
    text = composed.text
    yield _masthead(composed)
    yield from _title(composed)
    if text.addressees:
        yield paragraph("Addressees", "Kính gửi: " + ";\n".join(text.addressees) + ".")
    yield paragraph("Body", text.opening)
    if text.replaces:
        yield paragraph("Body", text.replaces)
    for place, chapter in enumerate(text.chapters, start=1):
        yield from _chapter(place, chapter, composed)
        if place == 1:
            yield from (line for chart in composed.charts for line in chart_table(chart, album))
    yield paragraph("Body", text.closing, keep_next=True)
    yield _end(composed)


def _masthead(composed: Composed) -> str:
    head = composed.letterhead
    number, day, month = (words or BLANK for words in composed.blanks)
    superior = paragraph("Superior", "\n".join(head.superior)) if head.superior else ""
    issuer = fonts.width(head.issuer, fonts.BOLD, 12)
    names = superior + paragraph("Issuer", head.issuer) + rule(min(issuer, _HEAD[0]) * 0.45, _HEAD[0])
    motto = rule(fonts.width(_MOTTO, fonts.BOLD, 13), _HEAD[1])
    nation = paragraph("State", _STATE) + paragraph("Motto", _MOTTO) + motto
    numbered = paragraph("Number", f"Số: {number}/{head.notation}")
    dated = paragraph("Dated", f"{head.place}, ngày {day} tháng {month} năm {composed.year}")
    rows = [Row([Cell(names), Cell(nation)]), Row([Cell(numbered), Cell(dated)])]
    return table(_HEAD, rows, ruled=False, padding=_NO_PADDING)


def _title(composed: Composed) -> Iterator[str]:
    lines = [line for line in (composed.text.subject, composed.text.period) if line]
    yield paragraph("Heading1", "BÁO CÁO", more='<w:spacing w:before="280"/>')
    yield paragraph("Subject", "\n".join(lines))
    longest = max(fonts.width(line, fonts.BOLD, 14) for line in lines)
    yield rule(min(longest, _ROOM) * 0.4, _ROOM)
    yield gap(12)


def _chapter(place: int, chapter: Chapter, composed: Composed) -> Iterator[str]:
    if chapter.heading:
        yield paragraph("Heading2", f"{roman(place)}. {chapter.heading}")
    yield from (paragraph("Body", words) for words in chapter.paragraphs)
    for number, part in enumerate(chapter.parts, start=1):
        yield from _part(number, part, composed)


def _part(place: int, part: Part, composed: Composed) -> Iterator[str]:
    if part.heading:
        yield paragraph("Heading3", f"{place}. {part.heading}")
    yield from (paragraph("Body", words) for words in part.paragraphs)
    if part.has_summary:
        yield from summary_table(composed.summary)
    if part.table:
        yield from short_table(part.table, _ROOM)


def _end(composed: Composed) -> str:
    """Recipients and signer on one level, with room for signature and seal; kept with the last words of the text."""
    recipients = "".join(paragraph("Recipient", f"- {line}") for line in composed.text.recipients)
    position = "".join(paragraph("Position", line) for line in composed.signer)
    room = '<w:spacing w:before="1600"/>'  # 28 mm
    name = paragraph("Position", composed.edition.signer, more=room)
    cells = [Cell(paragraph("To", "Nơi nhận:") + recipients), Cell(position + name)]
    return gap(6, keep_next=True) + table(_END, [Row(cells)], ruled=False, padding=_NO_PADDING) + gap(0)
