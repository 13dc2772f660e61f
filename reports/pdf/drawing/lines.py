"""Breaking text into lines that fit a column: greedy, at blanks; a word wider than the column is cut."""

from __future__ import annotations

from typing import NamedTuple

from reports.pdf.drawing.typeface import Typeface

_CUT_AFTER = "/-_.,;:"


class Line(NamedTuple):
    """`code`: the hexadecimal digits of its letters; `width` in thousandths of the size."""

    code: str
    width: float


def wrap(text: str, face: Typeface, width: float) -> list[Line]:
    """The lines of a text in a column `width` thousandths wide; line feeds are kept, empty lines are not."""
    lines: list[Line] = []
    for paragraph in text.split("\n"):
        words = [word for word in paragraph.split(" ") if word]
        if words and max(map(face.width, words)) > width:
            words = [piece for word in words for piece in _pieces(word, face, width)]
        if words:
            lines.extend(_fill(words, face, width))
    return lines


def _fill(words: list[str], face: Typeface, width: float) -> list[Line]:
    lines: list[Line] = []
    space, blank = face.space_width, face.code(" ")
    codes, used = [face.code(words[0])], face.width(words[0])
    for word in words[1:]:
        wide = face.width(word)
        if used + space + wide > width:
            lines.append(Line(blank.join(codes), used))
            codes, used = [face.code(word)], wide
        else:
            codes.append(face.code(word))
            used += space + wide
    lines.append(Line(blank.join(codes), used))
    return lines


def _pieces(word: str, face: Typeface, width: float) -> list[str]:
    """The word, or its parts that fit, cut after a mark where there is one."""
    pieces: list[str] = []
    while len(word) > 1 and face.width(word) > width:
        fitting = _fitting(word, face, width)
        after_mark = max(word.rfind(mark, 0, fitting) for mark in _CUT_AFTER) + 1
        cut = after_mark or fitting
        pieces.append(word[:cut])
        word = word[cut:]
    return [*pieces, word]


def _fitting(word: str, face: Typeface, width: float) -> int:
    """How many letters fit, at least one."""
    used = 0.0
    for place, letter in enumerate(word):
        used += face.width(letter)
        if used > width:
            return max(place, 1)
    return len(word)
