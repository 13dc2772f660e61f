"""What reports say of chasing: the words of a task, the sentence of the period.

Bodies that take no orders are asked (DOMAIN §4), and the words say so.
"""

from __future__ import annotations

from collections.abc import Iterator

from reports.content.wording import quantity
from reports.snapshots import Snapshot, TaskRow

NAMED_AT_MOST = 4  # agencies named with their number
LEADERS = "Lãnh đạo UBND tỉnh"


def note_of(task: TaskRow) -> str:
    """What stands in the column of notes: "Hạn nội bộ; đã đôn đốc 2 lần, gần nhất 18/02/2023"."""
    return _begun("; ".join(filter(None, (task.note, *_hurried(task)))))


def briefly(task: TaskRow) -> str:
    """ "Đã đôn đốc 2 lần; chưa giải trình", for a page that has little room; blank when nothing was done."""
    times, answer = _times_of(task), f"{'đã' if task.explained else 'chưa'} giải trình" if task.demanded else ""
    return _begun("; ".join(filter(None, (times, answer))))


def _hurried(task: TaskRow) -> Iterator[str]:
    times = _times_of(task)
    if times:
        yield f"{times}, gần nhất {task.chased}"
    if task.demanded:
        yield f"đã yêu cầu giải trình, {'đã' if task.explained else 'chưa'} trả lời"


def _times_of(task: TaskRow) -> str:
    each = ((task.chases, "đôn đốc"), (task.requests, "đề nghị"))
    times = ", ".join(f"{verb} {n} lần" for n, verb in each if n)
    return f"đã {times}" if times else ""


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def in_period(snapshot: Snapshot, issuer: str) -> list[str]:
    """One sentence with the acts of the period, or nothing when there were none."""
    lines = snapshot.chasing
    chases = _times([(line.agency, line.chases) for line in lines])
    requests = _times([(line.agency, line.requests) for line in lines])
    demands = _times([(line.agency, line.demands) for line in lines])
    waiting = sum(line.demands - line.answered for line in lines)
    parts = [
        f"{issuer} đã đôn đốc {chases}" if chases else "",
        f"{'' if chases else f'{issuer} '}đã đề nghị {requests}" if requests else "",
        f"{LEADERS} đã yêu cầu giải trình {demands}, {_answers(waiting)}" if demands else "",
    ]
    said = "; ".join(filter(None, parts))
    return [f"Trong kỳ, {said}."] if said else []


def received(snapshot: Snapshot, whom: str) -> list[str]:
    """The same in the words of the one agency the acts spoke to."""
    lines = snapshot.chasing
    demands = sum(line.demands for line in lines)
    waiting = demands - sum(line.answered for line in lines)
    acts = ((sum(line.chases for line in lines), "đôn đốc"), (sum(line.requests for line in lines), "đề nghị"))
    times = ", ".join(f"{verb} {quantity(n)} lượt" for n, verb in acts if n)
    answers = f"còn {quantity(waiting)} lượt chưa giải trình" if waiting else "đã giải trình đầy đủ"
    parts = [
        f"được Văn phòng UBND tỉnh {times}" if times else "",
        f"được {LEADERS} yêu cầu giải trình {quantity(demands)} lượt, {answers}" if demands else "",
    ]
    said = "; ".join(filter(None, parts))
    return [f"Trong kỳ, {whom} {said}."] if said else []


def _answers(waiting: int) -> str:
    return f"còn {quantity(waiting)} lượt chưa được trả lời" if waiting else "đã được trả lời"


def _times(counted: list[tuple[str, int]]) -> str:
    """ "05 lượt đối với 03 cơ quan, trong đó Sở Nội vụ 03 lượt, …", the most often first; blank for none."""
    some = sorted(((name, n) for name, n in counted if n), key=lambda one: -one[1])
    if not some:
        return ""
    whole = f"{quantity(sum(n for _, n in some))} lượt đối với"
    if len(some) == 1:
        return f"{whole} {some[0][0]}"
    named = ", ".join(f"{name} {quantity(n)} lượt" for name, n in some[:NAMED_AT_MOST])
    rest = [n for _, n in some[NAMED_AT_MOST:]]
    others = f" và {quantity(len(rest))} cơ quan khác {quantity(sum(rest))} lượt" if rest else ""
    return f"{whole} {quantity(len(some))} cơ quan, trong đó {named}{others}"
