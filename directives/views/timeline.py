"""The history of an assignment as a person reads it: who did what, whose words they are, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse

from directives.models import Assignment, Claim, HistoryEntry, ProgressUpdate
from directives.states import Status, Verb

OFFICE = "Văn phòng UBND tỉnh"  # the one voice of those who confirm, return and set days


@dataclass(frozen=True)
class FileLink:
    url: str
    name: str
    size: int  # bytes


@dataclass(frozen=True)
class Event:
    """One line of components/_timeline.html."""

    when: datetime
    who: str
    text: str
    words: str = ""
    code: str = ""
    files: list[FileLink] = field(default_factory=list)


def timeline(assignment: Assignment) -> list[Event]:
    """Every entry of the assignment's history: three queries whatever its length."""
    entries = assignment.history.select_related("actor", "update").prefetch_related("update__attachments")
    agency = str(assignment.agency)
    return [_event(entry, agency) for entry in entries.order_by("-at", "-pk")]


def _event(entry: HistoryEntry, agency: str) -> Event:
    if entry.update is not None:
        return _report(entry, entry.update, agency)
    return Event(entry.at, str(entry.actor), sentence(entry, agency), entry.note, _CODES.get(entry.verb, ""))


def _report(entry: HistoryEntry, update: ProgressUpdate, agency: str) -> Event:
    files = [FileLink(reverse("attachment", args=[one.pk]), one.name, one.size) for one in update.attachments.all()]
    words = "\n".join(_words_of(update))
    return Event(entry.at, str(entry.actor), sentence(entry, agency), words, _CODES.get(entry.verb, ""), files)


def sentence(entry: HistoryEntry, agency: str) -> str:
    """What was done, in one line without the words that came with it."""
    match entry.verb:
        case Verb.ASSIGN:
            return f"{OFFICE} giao nhiệm vụ cho {agency}"
        case Verb.REPORT | Verb.SUBMIT if entry.update:
            return f"{agency} {_said(entry.update)}{_enclosed(entry.update)}"
        case Verb.CONFIRM:
            return f"{OFFICE} xác nhận hoàn thành"
        case Verb.RETURN:
            return f"{OFFICE} trả lại để bổ sung. Lý do:"
        case Verb.SET_DUE:
            return f"{OFFICE} đặt thời hạn{_days(entry)}"
    return Verb(entry.verb).label.capitalize() if entry.verb in Verb.values else entry.verb


_CODES: dict[str, str] = {
    Verb.SUBMIT: Status.SUBMITTED,
    Verb.CONFIRM: Status.DONE,
    Verb.RETURN: Status.RETURNED,
}


def _said(update: ProgressUpdate) -> str:
    if update.claim == Claim.COMPLETED and update.completed_on:
        return f"báo cáo đã hoàn thành ngày {_day(update.completed_on)}, đề nghị xác nhận"
    stuck = ", có khó khăn, vướng mắc" if update.claim == Claim.OBSTRUCTED else ""
    return f"báo cáo {update.percent} %{stuck}"


def _enclosed(update: ProgressUpdate) -> str:
    count = len(update.attachments.all())
    return f", kèm {count} tệp" if count else ""


def _words_of(update: ProgressUpdate) -> Iterator[str]:
    yield update.result
    for label, text in (
        ("Khó khăn, vướng mắc", update.obstacles),
        ("Nguyên nhân", update.causes),
        ("Đề xuất, kiến nghị", update.proposals),
    ):
        if text:
            yield f"{label}: {text}"
    if update.document_reference:
        dated = f" ngày {_day(update.document_on)}" if update.document_on else ""
        yield f"Văn bản: {update.document_reference}{dated}"


def _days(entry: HistoryEntry) -> str:
    """ " 15/03/2023 (trước là 08/02/2023)" out of {"due_on": [old, new]}, days in ISO form."""
    old, new = entry.details.get("due_on") or (None, None)
    before = f" (trước là {_day(date.fromisoformat(old))})" if old else ""
    return f" {_day(date.fromisoformat(new))}{before}" if new else ""


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
