"""What may come in as evidence, and what is sent back with which words."""

from __future__ import annotations

import hashlib
import tracemalloc
import unicodedata
import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from directives.forms import archives, images
from directives.forms.unfit import Unreadable
from directives.forms.uploads import CONTENT_TYPES, EvidenceField, check, clean_name
from tests.directives import uploaded as files

GOOD = {
    "báo cáo.pdf": files.PDF,
    "Báo cáo.PDF": files.PDF,
    "tờ trình.docx": files.office("docx"),
    "số liệu.xlsx": files.office("xlsx"),
    "hội nghị.pptx": files.office("pptx"),
    "công văn.odt": files.open_document("odt"),
    "bảng.ods": files.open_document("ods"),
    "ảnh chụp.jpg": files.jpeg(),
    "ảnh.jpeg": files.jpeg(before=b"\xff\xe1\x00\x06Exif" + b"\xff\xff\xfe\x00\x02"),
    "bản quét A3 600 dpi.png": files.png(7_016, 9_921),
    "đúng hai nghìn phần.docx": files.bomb(archives.ENTRIES - 2, 1),
    "kế hoạch.tháng 2.v1.docx": files.office("docx"),
}

UNKNOWN_KIND = "không thuộc loại được nhận"
UNREADABLE = "Không đọc được tệp"
LOCKED = "có mật khẩu"
MACRO = "có macro"
TOO_MUCH = "chứa quá nhiều dữ liệu"
HUGE = "100 triệu điểm ảnh"
OTHER_KIND = "thực ra ở dạng"

HOSTILE = {
    # names
    "virus.exe": (files.PDF, UNKNOWN_KIND),
    "báo cáo.pdf.exe": (files.PDF, UNKNOWN_KIND),
    "trang.html": (b"<script>alert(1)</script>", UNKNOWN_KIND),
    "hình.svg": (b"<svg onload='alert(1)'/>", UNKNOWN_KIND),
    "báo cáo.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), UNKNOWN_KIND),
    "sổ có macro.xlsm": (files.office("xlsx"), UNKNOWN_KIND),
    "gói.zip": (files.archive({"a.txt": b"a"}), UNKNOWN_KIND),
    "không đuôi": (files.PDF, UNKNOWN_KIND),
    "pdf": (files.PDF, UNKNOWN_KIND),
    "báo cáo.pdf\u202excod.exe": (files.PDF, UNKNOWN_KIND),
    # other bytes than the name says
    "ảnh.pdf": (files.png(), OTHER_KIND),
    "báo cáo.png": (files.PDF, OTHER_KIND),
    "bảng tính.docx": (files.office("xlsx"), OTHER_KIND),
    "văn bản.ods": (files.open_document("odt"), OTHER_KIND),
    "trang web.pdf": (b"<html><script>alert(1)</script>", UNREADABLE),
    "chương trình.pdf": (b"MZ\x90\x00" + bytes(200), UNREADABLE),
    "muộn.pdf": (b"GIF89a" + files.PDF, UNREADABLE),
    "chữ.jpg": ("chữ thường".encode(), UNREADABLE),
    "một byte.pdf": (b"%", UNREADABLE),
    "gói thường.docx": (files.archive({"a.txt": b"a"}), UNREADABLE),
    "thiếu phần chính.docx": (
        files.archive({"[Content_Types].xml": files.office_parts("docx")["[Content_Types].xml"]}),
        UNREADABLE,
    ),
    "khai gian.docx": (
        files.archive(files.office_parts("docx") | {"[Content_Types].xml": b"<Types/>"}),
        UNREADABLE,
    ),
    "kiểu lạ.odt": (files.archive({"mimetype": b"application/epub+zip"}), UNREADABLE),
    "không có bản kê.odt": (files.archive({"mimetype": files.OPEN_DOCUMENT["odt"].encode()}), UNREADABLE),
    # damage
    "đứt đuôi.docx": (files.office("docx")[:-30], UNREADABLE),
    "đứt đầu.docx": (b"PK\x03\x04" + files.office("docx")[200:], UNREADABLE),
    "chỉ có đầu.docx": (b"PK\x03\x04", UNREADABLE),
    "thừa đuôi.docx": (files.office("docx") + b"\r\n", UNREADABLE),
    "khai có ghi chú.docx": (files.with_end(files.office("docx"), comment=5), UNREADABLE),
    "sai tổng kiểm.docx": (
        files.archive(files.office_parts("docx"), zipfile.ZIP_STORED).replace(b"dung/>", b"dunk/>"),
        UNREADABLE,
    ),
    "zip64.docx": (files.with_zip64_end(files.office("docx")), UNREADABLE),
    "ảnh cụt.png": (files.png()[:20], UNREADABLE),
    "ảnh rỗng.png": (files.png(0, 5), UNREADABLE),
    "ảnh cụt.jpg": (files.jpeg()[:8], UNREADABLE),
    "ảnh không khung.jpg": (b"\xff\xd8\xff\xd9", UNREADABLE),
    "ảnh đoạn dài.jpg": (b"\xff\xd8\xff\xe0\xff\xff", UNREADABLE),
    "ảnh đoạn ngược.jpg": (b"\xff\xd8\xff\xe0\x00\x00" + bytes(50), UNREADABLE),
    "ảnh nhiều đoạn.jpg": (files.jpeg(before=b"\xff\xe1\x00\x02" * 1_100), UNREADABLE),
    "ảnh toàn FF.jpg": (b"\xff\xd8" + b"\xff" * 5_000, UNREADABLE),
    "ảnh không dấu mốc.jpg": (b"\xff\xd8\xff\xe0\x00\x04JFxx", UNREADABLE),
    # ways out of the folder
    "lối ra.docx": (files.office("docx", **{"..__..__etc__passwd": b"x"}), UNREADABLE),
    "đường gốc.docx": (files.office("docx", **{"__etc__passwd": b"x"}), UNREADABLE),
    "đường Windows.docx": (files.office("docx", **{"word\\..\\a": b"x"}), UNREADABLE),
    "ổ đĩa.docx": (files.office("docx", **{"C:a": b"x"}), UNREADABLE),
    "liên kết.docx": (files.with_link(files.office("docx")), UNREADABLE),
    "tên trùng.docx": (files.with_twins(), UNREADABLE),
    # rare compressions
    "nén bzip2.docx": (files.archive(files.office_parts("docx"), zipfile.ZIP_BZIP2), UNREADABLE),
    "nén lzma.docx": (files.archive(files.office_parts("docx"), zipfile.ZIP_LZMA), UNREADABLE),
    # passwords
    "khoá zip.docx": (files.with_flag(files.office("docx"), 0x1), LOCKED),
    "khoá Office.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), LOCKED),
    "khoá.odt": (files.open_document("odt", **{"META-INF__manifest.xml": b"<encryption-data/>"}), LOCKED),
    # macros
    "macro.docx": (files.office("docx", **{"word__vbaProject.bin": b"x"}), MACRO),
    "macro viết hoa.xlsx": (files.office("xlsx", **{"xl__VBAPROJECT.BIN": b"x"}), MACRO),
    "docm đổi tên.docx": (
        files.office("docx", **{"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml"}),
        MACRO,
    ),
    "macro.odt": (files.open_document("odt", **{"Basic__Standard__Module1.xml": b"x"}), MACRO),
    "kịch bản.ods": (files.open_document("ods", **{"Scripts__python__a.py": b"x"}), MACRO),
    # bombs
    "quá nhiều phần.docx": (files.bomb(archives.ENTRIES, 1), TOO_MUCH),
    "khai bớt số phần.docx": (files.with_end(files.bomb(archives.ENTRIES, 1), entries=3), TOO_MUCH),
    "khai thêm số phần.docx": (files.with_end(files.office("docx"), entries=9_999), TOO_MUCH),
    "bung gấp nghìn lần.docx": (files.bomb(1, 3_000_000), TOO_MUCH),
    "bung hơn 200 MB.docx": (files.with_announced_size(archives.UNPACKED), TOO_MUCH),
    "mục lục khổng lồ.docx": (files.with_end(files.office("docx"), directory=2**31), TOO_MUCH),
    "bản kê khổng lồ.docx": (
        files.archive({"[Content_Types].xml": bytes(2 * 1024 * 1024)}, zipfile.ZIP_STORED),
        TOO_MUCH,
    ),
    "ảnh khổng lồ.png": (files.png(60_000, 60_000), HUGE),
    "ảnh khổng lồ.jpg": (files.jpeg(65_000, 65_000), HUGE),
    "vừa quá cỡ.png": (files.png(images.PIXELS + 1, 1), HUGE),
}


def refusal_of(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        check(files.upload(name, content))
    (sentence,) = refused.value.messages
    return sentence


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_keeps_its_name_type_and_checksum(name: str) -> None:
    checked = check(files.upload(name, GOOD[name]))
    kind = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    assert (checked.name, checked.content_type) == (name, CONTENT_TYPES[kind])
    assert checked.size == len(GOOD[name])
    assert checked.sha256 == hashlib.sha256(GOOD[name]).hexdigest()
    assert checked.content.read() == GOOD[name]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_one_sentence_that_names_it(name: str) -> None:
    content, why = HOSTILE[name]
    sentence = refusal_of(name, content)
    assert why in sentence
    assert f"«{clean_name(name)}»" in sentence
    assert any(way in sentence for way in ("chọn lại", "Chọn tệp")), "says what to do"


def test_the_corpus_is_large_enough() -> None:
    assert len(HOSTILE) >= 60


def test_an_empty_file_is_refused() -> None:
    assert refusal_of("trống.pdf", b"") == "Tệp «trống.pdf» rỗng. Kiểm tra lại tệp rồi chọn lại."


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_not(settings: Settings) -> None:
    settings.UPLOAD_MAX_MB = 1
    full = files.PDF + bytes(1024 * 1024 - len(files.PDF))
    assert check(files.upload("vừa.pdf", full)).size == 1024 * 1024
    assert refusal_of("quá.pdf", full + b"x") == "Tệp «quá.pdf» lớn hơn 1 MB. Chọn tệp nhỏ hơn."


def test_a_bomb_is_refused_before_it_takes_memory() -> None:
    content = files.bomb(20, 3_000_000)
    tracemalloc.start()
    refusal_of("bom.docx", content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10 * 1024 * 1024


def test_a_jpeg_of_nothing_but_filling_is_given_up_early() -> None:
    class Counted(BytesIO):
        reads = 0

        def read(self, size: int | None = -1, /) -> bytes:
            self.reads += 1
            return super().read(size)

    content = Counted(b"\xff\xd8" + b"\xff" * 1_000_000)
    with pytest.raises(Unreadable):
        images.jpeg_size(content)
    assert content.reads < 10_000


def test_a_large_document_is_read_in_small_pieces() -> None:
    parts = {f"word/media/{n}.png": bytes(range(256)) * 80_000 for n in range(4)}  # 80 MB, stored
    content = files.archive(files.office_parts("docx") | parts, zipfile.ZIP_STORED)
    upload = files.upload("lớn.docx", content)
    tracemalloc.start()
    archives.type_of(upload)  # type: ignore[arg-type]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16 * 1024 * 1024


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("C:\\Users\\an\\báo cáo.pdf", "báo cáo.pdf"),
        ("/home/an/báo cáo.pdf", "báo cáo.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("báo\x00 cáo\n.pdf", "báo cáo.pdf"),
        ("a\u202efdp.docx", "a fdp.docx"),
        ("báo\u200b cáo.pdf", "báo cáo.pdf"),
        (unicodedata.normalize("NFD", "Báo cáo đợt 2.pdf"), "Báo cáo đợt 2.pdf"),
        ("báo cáo.pdf. ", "báo cáo.pdf"),
        (".pdf", "tệp.pdf"),
        ("", "tệp"),
        ("...", "tệp"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_shown_without_folders_and_tricks(raw: str, shown: str) -> None:
    assert clean_name(raw) == shown


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_can_be_stored_and_shown(raw: str) -> None:
    name = clean_name(raw)
    assert 0 < len(name) <= 200
    assert not set(name) & {"/", "\\"}
    assert not any(unicodedata.category(char).startswith("C") for char in name)
    assert name == unicodedata.normalize("NFC", name) == clean_name(name)


@given(
    st.binary(max_size=400),
    st.sampled_from(sorted(CONTENT_TYPES)),
    st.sampled_from([b"", b"PK\x03\x04", b"\xff\xd8\xff"]),
)
def test_any_bytes_are_taken_in_or_refused_with_words(content: bytes, kind: str, head: bytes) -> None:
    try:
        checked = check(files.upload(f"tệp.{kind}", head + content))
    except ValidationError as refused:
        assert all(sentence.startswith(("Tệp", "Không", "Ảnh")) for sentence in refused.messages)
    else:
        assert checked.sha256 == hashlib.sha256(head + content).hexdigest()


@given(st.data())
def test_a_damaged_document_never_breaks_the_check(data: st.DataObject) -> None:
    content = bytearray(files.office("docx"))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        check(files.upload("tệp.docx", bytes(content)))
    except ValidationError as refused:
        assert refused.messages


def test_every_bad_file_of_several_gets_its_own_sentence() -> None:
    chosen = [files.upload("tốt.pdf", files.PDF), files.upload("xấu.exe", b"x"), files.upload("trống.pdf", b"")]
    with pytest.raises(ValidationError) as refused:
        EvidenceField().clean(chosen)
    assert len(refused.value.messages) == 2


def test_more_than_ten_files_are_refused() -> None:
    with pytest.raises(ValidationError, match="nhiều nhất 10 tệp"):
        EvidenceField().clean([files.upload(f"{n}.pdf", files.PDF) for n in range(11)])


def test_no_file_is_no_fault() -> None:
    assert EvidenceField().clean([]) == []
