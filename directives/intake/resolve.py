"""Phrases → the directory: by name, abbreviation or alias, tolerant of spelling and of slips, never by guess."""

import datetime
import re
from functools import lru_cache

from .directory import Body, Directory
from .reading import Resolution
from .sheet import bare

_OPEN = re.compile(r"\b(?:co lien quan|lien quan|huu quan|chuc nang)\b")
_OPEN_SETS = re.compile(
    r"(?:cac|nhung|mot so)\s+(?:co quan|don vi|to chuc|dia phuong|luc luong|bo|doanh nghiep|ca nhan"
    r"|nganh)(?:[\s,&/-]+(?:va\s+)?(?:co quan|don vi|to chuc|dia phuong|ca nhan|nganh|bo|doanh nghiep|doan the))*$"
)
_PLURAL = re.compile(r"\bcac\b")  # a set that is no known group is never one body
_PROVINCE = re.compile(r"\s+(?:tinh|thanh pho)(?:\s+[a-z ]{2,24})?$")
# What may be written in several ways: "&" for "và", hyphens and commas, "Ủy ban nhân dân" for "UBND".
_SPELLINGS = (
    (re.compile(r"[“”\"'’.]"), ""),
    (re.compile(r"\s*&\s*"), " va "),
    (re.compile(r"[-–—,/]"), " "),
    (re.compile(r"\bu\w b\w{2} nh\w{2} d\w{2}\b"), "ubnd"),  # whatever a scanner makes of "ủy ban nhân dân"
    (re.compile(r"\bub\b"), "uy ban"),
    (re.compile(r"\bhoi dong nhan dan\b"), "hdnd"),
    (re.compile(r"\bmat tran to quoc\b"), "mttq"),
    (re.compile(r"\bphat trien nong thon\b"), "ptnt"),
    (re.compile(r"\b(?:va|cac|cua)\b"), " "),
    (re.compile(r"\s+"), " "),
)
_TITLES = re.compile(
    r"(?:ban thuong truc|chu tich|pho chu tich|giam doc|pho giam doc|thu truong|chanh van phong|truong ban|truong"
    r"|bi thu|tong bien tap|lanh dao|nguoi dung dau|chanh)\s+"
)
_SLIPS_PER = 9  # letters for each slip that is forgiven
_NEAR = 0.75  # share of letters that are right from which a body is offered as a candidate
_SHORT = 2  # letters of a word that must be right
_LONG_ENOUGH = 6  # letters of a name cut short


def phrase(text: str, directory: Directory, on: datetime.date | None) -> Resolution:
    """What `text` means on a day: one body, a group, candidates, an open set, or nothing known."""
    for key in _keys(text):
        found = _group(key, directory, on) or _exact(key, directory, on)
        if found:
            return found
    if unlisted(text).certainty == "open" or _PLURAL.search(bare(text)):
        return unlisted(text)
    return _alike(_keys(text)[-1], directory, on)


def unlisted(text: str) -> Resolution:
    """Without a directory: only whether the phrase is a set that nobody lists ("các cơ quan có liên quan")."""
    plain = bare(text)
    return Resolution("open" if _OPEN.search(plain) or _OPEN_SETS.match(plain) else "unknown")


def untitled(plain: str) -> str:
    """ "giam doc so y te" → "so y te"; the name itself where no title stands before it."""
    return _TITLES.sub("", plain, count=1) if _TITLES.match(plain) else plain


def key_of(text: str) -> str:
    """The form in which names are compared."""
    key = bare(text)
    for pattern, spelling in _SPELLINGS:
        key = pattern.sub(spelling, key)
    return key.strip()


def _keys(text: str) -> list[str]:
    """As written; without a bracket; without the title of the head of the body ("Giám đốc Sở Y tế")."""
    key = key_of(text)
    without_bracket = key_of(re.sub(r"\([^)]*\)", " ", text))
    return list(dict.fromkeys((key, without_bracket, untitled(without_bracket))))


def _group(key: str, directory: Directory, on: datetime.date | None) -> Resolution | None:
    for group in directory.groups:
        if group.is_valid(on) and key in {key_of(one) for one in (group.name, *group.phrases)}:
            return Resolution("group", tuple(body.code for body in directory.members(group, on)), group.code)
    return None


def _exact(key: str, directory: Directory, on: datetime.date | None) -> Resolution | None:
    hits = [body for body in directory.bodies if body.is_valid(on) and key in _names(body)]
    codes = tuple(dict.fromkeys(body.code for body in hits))
    if len(codes) == 1:
        return Resolution("certain", codes)
    return Resolution("candidates", codes) if codes else None


@lru_cache(maxsize=4096)
def _names(body: Body) -> frozenset[str]:
    """Every spelling of a body's names, with and without "tỉnh …" at the end."""
    keys = {key_of(name) for name in (*body.names, body.code)}
    return frozenset(
        keys
        | {_PROVINCE.sub("", key) for key in keys if len(_PROVINCE.sub("", key)) > 6}
        | {_level(key) for key in keys}
    )


def _level(key: str) -> str:
    """ "so y te tinh lang son" → "so y te tinh"."""
    return re.sub(r"\b(tinh|thanh pho)\s+[a-z ]{2,24}$", r"\1", key)


def _alike(key: str, directory: Directory, on: datetime.date | None) -> Resolution:
    """Names within a few slips: certain when only one is that near, else candidates; so are names cut short."""
    near: list[tuple[int, str, bool]] = []
    for body in directory.bodies:
        slips = _slips(key, body) if body.is_valid(on) else None
        if slips is not None:
            near.append((slips, body.code, any(_is_misprint(key, name) for name in _names(body))))
    near.sort()
    if not near:
        return Resolution()
    slips, code, misprint = near[0]
    clear = slips <= len(key) // _SLIPS_PER and (len(near) == 1 or near[1][0] > slips + 1)
    if clear and misprint:
        return Resolution("certain", (code,))
    return Resolution("candidates", tuple(code for _, code, _ in near[:5]))


def _is_misprint(key: str, name: str) -> bool:
    """Whether a scanner may have made `key` of `name`: blanks moved, or one letter in each of some longer words.

    Short words tell bodies apart: "Bộ Xây dựng" is not "Sở Xây dựng", "HĐND" is not "UBND".
    """
    if key.replace(" ", "") == name.replace(" ", ""):
        return True
    words = list(zip(key.split(), name.split(), strict=False))
    pairs = [(one, two) for one, two in words if one != two]
    return len(key.split()) == len(name.split()) and all(
        min(len(one), len(two)) > _SHORT and _distance(one, two, 1) <= 1 for one, two in pairs
    )


def _slips(key: str, body: Body) -> int | None:
    """How many letters lie between a phrase and the nearest name of a body; None when it is too far to be offered."""
    limit = max(1, round(len(key) * (1 - _NEAR)))
    if len(key) >= _LONG_ENOUGH and any(name.startswith(f"{key} ") for name in _names(body)):
        return limit
    slips = min(
        (_distance(key, name, limit) for name in _names(body) if not _is_other_kind(key, name)), default=limit + 1
    )
    return slips if slips <= limit else None


def _is_other_kind(key: str, name: str) -> bool:
    """A ministry is no department of the same field."""
    return {key.split(" ", maxsplit=1)[0], name.split(" ", maxsplit=1)[0]} == {"bo", "so"}


def _distance(one: str, two: str, limit: int) -> int:
    """Levenshtein's distance, or more than `limit` as soon as it is certain to be more."""
    if abs(len(one) - len(two)) > limit:
        return limit + 1
    row = list(range(len(two) + 1))
    for place, char in enumerate(one, 1):
        before, row[0] = row[0], place
        for at, other in enumerate(two, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (char != other))
        if min(row) > limit:
            return limit + 1
    return row[-1]
