"""A .docx → text: paragraphs, tables, first header; automatic numbers are written out, as clauses are known by them."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from .docx_numbers import Numbers
from .errors import Unreadable

MAX_ENTRIES = 2_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
MAX_CHARACTERS = 2_000_000
MAX_BLOCKS = 50_000  # paragraphs and tables
_LINK = 0o120000  # file type "symbolic link" in the upper half of external_attr
_LAYOUT_COLUMNS = 2  # tables of up to two columns lay out head and foot; wider ones hold data

UNSAFE = "Tệp nén không an toàn, không được nhận. Lưu lại tệp từ Word rồi tải lên lại"
BROKEN = "Không đọc được tệp Word. Thử lưu lại dạng DOCX hoặc PDF"
MACROS = "Tệp Word có macro không được nhận. Lưu lại dạng .docx không có macro"
TOO_LONG = "Văn bản dài quá, không đọc được. Tách tệp hoặc dán phần cần đọc vào"

Element = Any  # lxml's elements carry no types


def text_of(data: bytes) -> str:
    """The text with one line for each paragraph; raises Unreadable."""
    _check(data)
    try:
        document = Document(io.BytesIO(data))
        if len(document.element.body) > MAX_BLOCKS:
            raise Unreadable(TOO_LONG)
        numbers = Numbers(document)
        lines = [*_header(document, numbers), *_lines(document.element.body, numbers)]
    except (MemoryError, Unreadable):
        raise
    except Exception as fault:  # whatever a parser trips over in a hostile file ends in a sentence
        raise Unreadable(BROKEN) from fault
    text = "\n".join(lines)
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(TOO_LONG)
    return text


def _check(data: bytes) -> None:
    """Bombs, links, paths that climb, encryption and macros are refused before anything is unpacked."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
        raise Unreadable(BROKEN) from fault
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(packed, 1):
        raise Unreadable(UNSAFE)
    if any(_is_unsafe(entry) for entry in entries):
        raise Unreadable(UNSAFE)
    if any("vbaproject" in entry.filename.lower() for entry in entries):
        raise Unreadable(MACROS)


def _is_unsafe(entry: zipfile.ZipInfo) -> bool:
    climbs = entry.filename.startswith(("/", "\\")) or ".." in entry.filename.replace("\\", "/").split("/")
    return climbs or bool(entry.flag_bits & 0x1) or (entry.external_attr >> 16) & 0o170000 == _LINK


def _header(document: Any, numbers: Numbers) -> Iterator[str]:
    """The first page's header, which some offices use for the letter's head; page numbers are no text."""
    section = document.sections[0] if len(document.sections) else None
    if section is None:
        return
    header = section.first_page_header if section.different_first_page_header_footer else section.header
    if not header.is_linked_to_previous:
        yield from (line for line in _lines(header._element, numbers) if any(char.isalpha() for char in line))


def _lines(parent: Element, numbers: Numbers) -> Iterator[str]:
    for child in parent.iterchildren():
        if child.tag == qn("w:p"):
            yield from (numbers.mark(child) + _text(child)).split("\n")
        elif child.tag == qn("w:tbl"):
            yield from _table(child, numbers)
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag")):
            yield from _lines(child, numbers)


def _table(table: Element, numbers: Numbers) -> Iterator[str]:
    """Cell after cell where the table only lays out; a row a line where it holds data."""
    for row in table.iterchildren(qn("w:tr")):
        cells = [list(_lines(cell, numbers)) for cell in row.iterchildren(qn("w:tc"))]
        if len(cells) <= _LAYOUT_COLUMNS:
            for cell in cells:
                yield from cell
        else:
            yield " | ".join(" ".join(line.strip() for line in cell if line.strip()) for cell in cells)


_SKIPPED = frozenset(
    {
        qn("w:del"),
        qn("w:instrText"),
        qn("w:rPr"),
        qn("w:pPr"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_SIGNS = {qn("w:tab"): "\t", qn("w:cr"): "\n", qn("w:br"): "\n", qn("w:noBreakHyphen"): "-", qn("w:softHyphen"): ""}


def _text(element: Element) -> str:
    """The words of a paragraph as they are seen: insertions yes, deletions and hidden runs no; text boxes apart."""
    parts: list[str] = []
    pending = list(reversed(element))
    while pending:
        child = pending.pop()
        if child.tag == qn("w:t"):
            parts.append(child.text or "")
        elif child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        elif child.tag not in _SKIPPED and not _is_hidden(child):
            if child.tag == qn("w:p"):
                parts.append("\n")
            pending.extend(reversed(child))
    return "".join(parts)


def _is_hidden(child: Element) -> bool:
    return child.tag == qn("w:r") and child.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None
