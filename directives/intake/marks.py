"""What stands before a clause: I., 1., 1.2., a), -, + (NĐ 30/2020, Phụ lục I: phần, mục, điều, khoản, điểm)."""

import re
from dataclasses import dataclass

from .sheet import UPPER

# Stray marks a scanner leaves at the left edge of a line ("_ 3. Phòng Y tế", ".~ Bệnh viện").
_DIRT = r"[\s_.,;'`´‘’“\"«»=:|*]{0,6}?"
_LETTERS = "abcdđeghiklmnopqrstuvxy"

_ARTICLE = re.compile(rf"{_DIRT}Đi[ềêếeé]u\s+(?P<value>\d{{1,3}})\s*[.:]\s*", re.IGNORECASE)
_ROMAN = re.compile(rf"{_DIRT}(?P<value>[IVX]{{1,6}})\s?[.)]\s*(?=[^\W\d_“\"])")
_PART = re.compile(rf"{_DIRT}(?P<value>[A-HĐ])\s?[.)/]\s+(?=[^\W\d_“\"])")
_NUMBER = re.compile(
    rf"{_DIRT}(?P<value>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})"
    # Party letters number "1- Ban Tổ chức"; "05 - CT/TW" is a notation.
    # A comma is a full stop as scanners read it: "5, Sở Tài chính"; not "2, 3, Điều 5".
    rf"(?P<tail>\s?[.)/:]+|(?<=\.\d)|(?<=\.\d\d)|,\s(?=[{UPPER}])(?!Điều|Mục|Chương|Phần|Phụ|Khoản)"
    rf"|\s?[-–]\s(?=[{UPPER}])(?![{UPPER}\w]{{1,5}}[/-]))\s*(?=[^\W\d_“\"(])"
)
_SMALL = re.compile(rf"{_DIRT}\((?P<value>[ivx]{{1,4}})\)\s*(?=[^\W_“\"(])")
_LETTER = re.compile(rf"{_DIRT}\(?(?P<value>[{_LETTERS}])(?:\s?\)|[./](?=\s))\s*(?=[^\W_“\"(])")
# "Thứ nhất, …", "Hai là, …"; "Thứ hai, ngày 5/5" is a day.
_WORD = re.compile(
    rf"{_DIRT}(?:thứ\s+(?P<value>nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?:\s+là)?"
    rf"|(?P<count>một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+là)\s?[,:]\s*(?!ngày\b|\d)(?=[^\W\d_“\"(])",
    re.IGNORECASE,
)
_BULLET = re.compile(
    r"[\s_.,'`´]{0,4}(?P<value>[-–—−~¬ˆ+*•●○▪■◦§►▶✓✔·\uf0b7\uf02d\uf0a7\uf0d8](?:\s?[-–—])?)\s*(?=[^\W_“\"(])"
)

# One glyph for what is one dash on paper.
_DASHES = dict.fromkeys("–—−~¬ˆ\uf02d", "-") | dict.fromkeys("●▪■§·\uf0b7\uf0a7", "•")

RANKS = {"part": 0, "roman": 1, "article": 2, "number": 3, "para": 7, "letter": 8, "small": 9, "bullet": 10}
_COUNTED = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_WORDS = {word: order for order, word in enumerate(_COUNTED, 1)} | {"nhất": 1, "tư": 4}
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True)
class Mark:
    """`key` names the level ("number2", "bullet-"), `order` the place in it (0 for bullets); `label` is as printed."""

    kind: str
    key: str
    order: int
    label: str
    end: int  # where the clause's own text begins

    @property
    def rank(self) -> int:
        """Depth by custom: lower ranks hold higher ones."""
        depth = int(self.key[-1]) - 1 if self.kind == "number" else 0
        return RANKS[self.kind] + depth


def read(text: str, start: int, end: int) -> Mark | None:
    """The mark with which the line `text[start:end]` begins, if any."""
    for kind, pattern in _KINDS:
        found = pattern.match(text, start, end)
        if found and found.end() < end:
            return _mark(kind, found)
    return None


_KINDS = (
    ("article", _ARTICLE),
    ("roman", _ROMAN),
    ("part", _PART),
    ("number", _NUMBER),
    ("word", _WORD),
    ("small", _SMALL),
    ("letter", _LETTER),
    ("bullet", _BULLET),
)


def _mark(kind: str, found: re.Match[str]) -> Mark:
    value = found["value"] or found["count"]
    if kind == "word":
        order = _WORDS[value.lower()]
        return Mark("number", "word1", order, str(order), found.end())
    if kind == "bullet":
        glyph = _DASHES.get(value[0], value[0])
        return Mark(kind, f"bullet{glyph}", 0, glyph, found.end())
    if kind == "number":
        parts = value.split(".")
        return Mark(kind, f"number{len(parts)}", int(parts[-1]), value, found.end())
    return Mark(kind, kind, _order(kind, value), value, found.end())


def _order(kind: str, value: str) -> int:
    if kind in ("roman", "small"):
        digits = [_ROMAN_DIGITS[char] for char in value.upper()]
        pairs = zip(digits, [*digits[1:], 0], strict=True)
        return sum(-digit if digit < following else digit for digit, following in pairs)
    if kind == "article":
        return int(value)
    return (_LETTERS if kind == "letter" else "ABCDĐEFGH").index(value) + 1


def letter(order: int) -> str:
    """The `order`-th letter of a list of points: a b c d đ e g h …"""
    return _LETTERS[min(order, len(_LETTERS)) - 1]
