"""Drawings as PNG pictures (ISO/IEC 15948): a Word document takes no SVG that every office suite shows.

Rectangles and lines on a palette need no library; a bar takes about 300 bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from reports.content.drawing import LINE, Drawing, Shape

SCALE = 3  # pixels to a unit: 200 to the inch in a bar of 68 mm
_WHITE, _EDGE = "#ffffff", "#5c6773"
_MAGIC = b"\x89PNG\r\n\x1a\n"


def png(drawing: Drawing) -> bytes:
    """The picture of a drawing on white."""
    colours = list(dict.fromkeys([_WHITE, _EDGE, *(one for shape in drawing.shapes for one in _of(shape))]))
    wide, high = drawing.width * SCALE, drawing.height * SCALE
    rows = [bytearray(wide) for _ in range(high)]
    for shape in drawing.shapes:
        _fill(rows, shape, colours)
    palette = b"".join(bytes.fromhex(colour[1:]) for colour in colours)
    head = struct.pack(">IIBBBBB", wide, high, 8, 3, 0, 0, 0)  # 8 bits, palette
    pixels = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 9)
    chunks = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", pixels), (b"IEND", b""))
    return _MAGIC + b"".join(_chunk(*chunk) for chunk in chunks)


def _of(shape: Shape) -> tuple[str, str]:
    return shape.look.fill, shape.look.line


def _fill(rows: list[bytearray], shape: Shape, colours: list[str]) -> None:
    fill, line = map(colours.index, _of(shape))
    left, right = round(shape.x * SCALE), min(round((shape.x + shape.width) * SCALE), len(rows[0]))
    for row in rows:
        row[left:right] = bytes([fill]) * (right - left)
    for x, y in _dots(shape):
        if left <= x < right and 0 <= y < len(rows):
            rows[y][x] = line
    if shape.look.outlined and right > left:
        _outline(rows, left, right, colours.index(_EDGE))


def _dots(shape: Shape) -> Iterator[tuple[int, int]]:
    """The pixels of a hatching, as thick as its lines."""
    thick = range(round(LINE * SCALE))
    for x1, y1, x2, y2 in shape.lines:
        length = max(round(abs(y2 - y1) * SCALE), 1)
        for step in range(length):
            x, y = (round((a + (b - a) * step / length) * SCALE) for a, b in ((x1, x2), (y1, y2)))
            yield from ((x + more, y) for more in thick)


def _outline(rows: list[bytearray], left: int, right: int, edge: int) -> None:
    for row in (*rows[:SCALE], *rows[-SCALE:]):
        row[left:right] = bytes([edge]) * (right - left)
    for row in rows:
        for inset in range(min(SCALE, right - left)):
            row[left + inset] = row[right - 1 - inset] = edge


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
