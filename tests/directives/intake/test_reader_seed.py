"""The letter the product starts from: fifteen directives, a hundred and forty-four assignments, from any file."""

from __future__ import annotations

from pathlib import Path

import pytest

import directives
from directives import intake
from tests.directives.intake import made
from tests.directives.intake.directory import langson

SEED = Path(directives.__file__).parent / "data" / "langson_2023_ubnd_kgvx.txt"
TEXT = SEED.read_text("utf-8")

STTTT = "Sở Thông tin và Truyền thông"
PRESS = ("Báo Lạng Sơn", "Đài Phát thanh và Truyền hình tỉnh", "Cổng Thông tin điện tử tỉnh")
GROUPS = ("Các sở, ban, ngành", "UBND các huyện, thành phố")
MTTQ = ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "các tổ chức chính trị - xã hội tỉnh")

# label: lead, support, cites, how the clause begins
DIRECTIVES = {
    "1.1": ((STTTT,), ("các cơ quan, đơn vị, tổ chức có liên quan",), (), "Chủ trì, phối hợp với các cơ quan"),
    "1.2": ((STTTT,), (), ("236/KH-UBND",), "Tiếp tục tham mưu UBND tỉnh"),
    "1.3": ((STTTT,), ("Ban Tuyên giáo Tỉnh ủy", "Văn phòng UBND tỉnh"), (), "Phối hợp với Ban Tuyên giáo"),
    "1.4": ((STTTT,), (), (), "Nghiên cứu xây dựng các phương thức"),
    "2.1": (("Sở Tư pháp",), ("các cơ quan, đơn vị có liên quan",), ("91/KH-UBND", "407/QĐ-TTg"), "Tiếp tục chủ trì"),
    "2.2": (("Sở Tư pháp",), (STTTT, "các cơ quan liên quan"), (), "Chủ trì, phối hợp với Sở Thông tin"),
    "3": (("Sở Nội vụ",), (STTTT,), (), "Chủ trì, phối hợp với Sở Thông tin"),
    "4": (("Sở Tài chính",), (STTTT, "các sở, ban, ngành", "UBND các huyện, thành phố"), (), "Chủ trì, phối hợp với"),
    "5.1": (PRESS, (), (), "Tiếp tục duy trì, đổi mới"),
    "5.2": (PRESS, (), (), "Đẩy mạnh truyền thông chính sách"),
    "6.1": (GROUPS, (), (), "Tiếp tục nâng cao vai trò"),
    "6.2": (
        GROUPS,
        (),
        ("Luật Báo chí", "Luật Tiếp cận thông tin", "Luật An ninh mạng", "09/2017/NĐ-CP"),
        "Thực hiện nghiêm Luật Báo chí",
    ),
    "6.3": (GROUPS, (), ("91/KH-UBND",), "Tiếp tục thực hiện tốt"),
    "6.4": (GROUPS, (), (), "Bố trí công chức, viên chức"),
    "7": (MTTQ, (), (), "Triển khai các hoạt động truyền thông"),
}


def test_the_head_and_the_foot() -> None:
    letter = intake.read_text(TEXT).letter
    assert (letter.kind, letter.number, letter.notation, letter.issued_on) == ("công văn", None, "UBND-KGVX", None)
    assert (letter.place, letter.issuer) == ("Lạng Sơn", "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN")
    assert letter.subject == "tăng cường công tác truyền thông chính sách trên địa bàn tỉnh Lạng Sơn"
    assert letter.addressees[0] == "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội tỉnh"
    assert len(letter.addressees) == 4
    assert letter.recipients[-1] == "Lưu: VT, KGVX_(HTHT)"
    assert letter.signer == intake.Signer(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"), "PHÓ CHỦ TỊCH", "Dương Xuân Huyền")


def test_fifteen_directives_with_who_with_whom_and_what_is_cited() -> None:
    found = intake.read_text(TEXT).directives
    assert [one.label for one in found] == list(DIRECTIVES)
    for one in found:
        lead, support, cites, begins = DIRECTIVES[one.label]
        assert tuple(party.phrase for party in one.lead) == lead
        assert tuple(party.phrase for party in one.support) == support
        assert one.cites == cites
        words = TEXT[one.start : one.end]
        assert words.startswith(begins) and words.endswith(".")


def test_offsets_count_in_the_text_as_it_was_given() -> None:
    reading = intake.read_text(TEXT)
    assert reading.text == TEXT
    assert (reading.directives[0].start, reading.directives[0].end) == (
        TEXT.index("Chủ trì, phối hợp với các cơ quan, đơn vị, tổ chức"),
        TEXT.index("\n\n- Tiếp tục tham mưu"),
    )


def test_no_calendar_deadline_one_condition_and_one_request() -> None:
    found = {one.label: one for one in intake.read_text(TEXT).directives}
    assert {label for label, one in found.items() if one.due.kind not in ("none", "standing")} == {"3"}
    assert found["3"].due.kind == "conditional"
    assert found["3"].due.phrase == (
        "sau khi có các văn bản chỉ đạo, hướng dẫn của Bộ Nội vụ, Bộ Thông tin và Truyền thông"
    )
    assert found["1.2"].due.kind == "standing"  # "giai đoạn 2021 - 2025" is a plan's term
    assert [label for label, one in found.items() if one.modality == "request"] == ["7"]


def assignments(reading: intake.Reading) -> int:
    """Lead bodies of all directives, groups by their members."""
    return sum(len({code for party in one.lead for code in party.resolution.codes}) for one in reading.directives)


def test_a_hundred_and_forty_four_assignments_by_the_directory_of_january_2023() -> None:
    """No day is printed: the month is enough to tell the departments of 2023 from those of 2025."""
    reading = intake.read_text(TEXT, directory=langson())
    assert assignments(reading) == 144
    assert all(party.resolution.certainty in ("certain", "group") for one in reading.directives for party in one.lead)


@pytest.mark.parametrize("make", [made.docx, made.pdf, made.txt], ids=["docx", "pdf", "txt"])
def test_the_letter_as_a_file_gives_the_same(make: made.Maker) -> None:
    name, data = make(TEXT)
    reading = intake.read_file(data, name, directory=langson())
    assert [one.label for one in reading.directives] == list(DIRECTIVES)
    assert assignments(reading) == 144
    assert reading.letter == intake.read_text(TEXT).letter
    pasted = intake.read_text(TEXT)
    for one, other in zip(reading.directives, pasted.directives, strict=True):
        words = ["".join(text[spot.start : spot.end].split()) for text, spot in ((reading.text, one), (TEXT, other))]
        assert words[0] == words[1]
