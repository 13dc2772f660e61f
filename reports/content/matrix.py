"""Agency × directive of one letter: who stands where with what (the report on a letter)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from directives.deadlines import Label
from reports.content.shapes import Column, Table
from reports.content.tasklist import clean
from reports.snapshots import Snapshot

ACROSS = 16  # directives in one table; a letter with more has several
SIGNS = {
    Label.DONE: "HT",
    Label.DONE_LATE: "HTT",
    Label.WAITING: "CXN",
    Label.ON_TRACK: "ĐTH",
    Label.DUE_SOON: "SH",
    Label.OVERDUE: "QH",
    Label.RETURNED: "TL",
    Label.PAUSED: "TD",
    Label.UNDATED: "KTH",
    Label.STANDING: "TX",
    Label.CONDITIONAL: "CĐK",
}
MEANINGS = {
    Label.DONE: "hoàn thành",
    Label.DONE_LATE: "hoàn thành trễ hạn",
    Label.WAITING: "chờ xác nhận",
    Label.ON_TRACK: "đang thực hiện, trong hạn",
    Label.DUE_SOON: "sắp đến hạn",
    Label.OVERDUE: "quá hạn",
    Label.RETURNED: "trả lại, cần bổ sung",
    Label.PAUSED: "tạm dừng",
    Label.UNDATED: "chưa hoàn thành, không thời hạn",
    Label.STANDING: "thường xuyên",
    Label.CONDITIONAL: "chờ điều kiện",
}


def matrices(snapshot: Snapshot) -> tuple[Table, ...]:
    """One table for every `ACROSS` directives; an agency that was not given a directive has a dash there."""
    return tuple(_matrices(snapshot))


def _matrices(snapshot: Snapshot) -> Iterator[Table]:
    labels = [one.label for one in snapshot.directives]
    agencies = list(dict.fromkeys(task.agency for task in snapshot.tasks))
    signs: defaultdict[tuple[str, str], list[str]] = defaultdict(list)  # several where a duty recurs
    for task in snapshot.tasks:
        signs[task.agency, task.label].append(SIGNS[Label(task.state)])
    used = {task.state for task in snapshot.tasks}
    note = "; ".join(f"{SIGNS[label]}: {words}" for label, words in MEANINGS.items() if label in used)
    for start in range(0, len(labels), ACROSS):
        across = labels[start : start + ACROSS]
        rows = [
            (str(place), clean(agency), *(", ".join(signs.get((agency, label), "–")) for label in across))
            for place, agency in enumerate(agencies, start=1)
        ]
        given = [row for row in rows if any(sign != "–" for sign in row[2:])]
        columns = (Column("TT", 9, True), Column("Cơ quan", 60), *(Column(label, 11, True) for label in across))
        yield Table(f"ma-tran-{start}", "", "", columns, tuple(given), (f"{note}; –: không giao.",))
