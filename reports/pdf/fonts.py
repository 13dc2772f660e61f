"""The faces of the report: Tinos, which has the measures of Times New Roman and all Vietnamese letters.

Debian's fonts-liberation lacks 92 of the 146 Vietnamese letters, so the family is never left to chance: the files of
fonts-croscore are read from where Debian puts them, and both ways of setting a page use the same bytes.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FAMILY = "Tinos"
FOLDER = Path("/usr/share/fonts/truetype/croscore")
REGULAR, BOLD, ITALIC, BOLD_ITALIC = (f"Tinos-{style}.ttf" for style in ("Regular", "Bold", "Italic", "BoldItalic"))
FACES = (REGULAR, BOLD, ITALIC, BOLD_ITALIC)
MEDIA_TYPE = "font/ttf"


class FontMissing(Exception):
    """A font file is not where it should be; `str()` says which package brings it."""


@cache
def face(name: str) -> bytes:
    """The bytes of a font file. Raises FontMissing."""
    try:
        return (FOLDER / name).read_bytes()
    except OSError as problem:
        raise FontMissing(f"{FOLDER / name} is missing: install the Debian package fonts-croscore.") from problem


def resources() -> dict[str, tuple[bytes, str]]:
    """All faces as the fetcher serves them."""
    return {name: (face(name), MEDIA_TYPE) for name in FACES}


@cache
def _advances(name: str) -> dict[int, float]:
    """Code point → width in parts of the size."""
    font = TTFont(io.BytesIO(face(name)))
    measures, em = font["hmtx"].metrics, font["head"].unitsPerEm
    return {code: measures[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def width(text: str, name: str, size: float) -> float:
    """Points that a text takes in one line; letters that the face lacks count as one of middling width."""
    advances = _advances(name)
    return sum(advances.get(ord(letter), 0.5) for letter in text) * size
