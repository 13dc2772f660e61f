"""What is proposed: each proposal has its ground in a figure; bodies that take no orders are asked (DOMAIN §4)."""

from __future__ import annotations

from reports.content.letterhead import Letterhead
from reports.content.sentences import obstructed, ranked
from reports.content.wording import quantity
from reports.queries import total
from reports.snapshots import Snapshot

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


def proposals(snapshot: Snapshot, letterhead: Letterhead) -> list[str]:
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
    chased = total(ranked(snapshot))
    with_ranked = chased.open_overdue - chased.overdue_submitted
    return {
        "overdue": with_ranked,
        "returned": totals.returned,
        "due_soon": totals.due_soon,
        "submitted": totals.waiting + totals.overdue_submitted,
        "asked": totals.open_overdue - totals.overdue_submitted - with_ranked,
        "obstructed": obstructed(snapshot),
    }
