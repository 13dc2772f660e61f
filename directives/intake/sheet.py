"""The letter's text as it is read: one blank between words, and beside it the same without diacritics.

All stages after the lines work on offsets into `flat`; they become offsets of the NFC text at the very end. `plain` has
the length of `flat`: OCR loses diacritics before it loses letters ("CHÀNH VĂN PHONG"), so formulae are compared there.
With single blanks no pattern can lose its way in a long gap.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

Span = tuple[int, int]

# For character classes; Ð (U+00D0) is what converters from TCVN3 write for Đ.
LOWER = "a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
ACCENTED = LOWER[3:]

# Marks that a scanner or a table leaves where a writer sees nothing.
_INVISIBLE = str.maketrans(dict.fromkeys("|\u200b\ufeff", " "))
_WORD = re.compile(r"\S+")


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


def covered(text: str, spans: Iterable[Span], char: str) -> str:
    """`text` with every letter inside `spans` replaced by `char`; the length stays."""
    parts: list[str] = []
    at = 0
    for first, last in sorted(spans):
        if last > at:
            start = max(first, at)
            parts += [text[at:start], char * (last - start)]
            at = last
    return "".join([*parts, text[at:]])


@dataclass(frozen=True)
class Sheet:
    """`flat` and `plain` have one length; `flat_starts` and `text_starts` say where each word begins in both."""

    text: str
    flat: str
    plain: str
    flat_starts: tuple[int, ...]
    text_starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str, furniture: Iterable[Span] = ()) -> "Sheet":
        """Lay NFC `text` out; what lies in `furniture` (page numbers, specks) is left out."""
        words = list(_WORD.finditer(covered(text, furniture, " ").translate(_INVISIBLE)))
        flat = " ".join(word.group() for word in words)
        starts, at = [], 0
        for word in words:
            starts.append(at)
            at += word.end() - word.start() + 1
        return cls(text, flat, bare(flat), tuple(starts), tuple(word.start() for word in words))

    def to_flat(self, place: int) -> int:
        """Where the letter at `place` of the text stands in `flat`; between words, the end of the word before."""
        word = bisect_right(self.text_starts, place) - 1
        if word < 0:
            return 0
        following = self.flat_starts[word + 1] - 1 if word + 1 < len(self.flat_starts) else len(self.flat)
        return min(self.flat_starts[word] + place - self.text_starts[word], following)

    def to_text(self, start: int, end: int) -> Span:
        """The span of the text that [start, end) of `flat` stands for; not for empty spans."""
        return self._to_text(start), self._to_text(end - 1) + 1

    def _to_text(self, place: int) -> int:
        word = bisect_right(self.flat_starts, place) - 1
        return self.text_starts[word] + place - self.flat_starts[word]

    def phrase(self, start: int, end: int) -> str:
        """The words between two offsets, as printed."""
        return self.flat[start:end].strip()

    def phrase_plain(self, start: int, end: int) -> str:
        """The same words without diacritics and case."""
        return self.plain[start:end].strip()

    def trim(self, start: int, end: int) -> Span:
        """The same span without blanks at its ends."""
        while start < end and self.flat[start] == " ":
            start += 1
        while start < end and self.flat[end - 1] == " ":
            end -= 1
        return start, end
