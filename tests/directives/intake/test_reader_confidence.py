"""How sure a proposal says it is: what is doubtful costs, and the officer reads which doubt it was."""

from __future__ import annotations

import pytest

from directives import intake
from tests.directives.intake.directory import JANUARY_2023, langson

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\nSố: 5/UBND-KT\n\nKính gửi: Các sở, ban, ngành\n\nUBND tỉnh yêu cầu thực hiện:\n"


def read(clause: str) -> intake.Proposal:
    (found,) = intake.read_text(f"{HEAD}1. {clause}\n", directory=langson(), on=JANUARY_2023).directives
    return found


SURE = read("Sở Y tế rà soát, báo cáo UBND tỉnh trước ngày 30/6/2023.")


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("Rà soát, báo cáo UBND tỉnh trước ngày 30/6/2023.", "Kính gửi"),
        ("Sở Quy hoạch - Kiến trúc rà soát, báo cáo UBND tỉnh.", "Không có trong danh mục"),
        ("Sở Giao thông rà soát, báo cáo UBND tỉnh.", "Chưa xác định chắc chắn"),
        ("Sở Y tế tổ chức lễ ra quân ngày 25/11/2023 tại trung tâm thành phố.", "có thể chỉ là ngày diễn ra"),
        ("Sở Y tế định kỳ báo cáo UBND tỉnh.", "không nêu kỳ báo cáo"),
    ],
)
def test_a_doubt_lowers_the_figure_and_is_told(clause: str, words: str) -> None:
    found = read(clause)
    assert found.confidence < SURE.confidence
    assert any(words in reason for reason in found.reasons)


def test_a_plain_clause_of_a_known_body_leaves_no_doubt() -> None:
    assert SURE.confidence > 0.95
    assert SURE.reasons == ("Cơ quan chủ trì nêu ngay trong nội dung: Sở Y tế",)


LONG = "Công ty Cổ phần Dịch vụ Vận tải Đường sắt Đường thủy Bắc Nam Miền Núi Phía Đông Minh Hà"


def test_a_name_longer_than_names_are_is_doubted_more_than_a_stranger() -> None:
    stranger = read("Công ty Cổ phần Minh Hà rà soát, báo cáo UBND tỉnh.")
    long = read(f"{LONG} rà soát, báo cáo UBND tỉnh.")
    assert long.confidence < stranger.confidence
    assert any("lẫn nội dung" in reason for reason in long.reasons)
