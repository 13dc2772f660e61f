"""One thing one person is to be reminded of, and who hears it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from agencies.models import Role, User
from directives.models.notice import CONDITION_STEP, STANDING_STEP
from directives.policy import Hearer

CATCH_UP = timedelta(days=14)  # longer than any rest; what was missed before that is history


class Reason(StrEnum):
    DEADLINE = "thời hạn"
    STANDING = "nhiệm vụ thường xuyên"
    CONDITION = "nhiệm vụ chờ điều kiện"


@dataclass(frozen=True)
class Reminder:
    """One assignment one person is to be reminded of on `today`.

    Of a deadline: `step` is the rung, in days from the due day; `missed` are rungs before it that the person was not
    told of. Of a standing assignment: `step` is the number of days without a report.
    """

    recipient: User
    assignment_id: int
    today: date
    reason: Reason = Reason.DEADLINE
    due_on: date | None = None
    step: int = 0
    missed: tuple[int, ...] = ()

    @property
    def days(self) -> int:
        """How far `today` is from the due day; more than `step` when a rung is caught up."""
        return (self.today - self.due_on).days if self.due_on else self.step

    @property
    def mark(self) -> str:
        """What NoticeItem.step keeps of it."""
        if self.reason == Reason.DEADLINE:
            return f"{self.days:+d}"
        return STANDING_STEP if self.reason == Reason.STANDING else CONDITION_STEP

    @property
    def missed_on(self) -> list[tuple[date, str]]:
        """The days of the missed rungs, with what NoticeItem.step keeps of each."""
        return [(self.due_on + timedelta(days=step), f"{step:+d}") for step in self.missed] if self.due_on else []

    @property
    def why(self) -> str:
        """ "hạn 27/02/2023, mốc trước hạn 7 ngày, nhắc bù sau 1 ngày"."""
        if self.reason == Reason.STANDING:
            return f"nhiệm vụ thường xuyên, {self.step} ngày không cập nhật"
        if self.due_on is None:
            return "nhiệm vụ chờ điều kiện, kiểm tra định kỳ"
        rung = "đúng ngày đến hạn"
        if self.step:
            rung = f"{'trước' if self.step < 0 else 'quá'} hạn {abs(self.step)} ngày"
        late = self.days - self.step
        return f"hạn {self.due_on:%d/%m/%Y}, mốc {rung}" + (f", nhắc bù sau {late} ngày" if late else "")


def of_agency(people: list[User], wanted: frozenset[Hearer]) -> list[User]:
    """Those of an agency's people who hear at a rung.

    Where nobody of the staff can be written to, the head hears what the staff would.
    """
    staff = [person for person in people if person.role == Role.AGENCY_STAFF]
    heads = [person for person in people if person.role != Role.AGENCY_STAFF]
    chosen = (staff or heads) if Hearer.STAFF in wanted else []
    return [*chosen, *(head for head in heads if Hearer.HEAD in wanted and head not in chosen)]
