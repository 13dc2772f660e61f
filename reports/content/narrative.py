"""The text of the report, written from the figures by rules (DOMAIN §7): plain sentences, no layout.

Every percentage carries its denominator. A part is written only when the figures give ground for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from agencies.models import Comparison
from directives.deadlines import SOON_DAYS
from reports.content.letterhead import Letterhead
from reports.content.wording import day, fraction, moment, percent, percent_of, quantity
from reports.periods import words_of
from reports.queries import AgencyFigures, Comparable, Figures, by_comparison, total
from reports.snapshots import Snapshot

NAMED_AT_MOST = 8  # agencies named in a sentence; the table names all


@dataclass(frozen=True)
class Part:
    """A numbered part of the text; `has_table`: the summary per agency follows it."""

    heading: str
    paragraphs: tuple[str, ...]
    has_table: bool = False


@dataclass(frozen=True)
class Narrative:
    """The whole text in order. `proposals` is empty when the figures give no ground for any.

    `definition` says which tasks are counted; `source` stands outside the layout zone of every page.
    """

    subject: str
    period: str
    opening: str
    parts: tuple[Part, ...]
    proposals: tuple[str, ...]
    closing: str
    recipients: tuple[str, ...]
    definition: str
    source: str

    @property
    def title(self) -> str:
        """One line, for the properties of a file."""
        return f"Báo cáo {self.subject[:1].lower()}{self.subject[1:]} {self.period}"


def write(snapshot: Snapshot, letterhead: Letterhead) -> Narrative:
    return Narrative(
        subject=f"Tình hình thực hiện nhiệm vụ do Ủy ban nhân dân tỉnh giao{_of_scope(snapshot)}",
        period=_period(snapshot),
        opening=_opening(snapshot, letterhead),
        parts=tuple(_parts(snapshot, letterhead)),
        proposals=tuple(_proposals(snapshot, letterhead)),
        closing=_closing(snapshot, letterhead),
        recipients=tuple(_recipients(snapshot, letterhead)),
        definition=_definition(snapshot),
        source=_source(snapshot),
    )


def _window(snapshot: Snapshot) -> str:
    """ "số liệu tính từ ngày … đến ngày …", and the day of the statuses where it is another one."""
    window = snapshot.window
    words = f"số liệu tính từ ngày {day(window.first)} đến ngày {day(window.last)}"
    return words if window.on == window.last else f"{words}, trạng thái tính đến ngày {day(window.on)}"


def obstructed(snapshot: Snapshot) -> int:
    """How many tasks came with obstacles or proposals."""
    return sum(1 for task in snapshot.tasks if task.difficulties)


def _of_scope(snapshot: Snapshot) -> str:
    return f" của {snapshot.scope}" if snapshot.scope else ""


def _period(snapshot: Snapshot) -> str:
    return words_of(snapshot.window.first, snapshot.window.last)


def _opening(snapshot: Snapshot, letterhead: Letterhead) -> str:
    return (
        "Thực hiện chức năng theo dõi, đôn đốc việc thực hiện nhiệm vụ do Ủy ban nhân dân tỉnh (UBND tỉnh) giao, "
        f"{letterhead.issuer_in_text} báo cáo tình hình thực hiện nhiệm vụ{_of_scope(snapshot)} {_period(snapshot)} "
        f"({_window(snapshot)}) như sau:"
    )


def _closing(snapshot: Snapshot, letterhead: Letterhead) -> str:
    annex = " (chi tiết tại Phụ lục kèm theo)" if snapshot.tasks else ""
    return (
        f"Trên đây là tình hình thực hiện nhiệm vụ do UBND tỉnh giao{_of_scope(snapshot)} {_period(snapshot)}{annex}, "
        f"{letterhead.issuer_in_text} kính báo cáo Chủ tịch, các Phó Chủ tịch UBND tỉnh./."
    )


def _recipients(snapshot: Snapshot, letterhead: Letterhead) -> list[str]:
    """The leaders, those that the report speaks of, the rest of the Office's list."""
    first, *others = letterhead.recipients
    spoken_of = snapshot.scope or f"{_AGENCIES} liên quan"
    return [first, *([f"{spoken_of};"] if snapshot.tasks else []), *others]


def _definition(snapshot: Snapshot) -> str:
    """Which assignments are counted (AssignmentQuerySet.given_in)."""
    window = snapshot.window
    return (
        f"Nhiệm vụ trong kỳ gồm các nhiệm vụ được giao đến hết ngày {day(window.last)} và chưa hoàn thành trước ngày "
        f"{day(window.first)}."
    )


def _source(snapshot: Snapshot) -> str:
    return f"Trích xuất từ hệ thống lúc {moment(snapshot.taken_at)}; mã {snapshot.code}; {_window(snapshot)}."


# --- I. What became of it ---------------------------------------------------------------------------------------------
def _parts(snapshot: Snapshot, letterhead: Letterhead) -> list[Part]:
    if not snapshot.totals.given:
        return [Part("Kết quả chung", ("Trong kỳ báo cáo không có nhiệm vụ nào được giao hoặc đang thực hiện.",))]
    several = len(snapshot.agencies) > 1
    parts = [Part("Kết quả chung", tuple(_general(snapshot, letterhead)), has_table=not several)]
    if several:
        parts.append(Part("Kết quả theo nhóm cơ quan", tuple(_by_group(snapshot)), has_table=True))
    if obstructed(snapshot):
        parts.append(Part("Khó khăn, vướng mắc", (_obstacles(snapshot),)))
    return parts


def _general(snapshot: Snapshot, letterhead: Letterhead) -> list[str]:
    totals = snapshot.totals
    return [
        f"{_who(snapshot)} {quantity(totals.given)} nhiệm vụ do UBND tỉnh giao hoặc đề nghị, trong đó:",
        f"- Đã hoàn thành {quantity(totals.done)} nhiệm vụ, bằng {percent_of(totals.done_share)} tổng số nhiệm vụ"
        + _breakdown(totals.done, totals.done_on_time, totals.done_late, totals.done_undated),
        f"- Chưa hoàn thành {quantity(totals.open)} nhiệm vụ, bằng "
        f"{percent_of(totals.open_share)} tổng số nhiệm vụ"
        + _breakdown(totals.open, totals.open_on_track, totals.open_overdue, totals.open_undated),
        *_among_open(totals, letterhead),
        _of_fallen_due(totals),
    ]


def _who(snapshot: Snapshot) -> str:
    if snapshot.scope:
        return f"Trong kỳ, {snapshot.scope} thực hiện"
    return f"Trong kỳ, {quantity(len(snapshot.agencies))} cơ quan, đơn vị, địa phương thực hiện"


def _breakdown(whole: int, in_time: int, late: int, undated: int) -> str:
    """ ", gồm: 31 nhiệm vụ trong hạn, 04 nhiệm vụ quá hạn, 05 nhiệm vụ không có thời hạn.", without the zeros."""
    if not whole:
        return "."
    parts = [(in_time, "trong hạn"), (late, "quá hạn"), (undated, "không có thời hạn")]
    return ", gồm: " + ", ".join(f"{quantity(n)} nhiệm vụ {words}" for n, words in parts if n) + "."


def _among_open(totals: Figures, letterhead: Letterhead) -> list[str]:
    """Parts of what is open that somebody has to act on; nothing when there are none."""
    parts = [
        (totals.due_soon, f"sẽ đến hạn trong {SOON_DAYS:02d} ngày tới"),
        (totals.waiting, f"đã gửi kết quả, chờ {letterhead.issuer_in_text} xác nhận"),
        (totals.returned, "bị trả lại, cần bổ sung"),
        (totals.paused, "tạm dừng"),
    ]
    named = [f"{quantity(n)} nhiệm vụ {words}" for n, words in parts if n]
    return [f"- Trong số nhiệm vụ chưa hoàn thành có: {'; '.join(named)}."] if named else []


def _of_fallen_due(totals: Figures) -> str:
    if not totals.fallen_due:
        return "- Chưa có nhiệm vụ nào đến hạn."
    return (
        f"- Trong {quantity(totals.fallen_due)} nhiệm vụ đến hạn (nhiệm vụ có thời hạn đã hoàn thành hoặc đã quá hạn): "
        f"hoàn thành trong hạn {fraction(totals.on_time_share)}, đạt {percent(totals.on_time_share)}; "
        f"hoàn thành quá hạn {fraction(totals.late_share)}, bằng {percent(totals.late_share)}; "
        f"chưa hoàn thành, quá hạn {fraction(totals.overdue_share)}, bằng {percent(totals.overdue_share)}."
    )


def _by_group(snapshot: Snapshot) -> list[str]:
    groups = by_comparison(snapshot.agencies)
    named = _overdue_agencies(snapshot)
    return [
        *(_group_sentence(group) for group in groups),
        *([f"Còn nhiệm vụ quá hạn (số nhiệm vụ ghi trong ngoặc): {named}."] if named else []),
        "Số liệu của từng cơ quan, đơn vị, địa phương tại Biểu tổng hợp dưới đây.",
    ]


def _group_sentence(group: Comparable) -> str:
    figures = group.figures
    name = Comparison(group.comparison).label
    overdue = f", trong đó quá hạn {quantity(figures.open_overdue)} nhiệm vụ" if figures.open_overdue else ""
    return (
        f"- {name} ({quantity(len(group.agencies))} cơ quan): {quantity(figures.given)} nhiệm vụ; "
        f"đã hoàn thành {percent_of(figures.done_share)}; chưa hoàn thành {quantity(figures.open)} nhiệm vụ{overdue}."
    )


def _ranked(snapshot: Snapshot) -> list[AgencyFigures]:
    """Agencies that take orders; the others are asked, never chased or ranked (DOMAIN §4)."""
    return [one for group in by_comparison(snapshot.agencies) if group.ranked for one in group.agencies]


def _overdue_agencies(snapshot: Snapshot) -> str:
    late = [one for one in _ranked(snapshot) if one.figures.open_overdue]
    late.sort(key=lambda one: -one.figures.open_overdue)
    named = [f"{one.name} ({quantity(one.figures.open_overdue)})" for one in late[:NAMED_AT_MOST]]
    rest = len(late) - len(named)
    return "; ".join(named) + (f" và {quantity(rest)} cơ quan, địa phương khác" if rest else "")


def _obstacles(snapshot: Snapshot) -> str:
    return (
        f"Cơ quan thực hiện phản ánh khó khăn, vướng mắc hoặc có đề xuất, kiến nghị đối với "
        f"{quantity(obstructed(snapshot))} nhiệm vụ, nội dung cụ thể tại cột (10) của Phụ lục."
    )


# --- II. What is proposed ---------------------------------------------------------------------------------------------
_AGENCIES = "Các cơ quan, đơn vị, địa phương"
_ASKED = "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh, các đoàn thể và cơ quan khác"

# Ground → sentence; {whom} is the one agency of the report or, when it is of all, those that the ground concerns.
_PROPOSALS = {
    "overdue": "{whom} khẩn trương hoàn thành {n} nhiệm vụ quá hạn; báo cáo rõ nguyên nhân, thời gian hoàn thành.",
    "returned": "{whom} bổ sung kết quả, minh chứng của {n} nhiệm vụ và gửi lại {issuer}.",
    "due_soon": "{whom} tập trung thực hiện {n} nhiệm vụ sắp đến hạn, bảo đảm đúng thời hạn.",
    "submitted": "{issuer} kiểm tra, xác nhận hoặc yêu cầu bổ sung đối với {n} nhiệm vụ đã gửi kết quả.",
    "asked": "Đề nghị {whom} quan tâm, phối hợp hoàn thành {n} nhiệm vụ đã quá thời hạn đề nghị.",
    "obstructed": "Giải quyết khó khăn, vướng mắc và kiến nghị đối với {n} nhiệm vụ nêu tại cột (10) của Phụ lục.",
}
_WHOM = {
    "overdue": f"{_AGENCIES} còn nhiệm vụ quá hạn",
    "returned": f"{_AGENCIES} có nhiệm vụ bị trả lại",
    "due_soon": f"{_AGENCIES} có nhiệm vụ sắp đến hạn",
    "asked": _ASKED,
}


def _proposals(snapshot: Snapshot, letterhead: Letterhead) -> list[str]:
    """Each proposal has its ground in a figure; bodies that take no orders are asked (DOMAIN §4)."""
    grounds = _grounds(snapshot)
    return [
        words.format(
            n=quantity(grounds[name]), issuer=letterhead.issuer_in_text, whom=snapshot.scope or _WHOM.get(name, "")
        )
        for name, words in _PROPOSALS.items()
        if grounds[name]
    ]


def _grounds(snapshot: Snapshot) -> dict[str, int]:
    totals = snapshot.totals
    ranked = total(_ranked(snapshot))
    with_ranked = ranked.open_overdue - ranked.overdue_submitted
    return {
        "overdue": with_ranked,
        "returned": totals.returned,
        "due_soon": totals.due_soon,
        "submitted": totals.waiting + totals.overdue_submitted,
        "asked": totals.open_overdue - totals.overdue_submitted - with_ranked,
        "obstructed": obstructed(snapshot),
    }
