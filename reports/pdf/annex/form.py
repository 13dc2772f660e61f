"""Form (b): the list of tasks (DOMAIN §7), A4 landscape. Both ways of setting the annex read these columns and rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from agencies.text import nfc
from reports.content.letterhead import Letterhead
from reports.content.wording import number, roman
from reports.pdf.annex.widths import balanced
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

# What has no shape on paper: controls but the line feed, soft hyphens, zero-width and bidirectional marks.
_SHAPELESS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


@dataclass(frozen=True)
class Column:
    """`width` in points."""

    heading: str
    width: float
    centred: bool


@dataclass(frozen=True)
class Section:
    """The tasks of one agency. `heading` is blank when the whole annex is of one agency. Rows: a text per column."""

    heading: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Annex:
    """`of`: the line that ties the annex to its report, between the blanks that are filled when it is issued."""

    name: str
    title: str
    of: tuple[str, ...]
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]

    @property
    def size(self) -> int:
        """Rows in all, without the headings."""
        return sum(len(section.rows) for section in self.sections)

    def widths_as_css(self) -> str:
        """A rule for the `<col>` of each column (_annex.html)."""
        rules = (f".annex .c{place} {{ width: {one.width:.3f}pt }}" for place, one in enumerate(self.columns, start=1))
        return "\n".join(rules)


def annex_of(snapshot: Snapshot, letterhead: Letterhead) -> Annex:
    year = timezone.localtime(snapshot.taken_at).year
    sections = _sections(snapshot)
    widths = balanced(HEADINGS, [row for section in sections for row in section.rows])
    return Annex(
        name="Phụ lục",
        title="DANH MỤC NHIỆM VỤ VÀ TÌNH HÌNH THỰC HIỆN",
        of=(
            "(Kèm theo Báo cáo số ",
            f"/{letterhead.notation} ngày ",
            " tháng ",
            f" năm {year} của {letterhead.author})",
        ),
        columns=tuple(Column(*one, one[0] in CENTRED) for one in zip(HEADINGS, widths, strict=True)),
        sections=sections,
    )


def _sections(snapshot: Snapshot) -> tuple[Section, ...]:
    """The rows agency by agency, numbered through."""
    made: list[Section] = []
    counted = 0
    for place, (agency, tasks) in enumerate(groupby(snapshot.tasks, key=lambda task: task.agency), start=1):
        rows = tuple(_row(counted + number_in, task) for number_in, task in enumerate(tasks, start=1))
        counted += len(rows)
        made.append(Section(_clean(f"{roman(place)}. {agency} ({number(len(rows))} nhiệm vụ)"), rows))
    return (Section("", made[0].rows),) if len(made) == 1 else tuple(made)


def _row(ordinal: int, task: TaskRow) -> tuple[str, ...]:
    letter = f"{task.letter} (mục {task.label})" if task.label else task.letter
    cells = (letter, task.title, task.lead, task.support, task.due, task.result, task.evidence, task.status)
    return (str(ordinal), *map(_clean, (*cells, task.difficulties, task.note)))


def _clean(text: str) -> str:
    return nfc(_SHAPELESS.sub("", text.replace("\t", " ").replace("\r\n", "\n")))
