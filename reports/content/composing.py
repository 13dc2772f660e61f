"""A snapshot and the words people gave it, put together: the one thing that PDF, Word and workbook are set from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils import timezone

from reports.content import letterhead, narrative
from reports.content.charts import Chart, charts_of
from reports.content.edition import Edition
from reports.content.letterhead import Letterhead
from reports.content.matrix import matrices
from reports.content.shapes import Narrative, Table
from reports.content.summary import Summary, summarise
from reports.content.tasklist import TITLE, Section, sections_of
from reports.models import ReportKind
from reports.snapshots import Snapshot

ON_ONE_PAGE = 12  # rows of the leaders' page to begin with; the PDF takes away until it is one page


@dataclass(frozen=True)
class Annex:
    """ "Phụ lục I", its title, and either `tables` (agency × directive) or the list of tasks in `sections`.

    `of`: the line that ties the annex to its report, between the blanks (Composed.blanks).
    """

    name: str
    title: str
    of: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Composed:
    snapshot: Snapshot
    edition: Edition
    letterhead: Letterhead
    text: Narrative
    summary: Summary
    annexes: tuple[Annex, ...]

    @property
    def is_draft(self) -> bool:
        return not self.edition.is_final

    @property
    def charts(self) -> tuple[Chart, ...]:
        """They stand at the end of the first chapter."""
        return charts_of(self.snapshot)

    @property
    def has_summary(self) -> bool:
        return any(part.has_summary for part in self.text.parts)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every short table of the document."""
        of_parts = (part.table for part in self.text.parts if part.table)
        return (*of_parts, *(table for annex in self.annexes for table in annex.tables))

    @property
    def blanks(self) -> tuple[str, str, str]:
        """Number, day and month as they are written, each "" while it is blank (a 0 before one digit, NĐ 30 PL I)."""
        day = self.edition.day
        number = self.edition.number
        month = f"{day:%m}" if day and day.month < 3 else str(day.month) if day else ""
        return number.zfill(2) if number.isdigit() else number, f"{day:%d}" if day else "", month

    @property
    def year(self) -> str:
        return str((self.edition.day or timezone.localtime(self.snapshot.taken_at)).year)

    @property
    def signer(self) -> tuple[str, ...]:
        """The lines of authority and position."""
        written = tuple(line.strip() for line in self.edition.position.splitlines() if line.strip())
        return written or self.letterhead.position


def compose(snapshot: Snapshot, edition: Edition | None = None, *, shown: int = ON_ONE_PAGE) -> Composed:
    """`shown`: rows on the leaders' one page."""
    edition = edition or Edition()
    head = letterhead_of(snapshot)
    text = narrative.write(snapshot, head, shown=shown).in_other_words(edition.texts)
    return Composed(snapshot, edition, head, text, summarise(snapshot), _annexes(snapshot, edition, head))


def letterhead_of(snapshot: Snapshot) -> Letterhead:
    if snapshot.kind == ReportKind.OWN and snapshot.agency is not None:
        return letterhead.of_agency(snapshot.agency)
    return letterhead.OFFICE


def _annexes(snapshot: Snapshot, edition: Edition, head: Letterhead) -> tuple[Annex, ...]:
    if snapshot.kind == ReportKind.EXCEPTIONS or not snapshot.tasks:
        return ()
    year = (edition.day or timezone.localtime(snapshot.taken_at)).year
    of = ("(Kèm theo Báo cáo số ", f"/{head.notation} ngày ", " tháng ", f" năm {year} của {head.author})")
    found = [Annex("Phụ lục", TITLE, of, sections=sections_of(snapshot))]
    if snapshot.directives:
        matrix = Annex("Phụ lục I", "KẾT QUẢ CỦA TỪNG CƠ QUAN ĐỐI VỚI TỪNG NHIỆM VỤ", of, tables=matrices(snapshot))
        found = [matrix, replace(found[0], name="Phụ lục II")]
    return tuple(found)
