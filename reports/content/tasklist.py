"""Form (b): the list of tasks (DOMAIN §7), A4 landscape. Every form of the annex reads these columns and rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from agencies.text import nfc
from reports.content.chasing import note_of
from reports.content.wording import number, roman
from reports.snapshots import Snapshot, TaskRow

HEADINGS = (
    "TT",
    "Số, ký hiệu, ngày văn bản giao",
    "Nội dung nhiệm vụ",
    "Cơ quan chủ trì",
    "Cơ quan phối hợp",
    "Thời hạn",
    "Kết quả, tiến độ thực hiện",
    "Văn bản, minh chứng",
    "Trạng thái",
    "Khó khăn, vướng mắc, kiến nghị",
    "Ghi chú",
)
CENTRED = frozenset({"TT", "Thời hạn"})  # short values
TITLE = "DANH MỤC NHIỆM VỤ VÀ TÌNH HÌNH THỰC HIỆN"

# What has no shape on paper: controls but the line feed, soft hyphens, zero-width and bidirectional marks.
_SHAPELESS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True)
class Section:
    """The tasks of one agency. `heading` is blank when the whole list is of one agency. Rows: a text per column."""

    heading: str
    rows: tuple[tuple[str, ...], ...]


def sections_of(snapshot: Snapshot) -> tuple[Section, ...]:
    """The rows agency by agency, numbered through."""
    made: list[Section] = []
    counted = 0
    for place, (agency, tasks) in enumerate(groupby(snapshot.tasks, key=lambda task: task.agency), start=1):
        rows = tuple(_row(counted + number_in, task) for number_in, task in enumerate(tasks, start=1))
        counted += len(rows)
        made.append(Section(clean(f"{roman(place)}. {agency} ({number(len(rows))} nhiệm vụ)"), rows))
    return (Section("", made[0].rows),) if len(made) == 1 else tuple(made)


def _row(ordinal: int, task: TaskRow) -> tuple[str, ...]:
    letter = f"{task.letter} (mục {task.label})" if task.label else task.letter
    cells = (letter, task.title, task.lead, task.support, task.due, task.result, task.evidence, task.status)
    return (str(ordinal), *map(clean, (*cells, task.difficulties, note_of(task))))


def clean(text: str) -> str:
    """The text as it can be set: composed letters, line feeds, nothing without a shape."""
    return nfc(_SHAPELESS.sub("", text.replace("\t", " ").replace("\r\n", "\n")))
