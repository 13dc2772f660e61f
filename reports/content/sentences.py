"""Sentences that several kinds of report share, each out of figures; every percentage carries its denominator."""

from __future__ import annotations

from agencies.models import Comparison
from directives.deadlines import SOON_DAYS
from directives.models import MANY_EXTENSIONS
from reports.content.letterhead import OFFICE
from reports.content.wording import day, fraction, moment, percent, percent_of, quantity
from reports.models import Denominator
from reports.periods import words_of
from reports.queries import AgencyFigures, Comparable, Figures, MoreTime, by_comparison
from reports.snapshots import Snapshot

NAMED_AT_MOST = 8  # agencies named in a sentence; the table names all


def obstructed(snapshot: Snapshot) -> int:
    """How many tasks came with obstacles or proposals."""
    return sum(1 for task in snapshot.tasks if task.difficulties)


def of_scope(snapshot: Snapshot) -> str:
    return f" của {snapshot.scope}" if snapshot.scope else ""


def period(snapshot: Snapshot) -> str:
    return words_of(snapshot.window.first, snapshot.window.last)


def window(snapshot: Snapshot) -> str:
    """ "số liệu tính từ ngày … đến ngày …", and the day of the statuses where it is another one."""
    its = snapshot.window
    words = f"số liệu tính từ ngày {day(its.first)} đến ngày {day(its.last)}"
    return words if its.on == its.last else f"{words}, trạng thái tính đến ngày {day(its.on)}"


def definition(snapshot: Snapshot) -> str:
    """Which assignments are counted (AssignmentQuerySet.given_in)."""
    its = snapshot.window
    return (
        f"Nhiệm vụ trong kỳ gồm các nhiệm vụ được giao đến hết ngày {day(its.last)} và chưa hoàn thành trước ngày "
        f"{day(its.first)}."
    )


def source(snapshot: Snapshot) -> str:
    history = f"; nhật ký {snapshot.history_code}" if snapshot.history else ""
    return f"Trích xuất từ hệ thống lúc {moment(snapshot.taken_at)}; mã {snapshot.code}{history}; {window(snapshot)}."


def replaces(snapshot: Snapshot) -> str:
    old = snapshot.replaces
    if old is None:
        return ""
    return f"Báo cáo này thay thế báo cáo mã {old.code} lập lúc {moment(old.taken_at)}."


def general(snapshot: Snapshot) -> list[str]:
    totals = snapshot.totals
    return [
        f"{who(snapshot)} {quantity(totals.given)} nhiệm vụ do UBND tỉnh giao hoặc đề nghị, trong đó:",
        f"- Đã hoàn thành {quantity(totals.done)} nhiệm vụ, bằng {percent_of(totals.done_share)} tổng số nhiệm vụ"
        + _breakdown(totals.done, totals.done_on_time, totals.done_late, totals.done_undated),
        f"- Chưa hoàn thành {quantity(totals.open)} nhiệm vụ, bằng "
        f"{percent_of(totals.open_share)} tổng số nhiệm vụ"
        + _breakdown(totals.open, totals.open_on_track, totals.open_overdue, totals.open_undated),
        *_among_open(totals),
        of_leading(totals, snapshot.leading),
        *_of_extended(snapshot.more_time),
    ]


def who(snapshot: Snapshot) -> str:
    if snapshot.scope:
        return f"Trong kỳ, {snapshot.scope} thực hiện"
    return f"Trong kỳ, {quantity(len(snapshot.agencies))} cơ quan, đơn vị, địa phương thực hiện"


def _breakdown(whole: int, in_time: int, late: int, undated: int) -> str:
    """ ", gồm: 31 nhiệm vụ trong hạn, 04 nhiệm vụ quá hạn, 05 nhiệm vụ không có thời hạn.", without the zeros."""
    if not whole:
        return "."
    parts = [(in_time, "trong hạn"), (late, "quá hạn"), (undated, "không có thời hạn")]
    return ", gồm: " + ", ".join(f"{quantity(n)} nhiệm vụ {words}" for n, words in parts if n) + "."


def _among_open(totals: Figures) -> list[str]:
    """Parts of what is open that somebody has to act on; nothing when there are none."""
    parts = [
        (totals.due_soon, f"sẽ đến hạn trong {SOON_DAYS:02d} ngày tới"),
        (totals.waiting, f"đã gửi kết quả, chờ {OFFICE.issuer_in_text} xác nhận"),
        (totals.returned, "bị trả lại, cần bổ sung"),
        (totals.paused, "tạm dừng"),
    ]
    named = [f"{quantity(n)} nhiệm vụ {words}" for n, words in parts if n]
    return [f"- Trong số nhiệm vụ chưa hoàn thành có: {'; '.join(named)}."] if named else []


_LEADING = {
    Denominator.FALLEN_DUE: "nhiệm vụ đến hạn (nhiệm vụ có thời hạn đã hoàn thành hoặc đã quá hạn)",
    Denominator.GIVEN: "nhiệm vụ được giao",
    Denominator.DONE: "nhiệm vụ đã hoàn thành",
}


def of_leading(totals: Figures, leading: Denominator) -> str:
    """The three percentages, of the denominator that leads."""
    on_time, late, overdue = totals.shares(leading)
    if not on_time.whole:
        nothing = "đến hạn" if leading == Denominator.FALLEN_DUE else "hoàn thành"
        return f"- Chưa có nhiệm vụ nào {nothing}."
    of_open = "" if overdue.whole == on_time.whole else " số nhiệm vụ chưa hoàn thành"
    return (
        f"- Trong {quantity(on_time.whole)} {_LEADING[leading]}: "
        f"hoàn thành trong hạn {fraction(on_time)}, đạt {percent(on_time)}; "
        f"hoàn thành quá hạn {fraction(late)}, bằng {percent(late)}; "
        f"chưa hoàn thành, quá hạn {fraction(overdue)}, bằng {percent(overdue)}{of_open}."
    )


def _of_extended(more: MoreTime | None) -> list[str]:
    """Punctuality by both due days (DOMAIN §3); nothing when nothing was extended."""
    if more is None:
        return []
    often = f", trong đó {quantity(more.often)} nhiệm vụ từ {MANY_EXTENSIONS:02d} lần trở lên" if more.often else ""
    return [
        f"- Đã gia hạn {quantity(more.extended)} nhiệm vụ{often}. Tỷ lệ hoàn thành trong hạn trên số nhiệm vụ đến hạn: "
        f"theo thời hạn đã gia hạn {percent_of(more.granted)}; theo thời hạn ban đầu {percent_of(more.original)}."
    ]


def by_group(snapshot: Snapshot) -> list[str]:
    groups = by_comparison(snapshot.agencies)
    named = overdue_agencies(snapshot)
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


def ranked(snapshot: Snapshot) -> list[AgencyFigures]:
    """Agencies that take orders; the others are asked, never chased or ranked (DOMAIN §4)."""
    return [one for group in by_comparison(snapshot.agencies) if group.ranked for one in group.agencies]


def overdue_agencies(snapshot: Snapshot) -> str:
    late = [(one.name, one.figures.open_overdue) for one in ranked(snapshot) if one.figures.open_overdue]
    return named_with_counts(sorted(late, key=lambda one: -one[1]), NAMED_AT_MOST)


def named_with_counts(counted: list[tuple[str, int]], at_most: int) -> str:
    """ "Sở Y tế (03); Sở Nội vụ (02) và 05 cơ quan, địa phương khác"."""
    named = "; ".join(f"{name} ({quantity(n)})" for name, n in counted[:at_most])
    rest = len(counted) - at_most
    return named + (f" và {quantity(rest)} cơ quan, địa phương khác" if rest > 0 else "")


def obstacles(snapshot: Snapshot) -> str:
    return (
        f"Cơ quan thực hiện phản ánh khó khăn, vướng mắc hoặc có đề xuất, kiến nghị đối với "
        f"{quantity(obstructed(snapshot))} nhiệm vụ, nội dung cụ thể tại cột (10) của Phụ lục."
    )
