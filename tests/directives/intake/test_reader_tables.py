"""Tables of tasks and of figures in letters, each written for this test."""

from __future__ import annotations

from datetime import date

from directives import intake

ADDRESSED = "Kính gửi: Sở Nội vụ\n\n"


def read(body: str) -> tuple[intake.Proposal, ...]:
    return intake.read_text(ADDRESSED + body).directives


TABLE = """I. MỤC ĐÍCH
1. Nâng cao chất lượng phục vụ người dân.
II. NHIỆM VỤ
TT | Nội dung | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn
1 | Lập sổ theo dõi thiết bị | Phòng Kinh tế | Công an xã; Phòng Văn hóa | 31/5/2024
2 | Đo chất lượng mạng | Phòng Văn hóa | | Quý III/2024
3 | Thống kê hộ chưa có mạng | | Các thôn | Tháng 9
III. TỔ CHỨC THỰC HIỆN
1. Phòng Kinh tế theo dõi, báo cáo kết quả./.
"""


def test_a_table_of_tasks_assigns_a_row_each() -> None:
    text = f"KẾ HOẠCH\nKết nối mạng năm 2024\n\nThực hiện Kế hoạch số 5/KH-UBND, UBND xã ban hành Kế hoạch:\n{TABLE}"
    found = {one.label: one for one in intake.read_text(text).directives}
    assert list(found) == ["II.1", "II.2", "II.3", "III.1"]
    assert [one.lead[0].phrase for one in found.values()] == [
        "Phòng Kinh tế",
        "Phòng Văn hóa",
        "Phòng Văn hóa",
        "Phòng Kinh tế",
    ]
    assert [party.phrase for party in found["II.1"].support] == ["Công an xã", "Phòng Văn hóa"]
    assert found["II.1"].due.phrase == "31/5/2024"
    assert found["II.2"].due.date == date(2024, 9, 30)
    assert text[found["II.1"].start :].startswith("Lập sổ theo dõi thiết bị")


def test_a_table_of_figures_assigns_nothing() -> None:
    rows = (
        "TT | Tên công trình | Địa điểm | Kinh phí\n1 | Cầu Bản Chu | Hải Lâm | 500\n2 | Cầu Nà Pài | Yên Sơn | 700\n"
    )
    assert not read(f"Sở Tài chính thông báo danh mục công trình:\n{rows}")
