"""Phrases about time in a clause → what kind of deadline they set (DOMAIN §3); the phrase itself is always kept.

Dates of cited documents and terms of plans set none: they are blanked before anything is looked for.
"""

import calendar
import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from . import citations
from . import due_phrases as phrases
from .issued import Issued
from .sheet import Sheet, Span, covered

DATE, RECURRING, RELATIVE, CONDITIONAL, STANDING, NONE = (
    "date",
    "recurring",
    "relative",
    "conditional",
    "standing",
    "none",
)


@dataclass(frozen=True)
class Due:
    """`date` is the day as printed, or the last day of the month, quarter or year named; `exclusive`: "trước ngày".

    `count` days run from receipt or issue (`unit` day, working_day, hour, week, month, year); `period` belongs to
    recurring duties, `day` is the day in the period; `refers_to` is the clause whose term is meant ("tại khoản 1").
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
    counted_back: bool = False  # `count` days before an event whose day nobody printed
    refers_to: str | None = None
    weak: bool = False  # a date that may only say when something takes place

    def rule_fields(self) -> dict[str, object]:
        """The fields of a due rule as deadlines.DueRule takes them (the two rooms do not know each other).

        Weeks and months become calendar days, hours whole days; a period that nobody named stays None, to be asked for.
        """
        if self.counted_back:  # no clock until the Office says when the event is
            return Due(CONDITIONAL, self.phrase).rule_fields()
        count = -(-self.count * _HOURS[self.unit] // 24) if self.count and self.unit else None
        period = self.period if self.period in ("week", "month", "quarter", "half_year", "year") else None
        return {
            "kind": self.kind,
            "phrase": self.phrase or "",
            "printed_on": self.date,
            "exclusive": self.exclusive,
            "period": period,
            "day": self.day,
            "count": count,
            "working_days": self.unit == "working_day",
            "from_receipt": self.from_receipt,
        }


_CELL = 120  # characters of a cell that are kept as its phrase
_HOURS = {"hour": 1, "day": 24, "working_day": 24, "week": 7 * 24, "month": 30 * 24, "year": 365 * 24}


def find(sheet: Sheet, start: int, end: int, issued: Issued) -> Due:
    """The deadline of the clause in [start, end): of its first firm phrase, else of a weaker one, else none."""
    words = _blanked(sheet, start, end)
    first = _first(words, issued)
    if first:
        span, due = first
        return replace(due, phrase=sheet.phrase(start + span[0], start + span[1]).lstrip(":( "))
    return Due(STANDING if phrases.STANDING.search(words) else NONE)


def of_cell(sheet: Sheet, start: int, end: int, issued: Issued) -> Due:
    """The deadline in a table's cell, where the column's head has said that it is one ("Quý III/2026", "Tháng 5")."""
    words = _blanked(sheet, start, end)
    found = (_first(said + words.strip(), issued) for said in phrases.SAID_BY_COLUMN)
    first = next((one for one in found if one), None)
    if first:
        return replace(first[1], phrase=sheet.phrase(start, min(end, start + _CELL)).strip(" .;"), weak=False)
    return _range_end(sheet, start, end, issued) or Due(STANDING if phrases.STANDING.search(words) else NONE)


def _range_end(sheet: Sheet, start: int, end: int, issued: Issued) -> Due | None:
    """ "Từ ngày 15/4/2025 đến ngày 15/5/2025": done by the last day."""
    days = list(phrases.BARE_DAY.finditer(sheet.plain, start, end))
    last = next(iter(_dated(days[-1], issued, exclusive=False)), None) if days else None
    return replace(last[1], phrase=sheet.phrase(start, min(end, start + _CELL)).strip(" .;")) if last else None


def _first(words: str, issued: Issued) -> tuple[Span, Due] | None:
    firm = sorted(
        (found for finder in _FIRM_FINDERS for found in finder(words, issued)), key=lambda one: (one[0][0], -one[0][1])
    )
    weak = (found for finder in _WEAK_FINDERS for found in finder(words, issued))
    return next(iter(firm), None) or next(weak, None)


def _blanked(sheet: Sheet, start: int, end: int) -> str:
    words = phrases.DIGITS.sub(lambda slip: slip.group().translate(phrases.AS_DIGITS), sheet.plain[start:end])
    spans = [(first - start, last - start) for first, last in citations.spans(sheet, start, end)]
    spans += [found.span() for found in phrases.PLAN_TERM.finditer(words)]
    spans += [found.span() for found in phrases.NEW.finditer(sheet.flat[start:end])]
    return covered(words, ((first, min(last, end - start)) for first, last in spans), "#")


Found = Iterator[tuple[Span, Due]]


def _firm_days(words: str, issued: Issued) -> Found:
    for pattern in (phrases.FIRM_DAY, phrases.WITHIN_DAY):
        for found in pattern.finditer(words):
            if not phrases.EVERY_BEHIND.match(words, found.end()):
                yield from _dated(found, issued, exclusive="truoc" in found.group())


def _bare_days(words: str, issued: Issued) -> Found:
    for found in phrases.BARE_DAY.finditer(words):
        before = words[max(0, found.start() - 80) : found.start()]
        if phrases.NO_DEADLINE.search(before) or _is_range(words, found):
            continue
        yield from ((span, replace(due, weak=True)) for span, due in _dated(found, issued, exclusive=False) if due.date)


def _ranges(words: str, issued: Issued) -> Found:
    """ "Phát động chiến dịch, từ ngày 01/8 đến ngày 10/8": over by the last day."""
    for found in phrases.RANGE.finditer(words):
        if not phrases.COUNTED.search(words[max(0, found.start() - 120) : found.start()]):
            dated = _dated(found, issued, exclusive=False)
            yield from ((span, replace(due, weak=True)) for span, due in dated if due.date)


def _is_range(words: str, found: re.Match[str]) -> bool:
    """ "từ ngày … đến ngày …": the time something lasts, or that figures are counted over."""
    before = words[max(0, found.start() - 32) : found.start()]
    return bool(phrases.RANGE_BEHIND.match(words, found.end()) or phrases.RANGE_BEFORE.search(before))


def _dated(found: re.Match[str], issued: Issued, *, exclusive: bool) -> Found:
    month, year = found["month"] or found["month_word"], found["year"] or found["year_word"]
    date = issued.complete(int(found["day"]), int(month), int(year) if year else None)
    if date is None and year is None and 1 <= int(month) <= 12 and 1 <= int(found["day"]) <= 31:
        yield found.span(), Due(DATE, exclusive=exclusive)
    elif date and not issued.is_past(date):
        yield found.span(), Due(DATE, date=date, exclusive=exclusive)


def _months(words: str, issued: Issued) -> Found:
    for found in phrases.MONTH.finditer(words):
        month = int(found["month"])
        year = int(found["year"]) if found["year"] else _year_of(month, issued)
        if year and 1 <= month <= 12 and not _is_over(issued, year, month):
            yield found.span(), _last_day(found["lead"], year, month, month)
        elif not year and 1 <= month <= 12:
            yield found.span(), Due(DATE, exclusive=found["lead"] == "truoc")


def _weeks(words: str, issued: Issued) -> Found:
    for found in phrases.WEEK_OF.finditer(words):
        month = int(found["month"])
        year = int(found["year"]) if found["year"] else _year_of(month, issued)
        if year and 1 <= month <= 12 and not _is_over(issued, year, month):
            last = calendar.monthrange(year, month)[1]
            day = 7 * phrases.WEEKS[found["which"]] if found["which"] in phrases.WEEKS else last
            yield found.span(), Due(DATE, date=datetime.date(year, month, day))
    for found in phrases.WEEK.finditer(words):
        friday = issued.day + datetime.timedelta(4 - issued.day.weekday()) if issued.day else None
        later = datetime.timedelta(0 if found["which"] == "nay" else 7)
        yield found.span(), Due(DATE, date=friday + later if friday else None)


def _sessions(words: str, issued: Issued) -> Found:
    for found in phrases.SESSION.finditer(words):
        month = int(found["month"])
        year = int(found["year"]) if found["year"] else _year_of(month, issued)
        if year and 1 <= month <= 12 and not _is_over(issued, year, month):
            yield found.span(), replace(_last_day("", year, month, month), weak=True)


def _quarters(words: str, issued: Issued) -> Found:
    for found in phrases.QUARTER.finditer(words):
        quarter = phrases.QUARTERS[found["quarter"]]
        year = int(found["year"]) if found["year"] else issued.year
        if year and not _is_over(issued, year, 3 * quarter):
            yield found.span(), _last_day(found["lead"] or "", year, 3 * quarter - 2, 3 * quarter)


def _years(words: str, issued: Issued) -> Found:
    for found in phrases.YEAR.finditer(words):
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
    for found in phrases.EVERY.finditer(words):
        if found["firm"] or found["regular"] or _is_duty(words, found):
            day = int(found["day"]) if found["day"] else None
            yield found.span(), Due(RECURRING, period=phrases.UNITS[found["unit"]], day=day)
    for found in phrases.EDGE_DAY.finditer(words):
        yield found.span(), Due(RECURRING, period=phrases.UNITS[found["unit"]])
    for found in phrases.LAST_MONTH.finditer(words):
        yield found.span(), Due(RECURRING, period=phrases.UNITS[found["unit"]], day=int(found["day"]))


def _is_duty(words: str, found: re.Match[str]) -> bool:
    """Whether "hằng tháng" is said of a duty, and not of a plan or a need ("kế hoạch … hằng năm")."""
    clause = re.split(r"[;.,]", words[max(0, found.start() - 300) : found.start()])[-1]
    if phrases.PLAN_WORDS.search(clause) or found.group().startswith("tung"):  # "tiến độ từng tháng"
        return False
    return found["unit"] != "nam" or not clause.strip() or bool(phrases.REPORT_WORDS.search(clause))


def _by_months(words: str, issued: Issued) -> Found:
    for found in phrases.MONTHS_EACH.finditer(words):
        count = found["count"] or found["count_each"]
        months = phrases.NUMBER_WORDS.get(count) or int(count)
        yield found.span(), Due(RECURRING, period=phrases.PERIODS.get(months, "other"))
    for found in phrases.EACH_TIME.finditer(words):
        whole = found["whole"] or found["per"] or (found["unit"] if int(found["count"]) == 1 else None)
        yield found.span(), Due(RECURRING, period=phrases.UNITS.get(whole or "", "other"))
    for found in phrases.BY_UNIT.finditer(words):
        yield found.span(), Due(RECURRING, period=phrases.UNITS[found["unit"] or found["each"]])


def _regularly(words: str, issued: Issued) -> Found:
    for found in phrases.REGULARLY.finditer(words):
        start = words.index("dinh", found.start())
        yield (start, words.index("ky", start) + 2), Due(RECURRING, period="other")


def _terms(words: str, issued: Issued) -> Found:
    for found in phrases.TERM.finditer(words):
        if (
            not found["rest"]
            and not phrases.ALONE.search(found.group())
            and not re.search(r"han|nhat|qua|da$", found["lead"])
        ):
            continue
        unit = "working_day" if "lam" in found["unit"] else phrases.TERM_UNITS[found["unit"]]
        from_receipt = bool(phrases.RECEIPT.search(found["rest"] or "nhan duoc"))
        yield found.span(), Due(RELATIVE, count=int(found["count"]), unit=unit, from_receipt=from_receipt)


def _before_events(words: str, issued: Issued) -> Found:
    for found in phrases.BEFORE_EVENT.finditer(words):
        count, unit = found["count"] or found["count_ahead"], found["unit"] or found["unit_ahead"]
        named = "working_day" if "lam" in unit else phrases.TERM_UNITS[unit]
        yield found.span(), Due(RELATIVE, count=int(count), unit=named, from_receipt=False, counted_back=True)


def _references(words: str, issued: Issued) -> Found:
    for found in phrases.REFERENCE.finditer(words):
        yield found.span(), Due(DATE, refers_to=found["label"])


def _conditions(words: str, issued: Issued) -> Found:
    for found in phrases.CONDITION.finditer(words):
        last = found.end()
        if not words[: found.start()].strip(" #"):
            last = found.start() + len(found.group().split(",")[0])
        yield (found.start(), last), Due(CONDITIONAL)


_Finder = Callable[[str, Issued], Found]
_BY_PERIOD: tuple[_Finder, ...] = (_every, _by_months, _regularly)
_BY_DAY: tuple[_Finder, ...] = (_firm_days, _months, _weeks, _quarters, _years)
_FIRM_FINDERS = (*_BY_PERIOD, *_BY_DAY, _terms, _before_events, _references)
_WEAK_FINDERS: tuple[_Finder, ...] = (_bare_days, _sessions, _conditions, _ranges)
