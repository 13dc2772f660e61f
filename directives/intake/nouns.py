"""Where names of bodies begin and what ends them: wording.py's tables as patterns, tolerant of a scanner's slips."""

import re
from collections.abc import Sequence
from functools import lru_cache

from . import wording
from .sheet import Sheet

_I = re.IGNORECASE
_WORD = re.compile(r"[^\s,;:()]+")
_Match = re.Match[str] | None
_EDGE = r"(?=[\s,;:.)(/&-]|$)"

_SHORT = "|".join(rf"{noun}(?!\s?(?:{unlike})\b|\s?,)" for noun, unlike in wording.SHORT_NOUNS.items())
_BODY = f"{wording.any_of(wording.BODY_NOUNS)}|{_SHORT}"
_IN_GROUPS = f"{wording.any_of(wording.GROUP_NOUNS)}|{_BODY}|sở|bộ|ban|ngành|hội|phòng|đoàn"
_TITLES = wording.any_of(wording.TITLE_NOUNS)

_NOUN = re.compile(rf"(?:{_BODY}){_EDGE}", _I)
_TITLE = re.compile(rf"(?:{_TITLES}){_EDGE}", _I)
_GROUP_NOUN = re.compile(rf"(?:{_IN_GROUPS}){_EDGE}", _I)
_PLURAL = re.compile(
    r"(?:tất cả các|toàn thể các|các|những|một số|toàn bộ các|quý)\s+(?:đồng chí\s+)?"
    rf"(?:{_IN_GROUPS}|{_TITLES}){_EDGE}",
    _I,
)
# Several syllables are safe to compare without diacritics ("bệnh viên", "thành phó", "thị trần").
_LONG_GROUP = wording.plain_words(wording.long_only(wording.GROUP_NOUNS + wording.BODY_NOUNS))
_LONG_TITLE = wording.plain_words(wording.long_only(wording.TITLE_NOUNS))
_PLAIN_NOUN = re.compile(rf"(?:{wording.plain_words(wording.long_only(wording.BODY_NOUNS))}){_EDGE}")
_PLAIN_GROUP_NOUN = re.compile(rf"(?:{_LONG_GROUP}){_EDGE}")
_PLAIN_PLURAL = re.compile(rf"(?:tat ca cac|cac|nhung|mot so)\s+(?:{_LONG_GROUP}|{_LONG_TITLE}){_EDGE}")

_LEVEL = re.compile(rf"(?:{wording.LEVELS}){_EDGE}")
_SECTOR = re.compile(rf"(?:{wording.plain_words(wording.SECTORS)})(?![a-z0-9&])")
_QUALIFIER = re.compile(rf"(?:{wording.any_of(wording.QUALIFIERS)}){_EDGE}")
_VERB = re.compile(rf"(?:{wording.any_of(wording.VERBS + wording.JOINTS)})\b")
_PARTICLE = re.compile(rf"(?:{wording.PARTICLES}){_EDGE}")
_STRONG = re.compile(rf"\b(?<!duoc )(?:{wording.any_of(wording.STRONG_VERBS)})\b")
# Behind "các cơ sở", "đơn vị": a verb that is part of the name, when the sentence's own verb is still to come.
_INNER_VERB = re.compile(rf" (?:{wording.any_of(wording.VERBS)})\b")
_NAMES_ACTIVITY = re.compile(rf"(?:{wording.any_of(wording.ACTIVITY_NOUNS)})\s$", _I)
_ACTIVITY = re.compile(rf"(?:{wording.any_of(wording.ACTIVITIES)})\b")
_MAIN_VERB = re.compile(
    r"[^,;:.]{0,70}?(?<!viec )(?<!tac )(?<! de )(?<!trong )(?<! va )(?<!trinh )(?<!hoach )(?<!nhiem vu )"
    rf"(?P<main>\b(?:{wording.any_of(wording.MAIN_VERBS)})\b)|[^,;:.]{{0,60}}:$"
)
_ENDS_IN_GROUP = re.compile(rf"\b(?:{wording.plain_words(wording.GROUP_NOUNS)})$")
_ENDS_IN_LEVEL = re.compile(r"\b(?:huyen|thi xa|thanh pho|(?<!co )quan|xa|phuong|thi tran|tinh)$")
_ORGANISES = re.compile(r"tổ chức\s+(?:thực|triển|kiểm|các|tuyên|tập|hội|đánh|tốt|làm|đón|rà)")

# "UBND các huyện, thành phố", "các sở, ban, ngành tỉnh", "… thuộc xã": complete, whatever verb follows.
_WHOLE_GROUP = re.compile(
    rf"\b[Cc]ác (?:(?:{wording.LEVELS})(?:, | và )){{1,3}}(?!thị$|thành$)(?:{wording.LEVELS})$"
    r"|\b[Cc]ác (?:sở|Sở)(?:, (?:ban|Ban))?(?:, | và )(?:ngành|Ngành)(?:, (?:đoàn thể|hội))?"
    r"(?: (?:tỉnh|cấp tỉnh|thành phố))?$"
    r"|\btrực thuộc [Tt]rung ương$|\b(?:thuộc|trực thuộc|của)\s(?:tỉnh|huyện|xã|phường|thành phố|thị xã|sở|bộ)$"
)
_GOES_ON = re.compile(
    r"(?:nơi|có|chưa|đã|còn|trên|thuộc|trực thuộc|của|miền|biên|vùng|nông thôn|trọng điểm|đặc biệt|ven|nghèo|loại|ở|bị"
    r"|nêu|nằm|phía|giáp|này|nói|cấp|cùng|theo|được|đang|trong|ngoài|tỉnh|và|khác|hữu quan|liên quan|quản lý)\b"
)


def noun(sheet: Sheet, at: int, end: int) -> _Match:
    """The noun of a body's name: "Sở", "Ủy ban nhân dân"."""
    return _NOUN.match(sheet.flat, at, end) or _PLAIN_NOUN.match(sheet.plain, at, end)


def title(sheet: Sheet, at: int, end: int) -> _Match:
    """The title of a body's head: "Giám đốc", "Chủ tịch"."""
    return _TITLE.match(sheet.flat, at, end)


def plural(sheet: Sheet, at: int, end: int) -> _Match:
    """The beginning of a group phrase: "các sở", "những đơn vị", "Quý Sở"."""
    return _PLURAL.match(sheet.flat, at, end) or _PLAIN_PLURAL.match(sheet.plain, at, end)


def group_noun(sheet: Sheet, at: int, end: int) -> _Match:
    """What may go on inside a group phrase: "ban", "đơn vị", "thành phố"."""
    return _GROUP_NOUN.match(sheet.flat, at, end) or _PLAIN_GROUP_NOUN.match(sheet.plain, at, end)


def level(sheet: Sheet, at: int, end: int) -> _Match:
    """A level of administration in lower case."""
    return _LEVEL.match(sheet.flat, at, end)


def sector(sheet: Sheet, at: int, end: int) -> _Match:
    """The name of a department's or ministry's field: "Thông tin và Truyền thông"."""
    return _SECTOR.match(sheet.plain, at, end)


def qualifier(sheet: Sheet, at: int, end: int) -> _Match:
    """ "có liên quan", "trên địa bàn": part of a group phrase."""
    return _QUALIFIER.match(sheet.flat, at, end)


def begins(sheet: Sheet, at: int, end: int) -> bool:
    """Whether a body's name or a group phrase begins at `at`."""
    return bool(plural(sheet, at, end) or noun(sheet, at, end) or title(sheet, at, end))


def verb(sheet: Sheet, at: int, end: int) -> bool:
    """Whether an instruction's verb, or a joint before it, stands at `at`, in whatever case."""
    return bool(_VERB.match(sheet.plain, at, end))


def ends_name(sheet: Sheet, at: int, end: int) -> bool:
    """Whether the words at `at` can only follow a name: a verb or a particle in lower case."""
    return sheet.flat[at].islower() and (verb(sheet, at, end) or bool(_PARTICLE.match(sheet.flat, at, end)))


def activity_end(sheet: Sheet, at: int, end: int) -> int | None:
    """Where a name ends that goes on with the verb at `at`: "các cơ sở đào tạo", "cơ quan quản lý trực tiếp …"."""
    named = _NAMES_ACTIVITY.search(sheet.flat[max(0, at - 16) : at])
    verb = _ACTIVITY.match(sheet.plain, at, end) if named else None
    if not named or not verb:
        return None
    if named.group().lower().startswith("cơ sở"):  # a word that never stands alone
        return verb.end()
    main = _MAIN_VERB.match(sheet.plain, verb.end(), end)
    return (main.start("main") if main["main"] else verb.end()) if main else None


def holds_strong_verb(sheet: Sheet, start: int, end: int) -> bool:
    """Whether the words are a sentence and no mere name."""
    return bool(_STRONG.search(sheet.plain, start, end))


def holds_verb(plain: str) -> bool:
    """Whether a name holds a word that would end it: "cac don vi quan ly ho chua nuoc"."""
    return bool(_INNER_VERB.search(plain))


def organises(sheet: Sheet, at: int) -> bool:
    """ "tổ chức" as a verb, not as one of "các cơ quan, tổ chức"."""
    return bool(_ORGANISES.match(sheet.flat, at))


def ends_in_group(plain: str) -> bool:
    """Whether a phrase ends with a group noun ("thủ trưởng cơ quan"); a place ("Công an Thành phố") is none."""
    return bool(_ENDS_IN_GROUP.search(plain)) and not _ENDS_IN_LEVEL.search(plain)


@lru_cache(maxsize=64)
def _known_pattern(known: tuple[str, ...]) -> re.Pattern[str] | None:
    names = sorted({name for name in known if len(name) >= 6}, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(re.escape(name) for name in names)})(?![a-z0-9])") if names else None


def known_end(sheet: Sheet, at: int, end: int, known: Sequence[str]) -> int | None:
    """Where a name that is certain ends, if one of `known` begins at `at`."""
    pattern = _known_pattern(tuple(known))
    found = pattern.match(sheet.plain, at, end) if pattern else None
    return found.end() if found else None


def is_group(phrase: str) -> bool:
    """Whether a phrase stands for several bodies ("các sở, ban, ngành")."""
    return re.search(r"\bcác\b", phrase, _I) is not None


def is_whole_group(phrase: str, sheet: Sheet, at: int) -> bool:
    """Whether a group phrase is complete and the word at `at` begins what it is told."""
    return bool(_WHOLE_GROUP.search(phrase)) and not _GOES_ON.match(sheet.flat, at)


def is_second_syllable(flat: str, place: int, end: int) -> bool:
    """Whether the word at `place` only ends a noun of two syllables ("công trình", "việc làm")."""
    before = flat[max(0, place - 12) : place].split()
    after = _WORD.match(flat, place, end)
    return bool(before and after) and f"{before[-1]} {after.group()}".lower() in wording.NOUN_PAIRS  # type: ignore[union-attr]
