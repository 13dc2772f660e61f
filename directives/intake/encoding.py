"""Bytes and old codings → NFC. TCVN3 (ABC) and VNI keep Vietnamese letters on codes that mean others in Unicode."""

import re
from collections.abc import Callable

from agencies.text import nfc

from .errors import Unreadable
from .sheet import bare

UNKNOWN_CODING = (
    "Không nhận ra bảng mã chữ tiếng Việt của tệp. Lưu lại văn bản bằng phông Unicode (Times New Roman) rồi tải lên lại"
)

# TCVN 5712:1993, VN3: code → letter, in the order of the standard's table.
_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
# VNI-Windows: the letter, then a code for its tone; ô and ö alone are ơ and ư.
_VNI_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_HATS = {
    "â": "\u0302",
    "à": "\u0302\u0300",
    "á": "\u0302\u0301",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
}
_VNI_BREVES = {
    "ê": "\u0306",
    "è": "\u0306\u0300",
    "é": "\u0306\u0301",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI = re.compile("([aAeEoOuUyYôÔöÖ])([øùûõïâàáåãäêèéúüëØÙÛÕÏÂÀÁÅÃÄÊÈÉÚÜË])|([ôöñæóòîÔÖÑÆÓÒÎ])")

_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_COMMON = """
và của các được cho không có là công tỉnh thực hiện sở ban ngành ủy nhân dân huyện thành phố về theo tại đơn vị triển
khai số ngày tháng năm kính gửi nơi nhận chủ tịch
"""
_WORDS = frozenset(_COMMON.split())
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(r"(?:ngh?|nh|gh|gi|qu|ph|th|tr|ch|kh|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|nh|ng|[cmnpt])?$")
_ENOUGH = 60  # words from which a text can be judged
_READABLE = 0.35  # share of words that could be Vietnamese


def decode(data: bytes) -> str:
    """The text of a .txt file in UTF-8, UTF-16 with a byte order mark, Windows-1258, or one byte per letter."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(data, "utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    candidates = [normalise(data.decode(coding, errors="replace")) for coding in ("cp1258", "latin-1")]
    return max(candidates, key=_known_words)


def _strict(data: bytes, coding: str) -> str:
    try:
        return data.decode(coding)
    except UnicodeDecodeError:
        raise Unreadable(UNKNOWN_CODING) from None


def normalise(text: str) -> str:
    """NFC, one kind of line end, and Unicode letters where the text is plainly in TCVN3 or VNI."""
    text = nfc(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    if _VIETNAMESE.search(text) and len(_VIETNAMESE.findall(text)) * 50 >= len(text):
        return text
    before = _known_words(text)
    converted = max((_by_line(text, convert) for convert in (_from_tcvn3, _from_vni)), key=_known_words)
    return converted if _known_words(converted) > 2 * before + 4 else text


def is_readable(text: str) -> bool:
    """Whether enough of the words could be Vietnamese (short texts are not judged)."""
    words = [word for word in _WORD.findall(text) if len(word) > 1]
    if len(words) < _ENOUGH:
        return True
    return sum(bool(_SYLLABLE.match(bare(word))) for word in words) >= _READABLE * len(words)


def _known_words(text: str) -> int:
    return sum(word in _WORDS for word in _WORD.findall(text.lower()))


def _by_line(text: str, convert: Callable[[str], str]) -> str:
    """Lines that have Vietnamese letters already stay as they are: old files mix fonts."""
    return "\n".join(line if _VIETNAMESE.search(line) else nfc(convert(line)) for line in text.split("\n"))


def _from_tcvn3(line: str) -> str:
    return re.sub(r"\S+", lambda word: _tcvn3_word(word.group()), line)


def _tcvn3_word(word: str) -> str:
    """Capitals with a tone have no codes of their own: in a word of capitals the letters are raised."""
    letters = [char for char in word if char.isascii() and char.isalpha()]
    converted = "".join(_TCVN3.get(char, char) for char in word)
    return converted.upper() if len(letters) > 1 and all(char.isupper() for char in letters) else converted


def _from_vni(line: str) -> str:
    return _VNI.sub(_vni_letter, line)


def _vni_letter(found: re.Match[str]) -> str:
    letter, tone, single = found.groups()
    if single:
        plain = _VNI_SINGLE[single.lower()]
        return plain.upper() if single.isupper() else plain
    base = _VNI_SINGLE.get(letter.lower(), letter.lower())
    mark = tone.lower()
    signs = _VNI_TONES.get(mark) or _VNI_HATS.get(mark) or _VNI_BREVES.get(mark) or ""
    built = nfc(base + signs)
    return built.upper() if letter.isupper() else built
