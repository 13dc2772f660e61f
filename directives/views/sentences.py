"""History in words: what each verb did, in one sentence, and what was there before and after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone

from agencies.models import AGENCY_ROLES, Role
from directives.models import Assignment, Claim, Directive, HistoryEntry, Letter, ProgressUpdate
from directives.states import Status, Verb
from directives.views.time_sentences import ABOUT_TIME

OFFICE = "Văn phòng UBND tỉnh"  # the one voice of those who confirm, return and set days
LEADERS = "Lãnh đạo UBND tỉnh"
EMPTY = "(để trống)"


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


def sentence(entry: HistoryEntry, agency: str) -> str:
    """What was done, in one line without the words that came with it. `agency`: whose assignment it is, "" for none."""
    try:
        if entry.verb in ABOUT_TIME:
            return f"{_who(entry, agency)} {ABOUT_TIME[entry.verb](entry)}"
        if entry.verb in _SENTENCES:
            return _SENTENCES[entry.verb](entry, agency)
    except (KeyError, TypeError, ValueError):  # an old line that keeps less than the sentence tells
        pass
    return f"{_who(entry, agency)} {called(entry.verb)}{_in_words(entry)}"


def called(verb: str) -> str:
    """A verb's own words, for sentences and for the filter: "xác nhận hoàn thành"."""
    return Verb(verb).label if verb in Verb.values else LETTER_VERBS.get(verb, verb)


def changes(entry: HistoryEntry) -> list[Change]:
    """Before and after: the status, and what the entry keeps as {field: [old, new]}."""
    pairs = [(name, pair) for name, pair in entry.details.items() if _is_pair(pair)]
    found = [Change(_field(name), _shown(name, old), _shown(name, new)) for name, (old, new) in pairs]
    if entry.from_status not in ("", entry.to_status) and entry.verb != Verb.TAKE_OVER:  # a new row had none
        found.insert(0, Change("Trạng thái", _status(entry.from_status), _status(entry.to_status)))
    return found


LETTER_VERBS = {
    "enter": "nhập văn bản",
    "carry-on": "chuyển các kỳ báo cáo sau",
}  # written on letters, which have no status table of their own


def _who(entry: HistoryEntry, agency: str) -> str:
    if entry.actor.role == Role.LEADER:
        return LEADERS
    return agency or str(entry.actor.agency) if entry.actor.role in AGENCY_ROLES else OFFICE


def _entered(entry: HistoryEntry, agency: str) -> str:
    return f"{OFFICE} nhập văn bản{_count(entry, 'directives', 'nhiệm vụ')}"


def _assigned(entry: HistoryEntry, agency: str) -> str:
    if not entry.assignment_id:
        return f"{OFFICE} giao văn bản{_count(entry, 'assignments', 'nhiệm vụ cho cơ quan')}"
    return f"{OFFICE} giao nhiệm vụ cho {agency}"


def _reported(entry: HistoryEntry, agency: str) -> str:
    return f"{agency} {_said(entry.update)}{_enclosed(entry.update)}" if entry.update else f"{agency} cập nhật"


def _returned(entry: HistoryEntry, agency: str) -> str:
    return f"{OFFICE} trả lại để bổ sung. Lý do:"


def _due_set(entry: HistoryEntry, agency: str) -> str:
    """ "đặt thời hạn 15/03/2023 (trước là 08/02/2023)" out of {"due_on": [old, new]}, days in ISO form."""
    old, new = entry.details.get("due_on") or (None, None)
    before = f" (trước là {_shown('due_on', old)})" if old else ""
    return f"{OFFICE} đặt thời hạn" + (f" {_shown('due_on', new)}{before}" if new else "")


def _undone(entry: HistoryEntry, agency: str) -> str:
    return f"{OFFICE} hoàn tác việc {called(entry.details.get('undone', ''))}"


def _withdrew(entry: HistoryEntry, agency: str) -> str:
    when = f" ngày {_day(timezone.localtime(entry.update.created_at).date())}" if entry.update else ""
    return f"{agency} thu hồi cập nhật{when}"


def _received(entry: HistoryEntry, agency: str) -> str:
    return f"{agency} đã nhận nhiệm vụ"


def _declined(entry: HistoryEntry, agency: str) -> str:
    return f"{agency} trả lời không thuộc thẩm quyền. Lý do:"


def _insisted(entry: HistoryEntry, agency: str) -> str:
    return f"{OFFICE} giữ nguyên việc giao cho {agency}. Lý do:"


def _handed_over(entry: HistoryEntry, agency: str) -> str:
    """ "chuyển nhiệm vụ từ Sở A sang Sở B kể từ ngày 01/03/2025" out of {"agency": [old, new], "on": ISO day}."""
    old, new = entry.details["agency"]
    return f"{OFFICE} chuyển nhiệm vụ từ {old} sang {new} kể từ ngày {_shown('on', entry.details['on'])}. Lý do:"


def _chased(entry: HistoryEntry, agency: str) -> str:
    """ "đôn đốc số 05/2023, đề nghị cập nhật trước 17:00 ngày 22/02/2023" out of {"number", "answer_by": ISO day}."""
    until = entry.details.get("answer_by")
    wanted = f", đề nghị cập nhật trước 17:00 ngày {_shown('answer_by', until)}" if until else ""
    return f"{_who(entry, agency)} {called(entry.verb)} số {entry.details['number']}{wanted}"


def _demanded(entry: HistoryEntry, agency: str) -> str:
    until = _shown("answer_by", entry.details["answer_by"])
    return f"{_who(entry, agency)} yêu cầu giải trình số {entry.details['number']}, trả lời trước 17:00 ngày {until}"


def _given(entry: HistoryEntry, agency: str) -> str:
    """ "phân công An xử lý (trước là Bình)" out of {"handler": [old, new]}, names of people or ""."""
    old, new = entry.details["handler"]
    before = f" (trước là {old})" if old else ""
    return f"{agency} phân công {new} xử lý{before}" if new else f"{agency} bỏ phân công{before}"


def _invited(entry: HistoryEntry, agency: str) -> str:
    """The invitation comes from the Office or from the agency that leads."""
    return f"{_who(entry, '')} mời {agency} phối hợp. Nội dung:"


_SENTENCES: dict[str, Callable[[HistoryEntry, str], str]] = {
    "enter": _entered,
    Verb.ASSIGN: _assigned,
    Verb.REPORT: _reported,
    Verb.SUBMIT: _reported,
    Verb.RETURN: _returned,
    Verb.SET_DUE: _due_set,
    Verb.UNDO: _undone,
    Verb.INVITE: _invited,
    Verb.CHASE: _chased,
    Verb.UNDO_CHASE: _chased,
    Verb.DEMAND: _demanded,
    Verb.EXPLAIN: _chased,
    Verb.WITHDRAW_UPDATE: _withdrew,
    Verb.ACKNOWLEDGE: _received,
    Verb.DECLINE: _declined,
    Verb.INSIST: _insisted,
    Verb.HAND_OVER: _handed_over,
    Verb.TAKE_OVER: _handed_over,
    Verb.GIVE: _given,
}


def _said(update: ProgressUpdate) -> str:
    if update.claim == Claim.COMPLETED and update.completed_on:
        return f"báo cáo đã hoàn thành ngày {_day(update.completed_on)}, đề nghị xác nhận"
    stuck = ", có khó khăn, vướng mắc" if update.claim == Claim.OBSTRUCTED else ""
    return f"báo cáo {update.percent} %{stuck}"


def _enclosed(update: ProgressUpdate) -> str:
    count = len(update.attachments.all())
    return f", kèm {count} tệp" if count else ""


def _count(entry: HistoryEntry, name: str, of: str) -> str:
    return f", {entry.details[name]} {of}" if name in entry.details else ""


def _in_words(entry: HistoryEntry) -> str:
    """ ": hạn từ 08/02/2023 thành 15/03/2023; …", or nothing."""
    found = [(name, pair) for name, pair in entry.details.items() if _is_pair(pair)]
    told = (f"{_field(name).lower()} từ {_shown(name, old)} thành {_shown(name, new)}" for name, (old, new) in found)
    return f": {'; '.join(told)}" if found else ""


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2


def _field(name: str) -> str:
    """What a column is called in the portal, with a capital."""
    for model in (Assignment, Directive, Letter):
        try:
            words = str(getattr(model._meta.get_field(name), "verbose_name", name))
        except FieldDoesNotExist:
            continue
        return words[:1].upper() + words[1:]
    return name


def _shown(name: str, value: Any) -> str:
    if value is None or value == "":
        return EMPTY
    if isinstance(value, bool):
        return "có" if value else "không"
    if name == "status":
        return _status(str(value))
    try:
        return _day(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def _status(code: str) -> str:
    return Status(code).label if code in Status.values else code


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
