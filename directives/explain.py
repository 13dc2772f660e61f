"""«Vì sao hạn này?»: where a due day comes from, sentence by sentence. Pure: no clock, no database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agencies.text import fold
from directives.calendars import Calendar
from directives.deadlines import DueKind, DueRule
from directives.periods import Window, words
from directives.states import Verb

_PRINTED = re.compile(r"\btruoc\b.*?(\d{1,2}) ?(?:[/.-]|thang) ?(\d{1,2})")


@dataclass(frozen=True)
class Move:
    """One act that set or moved the due day. `since`: a pause's first day; `left`: working days that were left."""

    verb: str
    on: date
    old: date | None
    new: date | None
    reason: str = ""
    document: str = ""
    since: date | None = None
    left: int | None = None


@dataclass(frozen=True)
class Story:
    """What is known of one assignment's time. `received_on`: when the agency said that it has it."""

    rule: DueRule
    original: date | None
    due_on: date | None
    given_on: date
    received_on: date | None = None
    window: Window | None = None
    is_internal: bool = False
    moves: Sequence[Move] = ()


def explain(story: Story, calendar: Calendar) -> list[str]:
    """The sentences, in order: the letter's words, the rule, the days left out, then every move."""
    found = [*_words(story), *_origin(story, calendar)]
    for move in story.moves:
        found += _moved(move, calendar)
    if story.due_on and calendar.is_rest_day(story.due_on):
        found.append(f"Ngày {_day(story.due_on)} là ngày nghỉ ({calendar.name_of(story.due_on)}); hạn không tự dời.")
    return found


def _words(story: Story) -> Iterator[str]:
    if story.rule.phrase:
        yield f"Văn bản ghi «{story.rule.phrase}»."
    elif story.is_internal:
        yield "Văn bản không nêu thời hạn; Văn phòng đặt hạn nội bộ."


def _origin(story: Story, calendar: Calendar) -> Iterator[str]:
    match story.rule.kind:
        case DueKind.DATE:
            yield from _dated(story)
        case DueKind.RECURRING:
            yield from _recurring(story)
        case DueKind.RELATIVE:
            yield from _relative(story, calendar)
        case DueKind.CONDITIONAL if story.due_on is None:
            yield "Chưa tính hạn: còn chờ điều kiện. Khi Văn phòng ghi nhận điều kiện đã có, thời hạn bắt đầu tính."
        case DueKind.STANDING if story.due_on is None:
            yield "Nhiệm vụ thường xuyên, không bao giờ quá hạn; cần báo cáo đều đặn."
        case DueKind.NONE if story.due_on is None:
            yield "Văn bản không đặt thời hạn."


def _dated(story: Story) -> Iterator[str]:
    first = _before_moves(story)
    if first is None:
        return
    printed = _PRINTED.search(fold(story.rule.phrase))
    following = first + timedelta(days=1)
    if printed and (int(printed[1]), int(printed[2])) == (following.day, following.month):
        yield f"«Trước ngày {_day(following)}» được hiểu là hết ngày liền trước: {_day(first)}."
    else:
        yield f"Hạn là hết ngày {_day(first)}."


def _recurring(story: Story) -> Iterator[str]:
    if story.window and (first := _before_moves(story)):
        window = story.window
        yield (
            f"Kỳ {words(window.code)}, số liệu tính từ {_day(window.first)} đến {_day(window.last)}; "
            f"báo cáo hết ngày {_day(first)}."
        )


def _relative(story: Story, calendar: Calendar) -> Iterator[str]:
    rule, first = story.rule, _before_moves(story)
    if not rule.count or first is None:
        return
    start = next(
        (one for one in (story.received_on, story.given_on) if one and _ends(rule, one, calendar) == first), None
    )
    if start is None:
        yield f"Hạn là hết ngày {_day(first)}."
        return
    received = rule.from_receipt and start == story.received_on
    since = "ngày cơ quan nhận" if received else "ngày giao" if rule.from_receipt else "ngày ban hành văn bản"
    kind = "ngày làm việc" if rule.working_days else "ngày"
    yield f"{rule.count} {kind} kể từ {since} {_day(start)} (không tính ngày đó): hết ngày {_day(first)}."
    if rule.working_days:
        yield from _left_out(start, first, calendar)
    if rule.from_receipt and story.received_on is None:
        yield "Cơ quan chưa xác nhận đã nhận nên tạm tính từ ngày giao."


def _ends(rule: DueRule, start: date, calendar: Calendar) -> date:
    count = rule.count or 0
    return calendar.move(start, count) if rule.working_days else start + timedelta(days=count)


def _before_moves(story: Story) -> date | None:
    """The day that stood before anybody moved it."""
    return next((move.old for move in story.moves if move.old), None) or story.original or story.due_on


def _moved(move: Move, calendar: Calendar) -> Iterator[str]:
    because = f" Lý do: {move.reason}" if move.reason else ""
    match move.verb:
        case Verb.GRANT_EXTENSION if move.old and move.new:
            days = (move.new - move.old).days
            yield f"{_day(move.on)}: gia hạn {days} ngày, từ {_day(move.old)} đến {_day(move.new)}."
        case Verb.PAUSE:
            yield f"Tạm dừng từ {_day(move.on)}, chưa tính tiếp.{because}"
        case Verb.RESUME:
            yield from _resumed(move, calendar)
        case Verb.MEET:
            yield f"{_day(move.on)}: điều kiện đã có theo {move.document}, thời hạn {_shown(move.new)}."
            if move.left and move.new:
                yield f"{move.left} ngày làm việc kể từ {_day(move.on)} (không tính ngày đó)."
                yield from _left_out(move.on, move.new, calendar)
        case _:
            what = _VERBS.get(move.verb, "đặt hạn")
            yield f"{_day(move.on)}: {what} từ {_shown(move.old)} thành {_shown(move.new)}.{because}"


_VERBS: dict[str, str] = {
    Verb.CORRECT: "đính chính hạn",
    Verb.RECOUNT: "lịch làm việc thay đổi nên hạn dời",
}


def _resumed(move: Move, calendar: Calendar) -> Iterator[str]:
    if move.since is None:
        return
    yield (
        f"Tạm dừng từ {_day(move.since)} đến {_day(move.on)}."
        if move.new is None
        else (
            f"Tạm dừng từ {_day(move.since)}, tiếp tục ngày {_day(move.on)}: {_left(move.left)} tính từ ngày tiếp tục, "
            f"hạn mới {_day(move.new)}."
        )
    )
    if move.new and move.new > move.on:
        yield from _left_out(move.on, move.new, calendar)


def _left(count: int | None) -> str:
    if count is None:
        return "số ngày làm việc còn lại"
    return f"{count} ngày làm việc còn lại" if count >= 0 else f"đã chậm {-count} ngày làm việc,"


def _left_out(after: date, until: date, calendar: Calendar) -> Iterator[str]:
    """The days off that were not counted, holidays by their names; and Saturdays that were."""
    off = calendar.rests_between(after, until)
    special = [day for day in off if calendar.is_special(day)]
    weekend = len(off) - len(special)
    parts = [f"{weekend} ngày cuối tuần"] if weekend else []
    parts += [f"{day:%d/%m} ({calendar.name_of(day)})" for day in special]
    if parts:
        yield f"Không tính {', '.join(parts)}."
    worked = [
        day
        for day in (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
        if day.weekday() >= 5 and not calendar.is_rest_day(day)
    ]
    if worked:
        yield f"Có tính {', '.join(f'{day:%d/%m} ({calendar.name_of(day)})' for day in worked)}."


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _shown(day: date | None) -> str:
    return _day(day) if day else "không có hạn"
