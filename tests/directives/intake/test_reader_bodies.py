"""Where the names of bodies begin and end, and what is one body, a group, or a list."""

from __future__ import annotations

import pytest

from directives.intake import bodies
from directives.intake.sheet import Sheet, bare

RUNNING = {
    "Sở Thông tin và Truyền thông, các sở, ban, ngành và UBND các huyện, thành phố tham mưu phương án": (
        "Sở Thông tin và Truyền thông",
        "các sở, ban, ngành",
        "UBND các huyện, thành phố",
    ),
    "các cơ quan, đơn vị, tổ chức có liên quan hướng dẫn các sở": ("các cơ quan, đơn vị, tổ chức có liên quan",),
    "Ban Tuyên giáo Tỉnh ủy chỉ đạo công tác": ("Ban Tuyên giáo Tỉnh ủy",),
    "Sở Văn hóa, Thể thao và Du lịch chủ trì": ("Sở Văn hóa, Thể thao và Du lịch",),
    "Sở LĐ-TB&XH, Sở TN&MT phối hợp": ("Sở LĐ-TB&XH", "Sở TN&MT"),
    "Hội Nông dân tỉnh và Liên đoàn Lao động tỉnh vận động": ("Hội Nông dân tỉnh", "Liên đoàn Lao động tỉnh"),
    "Kho bạc Nhà nước tỉnh, Cục Thuế tỉnh, Ngân hàng Nhà nước chi nhánh tỉnh báo cáo": (
        "Kho bạc Nhà nước tỉnh",
        "Cục Thuế tỉnh",
        "Ngân hàng Nhà nước chi nhánh tỉnh",
    ),
    "Văn phòng Đoàn ĐBQH và HĐND tỉnh, Ban Quản lý các khu công nghiệp tổ chức thực hiện": (
        "Văn phòng Đoàn ĐBQH và HĐND tỉnh",
        "Ban Quản lý các khu công nghiệp",
    ),
    "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh khẩn trương": (
        "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh",
    ),
    "Ban Chỉ đạo phòng, chống tội phạm, tệ nạn xã hội tỉnh tham mưu": (
        "Ban Chỉ đạo phòng, chống tội phạm, tệ nạn xã hội tỉnh",
    ),
    "Văn phòng CNTT thuộc Bộ Khoa học và Công nghệ và các đơn vị liên quan cập nhật danh mục": (
        "Văn phòng CNTT thuộc Bộ Khoa học và Công nghệ",
        "các đơn vị liên quan",
    ),
    "các cơ quan báo chí, truyền thông tuyên truyền, quảng bá": ("các cơ quan báo chí, truyền thông",),
    "Phó Thủ tướng Trần Văn Bình trực tiếp chỉ đạo": ("Phó Thủ tướng Trần Văn Bình",),
    "Giám đốc Sở Y tế, Chủ tịch UBND thành phố Hải Hà và Hiệu trưởng các trường học trên địa bàn tổ chức tốt": (
        "Giám đốc Sở Y tế",
        "Chủ tịch UBND thành phố Hải Hà",
        "Hiệu trưởng các trường học trên địa bàn",
    ),
    "Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các huyện, thị xã, thành phố tập trung": (
        "Thủ trưởng các sở, ban, ngành",
        "Chủ tịch UBND các huyện, thị xã, thành phố",
    ),
    "Công an Thành phố, chính quyền địa phương, Sở Xây dựng phân luồng": (
        "Công an Thành phố",
        "chính quyền địa phương",
        "Sở Xây dựng",
    ),
    "đoàn thanh niên, hội phụ nữ trong công tác": ("đoàn thanh niên", "hội phụ nữ"),
    "Phòng Y tế, Trung tâm Y tế huyện, thị xã, thành phố căn cứ Kế hoạch": (
        "Phòng Y tế",
        "Trung tâm Y tế huyện, thị xã, thành phố",
    ),
    # a name is over where its field or its place is, whatever verb follows
    "Sở Giao thông vận tải cắm mốc lộ giới": ("Sở Giao thông vận tải",),
    "Ban Tuyên giáo và Dân vận Tỉnh ủy lo liệu": ("Ban Tuyên giáo và Dân vận Tỉnh ủy",),
    "Ban Dân tộc tỉnh lo liệu": ("Ban Dân tộc tỉnh",),
    "Công ty TNHH Thủy lợi Hải Lâm lo liệu": ("Công ty TNHH Thủy lợi Hải Lâm",),
    "Hiệu trưởng Trường Trung học phổ thông Minh Hà báo cáo": ("Hiệu trưởng Trường Trung học phổ thông Minh Hà",),
    "Ủy Ban Nhân Dân các xã rà soát": ("Ủy Ban Nhân Dân các xã",),
    "Trung tâm Kiểm soát bệnh tật tỉnh giám sát": ("Trung tâm Kiểm soát bệnh tật tỉnh",),
    "UBND các quận, huyện ven biển đắp đê": ("UBND các quận, huyện ven biển",),
    "các đơn vị có liên quan lo liệu": ("các đơn vị có liên quan",),
    "UBND các xã, phường biên giới lo liệu": ("UBND các xã, phường biên giới",),
    "thủ trưởng cơ quan, đơn vị trên địa bàn huyện rà soát": ("thủ trưởng cơ quan, đơn vị trên địa bàn huyện",),
    "UBND xã Đông Hà, huyện Minh Hà rà soát": ("UBND xã Đông Hà, huyện Minh Hà",),
    "VNPT Hải Lâm, Viettel Hải Lâm bảo đảm": ("VNPT Hải Lâm", "Viettel Hải Lâm"),
    # what a scanner does to marks
    "Trung tâm Y tế, các bệnh viên đa khoa, trạm y tế các xã, thị trần thực hiện": (
        "Trung tâm Y tế",
        "các bệnh viên đa khoa, trạm y tế các xã, thị trần",
    ),
}


@pytest.mark.parametrize("text", RUNNING)
def test_a_list_ends_where_the_verb_begins(text: str) -> None:
    sheet = Sheet.of(text)
    found = bodies.read(sheet, 0, len(text))
    assert found is not None
    assert found.phrases == RUNNING[text]


KIND_ONCE = {
    "các sở: Nội vụ, Tài chính và Xây dựng đôn đốc": ("Sở Nội vụ", "Sở Tài chính", "Sở Xây dựng"),
    "Các Sở Tài chính, Nội vụ, Xây dựng rà soát": ("Sở Tài chính", "Sở Nội vụ", "Sở Xây dựng"),
    "các sở: Giáo dục và Đào tạo, Nông nghiệp và Phát triển nông thôn và Văn phòng Ủy ban nhân dân tỉnh theo dõi": (
        "Sở Giáo dục và Đào tạo",
        "Sở Nông nghiệp và Phát triển nông thôn",
        "Văn phòng Ủy ban nhân dân tỉnh",
    ),
    "Giám đốc các Sở: Nội vụ, Y tế; Chủ tịch UBND các huyện chịu trách nhiệm": (
        "Giám đốc Sở Nội vụ",
        "Giám đốc Sở Y tế",
        "Chủ tịch UBND các huyện",
    ),
    "UBND các phường: Bình Hà, Minh Hà – Thượng Hà, Tân Hà và UBND xã Đông Hà chuẩn bị": (
        "UBND phường Bình Hà",
        "UBND phường Minh Hà – Thượng Hà",
        "UBND phường Tân Hà",
        "UBND xã Đông Hà",
    ),
    "các hội: Hội Làm vườn, Hội Người cao tuổi hoàn thành": ("Hội Làm vườn", "Hội Người cao tuổi"),
    "các sở, ngành: Nội vụ, Y tế và Công an tỉnh rà soát": ("Sở Nội vụ", "Sở Y tế", "Công an tỉnh"),
    "Các trường: THPT Minh Hà, THPT Đông Hà báo cáo": ("Trường THPT Minh Hà", "Trường THPT Đông Hà"),
    "UBND các huyện Minh Hà, Đông Hà và thành phố Tân Hà rà soát": (
        "UBND huyện Minh Hà",
        "UBND huyện Đông Hà",
        "UBND thành phố Tân Hà",
    ),
    "UBND phường Minh Hà, Đông Hà; Công an tỉnh rà soát": (
        "UBND phường Minh Hà",
        "UBND phường Đông Hà",
        "Công an tỉnh",
    ),
    "Chủ tịch UBND các huyện, thành phố: Minh Hà, Tân Hà chỉ đạo": ("Chủ tịch UBND Minh Hà", "Chủ tịch UBND Tân Hà"),
}


@pytest.mark.parametrize("text", KIND_ONCE)
def test_a_kind_said_once_is_said_of_each(text: str) -> None:
    sheet = Sheet.of(text)
    found = bodies.read(sheet, 0, len(text))
    assert found is not None
    assert found.phrases == KIND_ONCE[text]


HEADINGS = {
    "Các doanh nghiệp cung cấp máy tính:": ("Các doanh nghiệp cung cấp máy tính",),
    "Sở Nội vụ (Ban Thi đua - Khen thưởng)": ("Sở Nội vụ (Ban Thi đua - Khen thưởng)",),
    "Các đơn vị chuyên trách của các Bộ, cơ quan ngang Bộ (sau đây gọi là Bộ, ngành) và các Sở Nội vụ:": (
        "Các đơn vị chuyên trách của các Bộ, cơ quan ngang Bộ",
        "các Sở Nội vụ",
    ),
    "Các Sở, Ban, Ngành; UBND các huyện, thành phố": ("Các Sở, Ban, Ngành", "UBND các huyện, thành phố"),
    "Ban Chỉ huy Phòng, chống thiên tai và tìm kiếm cứu nạn tỉnh": (
        "Ban Chỉ huy Phòng, chống thiên tai và tìm kiếm cứu nạn tỉnh",
    ),
}


@pytest.mark.parametrize("text", HEADINGS)
def test_a_heading_names_bodies_and_nothing_else(text: str) -> None:
    sheet = Sheet.of(text)
    found = bodies.heading(sheet, 0, len(text))
    assert found is not None
    assert found.phrases == HEADINGS[text]


@pytest.mark.parametrize(
    "text",
    [
        "Báo cáo kết quả thực hiện về Sở Y tế",
        "Bộ phận một cửa",
        "Hội nghị tổng kết",
        "Phòng, chống dịch bệnh",
        "Tổ chức thực hiện",
        "các biện pháp cấp bách",
        "Trường hợp phát sinh",
        "Ban hành kế hoạch",
    ],
)
def test_words_that_only_look_like_bodies_are_none(text: str) -> None:
    assert bodies.read(Sheet.of(text), 0, len(text)) is None


def test_an_instruction_is_no_heading() -> None:
    text = "Báo Sơn Hải đăng Thông báo này trên ba số liên tiếp."
    assert bodies.heading(Sheet.of(text), 0, len(text)) is None


def test_a_name_known_from_the_addressees_goes_to_its_end() -> None:
    """ "xây dựng" is a verb too; only the addressees tell where this name ends."""
    text = "Hiệp hội Nhà thầu xây dựng hoàn thành đại hội"
    sheet = Sheet.of(text)
    known = (bare("Hiệp hội Nhà thầu xây dựng"),)
    found = bodies.read(sheet, 0, len(text), known)
    assert found is not None
    assert found.phrases == ("Hiệp hội Nhà thầu xây dựng",)
