"""Vietnamese text as data: one normal form, one folding for search, one sorting order.

Nothing here touches Django: the letter reader uses it as well as the models.
"""

import re
import unicodedata

# U+00D0 (Icelandic eth) is what converters from TCVN3 and VNI write for Đ; it looks the same on paper.
_STROKED = str.maketrans({"đ": "d", "Đ": "d", "Ð": "d", "ð": "d"})
_BLANKS = re.compile(r"\s+")

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền hỏi ngã sắc nặng
_LETTER_RANK = {letter: chr(ord("A") + rank) for rank, letter in enumerate(_LETTERS)}


def nfc(text: str) -> str:
    """The form in which every text is stored: NFC, as Nghị định 30/2020 asks for TCVN 6909 text."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """`text` as it is searched: no diacritics, no case, single blanks ("Sở Tư pháp" → "so tu phap")."""
    bare = unicodedata.normalize("NFD", nfc(text).translate(_STROKED))
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    return _BLANKS.sub(" ", letters.casefold()).strip()


def sort_key(text: str) -> str:
    """A string whose plain byte order is the Vietnamese dictionary order of `text`.

    Letters first (a ă â … d đ …), tones (ngang huyền hỏi ngã sắc nặng) break ties, as in TCVN dictionaries. Stored in
    a column, so SQLite and PostgreSQL sort alike whatever their collation.
    """
    ranks: list[str] = []
    tones: list[str] = []
    for char in nfc(text).casefold().replace("ð", "đ"):
        letter, tone = _split_tone(char)
        ranks.append(_rank(letter))
        tones.append(str(tone))
    return "".join(ranks) + " " + "".join(tones)


def _split_tone(char: str) -> tuple[str, int]:
    parts = unicodedata.normalize("NFD", char)
    tone = next((_TONES[part] for part in parts if part in _TONES), 0)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES)), tone


def _rank(letter: str) -> str:
    if letter in _LETTER_RANK:
        return _LETTER_RANK[letter]
    return letter if letter.isdigit() else " "
