"""A font as the drawn annex needs it: how wide a word is, how it is written in a content stream, and its embedding.

A subset with the letters of Vietnamese and everyday signs serves nearly every text and is made once per process; a text
with others gets a wider one. A character that the font itself lacks is shown as an empty box and still read as itself,
because its code has its own line in the ToUnicode map: nothing turns into another character and nothing is lost.
"""

from __future__ import annotations

import hashlib
import io
from copy import copy
from functools import cache, cached_property, lru_cache
from typing import Any

import pydyf
from fontTools import subset
from fontTools.ttLib import TTFont

from reports.pdf import fonts
from reports.pdf.packing import packed

# ASCII, Latin-1 to Latin Extended-B (ơ, ư), combining marks, Vietnamese, punctuation, ₫, №, arrows, ≤ ≥, box.
_RANGES = ((0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x323), (0x1EA0, 0x1EF9), (0x2010, 0x2027), (0x2030, 0x203A))
_SIGNS = "₫№←↑→↓−≤≥■□●"
EVERYDAY = frozenset(chr(code) for first, last in _RANGES for code in range(first, last + 1)) | frozenset(_SIGNS)
EVERYDAY -= {"\xad"}  # the soft hyphen has no shape where no line breaks at it
_BOX = "□"
_DROPPED = ["GSUB", "GPOS", "GDEF", "kern", "DSIG", "FFTM", "STAT", "gasp", "hdmx", "VDMX", "LTSH", "post", "OS/2"]


@lru_cache(maxsize=8)
def typeface(file: str, letters: frozenset[str]) -> Typeface:
    """The face of a font file (reports.pdf.fonts) that has these letters. Raises fonts.FontMissing."""
    return Typeface(file, letters | {" ", _BOX})


@cache
def _known(file: str) -> frozenset[str]:
    """The characters a font file has a glyph for."""
    return frozenset(map(chr, TTFont(io.BytesIO(fonts.face(file))).getBestCmap()))


class Typeface:
    """Widths are in thousandths of the size; codes are the hexadecimal digits of two bytes a character."""

    def __init__(self, file: str, letters: frozenset[str]) -> None:
        known = letters & _known(file)
        self._file, font = _subset(file, known)
        self._name = f"/{_tag(file, letters)}+{file.removesuffix('.ttf')}"
        self._glyphs = {chr(code): font.getGlyphID(name) for code, name in font.getBestCmap().items()}
        self._count = len(font.getGlyphOrder())
        lacking = sorted(letters - known)
        self._boxed = {letter: self._count + place for place, letter in enumerate(lacking)}
        self._scale = 1000 / font["head"].unitsPerEm
        self._read_measures(font)
        self.width = lru_cache(maxsize=1 << 16)(self._width)  # of words: a text repeats them
        self.code = lru_cache(maxsize=1 << 16)(self._code)
        self.space_width = self._width(" ")

    def _read_measures(self, font: TTFont) -> None:
        advances = font["hmtx"].metrics
        self._advances = {
            letter: advances[font.getGlyphName(glyph)][0] * self._scale for letter, glyph in self._glyphs.items()
        }
        self._advances |= {letter: self._advances[_BOX] for letter in self._boxed}
        head, horizontal = font["head"], font["hhea"]
        self.ascent, self.descent = horizontal.ascent * self._scale, horizontal.descent * self._scale
        self._box = [round(n * self._scale) for n in (head.xMin, head.yMin, head.xMax, head.yMax)]

    def _width(self, word: str) -> float:
        return sum(map(self._advances.__getitem__, word))

    def _code(self, word: str) -> str:
        return "".join(f"{self._number(letter):04x}" for letter in word)

    def _number(self, letter: str) -> int:
        return self._glyphs[letter] if letter in self._glyphs else self._boxed[letter]

    def baseline(self, size: float, leading: float) -> float:
        """Points from the top of a line to its baseline: half of what the leading adds, then the ascent."""
        content = (self.ascent - self.descent) * size / 1000
        return (leading - content) / 2 + self.ascent * size / 1000

    # --- embedding ----------------------------------------------------------------------------------------------------
    def embed(self, pdf: pydyf.PDF) -> bytes:
        """Add the font to a document; the reference of its dictionary (Type 0, Identity-H, ISO 32000-1 §9.7)."""
        program, unicode_map = self._packed
        descriptor = _add(pdf, pydyf.Dictionary(self._descriptor() | {"FontFile2": _add(pdf, copy(program))}))
        descendant = {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": self._name,
            "CIDSystemInfo": b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
            "FontDescriptor": descriptor,
            "W": self._widths(),
            "CIDToGIDMap": self._glyph_map(pdf),
        }
        font = {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": self._name,
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([_add(pdf, pydyf.Dictionary(descendant))]),
            "ToUnicode": _add(pdf, copy(unicode_map)),
        }
        return _add(pdf, pydyf.Dictionary(font))

    @cached_property
    def _packed(self) -> tuple[pydyf.Stream, pydyf.Stream]:
        """The font program and the map of its codes, compressed once for all documents of this process."""
        return packed(self._file, Length1=len(self._file)), packed(self._unicode_map())

    def _descriptor(self) -> dict[str, Any]:
        return {
            "Type": "/FontDescriptor",
            "FontName": self._name,
            "Flags": 4,  # symbolic: its codes are its own
            "FontBBox": pydyf.Array(self._box),
            "ItalicAngle": 0,
            "Ascent": round(self.ascent),
            "Descent": round(self.descent),
            "CapHeight": round(self.ascent),
            "StemV": 80,
        }

    def _numbered(self) -> dict[int, str]:
        """Code → the character it stands for. Of two characters with one glyph the first wins (space, not NBSP)."""
        found: dict[int, str] = {}
        for letter, number in sorted((self._glyphs | self._boxed).items()):
            found.setdefault(number, letter)
        return found

    def _widths(self) -> pydyf.Array:
        widths = pydyf.Array()
        for number, letter in sorted(self._numbered().items()):
            widths.extend((number, pydyf.Array([round(self._advances[letter], 3)])))
        return widths

    def _glyph_map(self, pdf: pydyf.PDF) -> Any:
        """Codes are glyph numbers, except those of boxed characters, which all show the box."""
        if not self._boxed:
            return "/Identity"
        glyphs = [*range(self._count), *(self._glyphs[_BOX] for _ in self._boxed)]
        return _add(pdf, packed(b"".join(glyph.to_bytes(2, "big") for glyph in glyphs)))

    def _unicode_map(self) -> bytes:
        lines = [f"<{number:04x}> <{letter.encode('utf-16-be').hex()}>" for number, letter in self._numbered().items()]
        blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]  # at most 100 to a block
        body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return f"{_CMAP_HEAD}\n{body}\n{_CMAP_END}".encode()


_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange"""
_CMAP_END = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def _add(pdf: pydyf.PDF, thing: pydyf.Object) -> bytes:
    pdf.add_object(thing)
    reference: bytes = thing.reference
    return reference


def _tag(file: str, letters: frozenset[str]) -> str:
    """The six capitals before the name of a subset, the same for the same letters (ISO 32000-1 §9.6.4)."""
    digest = hashlib.sha256(f"{file} {''.join(sorted(letters))}".encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _subset(file: str, letters: frozenset[str]) -> tuple[bytes, TTFont]:
    """The font program with only these letters, without what layout engines need; the same bytes every time."""
    font = TTFont(io.BytesIO(fonts.face(file)), recalcTimestamp=False)
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, glyph_names=False, name_IDs=[])
    options.drop_tables += _DROPPED
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(letters)))
    subsetter.subset(font)
    program = io.BytesIO()
    font.save(program)
    return program.getvalue(), TTFont(io.BytesIO(program.getvalue()))
