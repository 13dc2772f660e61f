"""What the Office has laid down about reminders, as a value: who is told what on which day, and when mail may leave.

No database here: a policy's rows are in models/policy.py. DEFAULT is DOMAIN §4.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import time
from hashlib import sha256
from typing import Any

from django.db.models import TextChoices

NUDGE_EVERY = 30  # days between two nudges about one standing assignment
FARTHEST = 60  # days a rung may lie from the due day


class Hearer(TextChoices):
    """Who may be told at a rung of the ladder."""

    STAFF = "can-bo", "Cán bộ đầu mối"
    HEAD = "thu-truong", "Thủ trưởng cơ quan"
    OFFICE = "van-phong", "Văn phòng"
    LEADER = "lanh-dao", "Lãnh đạo UBND tỉnh"


ABOVE = frozenset({Hearer.OFFICE, Hearer.LEADER})  # outside the agency


@dataclass(frozen=True)
class Step:
    """A rung: `day` counts from the due day, negative before it."""

    day: int
    hearers: frozenset[Hearer]

    @property
    def when(self) -> str:
        """ "trước hạn 7 ngày", "đúng ngày đến hạn", "quá hạn 5 ngày"."""
        if not self.day:
            return "đúng ngày đến hạn"
        return f"{'trước' if self.day < 0 else 'quá'} hạn {abs(self.day)} ngày"

    @property
    def heard_by(self) -> str:
        """ "Cán bộ đầu mối, Thủ trưởng cơ quan"."""
        return ", ".join(one.label for one in Hearer if one in self.hearers)

    def __str__(self) -> str:
        return f"{self.when}: {self.heard_by}"


@dataclass(frozen=True)
class Policy:
    """All that is laid down at one time; `steps` by day. Days without a report, months and None are explained below.

    `standing_after`, `standing_head_after`: days without a report after which the staff, then the head too, are nudged
    about a standing assignment; None never. `condition_months`: how often the Office is asked whether a condition has
    come about; None never. `quiet_weekdays`: 0 is Monday.
    """

    steps: tuple[Step, ...]
    opens: time = time(7)
    closes: time = time(17)
    quiet_weekdays: frozenset[int] = frozenset()
    digest: bool = True
    asking: str = "Trân trọng đề nghị"
    asked_when_late: bool = True
    standing_after: int | None = 30
    standing_head_after: int | None = 90
    condition_months: int | None = 3
    overview: bool = True

    @property
    def red_from(self) -> int | None:
        """From how many days past the due day on an assignment is "đỏ đặc biệt": leaders are told; None never."""
        return min((step.day for step in self.steps if Hearer.LEADER in step.hearers and step.day > 0), default=None)

    def is_red(self, days_late: int) -> bool:
        return self.red_from is not None and days_late >= self.red_from

    @property
    def fingerprint(self) -> str:
        """Tells two policies apart; the same in every process."""
        return sha256(json.dumps(self._in_words()).encode()).hexdigest()

    @property
    def summary(self) -> str:
        """ "trước hạn 7 và 3 ngày, đúng ngày đến hạn, quá hạn 1, 3 và 5 ngày"."""
        before = _days(-step.day for step in self.steps if step.day < 0)
        after = _days(step.day for step in self.steps if step.day > 0)
        on_the_day = "đúng ngày đến hạn" if any(not step.day for step in self.steps) else ""
        parts = (f"trước hạn {before} ngày" if before else "", on_the_day, f"quá hạn {after} ngày" if after else "")
        return ", ".join(part for part in parts if part)

    def differences(self, other: Policy) -> dict[str, tuple[str, str]]:
        """What a person reads as changed, from this policy to `other`: what → (before, after)."""
        before, after = self._in_words(), other._in_words()
        pairs = {what: (before.get(what, NO_RUNG), after.get(what, NO_RUNG)) for what in before | after}
        return {what: pair for what, pair in pairs.items() if pair[0] != pair[1]}

    def _in_words(self) -> dict[str, str]:
        """Each part with its value; a rung is a part of its own."""
        said = {f"Mốc {step.when}": step.heard_by for step in self.steps}
        return said | {words: _said(getattr(self, name)) for name, words in WORDS.items()}


NO_RUNG = "không nhắc"
WORDS = {
    "opens": "Gửi từ",
    "closes": "Gửi đến",
    "quiet_weekdays": "Không gửi vào",
    "digest": "Gộp thành một thư mỗi ngày",
    "asking": "Lời văn với cơ quan được đề nghị",
    "asked_when_late": "Nhắc cơ quan được đề nghị khi đã quá hạn",
    "standing_after": "Nhiệm vụ thường xuyên: nhắc cán bộ sau số ngày không cập nhật",
    "standing_head_after": "Nhiệm vụ thường xuyên: báo thủ trưởng sau số ngày không cập nhật",
    "condition_months": "Nhiệm vụ chờ điều kiện: Văn phòng kiểm tra sau số tháng",
    "overview": "Thư tổng hợp buổi sáng cho Văn phòng",
}
assert ["steps", *WORDS] == [field.name for field in fields(Policy)]

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
STAFF, STAFF_AND_HEAD = frozenset({Hearer.STAFF}), frozenset({Hearer.STAFF, Hearer.HEAD})

DEFAULT = Policy(
    (
        Step(-7, STAFF),
        Step(-3, STAFF),
        Step(0, STAFF),
        Step(1, STAFF),
        Step(3, STAFF_AND_HEAD),
        Step(5, STAFF_AND_HEAD | ABOVE),
    )
)


def _days(numbers: Iterable[int]) -> str:
    """ "1, 3 và 5"."""
    *others, last = [str(number) for number in numbers] or [""]
    return f"{', '.join(others)} và {last}" if others else last


def _said(value: Any) -> str:
    match value:
        case bool():
            return "có" if value else "không"
        case None:
            return "không"
        case time():
            return f"{value:%H:%M}"
        case frozenset():
            return ", ".join(WEEKDAYS[day] for day in sorted(value)) or "không có ngày nào"
    return str(value)
