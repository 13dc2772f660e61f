"""Old codings of Vietnamese: recognised, converted, or refused with a sentence; Unicode text is left alone."""

from __future__ import annotations

import unicodedata

import pytest

from directives import intake
from directives.intake import encoding
from tests.directives.intake.test_reader_seed import DIRECTIVES, TEXT

_TCVN3 = {letter: code for code, letter in encoding._TCVN3.items()}
# VNI-Windows writes a letter's tone behind it: "ồ" is "oà", "ứ" is "öù".
_VNI_TONES = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_HATS = {"": "â", "\u0300": "à", "\u0301": "á", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_VNI_BREVES = {"": "ê", "\u0300": "è", "\u0301": "é", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_VNI_I = {"\u0300": "ì", "\u0301": "í", "\u0309": "æ", "\u0303": "ó", "\u0323": "ò"}


def in_tcvn3(text: str) -> str:
    """As a .VnTime document keeps it; capitals with a tone have no codes, their letters come from another font."""
    return "".join(_TCVN3.get(char, _TCVN3.get(char.lower(), char)) for char in text)


def in_vni(text: str) -> str:
    return "".join(_vni(char) for char in text)


def _vni(char: str) -> str:
    if char in "đĐ":
        return "ñ" if char == "đ" else "Ñ"
    base, signs = unicodedata.normalize("NFD", char)[0], unicodedata.normalize("NFD", char)[1:]
    tone = next((sign for sign in signs if sign in _VNI_TONES), "")
    if base in "iI" and tone:
        return _VNI_I[tone] if base == "i" else _VNI_I[tone].upper()
    if base == "y" and tone == "\u0323":
        return "î"
    letter = {("o", True): "ô", ("u", True): "ö", ("O", True): "Ô", ("U", True): "Ö"}.get(
        (base, "\u031b" in signs), base
    )
    sign = _VNI_TONES.get(tone, "")
    sign = _VNI_HATS[tone] if "\u0302" in signs else _VNI_BREVES[tone] if "\u0306" in signs else sign
    return letter + (sign.upper() if base.isupper() else sign)


@pytest.mark.parametrize("coded", [in_tcvn3, in_vni], ids=["TCVN3", "VNI"])
def test_the_seed_letter_in_an_old_coding_reads_as_in_unicode(coded: object) -> None:
    text = coded(TEXT)  # type: ignore[operator]
    assert "ủ" not in text
    reading = intake.read_text(text)
    assert [one.label for one in reading.directives] == list(DIRECTIVES)
    assert reading.letter.subject == "tăng cường công tác truyền thông chính sách trên địa bàn tỉnh Lạng Sơn"
    for one in reading.directives:
        right = [phrase.lower() for phrase in DIRECTIVES[one.label][0]]  # TCVN3 has no codes for Ủ, Ế …
        assert [party.phrase.lower() for party in one.lead] == right


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_text_file_in_unicode(coding: str) -> None:
    data = TEXT.encode(coding)
    if coding == "utf-16-le":
        data = b"\xff\xfe" + data
    assert intake.read_file(data, "van-ban.txt").text == TEXT


def test_a_text_file_in_bytes_of_tcvn3() -> None:
    data = in_tcvn3(TEXT).replace("…", "...").replace("“", '"').replace("”", '"').encode("latin-1")
    assert len(intake.read_file(data, "van-ban.txt").directives) == 15


def test_a_text_file_in_windows_1258() -> None:
    """Tones are marks of their own there; some vowels with their hats are letters."""
    parts = []
    for char in TEXT:
        base = unicodedata.normalize("NFD", char)
        tone = next((sign for sign in base if sign in "\u0300\u0301\u0303\u0309\u0323"), "")
        parts.append(unicodedata.normalize("NFC", base.replace(tone, "")) + tone if tone else char)
    data = "".join(parts).encode("cp1258")
    assert len(intake.read_file(data, "van-ban.txt").directives) == 15


def test_unicode_text_with_foreign_words_is_left_alone() -> None:
    text = "Sở Ngoại vụ đón đoàn São Paulo, Zürich và café Đà Lạt; phối hợp với Sở Du lịch."
    assert encoding.normalise(text) == text


def test_letters_of_no_known_coding_are_refused() -> None:
    with pytest.raises(intake.Unreadable, match="bảng mã"):
        intake.read_file(("zqx wrt pflk ggh " * 60).encode(), "van-ban.txt")
