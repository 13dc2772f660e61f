"""What scanners and hurried typists do to single lines, one rule each."""

from __future__ import annotations

import pytest

from directives import intake

OPENING = "Kính gửi: Sở Nội vụ\n\nThực hiện Kế hoạch số 5/KH-UBND, Chủ tịch UBND tỉnh yêu cầu:\n"


def items(body: str) -> list[str]:
    reading = intake.read_text(OPENING + body)
    return [reading.text[proposal.start : proposal.end] for proposal in reading.directives]


@pytest.mark.parametrize("stop", [".", ",", " .", "/", ":", ")"])
def test_a_number_is_a_number_whatever_a_scanner_made_of_its_full_stop(stop: str) -> None:
    body = f"1{stop} Sở Nội vụ rà soát biên chế.\n2{stop} Sở Y tế tổng hợp số liệu.\n3{stop} Sở Tư pháp thẩm định./.\n"
    assert items(body) == ["Sở Nội vụ rà soát biên chế.", "Sở Y tế tổng hợp số liệu.", "Sở Tư pháp thẩm định./."]


@pytest.mark.parametrize("rest", ["3, Điều 5 Nghị định này", "2 Điều 5 Nghị định này", "khoản 2 Điều 5 Nghị định này"])
def test_a_reference_set_over_two_lines_is_no_new_clause(rest: str) -> None:
    body = f"1. Sở Nội vụ rà soát theo khoản 1,\n{rest}; báo cáo.\n2. Sở Tư pháp thẩm định./.\n"
    assert items(body) == [f"Sở Nội vụ rà soát theo khoản 1,\n{rest}; báo cáo.", "Sở Tư pháp thẩm định./."]


@pytest.mark.parametrize(
    ("copies", "recipients", "name"),
    [
        ("- Như trên; Trần Văn An\n- Lưu: VT.", ("Như trên", "Lưu: VT"), "Trần Văn An"),
        ("- Như trên;\n- Lưu: VT, NC. Nông Thị Bích", ("Như trên", "Lưu: VT, NC"), "Nông Thị Bích"),
        ("- Như trên;\n- Lưu: VT.\n\nLê Văn Cường", ("Như trên", "Lưu: VT"), "Lê Văn Cường"),
        ("- Như trên;\n- Đài Truyền hình. Báo Lạng Sơn;\n- Lưu: VT.", None, None),
    ],
)
def test_the_signer_stands_behind_or_below_the_copies(
    copies: str, recipients: tuple[str, ...] | None, name: str | None
) -> None:
    letter = intake.read_text(f"{OPENING}1. Sở Nội vụ rà soát biên chế./.\n\nNơi nhận:\n{copies}\n").letter
    assert letter.signer.name == name
    assert recipients is None or letter.recipients == recipients


@pytest.mark.parametrize(
    "opening",
    [
        "Chủ tịch UBND tỉnh yêu cầu:",
        "Ủy ban nhân dân tỉnh đề nghị các cơ quan:",
        "Sở Tài chính thông báo:",
        "Căn cứ Luật Ngân sách nhà nước, UBND tỉnh giao:",
    ],
)
def test_addressees_end_where_the_issuer_speaks_though_no_line_is_blank(opening: str) -> None:
    letter = intake.read_text(f"Kính gửi: Sở Nội vụ\n{opening}\n1. Rà soát biên chế, báo cáo./.\n").letter
    assert letter.addressees == ("Sở Nội vụ",)
