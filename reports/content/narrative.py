"""The text of the Office's reports, written from the figures by rules (DOMAIN §7): plain sentences, no layout.

A part is written only when the figures give ground for it. The agency's own report: own.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from reports.content import chasing, own
from reports.content.comparison import comparison, difference
from reports.content.exceptions import exceptions_table
from reports.content.letterhead import Letterhead
from reports.content.of_letter import directives_table, letter_named
from reports.content.proposing import proposals
from reports.content.sentences import (
    by_group,
    definition,
    general,
    named_with_counts,
    obstacles,
    obstructed,
    of_scope,
    period,
    replaces,
    source,
    window,
)
from reports.content.shapes import Chapter, Narrative, Part
from reports.content.wording import quantity
from reports.models import ReportKind
from reports.queries import Figures
from reports.snapshots import Snapshot

NOTHING = "Trong kỳ báo cáo không có nhiệm vụ nào được giao hoặc đang thực hiện."


def write(snapshot: Snapshot, letterhead: Letterhead, *, shown: int = 0) -> Narrative:
    """`shown`: how many rows the one page of ReportKind.EXCEPTIONS has room for."""
    if snapshot.kind == ReportKind.OWN:
        return own.write(snapshot, letterhead)
    chapters = _exceptions(snapshot, letterhead, shown) if _is_page(snapshot) else _chapters(snapshot, letterhead)
    return Narrative(
        subject=_SUBJECTS[snapshot.kind](snapshot),
        period=period(snapshot),
        opening=_opening(snapshot, letterhead),
        chapters=tuple(chapters),
        closing=_closing(snapshot, letterhead),
        recipients=tuple(_recipients(snapshot, letterhead)),
        definition=definition(snapshot),
        source=source(snapshot),
        replaces=replaces(snapshot),
    )


def _is_page(snapshot: Snapshot) -> bool:
    return snapshot.kind == ReportKind.EXCEPTIONS


def _of_tasks(snapshot: Snapshot) -> str:
    return f"Tình hình thực hiện nhiệm vụ do Ủy ban nhân dân tỉnh giao{of_scope(snapshot)}"


_SUBJECTS: dict[ReportKind, Callable[[Snapshot], str]] = {
    ReportKind.PROGRESS: _of_tasks,
    ReportKind.AGENCY: _of_tasks,
    ReportKind.LETTER: lambda snapshot: f"Tình hình thực hiện {letter_named(snapshot)}",
    ReportKind.EXCEPTIONS: lambda snapshot: "Nhiệm vụ quá hạn cần Lãnh đạo Ủy ban nhân dân tỉnh chỉ đạo",
}


def _what(snapshot: Snapshot) -> str:
    """What the report speaks of, in the middle of a sentence."""
    if snapshot.letter is not None:
        return f"tình hình thực hiện {letter_named(snapshot)}"
    if _is_page(snapshot):
        return "các nhiệm vụ quá hạn"
    return f"tình hình thực hiện nhiệm vụ{of_scope(snapshot)}"


def _opening(snapshot: Snapshot, letterhead: Letterhead) -> str:
    by = "Thực hiện chức năng theo dõi, đôn đốc việc thực hiện nhiệm vụ do Ủy ban nhân dân tỉnh (UBND tỉnh) giao, "
    return (
        f"{'' if _is_page(snapshot) else by}"
        f"{letterhead.issuer_in_text} báo cáo {_what(snapshot)} {period(snapshot)} ({window(snapshot)}) như sau:"
    )


def _closing(snapshot: Snapshot, letterhead: Letterhead) -> str:
    annex = " (chi tiết tại Phụ lục kèm theo)" if snapshot.tasks and not _is_page(snapshot) else ""
    what = (
        _what(snapshot)
        if snapshot.letter or _is_page(snapshot)
        else (f"tình hình thực hiện nhiệm vụ do UBND tỉnh giao{of_scope(snapshot)}")
    )
    asks = " xem xét, chỉ đạo" if _is_page(snapshot) and snapshot.tasks else ""
    return (
        f"Trên đây là {what} {period(snapshot)}{annex}, "
        f"{letterhead.issuer_in_text} kính báo cáo Chủ tịch, các Phó Chủ tịch UBND tỉnh{asks}./."
    )


def _recipients(snapshot: Snapshot, letterhead: Letterhead) -> list[str]:
    """The leaders, those that the report speaks of, the rest of the Office's list."""
    first, *others = letterhead.recipients
    spoken_of = snapshot.scope or "Các cơ quan, đơn vị, địa phương liên quan"
    return [first, *([f"{spoken_of};"] if snapshot.tasks else []), *others]


# --- reports with chapters --------------------------------------------------------------------------------------------
def _chapters(snapshot: Snapshot, letterhead: Letterhead) -> list[Chapter]:
    heading = "TÌNH HÌNH THỰC HIỆN NHIỆM VỤ"
    chapters = [Chapter("tinh-hinh", heading, parts=tuple(_parts(snapshot, letterhead)))]
    asked = proposals(snapshot, letterhead)
    if asked:
        intro = (
            f"Từ kết quả trên, {letterhead.issuer_in_text} kiến nghị Chủ tịch, các Phó Chủ tịch UBND tỉnh xem xét, "
            "chỉ đạo:"
        )
        numbered = (f"{place}. {one}" for place, one in enumerate(asked, start=1))
        chapters.append(Chapter("kien-nghi", "KIẾN NGHỊ", (intro, *numbered)))
    return chapters


def _parts(snapshot: Snapshot, letterhead: Letterhead) -> list[Part]:
    if not snapshot.totals.given:
        return [Part("chung", "Kết quả chung", (NOTHING,)), *_compared(snapshot)]
    several = len(snapshot.agencies) > 1
    words = (*general(snapshot), *chasing.in_period(snapshot, letterhead.issuer_in_text))
    parts = [Part("chung", "Kết quả chung", words, has_summary=not several)]
    if snapshot.directives:
        intro = "Kết quả của từng nhiệm vụ nêu tại văn bản như sau:"
        parts.append(Part("nhiem-vu", "Kết quả theo nhiệm vụ", (intro,), table=directives_table(snapshot)))
    if several:
        parts.append(Part("co-quan", "Kết quả theo nhóm cơ quan", tuple(by_group(snapshot)), has_summary=True))
    parts += _compared(snapshot)
    if obstructed(snapshot):
        parts.append(Part("vuong-mac", "Khó khăn, vướng mắc", (obstacles(snapshot),)))
    return parts


def _compared(snapshot: Snapshot) -> list[Part]:
    """Nothing when there was nothing before."""
    before = snapshot.previous
    if before is None or not before.figures.given:
        return []
    words = _changes(snapshot.totals, before.figures)
    return [Part("so-sanh", "So với kỳ trước", (words,), table=comparison(snapshot))]


def _changes(now: Figures, then: Figures) -> str:
    """ "So với kỳ trước, tổng số nhiệm vụ tăng 12 (từ 20 lên 32); … quá hạn không thay đổi (03)."""
    each = (
        ("tổng số nhiệm vụ", then.given, now.given),
        ("nhiệm vụ đã hoàn thành", then.done, now.done),
        ("nhiệm vụ chưa hoàn thành, quá hạn", then.open_overdue, now.open_overdue),
    )
    return f"So với kỳ trước liền kề, {'; '.join(_change(*one) for one in each)}."


def _change(name: str, old: int, new: int) -> str:
    if old == new:
        return f"{name} không thay đổi ({quantity(new)})"
    verb, way = ("tăng", "lên") if new > old else ("giảm", "xuống")
    amount = difference(new - old).lstrip("+-")
    return f"{name} {verb} {amount.zfill(2)} (từ {quantity(old)} {way} {quantity(new)})"


# --- one page for leaders ---------------------------------------------------------------------------------------------
def _exceptions(snapshot: Snapshot, letterhead: Letterhead, shown: int) -> list[Chapter]:
    if not snapshot.tasks:
        words = ("Không có nhiệm vụ nào quá hạn thuộc trách nhiệm của cơ quan do UBND tỉnh chỉ đạo.",)
        return [Chapter("qua-han", "", words)]
    late = len(snapshot.tasks)
    by_agency = Counter(task.agency for task in snapshot.tasks).most_common()
    told = (
        f"{quantity(late)}/{quantity(snapshot.totals.given)} nhiệm vụ theo dõi trong kỳ đã quá hạn và còn thuộc trách "
        f"nhiệm thực hiện của {quantity(len(by_agency))} cơ quan: {named_with_counts(by_agency, 4)}."
    )
    if late > shown:
        told += f" {quantity(shown)} nhiệm vụ quá hạn lâu nhất:"
    part = Part("qua-han", "", (told,), table=exceptions_table(snapshot, shown))
    return [Chapter("qua-han-lau", "", parts=(part,))]
