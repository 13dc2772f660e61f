"""Which lines are the head, the addressees, the body, the foot and the annexes of a letter (NĐ 30/2020, Phụ lục I)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import kinds, marks
from .lines import Line
from .sheet import bare

_TO = re.compile(r"\W*kinh\s+g[uo][iíl]\b\s*:?")
_WIRE_TO = re.compile(r".*\bdien\s*:")
_COPIES = re.compile(r"\W*(?:\w{1,8}\s)?n?oi\s+nhan\b\s*:?")
_END = re.compile(r"\./\.|\.\s?/\s*$|/\.\s*$|\.//?\.?\s*$")
_ANNEX = re.compile(r"\W*(?:phu luc|bieu mau|mau so|danh sach|de cuong|bieu so|phieu)\b")
_NUMBERED_ANNEX = re.compile(r"\W*(?:phu luc|mau so)\s*(?:[ivx\d]+\b|[:.(])")
_MOTTO = re.compile(r".*cong\s+hoa\s+xa\s+hoi\s+chu\s+nghia")
_CAPACITY = re.compile(r"\W*(?:T/?M|KT|TL|TUQ|Q)\s?\.\s?[^\W\d_]")

# How the first sentence of a letter begins (NĐ 30/2020, Phụ lục I: the body opens with its grounds).
_OPENING = re.compile(
    r"\W*(?:thuc hien|phuc hien|can cu|theo|de|nham|xet|tren co so|ngay\s+\d"
    r"|trong (?:thoi gian|nhung|cac|\d+|nam|dip|boi canh) "
    r"|thoi gian (?:qua|vua qua|gan day)|vua qua"
    r"|hien nay|tiep theo|sau khi|qua (?:theo doi|kiem tra|xem xet|nghien cuu)|phuc dap|tra loi|tuy nhien"
    r"|nam\s+\d{4}|tu ngay"
    r"|thuong truc|duoc su|truoc tinh hinh|nhan duoc|chap hanh|voi muc tieu|bao so|do anh huong|hoi \d|vao hoi|dau nam"
    r"|nhan dip|thi hanh|trien khai|huong ung|chao mung|tiep tuc)\b"
)
# An issuer as subject: "UBND tỉnh nhận được …", "Chủ tịch UBND tỉnh có ý kiến …".
_ISSUER = re.compile(
    r"\W*(?:ubnd|uy ban nhan dan|chu tich|van phong|so|bo|ban|thu tuong|cuc|hoi dong|thuong truc|truong ban)\b"
)
_SPEAKS = re.compile(
    r"\b(?:nhận được|có ý kiến|yêu cầu|đề nghị|giao|thông báo|mời|tổ chức|đã|ban hành|chỉ đạo|nhận thấy|tiếp tục"
    r"|đồng ý|thống nhất|hướng dẫn|báo cáo|phúc đáp|trả lời|triển khai)(?=[\s:])"
)

_HEAD_LINES = 60  # the head of a letter is never longer
_FOOT_LINES = 45
_HEAD_WIDTH = 120  # characters


@dataclass
class Zones:
    """Lines by their place in the letter; `addressees` are entries of lines that belong together."""

    head: list[Line] = field(default_factory=list)
    addressees: list[list[Line]] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    foot: list[Line] = field(default_factory=list)
    annex: list[Line] = field(default_factory=list)
    cut: int | None = None  # where the body's last line ends when the foot begins within it


def divide(lines: Sequence[Line]) -> Zones:
    """Sort the lines of a letter into its zones."""
    zones = Zones()
    to = _find_to(lines)
    opening = _addressees(lines, to, zones) if to is not None else _opening(lines)
    zones.head = list(lines[: to if to is not None else opening])
    copies = _first(lines, opening, _COPIES)
    end = _body_end(lines, opening, copies)
    foot_end = _annex_start(lines, max(end, copies if copies is not None else end))
    zones.body, zones.foot, zones.annex = list(lines[opening:end]), list(lines[end:foot_end]), list(lines[foot_end:])
    if to is None:
        _addressees_in_head(zones)
    return zones


def ends_text(text: str) -> bool:
    """Whether a line closes the letter's text with "./." (NĐ 30/2020, Phụ lục I)."""
    return bool(_END.search(text))


def is_opening(line: Line) -> bool:
    """Whether a line begins the first sentence of a letter."""
    plain = bare(line.text)
    first = re.search(r"[^\W\d_]", line.text)
    if not first or first.group().islower():
        return False
    return bool(
        (len(plain) > 20 and _OPENING.match(plain)) or (_ISSUER.match(plain) and _SPEAKS.search(line.text, 0, 120))
    )


def _first(lines: Sequence[Line], start: int, pattern: re.Pattern[str]) -> int | None:
    return next((at for at in range(start, len(lines)) if pattern.match(bare(lines[at].text))), None)


def _find_to(lines: Sequence[Line]) -> int | None:
    for at, line in enumerate(lines[:_HEAD_LINES]):
        plain = bare(line.text)
        if _TO.match(plain) or (_WIRE_TO.match(plain) and len(plain) < 120 and line.text.rstrip().endswith(":")):
            return at
        if _TO.search(plain) and line.column == 0 and len(plain) < 120 and not is_opening(line):
            return at
    return None


def _addressees(lines: Sequence[Line], to: int, zones: Zones) -> int:
    """Collect the entries behind "Kính gửi:"; returns the index of the first line of the body."""
    colon = lines[to].text.find(":")
    rest = lines[to].text[colon + 1 :].strip() if colon >= 0 else ""
    if rest and not _WIRE_TO.match(bare(lines[to].text)):
        start = lines[to].end - len(rest)
        zones.addressees.append([Line(start, lines[to].end, text=rest)])
    at = to + 1
    while at < len(lines) and not _leaves_addressees(lines[at], zones.addressees):
        line = lines[at]
        last = zones.addressees[-1][-1].text if zones.addressees else ""
        if not zones.addressees or _item(line) or last.endswith(";"):
            zones.addressees.append([line])
        else:
            zones.addressees[-1].append(line)
        at += 1
    return at


def _item(line: Line) -> bool:
    mark = marks.read(line.text, 0, min(len(line.text), 40))
    return mark is not None and mark.kind == "bullet"


def _leaves_addressees(line: Line, entries: list[list[Line]]) -> bool:
    mark = marks.read(line.text, 0, len(line.text))
    if mark and mark.kind != "bullet":
        return True
    if entries and entries[-1][-1].text.endswith(":"):
        return False
    if _item(line):
        return bool(is_opening(line) and entries and entries[-1][-1].text.endswith("."))
    if is_opening(line):
        return True
    last = entries[-1][-1].text if entries else ""
    return last.endswith(".") or (bool(last) and len(line) > 100)


def _opening(lines: Sequence[Line]) -> int:
    """The first line of the body in a document without addressees; the line below the title is its subject."""
    title = next((at for at, line in enumerate(lines[:_HEAD_LINES]) if kinds.of_title(line.text)), None)
    start = 3 if title is None else title + 2
    for at in range(start, min(len(lines), _HEAD_LINES)):
        if _begins_body(lines[at]):
            return at
    return min(len(lines), next((at for at, line in enumerate(lines) if len(line) > 120), 0))


def _begins_body(line: Line) -> bool:
    mark = marks.read(line.text, 0, len(line.text))
    if mark and mark.kind in ("roman", "article", "number"):
        return True
    return (is_opening(line) or _is_prose(line)) and not line.text.isupper() and not _item(line)


def _is_prose(line: Line) -> bool:
    """A line longer than any in a head that ends like a sentence."""
    return len(line) > _HEAD_WIDTH and line.text.endswith((".", ":", ";"))


def _addressees_in_head(zones: Zones) -> None:
    """Dash lines straight before the opening are addressees whose "Kính gửi" was lost."""
    while zones.head and (_item(zones.head[-1])):
        zones.addressees.insert(0, [zones.head.pop()])


def _body_end(lines: Sequence[Line], opening: int, copies: int | None) -> int:
    """The index behind the last line of the body."""
    limit = copies if copies is not None else len(lines)
    closed = [at for at in range(opening, limit) if _END.search(lines[at].text)]
    if closed:
        return closed[-1] + 1
    signed = next((at for at in range(opening, limit) if _is_signature(lines, at)), limit)
    return signed


def _is_signature(lines: Sequence[Line], at: int) -> bool:
    """A line in capitals near the end that names an office: "TM. ỦY BAN NHÂN DÂN", "BỘ TRƯỞNG"."""
    text = lines[at].text
    if _CAPACITY.match(text) and text.isupper():
        return True
    return text.isupper() and len(text) < 40 and len(lines) - at <= 4 and marks.read(text, 0, len(text)) is None


def _annex_start(lines: Sequence[Line], start: int) -> int:
    filed = False
    for at in range(start + 1, len(lines)):
        plain = bare(lines[at].text)
        title = kinds.of_title(lines[at].text) and lines[at].text.isupper()
        if _MOTTO.match(plain) or title or (_ANNEX.match(plain) and (len(plain) < 60 or _NUMBERED_ANNEX.match(plain))):
            return at
        if (filed and lines[at].turned) or at - start > _FOOT_LINES:
            return at
        filed = filed or "luu" in plain
    return len(lines)
