"""Phrases that name bodies, as written: where each begins and ends, what is one body, what is a list said with its kind once.

Vietnamese names have commas and "và" inside ("Sở Văn hóa, Thể thao và Du lịch"; "các sở, ban, ngành"), so a comma parts two
bodies only where a fresh name begins behind it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from . import wording
from .sheet import Sheet, bare, squeeze

_I = re.IGNORECASE
_SHORT = "|".join(rf"{noun}(?!\s*(?:{unlike})\b|\s*,)" for noun, unlike in wording.SHORT_NOUNS.items())
_NOUN = re.compile(rf"(?:{wording.any_of(wording.BODY_NOUNS)}|{_SHORT})(?=[\s,;:.)(/&]|$)", _I)
_TITLE = re.compile(rf"(?:{wording.any_of(wording.TITLE_NOUNS)})(?=[\s,;:.)]|$)", _I)
_GROUP_WORDS = f"{wording.any_of(wording.GROUP_NOUNS)}|{wording.any_of(wording.BODY_NOUNS)}|{_SHORT}|sở|bộ|ban|ngành|hội|phòng|đoàn"
_GROUP_NOUN = re.compile(rf"(?:{_GROUP_WORDS})(?=[\s,;:.)(-]|$)", _I)
_PLURAL = re.compile(rf"(?:tất cả các|toàn thể các|các|những|một số|toàn bộ các)\s+(?:đồng chí\s+)?(?:{_GROUP_WORDS}|{wording.any_of(wording.TITLE_NOUNS)})(?=[\s,;:.)(-]|$)", _I)
_LEVEL = re.compile(rf"(?:{wording.LEVELS})(?=[\s,;:.)]|$)")
_SECTOR = re.compile(rf"(?:{wording.plain_words(wording.SECTORS)})(?![a-z0-9&])")
_QUALIFIER = re.compile(rf"(?:{wording.any_of(wording.QUALIFIERS)})(?=[\s,;:.)]|$)")
_VERB = re.compile(rf"(?:{wording.any_of(wording.VERBS)})\b")
_PARTICLE = re.compile(rf"(?:{wording.PARTICLES})(?=[\s,;:.)]|$)")
_STRONG = re.compile(rf"\b(?:{wording.any_of(wording.STRONG_VERBS)})\b")
_AND = re.compile(r"(?:và|cùng(?: với)?|hoặc|&)\s+")
_TOKEN = re.compile(r"[^\s,;:()]+")
_BLANK = re.compile(r"[\s“”\"'`*_]*")
_NOTE = re.compile(r"\(\s*(?:sau đây|viết tắt|gọi tắt|gọi chung|bao gồm|gồm|dưới đây|qua|thông qua|để|có danh sách|danh sách|kèm)", _I)
_KIND_ONCE = re.compile(
    rf"(?P<title>(?:{wording.plain_words(wording.TITLE_NOUNS)}|ubnd|uy ban nhan dan|phong|cong an)\s+)?cac\s+(?P<kind>so|bo|ban|cuc|vu|nganh|hoi"
    r"|huyen|phuong|xa|thi xa|thanh pho|quan|tinh|nuoc|benh vien|truong|co quan|don vi|to chuc|so, (?:ban, )?nganh|so, co quan|bo, nganh|dia phuong)\s*$"
)
# Committees are named after their task: "Ban Chỉ đạo phòng, chống tội phạm", "Ủy ban Quốc gia ứng phó sự cố …".
_COMMITTEE = re.compile(r"(?:ban chi dao|ban chi huy|uy ban quoc gia|hoi dong|to cong tac|ban|uy ban)\b")
_TASK = re.compile(r"(?:ứng phó|phòng\s*,?\s*chống|phòng thủ|tìm kiếm|bảo vệ|xây dựng|phát triển|quản lý|chuyển đổi|cải cách|thực hiện)\b")
_PAIRED = re.compile(r"(?:doan (?:dbqh|dai bieu quoc hoi)|phong|dbqh)\s*$")
_ABBREVIATED = re.compile(r"\b(?:TP|Tp|H|P|Q|TX|TT|T)$")

_MAX = 400  # characters; a list longer than that is read only so far


@dataclass(frozen=True)
class Bodies:
    """`phrases` as written, each complete; the list lies in [start, end); `colon`: a colon follows it."""

    phrases: tuple[str, ...]
    start: int
    end: int
    colon: bool = False


def begins(sheet: Sheet, at: int, end: int) -> bool:
    """Whether a body's name or a group phrase begins at `at`."""
    return bool(_PLURAL.match(sheet.flat, at, end) or _NOUN.match(sheet.flat, at, end) or _TITLE.match(sheet.flat, at, end))


def read(sheet: Sheet, start: int, end: int, known: Sequence[str] = (), verbs: bool = True) -> Bodies | None:
    """The bodies named from `start` on, up to the first verb; None when none begins there.

    `known` are bare names that are certain (addressees, the directory); `verbs=False` reads a heading, where words that look
    like verbs are part of names ("Các doanh nghiệp cung cấp máy tính").
    """
    start = _skip(sheet, start, end)
    end = min(end, start + _MAX)
    if not begins(sheet, start, end) and not _known_end(sheet, start, end, known):
        return None
    scan = _Scan(sheet, end, tuple(known), verbs)
    scan.run(start)
    phrases = [text for text in (_cut_note(phrase) for phrase in scan.phrases) if text]
    return Bodies(tuple(phrases), start, scan.at, sheet.flat[scan.at : scan.at + 1] == ":") if phrases else None


def heading(sheet: Sheet, start: int, end: int, known: Sequence[str] = ()) -> Bodies | None:
    """The bodies when the whole span names nothing but bodies."""
    if _STRONG.search(sheet.plain, start, end) and not _only_in_names(sheet, start, end, known):
        return None
    found = read(sheet, start, end, known, verbs=False)
    return found if found and not sheet.flat[found.end : end].strip(" .:;*_-") else None


def _only_in_names(sheet: Sheet, start: int, end: int, known: Sequence[str]) -> bool:
    return bool(known) and _known_end(sheet, start, end, known) == end


def _skip(sheet: Sheet, at: int, end: int) -> int:
    found = _BLANK.match(sheet.flat, at, end)
    return found.end() if found else at


@lru_cache(maxsize=64)
def _known_pattern(known: tuple[str, ...]) -> re.Pattern[str] | None:
    names = sorted({name for name in known if len(name) >= 6}, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(re.escape(name) for name in names)})(?![a-z0-9])") if names else None


def _known_end(sheet: Sheet, at: int, end: int, known: Sequence[str]) -> int | None:
    pattern = _known_pattern(tuple(known))
    found = pattern.match(sheet.plain, at, end) if pattern else None
    return found.end() if found else None


def _cut_note(phrase: str) -> str:
    note = _NOTE.search(phrase)
    return squeeze(phrase[: note.start()] if note else phrase).strip(" ,;:.*_“”\"'`-")


class _Scan:
    """Walks over the words once; `phrases` grows at each separator behind which a fresh name begins."""

    def __init__(self, sheet: Sheet, end: int, known: tuple[str, ...], verbs: bool) -> None:
        self._sheet, self._end, self._known, self._verbs = sheet, end, known, verbs
        self.phrases: list[str] = []
        self.at = 0
        self._first = 0
        self._words = 0  # words since the current phrase began
        self._prefix: str | None = None  # "Sở" while a list after "các sở:" goes on

    def run(self, start: int) -> None:
        self._begin(start)
        while self.at < self._end and self._step():
            pass
        self._close(self.at)

    def _begin(self, at: int) -> None:
        """Start a phrase: past a certain name, or past its first noun and the sector behind it."""
        self._first, self._words = at, 0
        flat, end = self._sheet.flat, self._end
        known = _known_end(self._sheet, at, end, self._known)
        if known:
            self.at, self._words = known, 2
            return
        noun = _PLURAL.match(flat, at, end) or _NOUN.match(flat, at, end) or _TITLE.match(flat, at, end)
        self.at = noun.end() if noun else at
        self._words = 1 if noun and " " in noun.group() else 0
        self._pass_sector()

    def _pass_sector(self) -> None:
        place = _skip(self._sheet, self.at, self._end)
        found = _SECTOR.match(self._sheet.plain, place, self._end)
        if found and re.search(r"\b(?:sở|bộ|ty)\s*$", self._sheet.flat[self._first : place], _I):
            self.at, self._words = found.end(), 2
            self._kind_once_without_colon()

    def _kind_once_without_colon(self) -> None:
        """ "các Sở Tài chính, Nội vụ, Xây dựng"."""
        follows = re.compile(r"\s*(?:,|và)\s+").match(self._sheet.flat, self.at, self._end)
        head = re.match(r"((?:.*\s)?)các\s+(sở|bộ)\b", self._sheet.flat[self._first : self.at], _I)
        if head and follows and _SECTOR.match(self._sheet.plain, follows.end(), self._end):
            self._prefix = f"{head[1]}{head[2]}".strip()
            self._first += head.end()

    def _step(self) -> bool:
        """Move over one word or mark; False where the list ends."""
        self.at = _skip(self._sheet, self.at, self._end)
        if self.at >= self._end:
            return False
        char = self._sheet.flat[self.at]
        if char == "(":
            return self._bracket()
        if char in ",;":
            return self._separator(self.at + 1, strong=char == ";")
        if char == ":":
            return self._colon()
        joint = _AND.match(self._sheet.flat, self.at, self._end)
        if joint:
            return self._separator(joint.end(), strong=False, word=True)
        return self._word()

    def _bracket(self) -> bool:
        close = self._sheet.flat.find(")", self.at, self._end)
        if close < 0:
            return False
        self.at = close + 1
        return True

    def _colon(self) -> bool:
        """ "các sở: A, B và C" says the kind once; any other colon ends the list."""
        spoken = self._sheet.phrase(self._first, self.at)
        kind = _KIND_ONCE.match(bare(spoken))
        place = _skip(self._sheet, self.at + 1, self._end)
        if not kind or not self._is_listed_name(place, kind["kind"]):
            return False
        self._prefix = "" if "," in spoken or kind["kind"] in _NOT_SAID_AGAIN else _without_plural(spoken)
        self._begin(place)
        self._pass_listed_sector()
        return True

    def _is_listed_name(self, place: int, kind: str) -> bool:
        flat = self._sheet.flat
        if _SECTOR.match(self._sheet.plain, place, self._end) or _NOUN.match(flat, place, self._end):
            return True
        proper = re.compile(r"(?:[^\W\d_]+[\s–-]+){0,5}?[^\W\d_]+\s*(?:,|và\b|;|\.|$)").match(flat, place, self._end)
        return kind in ("huyen", "xa", "phuong", "thi xa", "thanh pho", "quan", "tinh", "nuoc") and bool(proper) and flat[place].isupper()

    def _pass_listed_sector(self) -> None:
        found = _SECTOR.match(self._sheet.plain, self._first, self._end)
        if found and self._prefix is not None:
            self.at, self._words = max(self.at, found.end()), 2

    def _separator(self, place: int, *, strong: bool, word: bool = False) -> bool:
        """A comma, semicolon or "và": a fresh name behind it, a part of the same name, or the end of the list."""
        place = _skip(self._sheet, place, self._end)
        joint = _AND.match(self._sheet.flat, place, self._end)
        if joint and not word:
            return self._separator(joint.end(), strong=strong, word=True)
        if place >= self._end:
            return False
        if self._is_fresh(place):
            self._close(self.at)
            self._begin(place)
            if self._prefix is not None:
                self._pass_listed_sector()
            return True
        if strong or not self._continues(place):
            return False
        group = _GROUP_NOUN.match(self._sheet.flat, place, self._end)
        self.at, self._words = (group.end() if group else place), max(self._words, 1)
        return True

    def _is_fresh(self, place: int) -> bool:
        flat, end = self._sheet.flat, self._end
        spoken = self._sheet.phrase(self._first, self.at)
        if _PAIRED.search(bare(spoken)) and flat[place].isupper():
            return False
        if _known_end(self._sheet, place, end, self._known) or _PLURAL.match(flat, place, end) or _TITLE.match(flat, place, end):
            return True
        noun = _NOUN.match(flat, place, end)
        if self._prefix is not None:
            return bool(noun) or flat[place].isupper() or bool(_SECTOR.match(self._sheet.plain, place, end))
        if not noun:
            return False
        if flat[place].islower():
            return not re.search(r"\bcác\b", spoken, _I) and not _LEVEL.match(flat, place, end)
        return not (re.match(r"các\b", spoken, _I) and self._is_bare(noun.end()))

    def _is_bare(self, place: int) -> bool:
        """ "Các Sở, Ban, Ngành": a capitalised noun without a name of its own."""
        place = _skip(self._sheet, place, self._end)
        return place >= self._end or self._sheet.flat[place] in ",;:." or self._stops(place) or bool(_AND.match(self._sheet.flat, place))

    def _continues(self, place: int) -> bool:
        """Whether what follows a comma or "và" belongs to the same name."""
        flat, end = self._sheet.flat, self._end
        if _GROUP_NOUN.match(flat, place, end):
            return not self._is_verb_for_group(place)
        if flat[place].isupper() or flat[place].isdigit():
            return not _VERB.match(self._sheet.plain, place, end) or self._inside_name(place)
        if flat[place : place + 5] == "chống" or _QUALIFIER.match(flat, place, end):
            return True
        committee = _COMMITTEE.match(self._sheet.plain, self._first, end)
        return (bool(committee) or flat[self.at] not in ",;") and not self._stops(place)

    def _is_verb_for_group(self, place: int) -> bool:
        return self._verbs and bool(re.compile(r"tổ chức\s+(?:thực|triển|kiểm|các|tuyên|tập|hội|đánh|tốt|làm|đón|rà)").match(self._sheet.flat, place))

    def _inside_name(self, place: int) -> bool:
        """A capitalised word that could be a verb, inside a name: "Văn hóa, Thông tin và Thể thao"."""
        return bool(re.compile(r"[^\W\d_]+\s+[^\W\d_]+\s+(?:và|-|–)\s").match(self._sheet.flat, place, self._end))

    def _word(self) -> bool:
        flat, end = self._sheet.flat, self._end
        qualifier = _QUALIFIER.match(flat, self.at, end)
        if qualifier:
            self.at, self._words = qualifier.end(), self._words + 1
            self._pass_named_body()
            return True
        if self._stops(self.at) and (self._words or self._is_plural()):
            return False
        token = _TOKEN.match(flat, self.at, end)
        if not token:
            return False
        word = token.group()
        if word.endswith(".") and not _ABBREVIATED.search(word[:-1]):
            self.at = token.end() - 1
            return False
        self.at, self._words = token.end(), self._words + 1
        return True

    def _pass_named_body(self) -> None:
        """Behind "thuộc", "của": "… thuộc Bộ Khoa học và Công nghệ"."""
        place = _skip(self._sheet, self.at, self._end)
        noun = re.compile(r"(?:các\s+)?(?:sở|bộ)\s+", _I).match(self._sheet.flat, place, self._end)
        sector = _SECTOR.match(self._sheet.plain, noun.end(), self._end) if noun else None
        if sector:
            self.at = sector.end()

    def _is_plural(self) -> bool:
        return bool(_PLURAL.match(self._sheet.flat, self._first, self._end))

    def _stops(self, place: int) -> bool:
        """A verb or particle in lower case ends the list."""
        if not self._verbs:
            return False
        flat, end = self._sheet.flat, self._end
        if not flat[place].islower():
            return False
        if _TASK.match(flat, place, end) and _COMMITTEE.match(self._sheet.plain, self._first, end):
            return False
        return bool(_VERB.match(self._sheet.plain, place, end) or _PARTICLE.match(flat, place, end))

    def _close(self, end: int) -> None:
        phrase = self._sheet.phrase(self._first, end)
        if self._prefix and not any(pattern.match(phrase) for pattern in (_NOUN, _PLURAL, _TITLE)):
            phrase = f"{self._prefix} {phrase}"
        if phrase:
            self.phrases.append(phrase)


_NOT_SAID_AGAIN = frozenset({"co quan", "don vi", "to chuc", "dia phuong", "nuoc"})


def _without_plural(spoken: str) -> str:
    """ "Các sở" → "Sở"; "UBND các phường" → "UBND phường"."""
    single = re.sub(r"\b[Cc]ác\s+", "", spoken)
    return single[:1].upper() + single[1:]
