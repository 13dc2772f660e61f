"""A chase as an official letter (công văn): its words and its list, written from the frozen act (DOMAIN §4).

Bodies that are not subordinate are asked with thanks; a demand to explain speaks for the leader who made it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from django.utils import timezone

from directives.models import Chase, ChaseItem
from directives.states import ChaseKind
from reports.content.letterhead import OFFICE, Letterhead
from reports.content.wording import day, moment, quantity

LETTERHEAD = replace(
    OFFICE,
    notation="VP-KGVX",
    recipients=("Như trên;", "Chủ tịch, các Phó Chủ tịch UBND tỉnh (báo cáo);", "C, PVP UBND tỉnh;", "Lưu: VT, KGVX."),
)
NAMED_AT_MOST = 12  # bodies under "Kính gửi"; more are named by the list in the text


@dataclass(frozen=True)
class Line:
    """One row of the list, as printed."""

    ordinal: str
    title: str
    letter: str
    dated: str
    due: str
    late: str


@dataclass(frozen=True)
class Band:
    """The rows of one agency."""

    agency: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ChaseLetter:
    """Everything the letter prints. `subject` follows "V/v"; `source` stands outside the layout zone."""

    letterhead: Letterhead
    subject: str
    addressees: tuple[str, ...]
    opening: str
    bands: tuple[Band, ...]
    paragraphs: tuple[str, ...]
    closing: str
    source: str
    made_at: datetime

    @property
    def year(self) -> str:
        return str(self.made_at.year)


def write(act: Chase, items: Sequence[ChaseItem]) -> ChaseLetter:
    """The letter of an act. `items`: all of them, agency by agency, with agency, assignment, directive and letter."""
    bands = tuple(_bands(items))
    write_words = _WORDS[ChaseKind(act.kind)]
    subject, opening, paragraphs, closing = write_words(act, items, _who(bands))
    return ChaseLetter(
        letterhead=LETTERHEAD,
        subject=subject,
        addressees=_addressees(bands),
        opening=opening,
        bands=bands,
        paragraphs=tuple(filter(None, (*paragraphs, *act.text.splitlines()))),
        closing=closing,
        source=f"Trích xuất từ hệ thống lúc {moment(act.chased_at)}; {act}.",
        made_at=timezone.localtime(act.chased_at),
    )


def _bands(items: Sequence[ChaseItem]) -> list[Band]:
    bands, counted = [], 0
    for agency, theirs in groupby(items, lambda item: item.agency):
        lines = [_line(counted + place, item) for place, item in enumerate(theirs, start=1)]
        counted += len(lines)
        bands.append(Band(agency.short_name, tuple(lines)))
    return bands


def _line(ordinal: int, item: ChaseItem) -> Line:
    directive = item.assignment.directive
    letter = directive.letter
    return Line(
        ordinal=str(ordinal),
        title=f"{directive.label}. {directive.title}",
        letter=f"{letter.reference},",
        dated=letter.dated,
        due=day(item.due_on) if item.due_on else directive.get_due_kind_display(),
        late=f"{item.days_late} ngày" if item.days_late else "",
    )


def _who(bands: Sequence[Band]) -> str:
    return bands[0].agency if len(bands) == 1 else f"{quantity(len(bands))} cơ quan, đơn vị, địa phương"


def _addressees(bands: Sequence[Band]) -> tuple[str, ...]:
    if len(bands) <= NAMED_AT_MOST:
        return tuple(band.agency for band in bands)
    return ("Các cơ quan, đơn vị, địa phương có tên trong danh sách dưới đây",)


_Words = tuple[str, str, tuple[str, ...], str]  # subject, opening, paragraphs, closing


def _chase(act: Chase, items: Sequence[ChaseItem], who: str) -> _Words:
    late = sum(1 for item in items if item.days_late)
    of_these = f", trong đó {quantity(late)} nhiệm vụ đã quá hạn" if late else ""
    return (
        "đôn đốc thực hiện nhiệm vụ Ủy ban nhân dân tỉnh giao",
        f"Qua theo dõi việc thực hiện nhiệm vụ do Ủy ban nhân dân tỉnh (UBND tỉnh) giao, tính đến ngày "
        f"{day(act.chased_on)}, {who} còn {quantity(len(items))} nhiệm vụ chưa hoàn thành{of_these}, cụ thể:",
        (
            f"Văn phòng UBND tỉnh đề nghị {_asked(act, items)} khẩn trương chỉ đạo hoàn thành các nhiệm vụ nêu trên, "
            f"cập nhật kết quả và minh chứng trên hệ thống Theo dõi chỉ đạo trước 17 giờ 00 ngày {day(act.answer_by)}.",
            "Trường hợp có khó khăn, vướng mắc, báo cáo rõ nguyên nhân và đề xuất giải pháp để tổng hợp, báo cáo "
            "Chủ tịch UBND tỉnh.",
        ),
        "Văn phòng UBND tỉnh thông báo để các cơ quan biết, thực hiện./.",
    )


def _request(act: Chase, items: Sequence[ChaseItem], who: str) -> _Words:
    return (
        "đề nghị quan tâm thực hiện nội dung phối hợp",
        f"Thực hiện công tác phối hợp theo các văn bản của Ủy ban nhân dân tỉnh (UBND tỉnh), tính đến ngày "
        f"{day(act.chased_on)}, {who} có {quantity(len(items))} nội dung UBND tỉnh đề nghị chưa có kết quả, cụ thể:",
        (
            "Văn phòng UBND tỉnh trân trọng đề nghị quý cơ quan quan tâm thực hiện và thông tin kết quả trước "
            f"17 giờ 00 ngày {day(act.answer_by)} để tổng hợp, báo cáo UBND tỉnh.",
        ),
        "Trân trọng cảm ơn sự phối hợp của quý cơ quan./.",
    )


def _explanation(act: Chase, items: Sequence[ChaseItem], who: str) -> _Words:
    leader = act.chased_by.position or "lãnh đạo UBND tỉnh"
    return (
        "giải trình việc chậm thực hiện nhiệm vụ Ủy ban nhân dân tỉnh giao",
        f"Thực hiện ý kiến chỉ đạo của {leader} ngày {day(act.chased_on)}, Văn phòng Ủy ban nhân dân tỉnh (UBND tỉnh) "
        f"đề nghị {who} giải trình đối với {quantity(len(items))} nhiệm vụ sau:",
        (
            "Nội dung giải trình nêu rõ nguyên nhân chậm, kết quả đã thực hiện, thời gian hoàn thành và trách nhiệm "
            f"của tập thể, cá nhân có liên quan; gửi trên hệ thống Theo dõi chỉ đạo trước 17 giờ 00 ngày "
            f"{day(act.answer_by)} để báo cáo lãnh đạo UBND tỉnh.",
        ),
        f"Văn phòng UBND tỉnh thông báo để {who} biết, thực hiện./.",
    )


def _asked(act: Chase, items: Sequence[ChaseItem]) -> str:
    agencies = {item.agency.short_name for item in items}
    return agencies.pop() if len(agencies) == 1 else "các cơ quan, đơn vị, địa phương"


_WORDS = {ChaseKind.CHASE: _chase, ChaseKind.REQUEST: _request, ChaseKind.EXPLANATION: _explanation}
