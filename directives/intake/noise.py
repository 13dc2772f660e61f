"""What a scanner reads where nothing is written: stamps, signatures, specks. Such lines are set aside, not read."""

import re
from collections.abc import Sequence
from dataclasses import replace

from . import marks
from .lines import Line
from .sheet import Span, bare

_WORD = re.compile(r"[^\W_]+")
# Onset, vowels, coda: what a Vietnamese syllable looks like without its diacritics.
_SYLLABLE = re.compile(r"(?:ngh?|nh|gh|gi|qu|ph|th|tr|ch|kh|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|nh|ng|[cmnpt])?$")
_SPECK = 7  # letters


def sift(lines: Sequence[Line], tail: int) -> tuple[list[Line], list[Span]]:
    """Lines worth reading, and the spans of the others; stray single words are only dropped before offset `tail`."""
    kept: list[Line] = []
    dropped: list[Span] = []
    pending = False
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if (_is_rubbish(line.text) and not _is_row_number(line, following)) or (
            line.start < tail and _is_speck(line, following, pending)
        ):
            dropped.append((line.start, line.end))
            pending = True
            continue
        kept.append(replace(line, turned=True, gap=max(line.gap, 1)) if pending else line)
        pending = False
    return kept, dropped


def _is_row_number(line: Line, following: Line | None) -> bool:
    """The first cell of a table's row: "3 | Thống kê … | …"."""
    return line.text.rstrip(".").isdigit() and following is not None and following.column > line.column


def _is_rubbish(text: str) -> bool:
    """No word in it could be Vietnamese, and it is no number or abbreviation either."""
    words = _WORD.findall(text)
    ends_an_item = len(words) == 1 and len(words[0]) >= 4 and text[-1] in ".;:"
    return len(text) <= 25 and not ends_an_item and not any(_is_word(word) for word in words)


def _is_word(word: str) -> bool:
    if word.isdigit():
        return len(word) > 1
    return len(word) > 1 and (word.isupper() or bool(_SYLLABLE.match(bare(word))))


def _is_speck(line: Line, following: Line | None, after_rubbish: bool) -> bool:
    """A lone short word with nothing above or below it."""
    words = _WORD.findall(line.text)
    alone = (line.gap > 0 or after_rubbish) and (following is None or following.gap > 0 or _is_rubbish(following.text))
    short = len(words) == 1 and len(words[0]) <= _SPECK and not words[0].isupper()
    return alone and short and line.text[-1] not in ".;:/" and marks.read(line.text, 0, len(line.text)) is None
