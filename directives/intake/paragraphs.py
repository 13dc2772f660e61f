"""Lines → paragraphs: wrapped lines are joined again, across page turns too; each numbered clause begins one."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from . import bodies, marks, nouns
from .lines import Line
from .marks import Mark
from .sheet import Sheet, bare
from .stance import Stance, begins_with_verb, is_formula, of_title

_TERMINAL = re.compile(r"[.;:!?…/][”\"»)\s]*$")
_STOP = re.compile(r"\./?[”\"»)\s]*$|[;:!?][”\"»)\s]*$|/\.?\s*$")
_LOWER_START = re.compile(r"[“\"(]?[^\W\d_]", re.UNICODE)
_OPEN_END = re.compile(
    r"(?:[,–—-]|\b(?:và|của|với|các|về|số|ngày|tháng|năm|khoản|điểm|mục|điều|tại|theo|cho|trong))\s*$"
)

_DIRT = re.compile(r"[\s_.,'`´~«»:;|=-]*")

_TOPIC = re.compile(r"(?:cong tac|ve|viec|nhiem vu|noi dung|tang cuong|to chuc thuc hien|bao dam|dam bao)\b")
_HEADING = 120  # characters

_FULL = 0.8  # a line of this share of the column's width may well go on
_MANY = 0.15  # share of lines that settles how a document is set


@dataclass(frozen=True)
class Paragraph:
    """[start, end) in the sheet's `flat`; `start` is where its own words begin, behind the mark."""

    start: int
    end: int
    mark: Mark | None = None


@dataclass(frozen=True)
class Setting:
    """How a document is set: wrapped or one line a paragraph, its width, indented first lines, blank lines between."""

    wrapped: bool
    width: int
    margin: int
    indented: bool
    spaced: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Setting":
        lengths = sorted(line.indent + len(line) for line in lines) or [0]
        width = lengths[int(len(lengths) * 0.9)] if len(lengths) > 1 else lengths[0]
        goes_on = sum(not _TERMINAL.search(one.text) and _starts_lower(two.text) for one, two in pairwise(lines))
        margin = Counter(line.indent for line in lines).most_common(1)[0][0] if lines else 0
        indented = sum(line.indent >= margin + 2 for line in lines) >= _MANY * len(lines)
        spaced = sum(line.gap > 0 for line in lines) >= _MANY * len(lines)
        return cls(goes_on >= _MANY * len(lines), width, margin, indented, spaced)


def join(sheet: Sheet, lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs that `lines` make up, in order."""
    setting = Setting.of(lines)
    found: list[Paragraph] = []
    numbers: dict[str, int] = {}
    previous: Line | None = None
    for line in lines:
        mark = marks.read(line.text, 0, len(line.text))
        if mark and previous and not _is_clause(mark, line, previous, setting, numbers):
            mark = None
        if mark:
            numbers[mark.key] = mark.order
        end = min(sheet.to_flat(line.end - 1) + 1, len(sheet.flat))  # an invisible letter may end the line
        if (
            previous
            and not mark
            and _goes_on(previous, line, setting)
            and not _speaks(sheet, found[-1], line, full=_is_full(previous, setting))
        ):
            found[-1] = replace(found[-1], end=end)
        else:
            start = line.start + (mark.end if mark else _dirt(line.text))
            found.append(Paragraph(sheet.to_flat(start), end, mark))
        previous = line
    return found


def _dirt(text: str) -> int:
    """The length of the stray marks a scanner left before the words ("__ Kết thúc")."""
    dirt = _DIRT.match(text)
    return dirt.end() if dirt and dirt.end() < len(text) else 0


def _starts_lower(text: str) -> bool:
    found = _LOWER_START.match(text)
    return bool(found and found.group()[-1].islower())


def _is_clause(mark: Mark, line: Line, previous: Line, setting: Setting, numbers: dict[str, int]) -> bool:
    """Whether a mark at a line's start begins a clause, or is a dash or number that wrapping brought there."""
    if not setting.wrapped or (line.gap and not line.turned) or _STOP.search(previous.text):
        return True
    if setting.indented and line.indent >= setting.margin + 2 and not line.turned:
        return mark.kind != "bullet" or not _is_full(previous, setting) or not _is_hyphen(line)
    if mark.kind == "bullet":
        return not _is_full(previous, setting) or not _is_hyphen(line)
    if mark.kind in ("number", "letter", "small"):
        successor = mark.order == numbers.get(mark.key, 0) + 1 or mark.order == 1
        return successor and not _OPEN_END.search(previous.text)
    return True


def _is_hyphen(line: Line) -> bool:
    """A dash inside a name set over two lines: "Festival Thăng Long / – Hà Nội lần thứ II"."""
    words = line.text[1:].split()[:2]
    return bool(words) and not (len(words) == 2 and words[0][:1].isupper() and words[1][:1].islower())


def _is_full(line: Line, setting: Setting) -> bool:
    return line.indent + len(line) >= _FULL * setting.width


def _goes_on(previous: Line, line: Line, setting: Setting) -> bool:
    """Whether `line`, which has no mark, continues the paragraph that `previous` is in."""
    ended = bool(_TERMINAL.search(previous.text))
    if _starts_lower(line.text) and (not ended or (previous.text[-1:] == ";" and setting.wrapped and not line.gap)):
        return True
    if _OPEN_END.search(previous.text):
        return True
    if not setting.wrapped or previous.text.endswith("./."):
        return False
    if line.gap and not line.turned:
        return False
    return _goes_on_below(previous, line, setting, ended)


def _goes_on_below(previous: Line, line: Line, setting: Setting, ended: bool) -> bool:
    """The same for a line straight below, or on the next page, by how the page is set."""
    indented = setting.indented and line.indent >= setting.margin + 2
    if not _is_full(previous, setting):
        return not ended and not line.gap and not indented and _breaks_off(previous, line)
    if not ended:
        return not (indented and previous.indent >= setting.margin + 2)
    if previous.text.endswith(":"):
        return False
    return not indented if setting.indented else setting.spaced and not line.turned


def _speaks(sheet: Sheet, above: Paragraph, line: Line, *, full: bool) -> bool:
    """A sentence of its own below a short heading: "2. Hạt Kiểm lâm" / "Tổ chức …"."""
    if full or not line.text[:1].isupper() or above.end - above.start > _HEADING or not above.mark:
        return False
    if _OPEN_END.search(sheet.phrase(above.start, above.end)):
        return False
    start = sheet.to_flat(line.start)
    if of_title(sheet.phrase(above.start, above.end), Stance.OPEN) is not Stance.OPEN:
        return True
    if _TOPIC.match(sheet.plain, above.start, above.end):
        return nouns.begins(sheet, start, len(sheet.flat)) or is_formula(sheet.plain[start : start + _HEADING])
    named = bodies.heading(sheet, above.start, above.end, strict=True)
    return named is not None and not nouns.begins(sheet, start, len(sheet.flat))


def _breaks_off(previous: Line, line: Line) -> bool:
    """A short line that is no heading: pages copied from the web wrap a clause's first line early."""
    return not previous.text.isupper() and not begins_with_verb(bare(line.text))
