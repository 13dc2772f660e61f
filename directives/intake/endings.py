"""Where the name of a body ends although no verb that is known follows."""

import re
from dataclasses import dataclass

from . import nouns, wording
from .sheet import LOWER, UPPER, Sheet

# "… huyện Tràng Định", "… Việt Nam tỉnh", "… Tỉnh ủy": one body's name is over, whatever word follows.
_PLACED = re.compile(
    rf"\b(?:{wording.LEVELS})\s(?:[{UPPER}][{LOWER}]+\s?){{1,4}}$|\s(?:tỉnh|huyện|thị xã|thành phố|phường)$"
    r"|\b(?:Tỉnh|Thành|Huyện|Thị|Đảng) [uủ][ỷỵyủ]$"
)
# "Công ty Thủy lợi Hải Lâm": two capitals in a row are a proper name, after which only a verb is in lower case.
_PROPER_END = re.compile(
    rf"\s(?!(?:Trường|Phòng|Ban|Sở|Bộ|Cục|Chi|Hội|Đoàn|Đài|Báo|Viện|Tổng|Công|Trung|Thanh|Hạt|Trạm|Đội|Quỹ|Khu|Văn|Ủy|Uỷ"
    rf"|Kho|Học|Đại|Bệnh|Liên|Trưởng|Phó|Giám|Chánh|Chủ|Bí|Đảng|Tỉnh|Huyện|Thành|Ngân|Quản|Chỉ|Nhân)\s)[{UPPER}][{LOWER}]+"
    rf"\s[{UPPER}][{LOWER}]+$"
)
FIELD = re.compile(r"Sở|Bộ")
_LAST_QUALIFIER = re.compile(r"\b(?:liên quan|nêu trên|ven biển|biên giới|hữu quan)$")
# Ends a name, and a sentence's beginning as well: no sign that what stands before it is all name.
PREPOSITION = re.compile(r"(?:trong|tại|theo|trước|sau|khi|với|cho|vào|qua|từ|đến|để|nhằm|ra|về)\b")
# Bodies whose names are short: many words in lower case behind them are a sentence even where a known verb ends them.
SHORT_NAMED = re.compile(
    r"(?:Sở|Thanh tra|Công an|Hạt|UBND|Ủy ban nhân dân|Báo|Đài|Kho bạc|Điện lực|Bưu điện) (?!các )"
)
_LONG_TAIL = 4  # words


@dataclass
class Tail:
    """Words in lower case behind the last word that is certainly part of a name: many of them are a sentence.

    A single capital begins a word of two syllables ("Hạt Kiểm lâm"), two in a row are a proper name ("Báo Hải Lâm").
    """

    complete: int = 0
    words: int = 0
    capitals: int = 0

    def reset(self, at: int) -> None:
        self.complete, self.words, self.capitals = at, 0, 0

    def add(self, token: str, at: int, *, named: bool) -> None:
        capital = token[:1].isupper() or token[:1].isdigit()
        if self.is_long:
            self.words += 1
        elif capital or named or (self.capitals == 1 and self.words == 0):
            self.complete, self.words = at, 0
            self.capitals = self.capitals + 1 if capital and not named else 0
        else:
            self.words, self.capitals = self.words + 1, 0

    @property
    def is_long(self) -> bool:
        return self.words >= _LONG_TAIL


def is_over(spoken: str, sheet: Sheet, at: int, end: int, *, field_ends: bool) -> bool:
    """Whether the name `spoken` is complete before the word at `at`; `field_ends`: a field or qualifier ends there."""
    over = field_ends and (FIELD.match(spoken) or _LAST_QUALIFIER.search(spoken))
    placed = _PLACED.search(spoken) and not nouns.is_group(spoken)
    placed = placed or nouns.is_whole_group(spoken, sheet, at)
    placed = placed or (_PROPER_END.search(spoken) and not nouns.qualifier(sheet, at, end))
    return bool(over or placed) and not sheet.flat.startswith("các ", at)
