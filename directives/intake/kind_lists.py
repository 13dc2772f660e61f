"""Lists that say their kind once: "các sở: Nội vụ, Tài chính", "UBND các phường: Ba Đình, Cửa Nam"."""

import re

from . import nouns, wording
from .sheet import Sheet, bare

_KIND_ONCE = re.compile(
    rf"(?:(?:{wording.plain_words(wording.TITLE_NOUNS)}|ubnd|uy ban nhan dan|phong|cong an)\s+){{0,2}}cac\s+"
    r"(?P<kind>so|bo|ban|cuc|vu|nganh|hoi|huyen|phuong|xa|thi xa|thanh pho|quan|tinh|nuoc|benh vien|truong"
    r"|co quan|don vi"
    r"|to chuc|dia phuong|so, (?:ban, )?nganh|so, co quan|bo, nganh"
    r"|(?:(?:huyen|thi xa|thanh pho|xa|phuong|thi tran|dac khu)(?:, | va )?)+)\s*$"
)
_PLACES = frozenset({"huyen", "xa", "phuong", "thi xa", "thanh pho", "quan", "tinh", "nuoc"})
_CAPITALS = _PLACES | {"truong", "benh vien"}
_NOT_SAID_AGAIN = frozenset({"co quan", "don vi", "to chuc", "dia phuong", "nuoc"})
_PROPER = re.compile(r"(?:[^\W\d_]+[\s–-]){0,5}?[^\W\d_]+\s?(?:,|và\b|;|\.|$)")


def prefix(sheet: Sheet, spoken: str, place: int, end: int) -> str | None:
    """What each name behind "…:" is to be completed with ("Sở"; "" for nothing); None where no such list begins.

    `spoken` is the phrase before the colon, `place` where the first name would stand.
    """
    found = _KIND_ONCE.match(bare(spoken))
    kind = found["kind"] if found else ""
    if not found or not _is_name(sheet, place, end, kind):
        return None
    if kind in _NOT_SAID_AGAIN:
        return ""
    if kind.startswith("so,"):  # "các sở, ngành: Tài chính, Y tế"
        return f"{spoken[: found.start('kind')].strip()[:-3].strip()} Sở".strip()
    several = "," in kind or " va " in kind  # "UBND các huyện, thành phố: Cao Lộc, Lạng Sơn"
    return spoken[: found.start("kind")].strip()[:-3].strip() if several else without_plural(spoken)


def _is_name(sheet: Sheet, place: int, end: int, kind: str) -> bool:
    if nouns.sector(sheet, place, end) or nouns.noun(sheet, place, end):
        return True
    capital = sheet.flat[place : place + 1].isupper()
    proper = capital and _PROPER.match(sheet.flat, place, end)
    return bool(proper) and (kind in _CAPITALS or re.split(",| va ", kind)[0] in _PLACES)


def without_plural(spoken: str) -> str:
    """ "Các sở" → "Sở"; "UBND các phường" → "UBND phường"."""
    single = re.sub(r"\b[Cc]ác\s+", "", spoken)
    return single[:1].upper() + single[1:]
