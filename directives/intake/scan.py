"""Walks over the words of a list of bodies: where each name ends, and what parts it from the next."""

import re

from . import endings, kind_lists, nouns, wording
from .sheet import LOWER, UPPER, Sheet, bare

_I = re.IGNORECASE
_AND = re.compile(r"(?:và|cùng(?: với)?|hoặc|&)\s+")
_TOKEN = re.compile(r"[^\s,;:()]+")
_BLANK = re.compile(r"[\s“”\"'`*_]*")
_SECTOR_NOUN = re.compile(r"\b(?:sở|bộ|ty|phòng|ban|ngành|ủy ban)\s*$", _I)
_SECTOR_OWNER = re.compile(r"(?:các\s+)?(?:sở|bộ)\s+", _I)
_SECTOR_LIST = re.compile(r"((?:.{0,60}\s)?)các\s+(sở|bộ)\b", _I)
_NEXT = re.compile(r"\s?(?:,|và)\s+")
# Committees are named after their task: "Ban Chỉ đạo phòng, chống tội phạm", "Ủy ban Quốc gia ứng phó sự cố …".
_COMMITTEE = re.compile(r"(?:ban chi dao|ban chi huy|uy ban quoc gia|hoi dong|to cong tac|ban|uy ban)\b")
_TASK = re.compile(
    r"(?:ứng phó|phòng\s?,?\s?chống|phòng thủ|tìm kiếm|bảo vệ|xây dựng|phát triển|quản lý|chuyển đổi|cải cách|thực hiện"
    r"|đầu tư|hỗ trợ|bảo tồn|khai thác|kiểm soát)\b"
)
_PROJECT = re.compile(
    r"\b(?:du an|qlda|(?<!chu )dau tu|xay dung|trat tu|nha thau|vat lieu|cong trinh|quy hoach|hoat dong)$"
)
_PAIRED = re.compile(
    r"(?:doan (?:dbqh|dai bieu quoc hoi)|dbqh|van phong (?:hdnd|hoi dong nhan dan))\s*$"
)  # "Đoàn ĐBQH và HĐND tỉnh" is one office
_INNER = re.compile(r"[^\W\d_]+\s[^\W\d_]+\s(?:và|-|–)\s")
_OF_PLACE = re.compile(
    rf"(?P<before>(?:\S+\s){{1,8}}?)(?P<plural>các\s)?(?P<level>{wording.LEVELS})\s"
    rf"(?P<name>[{UPPER}][{LOWER}]+(?:\s[{UPPER}][{LOWER}]+){{0,3}})"
)
_FURTHER = re.compile(
    rf"(?:(?P<level>{wording.LEVELS})\s)?[{UPPER}][{LOWER}]+(?:\s[{UPPER}][{LOWER}]+){{1,3}}(?=\s?(?:[,;.:(]|$|và\s|[{LOWER}]))"
)
_ABBREVIATED = re.compile(r"\b(?:TP|Tp|H|P|Q|TX|TT|T)$")


def skip_blanks(sheet: Sheet, at: int, end: int) -> int:
    """The first place behind blanks and quotation marks."""
    found = _BLANK.match(sheet.flat, at, end)
    return found.end() if found else at


class Scan:
    """Walks over the words once; `phrases` grows at each separator behind which a fresh name begins."""

    def __init__(self, sheet: Sheet, end: int, known: tuple[str, ...], verbs: bool, cut: bool = False) -> None:
        self._sheet, self._end, self._known, self._verbs = sheet, end, known, verbs
        self._cut = verbs and cut
        self._tail = endings.Tail()
        self._told = False  # a verb or a colon ended the list
        self.phrases: list[str] = []
        self.at = 0
        self._first = 0
        self._words = 0  # words since the current phrase began
        self._over = -1  # behind "Sở Y tế", "… ven biển", where a word in lower case is a verb, known or not
        self._said = ""  # the phrase as it is to be looked up, where that is not what is printed
        self._prefix: str | None = None  # "Sở" while a list after "các sở:" goes on

    def run(self, start: int) -> None:
        self._begin(start)
        while self.at < self._end and self._step():
            pass
        if self._cut and self._tail.is_long and not (self._told and not endings.SHORT_NAMED.match(self._spoken())):
            self.at = max(self._tail.complete, self._first + 1)
        self._close(self.at)

    def _begin(self, at: int) -> None:
        """Start a phrase: past a certain name, or past its first noun and the sector behind it."""
        self._first = at
        known = nouns.known_end(self._sheet, at, self._end, self._known)
        if known:
            self.at, self._words = known, 2
            self._over = skip_blanks(self._sheet, known, self._end) if endings.FIELD.match(self._sheet.flat, at) else -1
            self._tail.reset(self.at)
            return
        sheet, end = self._sheet, self._end
        noun = nouns.plural(sheet, at, end) or nouns.noun(sheet, at, end) or nouns.title(sheet, at, end)
        self.at = noun.end() if noun else at
        self._words = 1 if noun and " " in noun.group() else 0
        self._tail.reset(self.at)
        self._pass_sector()

    def _pass_sector(self) -> None:
        place = skip_blanks(self._sheet, self.at, self._end)
        found = nouns.sector(self._sheet, place, self._end)
        if found and _SECTOR_NOUN.search(self._sheet.flat, self._first, place):
            self.at, self._words = found.end(), 2
            self._over = skip_blanks(self._sheet, found.end(), self._end)
            self._tail.reset(self.at)
            self._kind_once_without_colon()

    def _kind_once_without_colon(self) -> None:
        """ "các Sở Tài chính, Nội vụ, Xây dựng"."""
        follows = _NEXT.match(self._sheet.flat, self.at, self._end)
        head = _SECTOR_LIST.match(self._sheet.flat, self._first, self.at)
        if head and follows and nouns.sector(self._sheet, follows.end(), self._end):
            self._prefix = f"{head[1]}{head[2]}".strip()
            self._first = head.end()

    def _step(self) -> bool:
        """Move over one word or mark; False where the list ends."""
        self.at = skip_blanks(self._sheet, self.at, self._end)
        if self.at >= self._end:
            return False
        char = self._sheet.flat[self.at]
        if char == "(":
            return self._bracket()
        if char in ",;":
            return self._separator(self.at + 1, strong=char == ";")
        joint = _AND.match(self._sheet.flat, self.at, self._end)
        if joint:
            return self._separator(joint.end(), strong=False)
        if char == ":":
            self._told = True
            return self._colon()
        return self._word()

    def _bracket(self) -> bool:
        close = self._sheet.flat.find(")", self.at, self._end)
        self.at = close + 1 if close >= 0 else self.at
        return close >= 0

    def _colon(self) -> bool:
        """ "các sở: A, B và C" says the kind once; any other colon ends the list."""
        place = skip_blanks(self._sheet, self.at + 1, self._end)
        prefix = kind_lists.prefix(self._sheet, self._spoken(), place, self._end)
        if prefix is None:
            flat = self._sheet.flat
            slip = flat[place : place + 1].islower() and nouns.title(self._sheet, place, self._end)
            return bool(slip) and self._separator(place, strong=True)
        self._prefix = prefix
        self._begin(place)
        self._pass_listed_sector()
        return True

    def _pass_listed_sector(self) -> None:
        found = nouns.sector(self._sheet, self._first, self._end)
        if found and self._prefix is not None:
            self.at, self._words = max(self.at, found.end()), 2

    def _separator(self, place: int, *, strong: bool) -> bool:
        """Behind a comma, semicolon or "và": a fresh name, a part of the same name, or the end of the list."""
        place = skip_blanks(self._sheet, place, self._end)
        joint = _AND.match(self._sheet.flat, place, self._end)
        place = joint.end() if joint else place
        if place >= self._end:
            return False
        if self._is_fresh(place):
            self._close(self.at)
            self._begin(place)
            self._pass_listed_sector()
            return True
        if strong or not self._continues(place):
            return False
        group = nouns.group_noun(self._sheet, place, self._end)
        self.at, self._words = (group.end() if group else place), max(self._words, 1)
        if group and not self._tail.is_long:
            self._tail.reset(self.at)
        return True

    def _is_fresh(self, place: int) -> bool:
        sheet, end, spoken = self._sheet, self._end, self._spoken()
        if self._is_further_place(place, spoken):
            return True
        capital = sheet.flat[place].isupper()
        if capital and _PAIRED.search(bare(spoken)):
            return False
        if (
            nouns.known_end(sheet, place, end, self._known)
            or nouns.plural(sheet, place, end)
            or nouns.title(sheet, place, end)
        ):
            return True
        noun = nouns.noun(sheet, place, end)
        if self._prefix is not None:
            return bool(noun or capital or nouns.sector(sheet, place, end))
        return self._is_fresh_noun(noun, place, spoken) if noun else self._is_fresh_group(place, spoken)

    def _is_further_place(self, place: int, spoken: str) -> bool:
        """ "UBND các huyện Tràng Định, Văn Lãng": two bodies; "UBND xã Yên Trạch, huyện Cao Lộc": one."""
        own = _OF_PLACE.fullmatch(f"{self._prefix} {spoken}" if self._prefix else spoken)
        further = _FURTHER.match(self._sheet.flat, place, self._end)
        if not own or not further or nouns.begins(self._sheet, place, self._end):
            return False
        level = further["level"]
        if level and level != own["level"] and not own["plural"] and self._prefix is None:
            return False
        self._said = f"{own['before']}{own['level']} {own['name']}"
        self._prefix = f"{own['before']}{'' if level else own['level']}".strip()
        return True

    def _is_fresh_noun(self, noun: re.Match[str], place: int, spoken: str) -> bool:
        """Inside a group a noun in lower case goes on with it; so does "Ban" in "Các Sở, Ban, Ngành"."""
        if self._sheet.flat[place].islower():
            return not nouns.is_group(spoken) and not nouns.level(self._sheet, place, self._end)
        return not (spoken[:3].lower() == "các" and self._is_nameless(noun.end()))

    def _is_fresh_group(self, place: int, spoken: str) -> bool:
        """ "Công an Thành phố, chính quyền địa phương": a group noun behind a single body's name."""
        lower = self._sheet.flat[place].islower()
        if not lower or nouns.level(self._sheet, place, self._end) or nouns.is_group(spoken):
            return False
        return bool(nouns.group_noun(self._sheet, place, self._end)) and not nouns.ends_in_group(bare(spoken))

    def _is_nameless(self, place: int) -> bool:
        place = skip_blanks(self._sheet, place, self._end)
        if place >= self._end or self._sheet.flat[place] in ",;:.":
            return True
        return self._stops(place) or bool(_AND.match(self._sheet.flat, place))

    def _continues(self, place: int) -> bool:
        """Whether what follows a comma or "và" belongs to the same name."""
        flat, end = self._sheet.flat, self._end
        by_comma = flat[self.at] in ",;"
        if nouns.group_noun(self._sheet, place, end):
            return not (self._verbs and nouns.organises(self._sheet, place))
        if flat[place].isupper() or flat[place].isdigit():
            return not by_comma or not nouns.verb(self._sheet, place, end) or bool(_INNER.match(flat, place, end))
        if flat.startswith("chống", place) or nouns.qualifier(self._sheet, place, end):
            return True
        goes_on = _COMMITTEE.match(self._sheet.plain, self._first, end) or nouns.plural(self._sheet, self._first, end)
        return (bool(goes_on) or not by_comma) and not self._stops(place)

    def _word(self) -> bool:
        qualifier = nouns.qualifier(self._sheet, self.at, self._end)
        if qualifier:
            self.at, self._words = qualifier.end(), self._words + 1
            self._over = skip_blanks(self._sheet, self.at, self._end)
            self._pass_named_body()
            self._tail.reset(self.at)
            return True
        activity = nouns.activity_end(self._sheet, self.at, self._end) if self._verbs else None
        if activity:
            self.at, self._words = activity, self._words + 1
            self._tail.reset(self.at)
            return True
        if self._stops(self.at) and (self._words or nouns.plural(self._sheet, self._first, self._end)):
            self._told = not endings.PREPOSITION.match(self._sheet.flat, self.at)
            return False
        token = _TOKEN.match(self._sheet.flat, self.at, self._end)
        if not token or self._is_predicate():
            self._told = True
            return False
        if token.group().endswith(".") and not _ABBREVIATED.search(token.group()[:-1]):
            self.at = token.end() - 1
            return False
        named = nouns.level(self._sheet, self.at, self._end) or nouns.group_noun(self._sheet, self.at, self._end)
        self.at, self._words = token.end(), self._words + 1
        self._tail.add(token.group(), self.at, named=bool(named))
        self._pass_sector()
        return True

    def _is_predicate(self) -> bool:
        """ "Sở Y tế tỉnh Lào Cai tiêm phòng …": a name ends with its field or its place, whatever verb follows."""
        sheet, at = self._sheet, self.at
        if not self._verbs or not sheet.flat[at].islower() or nouns.level(sheet, at, self._end):
            return False
        spoken = self._spoken()
        return endings.is_over(spoken, sheet, at, self._end, field_ends=at == self._over)

    def _pass_named_body(self) -> None:
        """Behind "thuộc", "của": "… thuộc Bộ Khoa học và Công nghệ"."""
        noun = _SECTOR_OWNER.match(self._sheet.flat, skip_blanks(self._sheet, self.at, self._end), self._end)
        sector = nouns.sector(self._sheet, noun.end(), self._end) if noun else None
        self.at = sector.end() if sector else self.at

    def _stops(self, place: int) -> bool:
        """A verb or particle in lower case ends the list, unless the body is named after it."""
        if not self._verbs or not nouns.ends_name(self._sheet, place, self._end):
            return False
        if nouns.is_second_syllable(self._sheet.flat, place, self._end):
            return False
        return not (_TASK.match(self._sheet.flat, place, self._end) and self._is_named_after_task(place))

    def _is_named_after_task(self, place: int) -> bool:
        """ "Ban Chỉ đạo phòng, chống …", "Ban Quản lý dự án đầu tư xây dựng …", "Quỹ bảo vệ và phát triển rừng"."""
        spoken = bare(self._sheet.phrase(self._first, place))
        if spoken in self._known:
            return False
        return bool(_COMMITTEE.match(spoken) or _PROJECT.search(spoken)) or not self._words

    def _spoken(self) -> str:
        return self._sheet.phrase(self._first, self.at)

    def _close(self, end: int) -> None:
        phrase, self._said = self._said or self._sheet.phrase(self._first, end), ""
        own = Sheet.of(phrase)
        field = nouns.sector(own, 0, len(own.flat))  # "các Bộ: Công an, …": here no name by itself
        named = nouns.begins(own, 0, len(own.flat)) and not (field and field.end() == len(own.flat))
        if self._prefix and phrase and not named:
            phrase = f"{self._prefix} {phrase}"
        if phrase:
            self.phrases.append(phrase)
