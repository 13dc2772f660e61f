"""Phrases about time in a clause → what kind of deadline they set (DOMAIN §3); the phrase itself is always kept.

Dates of cited documents and terms of plans set none: they are blanked before anything is looked for.
"""

import calendar
import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from . import citations
from .sheet import Sheet, Span

DATE, RECURRING, RELATIVE, CONDITIONAL, STANDING, NONE = "date", "recurring", "relative", "conditional", "standing", "none"


@dataclass(frozen=True)
class Due:
    """`date` is the day as printed, or the last day of the month, quarter or year named; `exclusive`: "trước ngày".

    `count` days run from receipt or issue (`unit` day, working_day, hour, week, month, year); `period` belongs to recurring
    duties, `day` is the day in the period; `refers_to` is the clause whose term is meant ("tại khoản 1").
    """

    kind: str = NONE
    phrase: str | None = None
    date: datetime.date | None = None
    exclusive: bool = False
    period: str | None = None
    day: int | None = None
    count: int | None = None
    unit: str | None = None
    from_receipt: bool = True
    refers_to: str | None = None
    weak: bool = False  # a date that may only say when something takes place


@dataclass(frozen=True)
class Issued:
    """When the letter was issued, as far as it is known; phrases without a year are read from it."""

    year: int | None = None
    month: int | None = None
    day: datetime.date | None = None

    def is_past(self, date: datetime.date) -> bool:
        """Whether `date` lies before the letter."""
        if self.day:
            return date < self.day
        return self.year is not None and date.year < self.year

    def complete(self, day: int, month: int, year: int | None) -> datetime.date | None:
        """The date, in the first year in which it is not past when the year is not printed."""
        if year is None and self.year is None:
            return None
        try:
            date = datetime.date(year or self.year or 1, month, day)
            past = self.day and date < self.day or not self.day and self.month and month < self.month
            return date.replace(year=date.year + 1) if year is None and past else date
        except ValueError:
            return None


_DAY = (
    r"(?P<day>\d{1,2})(?:\s?[/.-]\s?(?P<month>\d{1,2})(?!\d)(?:\s?[/.-]\s?(?P<year>\d{4}))?"
    r"|\s+thang\s+(?P<month_word>\d{1,2})(?:\s*(?:nam|/)\s*(?P<year_word>\d{4}))?)(?![\d/])"
)
_HOUR = r"(?:\d{1,2}\s?(?:gio|g|h)\s?(?:\d{1,2})?\s?(?:phut)?,?\s*)?"
_FIRM = r"truoc|cham nhat(?:\s+(?:la|den|vao|trong|truoc))*|muon nhat(?:\s+la)?|xong(?:\s+truoc)?|han(?:\s+(?:cuoi|chot|den))?|den\s+het|thoi\s+han(?:\s+hoan\s+thanh)?\s*:?"
_FIRM_DAY = re.compile(rf"\b(?:{_FIRM})\s*:?\s*{_HOUR}(?:het\s+)?(?:(?:ngay|hom)\s+|(?=\d{{1,2}}\s?[/.-]))(?:het\s+ngay\s+)?{_DAY}")
_WITHIN_DAY = re.compile(rf"\b(?:trong|hoan thanh(?:\s+(?:trong|vao))?|thoi gian(?:\s+[a-z ]{{1,20}})?\s*:)\s*{_HOUR}ngay\s+{_DAY}")
_BARE_DAY = re.compile(rf"(?:\b(?:tu|vao|den|ke tu)\s+)?\b{_HOUR}(?:sang |chieu )?ngay\s+{_DAY}")
_MONTH = re.compile(
    r"\b(?P<lead>trong|truoc|het|cuoi|den het|dau|trong va sau|xong|hoan thanh(?:\s+trong)?|cham nhat(?:\s+trong)?|thoi gian(?:\s+[a-z ]{1,20})?\s*:)\s+"
    r"thang\s+(?P<month>\d{1,2})(?!\s*[-,]\s*\d)(?:\s*(?:/|nam)\s*(?P<year>\d{4}))?(?![\d/])"
)
_QUARTER = re.compile(
    r"(?:\b(?P<lead>trong|truoc|het|cuoi|den het|dau|hoan thanh(?:\s+trong)?|xong|cham nhat(?:\s+trong)?)\s+|[:(]\s*)"
    r"quy\s+(?P<quarter>iv|iii|ii|i|[1-4])\b(?:\s*(?:/|,?\s*nam)\s*(?P<year>\d{4}))?"
)
_YEAR = re.compile(r"\b(?P<lead>trong|het|cuoi|den het|den cuoi|truoc|hoan thanh(?:\s+trong)?)\s+nam\s+(?P<year>\d{4})(?!\s*[-–]\s*\d)")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}

_UNITS = {"ngay": "day", "tuan": "week", "thang": "month", "quy": "quarter", "nam": "year"}
_EVERY = re.compile(
    r"(?P<firm>\b(?:truoc|cham nhat(?:\s+(?:la|vao))?|vao)\s+(?:\d{1,2}\s?(?:gio|g|h)\s?\d{0,2}\s*(?:phut)?\s*)?"
    r"(?:ngay\s+(?P<day>\d{1,2})(?:\s?[/.]\s?\d{1,2}|\s+thang\s+\d{1,2})?(?:\s*(?:,|va)\s+(?:truoc\s+)?(?:ngay\s+)?\d{1,2}[^;.]{0,24}?)?\s+|(?:thu\s+\w+|ngay)\s+)?)?"
    r"(?P<regular>dinh ky\s+(?:vao\s+)?)?(?:hang|moi|tung)\s+(?P<unit>ngay|tuan|thang|quy|nam)\b"
)
_LAST_MONTH = re.compile(r"\b(?:truoc|cham nhat|vao)\s+(?:ngay\s+)?(?P<day>\d{1,2})\s+(?:cua\s+)?thang\s+(?:cuoi|dau|thu\s+\w+)\s*(?:cua\s+)?(?:hang\s+|moi\s+)?(?P<unit>quy|nam)")
_MONTHS_EACH = re.compile(
    r"\bdinh\s+ky\s*(?P<open>\()?(?:[a-z ]{0,16}?)(?P<count>0?[1369]|12|ba|sau|mot)\s+thang(?:\s*(?:/|mot|1)\s*lan)?(?:\s+(?:va|,)\s*(?:hang\s+)?nam)?\)?"
    r"|\b(?P<count_each>0?[136]|12|ba|sau|mot)\s+thang\s*(?:/|mot|1|01)\s*lan"
)
_BY_UNIT = re.compile(r"\bdinh\s+ky\s+(?:theo\s+|bao cao\s+)?(?P<unit>tuan|thang|quy|nam)\b")
_REGULARLY = re.compile(
    r"\bdinh\s+ky(?:\s*,?\s*(?:va\s+)?dot\s+xuat)?\s+(?=(?:bao cao|tong hop|kiem tra|to chuc|danh gia|ra soat|so ket|cap nhat|thong ke|gui|giao ban|thong bao|don doc|theo doi|cong khai|thong tin)\b)"
    r"|\b(?:bao cao|kiem tra|cap nhat|tong hop)\s+dinh\s+ky\b"
)
_NUMBER_WORDS = {"mot": 1, "ba": 3, "sau": 6}
_PERIODS = {1: "month", 3: "quarter", 6: "half_year", 12: "year"}
# "hằng năm" says nothing about the duty where it only belongs to a plan, a budget or a need.
_PLAN_WORDS = re.compile(r"(?:ke hoach|chuong trinh|du toan|nhu cau|khen thuong|thi dua|kinh phi|hoat dong|ngan sach|chi tieu|nhiem vu|sinh hoat|cong viec|cong tac|binh quan)\s+(?:[a-z]+\s+){0,6}$")
_REPORT_WORDS = re.compile(r"\b(?:bao cao|tong hop|gui|danh gia|so ket|tong ket|kiem tra|ra soat|giao ban|thong bao|cung cap|cap nhat|thong ke|cong bo|to chuc|lap|xay dung|trinh)\b")

_TERM = re.compile(
    r"\b(?P<lead>trong\s+(?:vong|thoi\s+han|thoi\s+gian)|thoi\s+han|trong|cham nhat(?:\s+(?:la|sau|trong))*|sau|khong\s+qua|toi\s+da)\s+(?:la\s+)?"
    r"(?P<count>\d{1,3})(?:\s*\([^)]{1,20}\))?\s*(?P<unit>ngay(?:\s+lam\s+viec)?|thang|tuan|gio|nam)\b(?P<rest>\s*,?\s+(?:ke\s+tu|tinh\s+tu|tu|sau)\b[^,;.:]{0,120})?"
)
_CONDITION = re.compile(
    r"\b(?:ngay\s+)?sau\s+khi\s+(?:co|duoc|nhan\s+duoc|bo\b|cap\s+co\s+tham\s+quyen|ubnd\s+tinh|uy\s+ban|chinh\s+phu|thu\s+tuong|trung\s+uong)[^;.]{0,220}"
    r"|\bkhi\s+co\s+(?:van\s+ban|huong\s+dan|chi\s+dao|thong\s+bao|quyet\s+dinh|ke\s+hoach)[^,;.]{0,120}"
)
_REFERENCE = re.compile(
    r"\b(?:theo|dung|bao dam|dam bao)\s+(?:dung\s+)?(?:thoi\s+gian|thoi\s+han|tien\s+do)(?:\s+(?:da|duoc))*(?:\s+(?:neu|quy\s+dinh|yeu\s+cau|giao))?\s+(?:o|tai)\s+(?:khoan|muc|diem|phan)\s+(?P<label>\d+(?:\.\d+)*|[a-z])\b"
)
_STANDING = re.compile(r"\b(?:thuong\s+xuyen|tiep\s+tuc|duy\s+tri)\b")
# Terms of plans and years of schooling, budget and office (DOMAIN §3, traps).
_PLAN_TERM = re.compile(
    r"\b(?:giai\s+doan|nhiem\s+ky|nam\s+hoc|thoi\s+ky|khoa)\s+\d{4}\s*[-–]\s*\d{2,4}|\b(?:tu\s+)?nam\s+\d{4}\s*(?:[-–]|den(?:\s+nam)?)\s*\d{4}"
    r"|\bke\s+tu\s+ngay\s+ky|\bhieu\s+luc\s+(?:thi\s+hanh\s+)?(?:ke\s+)?tu\s+ngay\s+\S+(?:\s+thang\s+\d+\s+nam\s+\d+)?"
)
_NO_DEADLINE = re.compile(
    r"(?:\bda\b[^,;.]{0,60}|\b(?:ky|sinh|ban hanh|thong qua|ket luan|van ban|cong van|thong bao|hop|phien|ky niem|chao mung|thanh lap|bao cao so lieu|so lieu)\s*)$"
)


def find(sheet: Sheet, start: int, end: int, issued: Issued) -> Due:
    """The deadline of the clause in [start, end): of its first firm phrase, else of a weaker one, else none."""
    words = _blanked(sheet, start, end)
    firm = sorted((found for finder in _FIRM_FINDERS for found in finder(words, issued)), key=lambda one: one[0])
    weak = [found for finder in _WEAK_FINDERS for found in finder(words, issued)]
    for span, due in [*firm, *weak]:
        return replace(due, phrase=sheet.phrase(start + span[0], start + span[1]))
    return Due(STANDING if _STANDING.search(words) else NONE)


def _blanked(sheet: Sheet, start: int, end: int) -> str:
    words = sheet.plain[start:end]
    spans = [(first - start, last - start) for first, last in citations.spans(sheet, start, end)]
    spans += [found.span() for found in _PLAN_TERM.finditer(words)]
    for first, last in spans:
        words = words[:first] + "#" * (last - first) + words[last:]
    return words[: end - start]


Found = Iterator[tuple[Span, Due]]


def _firm_days(words: str, issued: Issued) -> Found:
    for pattern in (_FIRM_DAY, _WITHIN_DAY):
        for found in pattern.finditer(words):
            if not re.match(r"\s*(?:hang|moi)\s+(?:thang|nam|quy)", words[found.end() :]):
                yield from _dated(found, issued, exclusive=found.group().startswith("truoc"))


def _bare_days(words: str, issued: Issued) -> Found:
    for found in _BARE_DAY.finditer(words):
        if not _NO_DEADLINE.search(words[max(0, found.start() - 80) : found.start()]) and not _is_range(words, found):
            for span, due in _dated(found, issued, exclusive=False):
                if due.date:
                    yield span, replace(due, weak=True)


def _is_range(words: str, found: re.Match[str]) -> bool:
    """ "từ ngày … đến ngày …": the time something lasts, or that figures are counted over."""
    after = re.match(r"\s*(?:den|-|–)\s+(?:het\s+)?(?:ngay\s+)?\d", words[found.end() :])
    return bool(after) or bool(re.search(r"\btu\s+(?:ngay\s+)?\d[^;]{0,24}$", words[max(0, found.start() - 32) : found.start()]))


def _dated(found: re.Match[str], issued: Issued, *, exclusive: bool) -> Found:
    month, year = found["month"] or found["month_word"], found["year"] or found["year_word"]
    date = issued.complete(int(found["day"]), int(month), int(year) if year else None)
    if date is None and year is None and 1 <= int(month) <= 12 and 1 <= int(found["day"]) <= 31:
        yield found.span(), Due(DATE, exclusive=exclusive)
    elif date and not issued.is_past(date):
        yield found.span(), Due(DATE, date=date, exclusive=exclusive)


def _months(words: str, issued: Issued) -> Found:
    for found in _MONTH.finditer(words):
        month = int(found["month"])
        year = int(found["year"]) if found["year"] else _year_of(month, issued)
        if year and 1 <= month <= 12 and not _is_over(issued, year, month):
            yield found.span(), _last_day(found["lead"], year, month, month)


def _quarters(words: str, issued: Issued) -> Found:
    for found in _QUARTER.finditer(words):
        quarter = _QUARTERS[found["quarter"]]
        year = int(found["year"]) if found["year"] else issued.year
        if year and not _is_over(issued, year, 3 * quarter):
            yield found.span(), _last_day(found["lead"] or "", year, 3 * quarter - 2, 3 * quarter)


def _years(words: str, issued: Issued) -> Found:
    for found in _YEAR.finditer(words):
        if not _is_over(issued, int(found["year"]), 12):
            yield found.span(), _last_day(found["lead"], int(found["year"]), 1, 12)


def _year_of(month: int, issued: Issued) -> int | None:
    if issued.year is None:
        return None
    return issued.year + 1 if issued.month and month < issued.month else issued.year


def _is_over(issued: Issued, year: int, month: int) -> bool:
    return issued.year is not None and (year, month) < (issued.year, issued.month or 1)


def _last_day(lead: str, year: int, first: int, last: int) -> Due:
    """ "trước tháng 6" ends where June begins; everything else with the last day."""
    if lead == "truoc":
        return Due(DATE, date=datetime.date(year, first, 1), exclusive=True)
    return Due(DATE, date=datetime.date(year, last, calendar.monthrange(year, last)[1]))


def _every(words: str, issued: Issued) -> Found:
    for found in _EVERY.finditer(words):
        if found["firm"] or found["regular"] or _is_duty(words, found):
            day = int(found["day"]) if found["day"] else None
            yield found.span(), Due(RECURRING, period=_UNITS[found["unit"]], day=day)
    for found in _LAST_MONTH.finditer(words):
        yield found.span(), Due(RECURRING, period=_UNITS[found["unit"]], day=int(found["day"]))


def _is_duty(words: str, found: re.Match[str]) -> bool:
    """Whether "hằng tháng" is said of a report or a check, and not of a plan ("kế hoạch cải cách hành chính hằng năm")."""
    clause = re.split(r"[;.,]", words[: found.start()])[-1]
    if not clause.strip():
        return True
    return bool(_REPORT_WORDS.search(clause)) and not _PLAN_WORDS.search(clause)


def _by_months(words: str, issued: Issued) -> Found:
    for found in _MONTHS_EACH.finditer(words):
        count = found["count"] or found["count_each"]
        months = _NUMBER_WORDS.get(count) or int(count)
        yield found.span(), Due(RECURRING, period=_PERIODS.get(months, "other"))
    for found in _BY_UNIT.finditer(words):
        yield found.span(), Due(RECURRING, period=_UNITS[found["unit"]])


def _regularly(words: str, issued: Issued) -> Found:
    for found in _REGULARLY.finditer(words):
        first = found.start() + found.group().index("dinh")
        yield (first, first + len(re.match(r"dinh\s+ky", words[first:]).group())), Due(RECURRING, period="other")  # type: ignore[union-attr]


def _terms(words: str, issued: Issued) -> Found:
    for found in _TERM.finditer(words):
        said_so = re.search(r"han|nhat|qua|da$", found["lead"])
        if not found["rest"] and not said_so:
            continue
        unit = "working_day" if "lam" in found["unit"] else {"ngay": "day", "gio": "hour", "tuan": "week", "thang": "month", "nam": "year"}[found["unit"]]
        from_receipt = bool(re.search(r"\bnhan\b", found["rest"] or "nhan"))
        yield found.span(), Due(RELATIVE, count=int(found["count"]), unit=unit, from_receipt=from_receipt)


def _references(words: str, issued: Issued) -> Found:
    for found in _REFERENCE.finditer(words):
        yield found.span(), Due(DATE, refers_to=found["label"])


def _conditions(words: str, issued: Issued) -> Found:
    for found in _CONDITION.finditer(words):
        last = found.end()
        if not words[: found.start()].strip(" #"):
            last = found.start() + len(found.group().split(",")[0])
        yield (found.start(), last), Due(CONDITIONAL)


_Finder = Callable[[str, Issued], Found]
_FIRM_FINDERS: tuple[_Finder, ...] = (_every, _by_months, _firm_days, _months, _quarters, _years, _terms, _references, _regularly)
_WEAK_FINDERS: tuple[_Finder, ...] = (_bare_days, _conditions)
