"""The life of an assignment on one screen: its statuses and which verb leads from which to which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import TextChoices


class Status(TextChoices):
    NOT_STARTED = "chua-thuc-hien", "Chưa thực hiện"
    IN_PROGRESS = "dang-thuc-hien", "Đang thực hiện"
    SUBMITTED = "cho-xac-nhan", "Chờ xác nhận"
    RETURNED = "tra-lai", "Trả lại, cần bổ sung"
    DONE = "hoan-thanh", "Đã hoàn thành"
    PAUSED = "tam-dung", "Tạm dừng"
    WITHDRAWN = "thu-hoi", "Đã thu hồi"
    DECLINED = "khong-tham-quyen", "Trả lời không thuộc thẩm quyền"  # with the Office, the clock runs on


GIVEN = frozenset(Status) - {Status.WITHDRAWN}  # what figures count
OPEN = GIVEN - {Status.DONE}
WITH_AGENCY = frozenset({Status.NOT_STARTED, Status.IN_PROGRESS, Status.RETURNED})  # the agency is to act
EXTENDABLE = WITH_AGENCY | {Status.SUBMITTED}  # the Office may still move the due day
MOVABLE = OPEN - {Status.SUBMITTED}  # what waits for the Office is decided first, under the name that did it


class Verb(TextChoices):
    """What people do to assignments; every one writes a line of history."""

    ASSIGN = "assign", "giao nhiệm vụ"
    SET_DUE = "set-due", "đặt thời hạn"
    REPORT = "report", "cập nhật tình hình"
    SUBMIT = "submit", "gửi xác nhận hoàn thành"
    CONFIRM = "confirm", "xác nhận hoàn thành"
    RETURN = "return", "trả lại để bổ sung"
    UNDO = "undo", "hoàn tác quyết định"
    WITHDRAW_UPDATE = "withdraw-update", "thu hồi cập nhật"
    ASSESS = "assess", "đánh giá"
    OPINE = "opine", "cho ý kiến"
    INVITE = "invite", "mời phối hợp"
    SET_OFFICER = "set-officer", "đổi chuyên viên theo dõi"
    ASK_EXTENSION = "ask-extension", "đề nghị gia hạn"
    DROP_EXTENSION = "drop-extension", "rút đề nghị gia hạn"
    GRANT_EXTENSION = "grant-extension", "gia hạn"
    REFUSE_EXTENSION = "refuse-extension", "từ chối gia hạn"
    OPEN_PERIOD = "open-period", "mở kỳ báo cáo"
    MEET = "meet-condition", "xác nhận điều kiện đã có"
    RECOUNT = "recount", "tính lại hạn theo lịch làm việc"
    PAUSE = "pause", "tạm dừng"
    RESUME = "resume", "cho tiếp tục"
    ACKNOWLEDGE = "acknowledge", "xác nhận đã nhận"
    DECLINE = "decline", "trả lời không thuộc thẩm quyền"
    INSIST = "insist", "giữ nguyên việc giao"
    HAND_OVER = "hand-over", "chuyển cho cơ quan khác"
    TAKE_OVER = "take-over", "nhận chuyển giao"
    CORRECT = "correct", "đính chính"
    WITHDRAW = "withdraw", "thu hồi nhiệm vụ"
    CHASE = "chase", "đôn đốc"
    UNDO_CHASE = "undo-chase", "hoàn tác đôn đốc"
    DEMAND = "demand", "yêu cầu giải trình"
    EXPLAIN = "explain", "giải trình"
    GIVE = "give", "phân công người xử lý"


class ChaseKind(TextChoices):
    """Each kind is numbered by itself, from 1 every year."""

    CHASE = "don-doc", "Đôn đốc"
    REQUEST = "de-nghi", "Đề nghị quan tâm thực hiện"  # to bodies that are asked, never ordered (DOMAIN §4)
    EXPLANATION = "giai-trinh", "Yêu cầu giải trình"


@dataclass(frozen=True)
class Transition:
    sources: frozenset[Status]
    target: Status | None  # None: the status stays


TRANSITIONS: dict[Verb, Transition] = {
    Verb.ASSIGN: Transition(frozenset(), Status.NOT_STARTED),
    Verb.SET_DUE: Transition(WITH_AGENCY, None),
    Verb.REPORT: Transition(WITH_AGENCY, Status.IN_PROGRESS),
    Verb.SUBMIT: Transition(WITH_AGENCY, Status.SUBMITTED),
    Verb.CONFIRM: Transition(frozenset({Status.SUBMITTED}), Status.DONE),
    Verb.RETURN: Transition(frozenset({Status.SUBMITTED}), Status.RETURNED),
    Verb.UNDO: Transition(frozenset({Status.DONE, Status.RETURNED}), Status.SUBMITTED),
    # Gives back the status from before the update, whichever that was.
    Verb.WITHDRAW_UPDATE: Transition(frozenset({Status.SUBMITTED, Status.IN_PROGRESS}), None),
    Verb.ASSESS: Transition(frozenset(Status), None),
    Verb.OPINE: Transition(frozenset(Status), None),
    Verb.INVITE: Transition(frozenset(), Status.NOT_STARTED),
    Verb.SET_OFFICER: Transition(frozenset(Status), None),
    Verb.ASK_EXTENSION: Transition(WITH_AGENCY, None),
    Verb.DROP_EXTENSION: Transition(OPEN, None),
    Verb.GRANT_EXTENSION: Transition(EXTENDABLE, None),
    Verb.REFUSE_EXTENSION: Transition(EXTENDABLE, None),
    Verb.OPEN_PERIOD: Transition(frozenset(), Status.NOT_STARTED),
    Verb.MEET: Transition(OPEN, None),
    Verb.RECOUNT: Transition(OPEN, None),
    Verb.PAUSE: Transition(WITH_AGENCY, Status.PAUSED),
    Verb.RESUME: Transition(frozenset({Status.PAUSED}), None),  # gives back the status from before the pause
    Verb.ACKNOWLEDGE: Transition(WITH_AGENCY, None),
    Verb.DECLINE: Transition(frozenset({Status.NOT_STARTED}), Status.DECLINED),
    Verb.INSIST: Transition(frozenset({Status.DECLINED}), Status.NOT_STARTED),
    Verb.HAND_OVER: Transition(MOVABLE, Status.WITHDRAWN),
    Verb.GIVE: Transition(OPEN, None),
    Verb.TAKE_OVER: Transition(OPEN | {Status.WITHDRAWN}, None),  # of a row the receiver has; mostly it is a new one
    Verb.CORRECT: Transition(GIVEN, None),
    Verb.WITHDRAW: Transition(OPEN, Status.WITHDRAWN),
    Verb.CHASE: Transition(WITH_AGENCY, None),
    Verb.UNDO_CHASE: Transition(frozenset(Status), None),
    Verb.DEMAND: Transition(WITH_AGENCY, None),
    Verb.EXPLAIN: Transition(OPEN | {Status.DONE}, None),
}
# The verbs that give a status.
MOVES = frozenset(verb for verb, step in TRANSITIONS.items() if step.target) | {
    Verb.WITHDRAW_UPDATE,
    Verb.TAKE_OVER,
    Verb.RESUME,
}
DECISIONS = (Verb.CONFIRM, Verb.RETURN)
UNDO_WITHIN = timedelta(minutes=10)  # how long the Office may take a decision back; its mail waits as long


class NotAllowed(Exception):
    """The verb does not fit what is there; `str()` is a Vietnamese sentence for the person who tried."""


def advance(verb: Verb, status: str) -> Status:
    """The status after `verb`; raises NotAllowed when the assignment stands elsewhere."""
    step = TRANSITIONS[verb]
    now = Status(status)
    if now not in step.sources:
        raise NotAllowed(_refusal(verb, now, step.sources))
    return step.target or now


def _refusal(verb: Verb, now: Status, sources: frozenset[Status]) -> str:
    wanted = " hoặc ".join(f"«{source.label}»" for source in Status if source in sources)
    return f"Chưa {verb.label} được: nhiệm vụ đang ở trạng thái «{now.label}», việc này chỉ làm khi {wanted}."
