"""Files as people send them, good and hostile: each ends in text or in a sentence, never in a dead worker."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject
from weasyprint import HTML

from directives import intake
from directives.intake import files
from tests.directives.intake import made
from tests.directives.intake.test_reader_seed import TEXT

DOCX = made.docx(TEXT)[1]
PDF = made.pdf(TEXT)[1]


def archive(entries: dict[str, bytes], *, like: bytes = DOCX) -> bytes:
    """The seed letter's .docx with some entries replaced or added."""
    old = zipfile.ZipFile(io.BytesIO(like)) if like else None
    held = ({name: old.read(name) for name in old.namelist()} if old else {}) | entries
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in held.items():
            packed.writestr(name, data)
    return file.getvalue()


def with_body(xml: str) -> bytes:
    main = zipfile.ZipFile(io.BytesIO(DOCX)).read("word/document.xml").decode()
    start, end = main.index("<w:body>"), main.index("</w:body>")
    return archive({"word/document.xml": f"{main[:start]}<w:body>{xml}{main[end:]}".encode()})


def encrypted_entries() -> bytes:
    data = bytearray(DOCX)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            flags = struct.unpack_from("<H", data, at + offset)[0]
            struct.pack_into("<H", data, at + offset, flags | 1)
            at = data.find(signature, at + 4)
    return bytes(data)


def linked() -> bytes:
    file = io.BytesIO(DOCX)
    with zipfile.ZipFile(file, "a") as packed:
        entry = zipfile.ZipInfo("word/link")
        entry.external_attr = 0o120777 << 16
        packed.writestr(entry, "/etc/passwd")
    return file.getvalue()


def locked_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(PDF)))
    writer.encrypt("mật khẩu")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def scanned_pdf() -> bytes:
    file = io.BytesIO()
    Image.new("L", (600, 800), 255).save(file, "PDF")
    return file.getvalue()


def pdf_bomb() -> bytes:
    """One page whose content unpacks to 120 MB of drawing."""
    writer = PdfWriter()
    page = writer.add_blank_page(600, 800)
    stream = DecodedStreamObject()
    stream.set_data(b"q 1 0 0 1 0 0 cm Q\n" * 6_000_000)
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def many_pages() -> bytes:
    writer = PdfWriter()
    for _ in range(400):
        writer.add_blank_page(600, 800)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


NESTED = "<w:p>" + "<w:r>" * 50_000 + "</w:r>" * 50_000 + "</w:p>"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{"&" + chr(97 + n) + ";"}{("&" + chr(97 + n) + ";") * 9}">' for n in range(9))
    + "]><d>&j;</d>"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000

HOSTILE: dict[str, Callable[[], tuple[bytes, str]]] = {
    "empty": lambda: (b"", "a.docx"),
    "too big": lambda: (b"%PDF-1.7" + b"\0" * (files.MAX_BYTES + 1), "a.pdf"),
    "no letter": lambda: (b"\x89PNG\r\n\x1a\n", "a.png"),
    "no extension": lambda: (DOCX, "van-ban"),
    "old Word": lambda: (OLE, "a.doc"),
    "macro by name": lambda: (DOCX, "a.docm"),
    "macro inside": lambda: (archive({"word/vbaProject.bin": b"x"}), "a.docx"),
    "password on Word": lambda: (OLE, "a.docx"),
    "encrypted entries": lambda: (encrypted_entries(), "a.docx"),
    "PDF named docx": lambda: (PDF, "a.docx"),
    "docx named pdf": lambda: (DOCX, "a.pdf"),
    "docx named txt": lambda: (DOCX, "a.txt"),
    "text named pdf": lambda: (TEXT.encode(), "a.pdf"),
    "zeros": lambda: (b"\0" * 100, "a.txt"),
    "blanks": lambda: (b" \n \n", "a.txt"),
    "docx cut in half": lambda: (DOCX[: len(DOCX) // 2], "a.docx"),
    "docx is a zip of something else": lambda: (archive({"hello.txt": b"hi"}, like=b""), "a.docx"),
    "docx of four bytes": lambda: (b"PK\x03\x04", "a.docx"),
    "bomb": lambda: (archive({"word/media/a.bin": b"\0" * 300_000_000}), "a.docx"),
    "many entries": lambda: (archive({f"word/media/{n}.bin": b"x" for n in range(2_500)}), "a.docx"),
    "climbing path": lambda: (archive({"../../evil": b"x"}), "a.docx"),
    "link": lambda: (linked(), "a.docx"),
    "deep XML": lambda: (with_body(NESTED), "a.docx"),
    "billion laughs": lambda: (archive({"word/document.xml": LAUGHS.encode()}), "a.docx"),
    "broken XML": lambda: (archive({"word/document.xml": b"<w:document"}), "a.docx"),
    "no document part": lambda: (archive({"[Content_Types].xml": b"<Types/>"}), "a.docx"),
    "a million empty paragraphs": lambda: (with_body("<w:p/>" * 1_000_000), "a.docx"),
    "too much text": lambda: (with_body("<w:p><w:r><w:t>" + "chữ " * 700_000 + "</w:t></w:r></w:p>"), "a.docx"),
    "PDF cut in half": lambda: (PDF[: len(PDF) // 2], "a.pdf"),
    "PDF with a password": lambda: (locked_pdf(), "a.pdf"),
    "PDF without text": lambda: (scanned_pdf(), "a.pdf"),
    "PDF of nothing": lambda: (b"%PDF-1.7\n%%EOF", "a.pdf"),
    "PDF of noise": lambda: (b"%PDF-1.7\n" + bytes(range(256)) * 400, "a.pdf"),
    "PDF bomb": lambda: (pdf_bomb(), "a.pdf"),
    "PDF of 400 pages": lambda: (many_pages(), "a.pdf"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_ends_in_a_sentence(case: str) -> None:
    data, name = HOSTILE[case]()
    with pytest.raises(intake.Unreadable) as refusal:
        intake.read_file(data, name)
    sentence = str(refusal.value)
    assert sentence[0].isupper() and " " in sentence
    assert "Traceback" not in sentence and "vui lòng" not in sentence.lower()


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("too big", "20 MB"),
        ("old Word", ".docx"),
        ("macro inside", "macro"),
        ("password on Word", "mật khẩu"),
        ("PDF with a password", "mật khẩu"),
        ("PDF without text", "bản quét"),
        ("PDF named docx", "phần mở rộng"),
        ("bomb", "không an toàn"),
        ("climbing path", "không an toàn"),
        ("link", "không an toàn"),
    ],
)
def test_the_sentence_says_what_is_wrong(case: str, words: str) -> None:
    with pytest.raises(intake.Unreadable, match=words):
        intake.read_file(*HOSTILE[case]())


def test_a_parser_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    child = tmp_path / "child.py"
    child.write_text("while True: pass\n")
    monkeypatch.setattr(files, "_CHILD", child)
    monkeypatch.setattr(files, "WALL_SECONDS", 1)
    with pytest.raises(intake.Unreadable, match="phức tạp"):
        intake.read_file(DOCX, "a.docx")


def test_a_parser_that_is_killed_or_dies_ends_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    child = tmp_path / "child.py"
    monkeypatch.setattr(files, "_CHILD", child)
    for fault in (
        "import os; os.kill(os.getpid(), 9)",
        "import os; os.abort()",
        "raise MemoryError",
        "print('no json')",
    ):
        child.write_text(fault)
        with pytest.raises(intake.Unreadable):
            intake.read_file(DOCX, "a.docx")


def test_the_child_cannot_take_more_memory_than_it_is_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The limit of the real child, tried on a parser that wants a gigabyte."""
    real = files._CHILD.read_text("utf-8")
    greedy = real.replace("sys.path.insert(0, str(Path(__file__).resolve().parents[2]))", "bytearray(2**30)")
    assert greedy != real
    child = tmp_path / "child.py"
    child.write_text(greedy)
    monkeypatch.setattr(files, "_CHILD", child)
    with pytest.raises(intake.Unreadable, match="phức tạp"):
        intake.read_file(DOCX, "a.docx")


def test_numbers_that_word_writes_by_itself_are_read() -> None:
    document = Document()
    document.add_paragraph("Kính gửi: Các sở, ban, ngành")
    document.add_paragraph("Thực hiện Công văn số 12/UBND-KT, Chủ tịch UBND tỉnh yêu cầu:")
    for text in ("Sở Nội vụ rà soát biên chế.", "Sở Tài chính bố trí kinh phí."):
        document.add_paragraph(text, style="List Number")
    for text in ("Sở Y tế kiểm tra.", "Sở Xây dựng báo cáo."):
        document.add_paragraph(text, style="List Bullet")
    reading = intake.read_file(saved(document), "a.docx")
    assert "1. Sở Nội vụ" in reading.text and "2. Sở Tài chính" in reading.text and "- Sở Y tế" in reading.text
    assert [one.lead[0].phrase for one in reading.directives] == ["Sở Nội vụ", "Sở Tài chính", "Sở Y tế", "Sở Xây dựng"]


def test_tables_header_insertions_and_line_breaks_are_read_and_deletions_are_not() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "UBND TỈNH SƠN HẢI"
    table = document.add_table(1, 3)
    for cell, text in zip(table.rows[0].cells, ("1", "Rà soát quy hoạch", "Sở Xây dựng"), strict=True):
        cell.text = text
    paragraph = document.add_paragraph("dòng một\ndòng hai")
    for tag, word, leaf in (("w:ins", "thêm", "w:t"), ("w:del", "bớt", "w:delText")):
        change, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(leaf)
        text.text = word
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    hidden = paragraph.add_run("giấu")
    hidden.font.hidden = True
    text = intake.read_file(saved(document), "a.docx").text
    assert text.startswith("UBND TỈNH SƠN HẢI\n")
    assert "1 | Rà soát quy hoạch | Sở Xây dựng" in text
    assert "dòng một\ndòng haithêm" in text
    assert "bớt" not in text and "giấu" not in text


def test_content_controls_hold_text_too() -> None:
    document = Document()
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    content.append(document.add_paragraph("trong ô nhập")._p)
    control.append(content)
    document.element.body.insert(0, control)
    assert control.tag == qn("w:sdt")
    assert "trong ô nhập" in intake.read_file(saved(document), "a.docx").text


def saved(document: object) -> bytes:
    file = io.BytesIO()
    document.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def test_page_numbers_and_running_heads_of_a_pdf_are_left_out() -> None:
    style = "@page { size: A5; @top-center { content: 'UBND TỈNH SƠN HẢI' } @bottom-center { content: counter(page) } }"
    clauses = "".join(
        f"<p>{n}. Sở Nội vụ rà soát biên chế của đơn vị thứ {n}, báo cáo UBND tỉnh.</p>" for n in range(1, 60)
    )
    data = HTML(string=f"<style>{style}</style>{clauses}").write_pdf()
    text = intake.read_file(data, "a.pdf").text
    assert text.count("\f") >= 2
    assert "SƠN HẢI" not in text
    assert not [row for row in text.split("\n") if row.strip().isdigit()]


def test_a_clause_that_runs_over_a_page_is_one_clause() -> None:
    style = "@page { size: A6; margin: 1cm; @bottom-center { content: counter(page) } } body { font: 11pt 'Noto Sans' }"
    long = "rà soát, thống kê, tổng hợp hồ sơ của từng đơn vị theo đúng quy định hiện hành và " * 12
    clauses = f"<p>1. Sở Nội vụ {long}báo cáo.</p><p>2. Sở Y tế kiểm tra.</p>"
    body = f"<p>Kính gửi: Sở Nội vụ</p><p>UBND tỉnh yêu cầu:</p>{clauses}"
    reading = intake.read_file(HTML(string=f"<style>{style}</style>{body}").write_pdf(), "a.pdf")
    assert reading.text.count("\f") >= 1
    assert [one.label for one in reading.directives] == ["1", "2"]
