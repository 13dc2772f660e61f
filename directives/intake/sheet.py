"""The letter's text in three forms of the same length, so that an offset means the same place in each.

Every stage works on offsets into the NFC text. `flat` is for reading phrases (line breaks and page furniture are blanks),
`plain` is for recognising formulae, because OCR loses diacritics before it loses letters ("CHÀNH VĂN PHONG").
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

Span = tuple[int, int]

# For character classes; Ð (U+00D0) is what converters from TCVN3 write for Đ.
LOWER = "a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
ACCENTED = LOWER[3:]

# Marks that a scanner or a table leaves where a writer sees nothing.
_BLANKS = dict.fromkeys("\n\r\t\f\v\u00a0\u2002\u2003\u2007\u2009\u200a\u200b\u202f\ufeff|", " ")
_BLANK_TABLE = str.maketrans(_BLANKS)


class _Bare(dict[int, str]):
    """One letter for one letter: without diacritics, lower case; filled on demand."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = "d" if char in "đĐÐð" else unicodedata.normalize("NFD", char)[0].lower()
        self[code] = base if len(base) == 1 else char
        return self[code]


_BARE = _Bare()


def bare(text: str) -> str:
    """`text` without diacritics and case, of exactly the same length."""
    return text.translate(_BARE)


def squeeze(text: str) -> str:
    """One blank between words, none at the ends."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Sheet:
    """`text` is the NFC original; `flat` and `plain` have its length."""

    text: str
    flat: str
    plain: str

    @classmethod
    def of(cls, text: str, furniture: Iterable[Span] = ()) -> "Sheet":
        """Lay `text` out; the spans in `furniture` (page numbers, stray marks) become blanks."""
        flat = text.translate(_BLANK_TABLE)
        for start, end in furniture:
            flat = flat[:start] + " " * (end - start) + flat[end:]
        return cls(text, flat, bare(flat))

    def phrase(self, start: int, end: int) -> str:
        """The words between two offsets, as printed, joined by single blanks."""
        return squeeze(self.flat[start:end])

    def phrase_plain(self, start: int, end: int) -> str:
        """The same words without diacritics and case."""
        return squeeze(self.plain[start:end])

    def trim(self, start: int, end: int) -> Span:
        """The same span without blanks at its ends."""
        piece = self.flat[start:end]
        stripped = piece.strip()
        if not stripped:
            return start, start
        first = start + len(piece) - len(piece.lstrip())
        return first, first + len(stripped)

    def match(self, pattern: re.Pattern[str], start: int, end: int) -> re.Match[str] | None:
        """`pattern` at `start`, on the bare text, seeing nothing beyond `end`."""
        return pattern.match(self.plain, start, end)
