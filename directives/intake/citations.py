"""Documents a clause cites: "Kế hoạch số 236/KH-UBND ngày 14/12/2021", "Luật Báo chí" (NĐ 30/2020, Phụ lục I)."""

import datetime
import re
from dataclasses import dataclass

from .sheet import LOWER, UPPER, Sheet, Span, squeeze

# 236/KH-UBND, 09/2017/NĐ-CP, 30c/NQ-CP, 6582/VPCP-KSTT, 1413/CAT-PC04(Đ1); a scanner may put blanks around the hyphens.
# "QCVN 06:2022/BXD" is a standard.
_NUMBERED = re.compile(
    rf"(?<![\w/.,-])(?<!\d:)\d{{1,5}}[a-zA-Z]?(?:\s?/\s?\d{{4}})?\s?/\s?[{UPPER}][{UPPER}{LOWER}\d&.]{{0,12}}"
    rf"(?:\s?[-–]\s?[{UPPER}\d][{UPPER}{LOWER}\d&.]{{0,14}}){{0,4}}(?:\([{UPPER}\d]{{1,4}}\))?"
)
# Party documents: 02-NQ/TW, 08-CTr/TU, 3033-CV/TU.
_PARTY = re.compile(
    rf"(?<![\w/.,-])\d{{1,5}}\s?[-–]\s?[{UPPER}][{UPPER}{LOWER}]{{0,4}}\s?/\s?[{UPPER}]{{2,8}}(?:-[{UPPER}]{{2,8}})?(?!\w)"
)
_DAY = re.compile(
    r"[,\s]*(?:ký\s+)?ng[àa]y\s+\S{1,4}\s*(?:[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|tháng\s+\S{1,4}\s+năm\s+\d{4})"
    r"|[,\s]*(?:năm\s+\d{4})",
    re.IGNORECASE,
)
_DATED = re.compile(r"(\d{1,2})(?:\s?[/.-]\s?|\s+thang\s+)(\d{1,2})(?:\s?[/.-]\s?|\s+nam\s+)(\d{4})$")
_LAW = re.compile(rf"(?<![{LOWER}{UPPER}])(?:Bộ luật|Luật|Pháp lệnh)\s+(?=[{UPPER}{LOWER}])")
_LAW_WORD = re.compile(r"[^\s,;:.()“”\"]+")
# Words behind "Luật" that make no name, and words that end one.
_NO_NAME = re.compile(
    r"(?:này|sửa đổi|số|cho|trong|tại|với|đối|từ|theo|khi|nếu|mới|đã|trên|về|và|của|có|do|năm|là|để|được"
    r"|chuyên ngành|hiện hành|liên quan|trên|nêu|quy định|gia|sư|sư)\b"
)
_LAW_ENDS = re.compile(
    r"(?:năm|và|số|để|nhằm|được|trong|theo|về|của|quy định|có|đã|cho|tại|là|hiện hành|với|ngày|khi|do|như|trên"
    r"|thì|đến|từ|nêu|vào|phải|cần|sửa|bổ sung|hoặc"
    r"|gắn|bảo đảm|đảm bảo|hướng dẫn|phù hợp|đối với)\b"
)
_COMMA_IN_NAME = re.compile(rf",\s+(?=(?:chống|sử dụng|tố cáo|bổ sung|[{LOWER}]+\s+(?:và|vốn))\b)")
_LAW_WORDS = 12


@dataclass(frozen=True)
class Citation:
    """`name` as one would look it up: "236/KH-UBND", "Luật Báo chí"; `span` covers the document's day as well."""

    name: str
    span: Span


def find(sheet: Sheet, start: int, end: int) -> list[Citation]:
    """The documents cited between two offsets, in order, each once."""
    found = [
        _numbered(sheet, match, end)
        for pattern in (_NUMBERED, _PARTY)
        for match in pattern.finditer(sheet.flat, start, end)
    ]
    laws = (_law(sheet, match, end) for match in _LAW.finditer(sheet.flat, start, end))
    found += [law for law in laws if law]
    once: dict[str, Citation] = {}
    for citation in sorted(found, key=lambda one: one.span):
        once.setdefault(citation.name.casefold(), citation)
    return list(once.values())


def latest_day(sheet: Sheet) -> datetime.date | None:
    """The day of the newest document cited: the letter that cites it is not older."""
    days = (_DATED.search(sheet.plain, first, last) for first, last in spans(sheet, 0, len(sheet.flat)))
    found = [_date(*map(int, day.groups())) for day in days if day]
    return max((day for day in found if day), default=None)


def _date(day: int, month: int, year: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def spans(sheet: Sheet, start: int, end: int) -> list[Span]:
    """Every place where a document is cited, with its day: no deadline is looked for there."""
    matches = [match for pattern in (_NUMBERED, _PARTY) for match in pattern.finditer(sheet.flat, start, end)]
    return [_numbered(sheet, match, end).span for match in matches] + [
        law.span for match in _LAW.finditer(sheet.flat, start, end) if (law := _law(sheet, match, end))
    ]


def _numbered(sheet: Sheet, match: re.Match[str], end: int) -> Citation:
    day = _DAY.match(sheet.flat, match.end(), end)
    name = re.sub(r"\s?([/–-])\s?", r"\1", squeeze(match.group())).rstrip(".,;")
    return Citation(name, (match.start(), day.end() if day else match.end()))


def _law(sheet: Sheet, match: re.Match[str], end: int) -> Citation | None:
    """A law's name goes on to its year, a joint, or the next sentence part."""
    at = match.end()
    if _NO_NAME.match(sheet.flat, at, end):
        return None
    for _ in range(_LAW_WORDS):
        word = _LAW_WORD.match(sheet.flat, at, end)
        if not word or (at > match.end() and _LAW_ENDS.match(sheet.flat, at, end)):
            break
        at = word.end()
        comma = _COMMA_IN_NAME.match(sheet.flat, at, end)
        blank = comma or re.compile(r"\s+").match(sheet.flat, at, end)
        if not blank:
            break
        at = blank.end()
    first, last = sheet.trim(match.start(), at)
    day = _DAY.match(sheet.flat, last, end)
    return Citation(sheet.phrase(first, last), (first, day.end() if day else last))
