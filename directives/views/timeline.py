"""The history of an assignment as a person reads it: who did what, whose words they are, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse

from directives.models import Assignment, HistoryEntry, ProgressUpdate
from directives.states import Status, Verb
from directives.views.sentences import sentence


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


NEWEST = 30  # lines on a page about more than the history; all of them stand on the history's own pages


def timeline(assignment: Assignment, newest: int = NEWEST) -> list[Event]:
    """The `newest` entries of the history of an assignment and of those it took over: three queries at most."""
    entries = HistoryEntry.objects.of(assignment).select_related("actor__agency", "update", "assignment__agency")
    found = entries.exclude(_told_twice(assignment)).prefetch_related("update__attachments").order_by("-at", "-pk")
    return [event_of(entry) for entry in found[:newest]]


def _told_twice(assignment: Assignment) -> Q:
    """Of a hand-over both rows have a line; on the receiver's page its own is enough."""
    return Q(verb=Verb.HAND_OVER) & ~Q(assignment=assignment)


def event_of(entry: HistoryEntry) -> Event:
    """One line, from an entry with its actor's and its assignment's agency, its update and the update's files."""
    agency = str(entry.assignment.agency if entry.assignment else "")
    if entry.update is not None:
        return _report(entry, entry.update, agency)
    return Event(entry.at, str(entry.actor), sentence(entry, agency), entry.note, _CODES.get(entry.verb, ""))


def _report(entry: HistoryEntry, update: ProgressUpdate, agency: str) -> Event:
    if entry.verb == Verb.WITHDRAW_UPDATE:
        return Event(entry.at, str(entry.actor), sentence(entry, agency))
    words, files = "\n".join(_words_of(update)), file_links(update)
    return Event(entry.at, str(entry.actor), sentence(entry, agency), words, _CODES.get(entry.verb, ""), files)


def file_links(update: ProgressUpdate) -> list[FileLink]:
    return [FileLink(reverse("attachment", args=[one.pk]), one.name, one.size) for one in update.attachments.all()]


_CODES: dict[str, str] = {
    Verb.SUBMIT: Status.SUBMITTED,
    Verb.CONFIRM: Status.DONE,
    Verb.RETURN: Status.RETURNED,
    Verb.WITHDRAW: Status.WITHDRAWN,
}


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


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
