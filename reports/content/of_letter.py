"""What the report on one letter adds: its name, its directives with their figures."""

from __future__ import annotations

from reports.content.shapes import Column, Table
from reports.content.tasklist import clean
from reports.content.wording import number, percent, quantity
from reports.snapshots import Snapshot

_COUNTS = ("Tổng số", "Đã HT", "HT trễ hạn", "Chưa HT", "Quá hạn")


def letter_named(snapshot: Snapshot) -> str:
    """ "Công văn số 125/UBND-KGVX ngày 05/01/2023"; what is blank in the letter is left out."""
    letter = snapshot.letter
    if letter is None:
        return "văn bản"
    dated = letter.dated if letter.dated.startswith("tháng") else f"ngày {letter.dated}"
    return clean(f"{letter.kind} số {letter.reference} {dated}")


def directives_table(snapshot: Snapshot) -> Table:
    columns = (
        Column("Mục", 13, True),
        Column("Nội dung nhiệm vụ", 78),
        *(Column(name, 13, True) for name in _COUNTS),
        Column("Tỷ lệ HT", 15, True),
    )
    rows = tuple(
        (
            one.label,
            clean(one.title),
            *map(number, (one.figures.given, one.figures.done, one.figures.done_late)),
            *map(number, (one.figures.open, one.figures.open_overdue)),
            percent(one.figures.done_share),
        )
        for one in snapshot.directives
    )
    count = quantity(len(snapshot.directives))
    return Table(
        "nhiem-vu",
        "BIỂU KẾT QUẢ THEO NHIỆM VỤ",
        f"{count} nhiệm vụ nêu tại {letter_named(snapshot)}",
        columns,
        rows,
        ("HT: hoàn thành. Mẫu số của tỷ lệ hoàn thành là tổng số cơ quan được giao nhiệm vụ đó.",),
    )
