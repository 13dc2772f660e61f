"""Office documents are zip archives: which kind one is, and whether it is safe to keep.

The end record is read before the archive is opened, because the directory is built in memory whole; what the entries
say of themselves is checked before anything is unpacked; then all of it is unpacked once as a stream, thrown away on
the way, so that a damaged file is found now and not by the officer who opens it.
"""

from __future__ import annotations

import stat
import struct
import zlib
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from directives.forms.unfit import Unfit, Unreadable

ENTRIES = 2_000
UNPACKED = 200 * 1024 * 1024  # bytes
RATIO = 200  # bytes unpacked for each byte sent
_DIRECTORY = 1024 * 1024  # bytes; 2,000 entries with names of 400 characters
_END = struct.Struct("<4s4H2LH")  # the end record of an archive without a comment (APPNOTE 4.3.16)
_ZIP64 = struct.Struct("<4s16x")
_CHUNK = 1024 * 1024

_MAIN_PARTS = {  # part of the package, its content type in [Content_Types].xml (ECMA-376, 15.2)
    "docx": ("word/document.xml", b"wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", b"spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", b"presentationml.presentation.main+xml"),
}
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_MACROS = (b"macroenabled", b"vbaproject", b"vbadata")


def type_of(content: BinaryIO) -> str:
    """The canonical extension of an Office document. Raises Unfit."""
    size = _require_small_directory(content)
    try:
        with ZipFile(content) as archive:
            _check_entries(archive.infolist(), size)
            kind = _kind_of(archive)
            _unpack_all(archive)
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise Unreadable from error
    return kind


def _require_small_directory(content: BinaryIO) -> int:
    """The size of the file in bytes; Unfit when its end record is not plain or announces too much."""
    size = content.seek(0, 2)
    tail_size = _END.size + _ZIP64.size
    content.seek(max(size - tail_size, 0))
    tail = content.read().rjust(tail_size, b"\0")
    signature, *_, entries, directory, _, comment = _END.unpack(tail[-_END.size :])
    if signature != b"PK\x05\x06" or comment or tail.startswith(b"PK\x06\x07"):
        raise Unreadable
    if entries > ENTRIES or directory > _DIRECTORY:
        raise _too_much()
    content.seek(0)
    return size


def _check_entries(entries: list[ZipInfo], size: int) -> None:
    names = {entry.orig_filename.casefold() for entry in entries}
    if len(names) < len(entries) or any(map(_is_odd, entries)):
        raise Unreadable
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > ENTRIES or unpacked > UNPACKED or unpacked > RATIO * size:
        raise _too_much()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise _locked()


def _is_odd(entry: ZipInfo) -> bool:
    """Whether an entry is nothing a word processor writes: a link, a way out of the folder, a rare compression."""
    name = entry.orig_filename
    astray = name.startswith("/") or "\\" in name or ":" in name or "\0" in name or ".." in name.split("/")
    return astray or stat.S_ISLNK(entry.external_attr >> 16) or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED)


def _kind_of(archive: ZipFile) -> str:
    names = set(archive.namelist())
    if "mimetype" in names:
        return _open_document(archive)
    if "[Content_Types].xml" not in names:
        raise Unreadable
    types = _whole(archive, "[Content_Types].xml")
    spoken = types.lower() + " ".join(names).lower().encode()
    if any(word in spoken for word in _MACROS):
        raise _macros()
    for kind, (part, content_type) in _MAIN_PARTS.items():
        if part in names and content_type in types:
            return kind
    raise Unreadable


def _open_document(archive: ZipFile) -> str:
    kind = _OPEN_DOCUMENT.get(_whole(archive, "mimetype").strip())
    if kind is None:
        raise Unreadable
    if any(name.startswith(("Basic/", "Scripts/")) for name in archive.namelist()):
        raise _macros()
    if b"encryption-data" in _whole(archive, "META-INF/manifest.xml"):
        raise _locked()
    return kind


def _whole(archive: ZipFile, name: str) -> bytes:
    """A small part of the package; Unfit when it is missing or not small."""
    try:
        entry = archive.getinfo(name)
    except KeyError as error:
        raise Unreadable from error
    if entry.file_size > _CHUNK:
        raise _too_much()
    return archive.read(entry)


def _unpack_all(archive: ZipFile) -> None:
    """Read every entry once; zipfile stops at the announced size and compares the checksum."""
    for entry in archive.infolist():
        with archive.open(entry) as part:
            while part.read(_CHUNK):
                pass


def _too_much() -> Unfit:
    return Unfit("Tệp «%(name)s» chứa quá nhiều dữ liệu khi mở ra. Bớt nội dung hoặc lưu lại dạng PDF rồi chọn lại.")


def _locked() -> Unfit:
    return Unfit("Tệp «%(name)s» có mật khẩu. Bỏ mật khẩu rồi chọn lại.")


def _macros() -> Unfit:
    return Unfit("Tệp «%(name)s» có macro. Lưu lại không kèm macro hoặc dạng PDF rồi chọn lại.")
