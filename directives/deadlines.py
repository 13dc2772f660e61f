"""Deadlines as pure functions of dates: due rules and the label derived from the stored facts.

No clock and no database here: `on` (today) is passed in. Working days: workdays.py. The SQL twin of `label_of` stands
in models/labelling.py; a test holds the two together row by row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import TextChoices

from directives.states import Status

SOON_DAYS = 7  # "sắp đến hạn" (DOMAIN §2)


class DueKind(TextChoices):
    """The kinds of due rule (DOMAIN §3)."""

    DATE = "date", "Hạn cụ thể"
    RECURRING = "recurring", "Báo cáo định kỳ"
    RELATIVE = "relative", "Trong số ngày kể từ khi nhận hoặc ký"
    CONDITIONAL = "conditional", "Khi có điều kiện"
    STANDING = "standing", "Thường xuyên"
    NONE = "none", "Không có thời hạn"


class Period(TextChoices):
    WEEK = "week", "hằng tuần"
    MONTH = "month", "hằng tháng"
    QUARTER = "quarter", "hằng quý"
    HALF_YEAR = "half_year", "6 tháng"
    YEAR = "year", "hằng năm"


@dataclass(frozen=True)
class DueRule:
    """What a letter says about time, kept with its words.

    `printed_on` is the day as printed; `exclusive` is "trước ngày", which the trackers seen store as the day before.
    `count` working (or calendar) days run from receipt or from issue; `period` and `day` belong to recurring rules.
    """

    kind: DueKind
    phrase: str = ""
    printed_on: date | None = None
    exclusive: bool = False
    period: Period | None = None
    day: int | None = None
    count: int | None = None
    working_days: bool = True
    from_receipt: bool = True

    def last_day(self, *, day_before: bool = True) -> date | None:
        """The last day of a dated rule; `day_before`: "trước ngày D" ends on D-1 (an Office setting, DOMAIN §3)."""
        if self.kind != DueKind.DATE or self.printed_on is None:
            return None
        return self.printed_on - timedelta(days=1) if self.exclusive and day_before else self.printed_on

    @property
    def details(self) -> dict[str, object]:
        """What a rule without a day of its own says beside its phrase (Directive.due_details)."""
        if self.kind == DueKind.RECURRING:
            return {"period": self.period, "day": self.day}
        if self.kind == DueKind.RELATIVE:
            return {"count": self.count, "working_days": self.working_days, "from_receipt": self.from_receipt}
        return {}


class Label(StrEnum):
    """The one label of an assignment; every assignment that is not withdrawn is counted under exactly one."""

    OVERDUE = "qua-han"
    DUE_SOON = "sap-den-han"
    RETURNED = "tra-lai"
    WAITING = "cho-xac-nhan"
    ON_TRACK = "trong-han"
    UNDATED = "khong-thoi-han"
    STANDING = "thuong-xuyen"
    CONDITIONAL = "cho-dieu-kien"
    PAUSED = "tam-dung"
    DONE = "hoan-thanh"
    DONE_LATE = "hoan-thanh-qua-han"
    WITHDRAWN = "thu-hoi"


LABEL_NAMES: dict[Label, str] = {
    Label.OVERDUE: "Quá hạn",
    Label.DUE_SOON: "Sắp đến hạn",
    Label.RETURNED: "Trả lại, cần bổ sung",
    Label.WAITING: "Chờ xác nhận",
    Label.ON_TRACK: "Trong hạn",
    Label.UNDATED: "Không có thời hạn",
    Label.STANDING: "Thường xuyên",
    Label.CONDITIONAL: "Chờ điều kiện",
    Label.PAUSED: "Tạm dừng",
    Label.DONE: "Hoàn thành",
    Label.DONE_LATE: "Hoàn thành quá hạn",
    Label.WITHDRAWN: "Đã thu hồi",
}

OPEN_LABELS = frozenset(set(Label) - {Label.DONE, Label.DONE_LATE, Label.WITHDRAWN})
_UNDATED_LABELS = {DueKind.STANDING: Label.STANDING, DueKind.CONDITIONAL: Label.CONDITIONAL}


@dataclass(frozen=True)
class Facts:
    """What is stored about an assignment's time. `stopped_on`: the day its clock stopped (submission), else None."""

    status: str
    due_on: date | None
    stopped_on: date | None
    due_kind: str

    def days_late(self, on: date) -> int:
        """Days past the due day, 0 or less when in time; the clock stands still once it was stopped (DOMAIN §2)."""
        return ((self.stopped_on or on) - self.due_on).days if self.due_on else 0


def label_of(facts: Facts, *, on: date) -> Label:
    """The label on a day. Overdue counts from the day after the due day and wins over waiting and returned."""
    late = facts.days_late(on) > 0
    match facts.status:
        case Status.WITHDRAWN:
            return Label.WITHDRAWN
        case Status.DONE:
            return Label.DONE_LATE if late else Label.DONE
        case Status.PAUSED:
            return Label.PAUSED
    if late:
        return Label.OVERDUE
    if facts.status in (Status.SUBMITTED, Status.RETURNED):
        return Label.WAITING if facts.status == Status.SUBMITTED else Label.RETURNED
    return _label_by_time(facts, on)


def _label_by_time(facts: Facts, on: date) -> Label:
    if facts.due_on is None:
        return _UNDATED_LABELS.get(DueKind(facts.due_kind), Label.UNDATED)
    return Label.DUE_SOON if (facts.due_on - on).days <= SOON_DAYS else Label.ON_TRACK


def words_of(facts: Facts, *, on: date) -> str:
    """The words on the chip, with the number of days ("Quá hạn 12 ngày", "Còn 3 ngày")."""
    label = label_of(facts, on=on)
    days = facts.days_late(on)
    match label:
        case Label.OVERDUE:
            return f"Quá hạn {days} ngày"
        case Label.DUE_SOON:
            return "Đến hạn hôm nay" if days == 0 else f"Còn {-days} ngày"
        case Label.ON_TRACK:
            return f"Trong hạn, còn {-days} ngày"
        case Label.DONE_LATE:
            return f"Hoàn thành, quá hạn {days} ngày"
    return LABEL_NAMES[label]
