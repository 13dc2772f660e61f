"""What happened to an assignment's time, as a person reads it: the rest of a sentence that begins with who did it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from directives.models import HistoryEntry
from directives.periods import words
from directives.states import Verb


def days_moved(entry: HistoryEntry) -> str:
    """ "15/03/2023 (trước là 08/02/2023)" out of {"due_on": [old, new]}, days in ISO form; "" when none was moved."""
    old, new = entry.details.get("due_on") or (None, None)
    before = f" (trước là {_day(old)})" if old else ""
    return f"{_day(new)}{before}" if new else ""


def _asked(entry: HistoryEntry) -> str:
    count = entry.details.get("files")
    return f"đề nghị gia hạn đến {_asked_on(entry)}{f', kèm {count} tệp' if count else ''}. Lý do:"


def _asked_on(entry: HistoryEntry) -> str:
    return _day(entry.details["asked_on"])


def _granted(entry: HistoryEntry) -> str:
    return f"gia hạn đến {days_moved(entry)}{'. Ý kiến:' if entry.note else ''}"


def _met(entry: HistoryEntry) -> str:
    return f"xác nhận điều kiện đã có ({entry.details['document']}), thời hạn {days_moved(entry)}"


def _resumed(entry: HistoryEntry) -> str:
    moved = days_moved(entry)
    return f"cho tiếp tục thực hiện{f', hạn mới {moved}' if moved else ''}{'. Ý kiến:' if entry.note else ''}"


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"


ABOUT_TIME: dict[str, Callable[[HistoryEntry], str]] = {
    Verb.OPEN_PERIOD: lambda entry: f"mở kỳ báo cáo {words(entry.assignment.period) if entry.assignment else ''}",
    Verb.MEET: _met,
    Verb.RECOUNT: lambda entry: f"tính lại hạn theo lịch làm việc: {days_moved(entry)}. Lý do:",
    Verb.PAUSE: lambda entry: "tạm dừng nhiệm vụ. Lý do:",
    Verb.RESUME: _resumed,
    Verb.WITHDRAW: lambda entry: f"thu hồi {'nhiệm vụ' if entry.assignment_id else 'văn bản'}. Lý do:",
    Verb.ASK_EXTENSION: _asked,
    Verb.DROP_EXTENSION: lambda entry: f"rút đề nghị gia hạn đến {_asked_on(entry)}",
    Verb.GRANT_EXTENSION: _granted,
    Verb.REFUSE_EXTENSION: lambda entry: f"không gia hạn đến {_asked_on(entry)}. Lý do:",
}
