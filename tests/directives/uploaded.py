"""Files as people send them, good and hostile, made on the spot: none of them lies in the repository."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
MAIN = {
    "docx": ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
    "pptx": (
        "ppt/presentation.xml",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    ),
}
OPEN_DOCUMENT = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def archive(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def office(kind: str, **more: bytes) -> bytes:
    """A small docx, xlsx or pptx; `more` are further parts, "__" standing for "/"."""
    return archive(office_parts(kind) | {name.replace("__", "/"): content for name, content in more.items()})


def office_parts(kind: str) -> dict[str, bytes]:
    part, content_type = MAIN[kind]
    types = f'<Types><Override PartName="/{part}" ContentType="{content_type}"/></Types>'
    return {"[Content_Types].xml": types.encode(), part: "<nội-dung/>".encode()}


def open_document(kind: str, **more: bytes) -> bytes:
    parts = {"mimetype": OPEN_DOCUMENT[kind].encode(), "META-INF/manifest.xml": b"<manifest/>", "content.xml": b"<x/>"}
    return archive(parts | {name.replace("__", "/"): content for name, content in more.items()})


def png(width: int = 2, height: int = 2) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


def jpeg(width: int = 2, height: int = 2, before: bytes = b"") -> bytes:
    """`before`: segments in front of the frame."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8\xff\xe0" + struct.pack(">H", 4) + b"JF" + before + frame + b"\xff\xd9"


def with_flag(content: bytes, flag: int) -> bytes:
    """The archive with a general purpose flag set on every entry, here and in the directory."""
    out = bytearray(content)
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = out.find(signature)
        while place >= 0:
            out[place + at] |= flag
            place = out.find(signature, place + 4)
    return bytes(out)


def with_link(content: bytes) -> bytes:
    """The docx with one entry more that is a symbolic link."""
    out = BytesIO(content)
    with zipfile.ZipFile(out, "a") as package:
        link = zipfile.ZipInfo("word/media/anh.png")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        package.writestr(link, "/etc/passwd")
    return out.getvalue()


def with_twins() -> bytes:
    """A docx that names one part twice, in two spellings."""
    return archive(office_parts("docx") | {"WORD/document.xml": b"<khac/>"})


def bomb(entries: int, each: int, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A docx with so many further entries of so many zero bytes."""
    zeros = bytes(each)
    return archive(office_parts("docx") | {f"word/media/{n}.bin": zeros for n in range(entries)}, method)


def with_announced_size(size: int) -> bytes:
    """A docx of 1.3 MB, one part of which says that it unpacks to `size` bytes: large, but no steep ratio."""
    content = bytearray(archive(office_parts("docx") | {"word/media/a.bin": bytes(1_300_000)}, zipfile.ZIP_STORED))
    last = content.rfind(b"PK\x01\x02")
    struct.pack_into("<L", content, last + 24, size)
    return bytes(content)


def with_end(content: bytes, **lies: int) -> bytes:
    """The archive with other figures in its end record: entries, directory (bytes), comment (bytes)."""
    end = list(struct.unpack("<4s4H2LH", content[-22:]))
    for name, value in lies.items():
        for place in {"entries": (3, 4), "directory": (5,), "comment": (7,)}[name]:
            end[place] = value
    return content[:-22] + struct.pack("<4s4H2LH", *end)


def with_zip64_end(content: bytes) -> bytes:
    """The archive with the larger end record of zip64, which readers believe more than the plain one."""
    *_, entries, size, offset, _ = struct.unpack("<4s4H2LH", content[-22:])
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, entries, entries, size, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(content) - 22, 1)
    return content[:-22] + record + locator + content[-22:]
