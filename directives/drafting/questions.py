"""What stands in the way of giving a card to anybody, and what somebody should look at first."""

from __future__ import annotations

from datetime import date

from directives.deadlines import DueKind
from directives.drafting.cards import Card, CardState

SURE = 0.8  # below this confidence an officer is asked to look


def obstacles(card: Card, *, given: int, effective_on: date) -> list[str]:
    """Sentences about what must be put right first; `given`: to how many agencies the card goes."""
    found = []
    if not card.title.strip():
        found.append("Chưa có tên nhiệm vụ")
    if not given:
        found.append("Chưa có cơ quan chủ trì")
    if card.due.kind == DueKind.DATE and card.due_on is None:
        found.append("Chưa có ngày của hạn")
    if card.due_on and card.due_on < effective_on:
        found.append(f"Hạn phải sau ngày ban hành văn bản ({effective_on:%d/%m/%Y})")
    return found


def doubts(card: Card) -> list[str]:
    """Sentences about what is not certain; a card that was checked is asked only about bodies nobody has chosen."""
    found = [f"«{one.phrase}»: chưa chọn cơ quan nào nên không giao" for one in card.leads if not one.is_settled]
    if card.state == CardState.CHECKED:
        return found
    if card.due.kind == DueKind.RECURRING and card.due.period is None:
        found.append("Ghi định kỳ nhưng chưa rõ kỳ báo cáo")
    if card.confidence < SURE and not found:
        found.append(f"Độ tin cậy {card.percent} %. {'. '.join(card.reasons[-2:])}")
    return found
