"""The report an agency makes on its own work, filled from its updates, for it to sign and send (DOMAIN §7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reports.content import chasing
from reports.content.comparison import comparison
from reports.content.letterhead import Letterhead
from reports.content.sentences import definition, general, period, replaces, source, window
from reports.content.shapes import Chapter, Narrative, Part
from reports.content.tasklist import clean
from reports.content.wording import quantity
from reports.snapshots import Snapshot, TaskRow

TOLD_AT_MOST = 20  # tasks told one by one in the text; the annex has all

NOTHING = "Trong kỳ báo cáo, {whom} không có nhiệm vụ nào được giao hoặc đang thực hiện."


def write(snapshot: Snapshot, letterhead: Letterhead) -> Narrative:
    whom = letterhead.issuer_in_text
    annex = " (chi tiết tại Phụ lục kèm theo)" if snapshot.tasks else ""
    return Narrative(
        subject="Kết quả thực hiện nhiệm vụ do Ủy ban nhân dân tỉnh giao",
        period=period(snapshot),
        addressees=("Ủy ban nhân dân tỉnh Lạng Sơn",),
        opening=(
            f"Thực hiện các nhiệm vụ do Ủy ban nhân dân tỉnh (UBND tỉnh) giao, {whom} báo cáo kết quả thực hiện "
            f"{period(snapshot)} ({window(snapshot)}) như sau:"
        ),
        chapters=tuple(_chapters(snapshot, letterhead)),
        closing=(
            f"Trên đây là kết quả thực hiện nhiệm vụ do UBND tỉnh giao {period(snapshot)}{annex}, {whom} kính báo cáo "
            "UBND tỉnh xem xét, chỉ đạo./."
        ),
        recipients=("Như trên;", *letterhead.recipients),
        definition=definition(snapshot),
        source=source(snapshot),
        replaces=replaces(snapshot),
    )


def _chapters(snapshot: Snapshot, letterhead: Letterhead) -> list[Chapter]:
    whom = letterhead.issuer_in_text
    if not snapshot.tasks:
        return [Chapter("ket-qua", "KẾT QUẢ THỰC HIỆN", (NOTHING.format(whom=whom),))]
    chapters = [
        Chapter("ket-qua", "KẾT QUẢ THỰC HIỆN", parts=tuple(_results(snapshot, letterhead))),
        Chapter("vuong-mac", "KHÓ KHĂN, VƯỚNG MẮC VÀ NGUYÊN NHÂN", tuple(_told(snapshot.tasks, _obstacle))),
        Chapter("tiep-theo", "NHIỆM VỤ TIẾP TỤC THỰC HIỆN", tuple(_ahead(snapshot, whom))),
        Chapter("kien-nghi", "ĐỀ XUẤT, KIẾN NGHỊ", tuple(_told(snapshot.tasks, _proposal))),
    ]
    return [chapter for chapter in chapters if chapter.paragraphs or chapter.parts]


def _results(snapshot: Snapshot, letterhead: Letterhead) -> list[Part]:
    words = (*general(snapshot), *chasing.received(snapshot, letterhead.issuer_in_text))
    parts = [Part("chung", "Kết quả chung", words)]
    told = tuple(_told(snapshot.tasks, _result))
    if told:
        parts.append(Part("cu-the", "Kết quả cụ thể", told))
    before = snapshot.previous
    if before is not None and before.figures.given:
        beside = "Số liệu của kỳ báo cáo và kỳ trước liền kề như sau:"
        parts.append(Part("so-sanh", "So với kỳ trước", (beside,), table=comparison(snapshot)))
    return parts


def _told(tasks: Iterable[TaskRow], tell: Callable[[TaskRow], str]) -> list[str]:
    """A paragraph for each task there is something to tell of; of very many the first, and where the others are."""
    said = [(task, words) for task in tasks if (words := " ".join(clean(tell(task)).split()))]
    paragraphs = [f"- {_named(task)}: {_closed(words)}" for task, words in said[:TOLD_AT_MOST]]
    rest = len(said) - TOLD_AT_MOST
    return [*paragraphs, f"- {quantity(rest)} nhiệm vụ khác: chi tiết tại Phụ lục."] if rest > 0 else paragraphs


def _named(task: TaskRow) -> str:
    letter = task.letter.partition(",")[0]
    place = f"mục {task.label}, {letter}" if task.label else letter
    return clean(f"{task.title} ({place})")


def _result(task: TaskRow) -> str:
    if not task.updated:
        return ""
    evidence = f" Văn bản, minh chứng: {task.evidence}." if task.evidence else ""
    return f"tiến độ {_closed(task.result)}{evidence} Trạng thái: {task.status[:1].lower()}{task.status[1:]}."


def _obstacle(task: TaskRow) -> str:
    causes = f" Nguyên nhân: {_closed(task.causes)}" if task.causes else ""
    return f"{_closed(task.obstacles)}{causes}" if task.obstacles or causes else ""


def _proposal(task: TaskRow) -> str:
    return task.proposals


def _ahead(snapshot: Snapshot, whom: str) -> list[str]:
    totals = snapshot.totals
    with_office = totals.waiting + totals.overdue_submitted
    grounds = (
        (
            totals.open_overdue - totals.overdue_submitted,
            "nhiệm vụ quá hạn: tập trung hoàn thành trong thời gian sớm nhất",
        ),
        (totals.returned, "nhiệm vụ được yêu cầu bổ sung: hoàn thiện kết quả, minh chứng và gửi lại"),
        (totals.due_soon, "nhiệm vụ sắp đến hạn: hoàn thành đúng thời hạn"),
        (with_office, "nhiệm vụ đã gửi kết quả: đề nghị Văn phòng UBND tỉnh xem xét, xác nhận"),
    )
    told = [f"- {quantity(n)} {words}." for n, words in grounds if n]
    rest = totals.running + totals.without_clock + totals.paused
    return [*told, *([f"- {quantity(rest)} nhiệm vụ khác: {whom} tiếp tục thực hiện theo yêu cầu."] if rest else [])]


def _closed(text: str) -> str:
    text = text.strip()
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."
