"""What a file really is, told by its bytes and never by its name."""

from __future__ import annotations

from typing import BinaryIO

from directives.forms import archives, images
from directives.forms.unfit import Unfit, Unreadable

_PDF = b"%PDF-"
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Office before 2007, and today's Office files under a password


def type_of(content: BinaryIO) -> str:
    """The canonical extension ("pdf", "docx", "jpg" …) of what `content` holds, read from its beginning.

    Raises Unfit for what the portal does not take in: unknown bytes, archives and images beyond the limits, macros,
    passwords.
    """
    content.seek(0)
    head = content.read(8)
    content.seek(0)
    if head.startswith(_PDF):
        return "pdf"
    if head.startswith(_ZIP):
        return archives.type_of(content)
    return _image_or_refusal(head, content)


def _image_or_refusal(head: bytes, content: BinaryIO) -> str:
    if head == _PNG:
        images.refuse_huge(images.png_size(content))
        return "png"
    if head.startswith(_JPEG):
        images.refuse_huge(images.jpeg_size(content))
        return "jpg"
    if head == _OLE:
        raise Unfit(
            "Tệp «%(name)s» có mật khẩu hoặc ở dạng Office cũ. "
            "Bỏ mật khẩu, lưu lại dạng DOCX, XLSX, PPTX hoặc PDF rồi chọn lại."
        )
    raise Unreadable
