"""Files that lie about themselves: loops, lies about sizes, entities from outside. Text or a sentence, nothing else."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from directives import intake
from tests.directives.intake.test_reader_files import DOCX, PDF, archive, with_body

MAIN = "word/document.xml"
STYLES = zipfile.ZipFile(io.BytesIO(DOCX)).read("word/styles.xml").decode()
SECRET = "root:x:0:0"


def pdf(*objects: str, trailer: str = "/Root 1 0 R") -> bytes:
    """A PDF of the given objects, numbered from 1, with a table that is right."""
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} {trailer} >>\nstartxref\n{len(data)}\n"
    return data + f"{end}%%EOF\n".encode()


CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def stream(content: str, entries: str = "") -> str:
    return f"<< /Length {len(content)} {entries} >>\nstream\n{content}\nendstream"


def page(content: str, *, box: str = "0 0 600 800", resources: str = "/Font << /F 5 0 R >>") -> bytes:
    return pdf(
        CATALOG,
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R /Resources << {resources} >> >>",
        stream(content),
        FONT,
    )


def form_in_itself() -> bytes:
    return pdf(
        CATALOG,
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
        stream("/X Do"),
        stream("/X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"),
    )


def lying_size() -> bytes:
    """The directory of the archive says that the letter unpacks to ten bytes."""
    data = bytearray(archive({MAIN: b"<w:document>" + b" " * 60_000_000}))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(MAIN.encode()))
    struct.pack_into("<I", data, at + 24, 10)
    return bytes(data)


def twice_the_same() -> bytes:
    file = io.BytesIO(DOCX)
    with zipfile.ZipFile(file, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr(MAIN, b"<evil/>")
    return file.getvalue()


def bad_checksum() -> bytes:
    data = bytearray(DOCX)
    at = data.find(b"PK\x03\x04")
    size = struct.unpack_from("<I", data, at + 18)[0]
    data[at + 60 + size // 2] ^= 0xFF
    return bytes(data)


def zip_in_zip() -> bytes:
    inner = archive({MAIN: b"\0" * 1_000_000}, like=b"")
    for _ in range(5):
        inner = archive({f"word/{n}.zip": inner for n in range(10)}, like=b"")
    return inner


def other_encoding() -> bytes:
    return archive({MAIN: b'<?xml version="1.0" encoding="utf-7"?><w:document/>'})


def with_entity(what: str) -> bytes:
    xml = zipfile.ZipFile(io.BytesIO(DOCX)).read(MAIN).decode()
    declared = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{what}">]>'
    head, rest = xml.split("?>", 1)
    return archive({MAIN: f"{head}?>{declared}{rest.replace('</w:t>', '&x;</w:t>', 1)}".encode()})


def long_entity() -> bytes:
    """One entity of a megabyte, named a thousand times: no tower of names is needed."""
    text = f'<!DOCTYPE d [<!ENTITY x "{"a" * 1_000_000}">]><d>{"&x;" * 1_000}</d>'
    return archive({MAIN: text.encode()})


def style_loop() -> bytes:
    one = '<w:style w:type="paragraph" w:styleId="{}"><w:name w:val="{}"/><w:basedOn w:val="{}"/></w:style>'
    styles = STYLES.replace("</w:styles>", one.format("L1", "l1", "L2") + one.format("L2", "l2", "L1") + "</w:styles>")
    body = '<w:p><w:pPr><w:pStyle w:val="L1"/></w:pPr><w:r><w:t>Sở Nội vụ rà soát.</w:t></w:r></w:p>'
    held = with_body(body)
    return archive({"word/styles.xml": styles.encode()}, like=held)


TABLE = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"


def tables_in_tables() -> bytes:
    opening, closing = TABLE.split("{}")
    return with_body(opening * 200 + "<w:p/>" + closing * 200)


REFUSED: dict[str, Callable[[], tuple[bytes, str]]] = {
    "size that lies": lambda: (lying_size(), "a.docx"),
    "checksum that lies": lambda: (bad_checksum(), "a.docx"),
    "archives in archives": lambda: (zip_in_zip(), "a.docx"),
    "directory cut off": lambda: (DOCX[:-40], "a.docx"),
    "an XML encoding nobody knows": lambda: (other_encoding(), "a.docx"),
    "one long entity": lambda: (long_entity(), "a.docx"),
    "tables in tables": lambda: (tables_in_tables(), "a.docx"),
    "a web page named docx": lambda: (b"<html><body>Ch\xc3\xa0o</body></html>", "a.docx"),
    "rich text named docx": lambda: (b"{\\rtf1 hello}", "a.docx"),
    "a docx behind rubbish": lambda: (b"rubbish" + DOCX, "a.docx"),
    "spreadsheet": lambda: (DOCX, "a.xlsx"),
    "two extensions": lambda: (DOCX, "a.docx.exe"),
    "a name with a zero": lambda: (DOCX, "a.docx\0.exe"),
    "PDF whose pages are their own parent": lambda: (
        pdf(CATALOG, "<< /Type /Pages /Kids [2 0 R] /Count 9 >>"),
        "a.pdf",
    ),
    "PDF of a billion pages": lambda: (pdf(CATALOG, "<< /Type /Pages /Kids [] /Count 1000000000 >>"), "a.pdf"),
    "PDF of minus one page": lambda: (pdf(CATALOG, "<< /Type /Pages /Kids [] /Count -1 >>"), "a.pdf"),
    "PDF without a catalogue": lambda: (pdf("<< >>", trailer="/Root 9 0 R"), "a.pdf"),
    "PDF whose table refers to itself": lambda: (pdf(CATALOG, "<< >>", trailer="/Root 1 0 R /Prev 9"), "a.pdf"),
    "PDF with a form in itself": lambda: (form_in_itself(), "a.pdf"),
    "PDF page without size": lambda: (page("", box="0 0 0 0"), "a.pdf"),
    "PDF of nested arrays": lambda: (pdf(CATALOG, "[" * 100_000 + "]" * 100_000), "a.pdf"),
    "PDF without its end": lambda: (PDF[:-1_000], "a.pdf"),
    "UTF-16 of odd length": lambda: (b"\xff\xfe\x00\xd8\x41", "a.txt"),
    "noise named txt": lambda: (bytes(range(1, 256)) * 20, "a.txt"),
    "a text of twenty megabytes": lambda: (b"giao " * 4_000_000, "a.txt"),
    "an archive named txt": lambda: (b"Rar!\x1a\x07\x00" + b"\x01\x02" * 100, "a.txt"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_lies_ends_in_a_sentence(case: str) -> None:
    with pytest.raises(intake.Unreadable) as refusal:
        intake.read_file(*REFUSED[case]())
    sentence = str(refusal.value)
    assert sentence[0].isupper() and " " in sentence and "Traceback" not in sentence


# What a careful parser may read or refuse.
EITHER: dict[str, Callable[[], tuple[bytes, str]]] = {
    "the same entry twice": lambda: (twice_the_same(), "a.docx"),
    "styles in a circle": lambda: (style_loop(), "a.docx"),
    "an entity from a file": lambda: (with_entity("file:///etc/passwd"), "a.docx"),
    "an entity from the network": lambda: (with_entity("http://127.0.0.1:9/x"), "a.docx"),
    "PDF as wide as a field": lambda: (page("BT /F 12 Tf (So Noi vu) Tj ET", box="0 0 9999999 9999999"), "a.pdf"),
    "PDF with text outside its page": lambda: (page("BT /F 12 Tf 99999 0 Td (So Noi vu) Tj ET"), "a.pdf"),
    "PDF of one letter a thousand times": lambda: (page("BT /F 1 Tf " + "(a) Tj " * 1_000 + "ET"), "a.pdf"),
    "PDF of letters without a font": lambda: (page("BT /G 12 Tf (So Noi vu) Tj ET"), "a.pdf"),
    "PDF with bytes behind its end": lambda: (PDF + b"\0" * 5_000, "a.pdf"),
    "a line of 200 kB": lambda: (b"a " * 100_000, "a.txt"),
}


@pytest.mark.parametrize("case", EITHER)
def test_a_file_that_is_odd_is_read_or_refused(case: str) -> None:
    try:
        text = intake.read_file(*EITHER[case]()).text
    except intake.Unreadable as refusal:
        text = str(refusal)
    assert text.strip()
    assert SECRET not in text
