"""The size of an image as its header tells it; no pixel is decoded."""

from __future__ import annotations

import struct
from typing import BinaryIO

from directives.forms.unfit import Unfit, Unreadable

PIXELS = 100_000_000  # an A3 sheet scanned at 600 dpi has 70 million
_SEGMENTS = 1_000  # of a JPEG before its frame; colour profiles and camera data need far fewer
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_PICTURE_BEGINS, _PICTURE_ENDS = 0xDA, 0xD9

Size = tuple[int, int]  # width, height in pixels


def refuse_huge(size: Size) -> None:
    width, height = size
    if not width or not height:
        raise Unreadable
    if width * height > PIXELS:
        raise Unfit("Ảnh «%(name)s» có hơn 100 triệu điểm ảnh. Thu nhỏ ảnh hoặc lưu lại dạng PDF rồi chọn lại.")


def png_size(content: BinaryIO) -> Size:
    """Read from the header chunk, which has to come first (PNG, 11.2.2)."""
    head = content.read(24)
    if len(head) < 24 or head[12:16] != b"IHDR":
        raise Unreadable
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def jpeg_size(content: BinaryIO) -> Size:
    """Read from the first frame header; the segments before it are stepped over (ITU T.81, B.2)."""
    content.seek(2)
    for _ in range(_SEGMENTS):
        marker = _next_marker(content)
        if marker in _WITHOUT_LENGTH:
            continue
        if marker in (_PICTURE_BEGINS, _PICTURE_ENDS):
            break
        (length,) = struct.unpack(">H", _exactly(content, 2))
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", _exactly(content, 5)[1:])
            return width, height
        content.seek(max(length - 2, 0), 1)
    raise Unreadable


def _next_marker(content: BinaryIO) -> int:
    if _exactly(content, 1) != b"\xff":
        raise Unreadable
    for _ in range(_SEGMENTS):
        (code,) = _exactly(content, 1)
        if code != 0xFF:  # any number of 0xFF may fill up before a marker
            return code
    raise Unreadable


def _exactly(content: BinaryIO, count: int) -> bytes:
    read = content.read(count)
    if len(read) < count:
        raise Unreadable
    return read
