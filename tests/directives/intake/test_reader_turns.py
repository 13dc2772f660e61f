"""Turns found in letters that were labelled before the reader saw them, each in sentences written for this test."""

from __future__ import annotations

import pytest

from directives import intake
from directives.intake import bodies
from directives.intake.sheet import Sheet

ADDRESSED = "Kính gửi: Sở Nội vụ\n\n"


def read(body: str) -> tuple[intake.Proposal, ...]:
    return intake.read_text(ADDRESSED + body).directives


def leads(body: str) -> list[tuple[str, ...]]:
    return [tuple(party.phrase for party in found.lead) for found in read(body)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("các cơ sở đào tạo chủ động rà soát", "các cơ sở đào tạo"),
        ("Các cơ sở chăm sóc người cao tuổi báo cáo", "Các cơ sở chăm sóc người cao tuổi"),
        (
            "các cơ quan quản lý trực tiếp trạm quan trắc phối hợp bàn giao",
            "các cơ quan quản lý trực tiếp trạm quan trắc",
        ),
        ("các đơn vị vận hành hồ chứa có trách nhiệm báo tin", "các đơn vị vận hành hồ chứa"),
        ("các đơn vị quản lý chặt chẽ con dấu, báo cáo", "các đơn vị"),
        ("các đơn vị xây dựng kế hoạch thực hiện", "các đơn vị"),
    ],
)
def test_a_name_may_hold_what_the_body_does(text: str, name: str) -> None:
    sheet = Sheet.of(text)
    found = bodies.read(sheet, 0, len(sheet.flat))
    assert found is not None
    assert found.phrases == (name,)


def test_a_field_in_a_list_of_ministries_is_no_body_by_itself() -> None:
    sheet = Sheet.of("các Bộ: Công an, Tài chính, Quốc phòng có ý kiến")
    found = bodies.read(sheet, 0, len(sheet.flat))
    assert found is not None
    assert found.phrases == ("Bộ Công an", "Bộ Tài chính", "Bộ Quốc phòng")


def test_an_order_and_a_request_in_one_opening_tell_all_whom_they_name() -> None:
    body = (
        "Chủ tịch UBND tỉnh yêu cầu Giám đốc các sở, ngành và đề nghị Hội Nông dân tỉnh thực hiện các việc sau:\n"
        "1. Rà soát, báo cáo số liệu hội viên.\n2. Sở Y tế tổng hợp số liệu./.\n"
    )
    first, second = read(body)
    assert [party.phrase for party in first.lead] == ["Giám đốc các sở, ngành", "Hội Nông dân tỉnh"]
    assert (first.modality, second.modality) == ("order", "order")


def test_the_verb_of_one_paragraph_does_not_govern_the_next() -> None:
    body = (
        "UBND thành phố đề nghị các hộ gia đình treo cờ từ ngày 10/5/2024.\n\n"
        "UBND các phường có trách nhiệm kiểm tra, nhắc nhở việc treo cờ./.\n"
    )
    assert [found.modality for found in read(body)] == ["request", "order"]


@pytest.mark.parametrize(
    "contact",
    [
        "Đối với các vấn đề kỹ thuật, đề nghị liên hệ Phòng Công nghệ (ông An, điện thoại: 0900 000 000).",
        "Nếu cần trao đổi, đề nghị phản ánh về Văn phòng Sở, email: vanphong@example.vn.",
    ],
)
def test_whom_to_call_is_no_directive(contact: str) -> None:
    body = f"UBND tỉnh yêu cầu:\n1. Sở Nội vụ rà soát biên chế.\n2. {contact}\n"
    assert leads(body) == [("Sở Nội vụ",)]


def test_a_sentence_below_a_short_heading_is_its_own() -> None:
    body = (
        "UBND huyện yêu cầu các đơn vị thực hiện một số nhiệm vụ trọng tâm về phòng cháy, chữa cháy rừng năm 2024 như\n"
        "sau, bảo đảm không để xảy ra cháy rừng lan rộng trên địa bàn các xã có diện tích rừng trồng lớn của huyện:\n"
        "1. Hạt Kiểm lâm huyện\nCùng Phòng Nội vụ huyện đo vẽ ranh giới các lô rừng trồng thay thế năm 2023 và lập hồ\n"
        "sơ từng lô.\n"
        "2. Công tác bảo đảm an ninh\nCông an huyện tuần tra các cửa rừng trong những ngày nắng nóng và các ngày\n"
        "nghỉ lễ./.\n"
    )
    first, second = read(body)
    assert [party.phrase for party in first.lead] == ["Hạt Kiểm lâm huyện"]
    assert [party.phrase for party in first.support] == ["Phòng Nội vụ huyện"]
    assert [party.phrase for party in second.lead] == ["Công an huyện"]


def test_the_place_is_known_though_the_day_and_the_year_are_blank() -> None:
    text = (
        "UBND TỈNH HẢI LÂM\nSố: /TB-UBND\n\nHải Lâm, ngày tháng năm\n\nTHÔNG BÁO\nVề việc nghỉ lễ\n\n"
        "Căn cứ Bộ luật Lao động, UBND tỉnh thông báo lịch nghỉ lễ./.\n"
    )
    letter = intake.read_text(text).letter
    assert (letter.place, letter.issued_on) == ("Hải Lâm", None)


def test_a_form_behind_the_foot_hides_neither_signer_nor_copies() -> None:
    text = (
        f"{ADDRESSED}1. Yêu cầu Sở Nội vụ báo cáo./.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. GIÁM ĐỐC\n"
        "PHÓ GIÁM ĐỐC\n(Đã ký)\n\nLê Văn Cường\n\n"
        "Phụ lục: MẪU BÁO CÁO KẾT QUẢ RÀ SOÁT SỐ LIỆU BIÊN CHẾ CỦA CÁC CƠ QUAN, ĐƠN VỊ\n"
        "- Họ và tên: ..........\n"
    )
    letter = intake.read_text(text).letter
    assert letter.signer.name == "Lê Văn Cường"
    assert letter.recipients == ("Như trên", "Lưu: VT")


def test_capitals_run_together_are_parted_where_an_issuer_begins() -> None:
    text = (
        "UBND TỈNH HẢI LÂMSỞ NỘI VỤ\nSố: 5/SNV-TCCB\nV/v rà soát biên chế\nHải Lâm, ngày 06 tháng 5 năm 2024\n\n"
        "Kính gửi: Các phòng nội vụ.\n\nSở Nội vụ đề nghị các phòng rà soát biên chế, báo cáo./.\n"
    )
    assert intake.read_text(text).letter.issuer == "SỞ NỘI VỤ"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("UBND các xã, phường cụ thể hóa kế hoạch", "UBND các xã, phường"),
        ("các sở, ban, ngành tỉnh lồng vào chương trình", "các sở, ban, ngành tỉnh"),
        ("Các phòng, trung tâm thuộc xã cụ thể hóa kế hoạch", "Các phòng, trung tâm thuộc xã"),
        ("UBND các huyện, thành phố có cửa khẩu bố trí lực lượng", "UBND các huyện, thành phố có cửa khẩu"),
        ("Văn phòng HĐND và UBND xã theo dõi", "Văn phòng HĐND và UBND xã"),
    ],
)
def test_a_whole_group_ends_before_a_verb_nobody_knows(text: str, name: str) -> None:
    sheet = Sheet.of(text)
    found = bodies.read(sheet, 0, len(sheet.flat))
    assert found is not None
    assert found.phrases == (name,)


def test_standing_ready_is_no_body() -> None:
    body = "UBND tỉnh yêu cầu:\n1. Sở Y tế\n- Thường trực 24/24 giờ tại các trạm.\n- Báo cáo số ca mắc./.\n"
    assert leads(body) == [("Sở Y tế",), ("Sở Y tế",)]


def test_the_last_paragraph_tells_everybody_to_report() -> None:
    body = (
        "Chủ tịch UBND tỉnh yêu cầu:\n1. Sở Y tế lấy mẫu tại các trạm.\n2. Công an tỉnh phân luồng từ xa.\n"
        "Tổ chức trực ban nghiêm túc, thường xuyên báo cáo về Văn phòng UBND tỉnh./.\n"
    )
    assert leads(body) == [("Sở Y tế",), ("Công an tỉnh",), ("Sở Nội vụ",)]


def test_what_was_achieved_is_background() -> None:
    text = (
        "THÔNG BÁO\nKết luận của Phó Chủ tịch UBND tỉnh\n\nNgày 02/5/2024, Phó Chủ tịch UBND tỉnh kết luận như sau:\n"
        "1. Về kết quả đạt được\nThời gian qua, các địa phương đã có nhiều cố gắng; tuy nhiên tiến độ còn chậm.\n"
        "2. Giao Sở Xây dựng công bố giá vật liệu./.\n"
    )
    assert [one.label for one in intake.read_text(text).directives] == ["2"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hạt Kiểm lâm đo vẽ lại ranh giới các lô, lập hồ sơ", "Hạt Kiểm lâm"),
        ("Báo Hải Lâm lên trang chuyên đề về bầu cử", "Báo Hải Lâm"),
        ("Các đồng chí Ủy viên được phân công bám nắm địa bàn đi cơ sở", "Các đồng chí Ủy viên được phân công"),
        (
            "UBND các tỉnh trực thuộc Trung ương thanh tra toàn diện các kho",
            "UBND các tỉnh trực thuộc Trung ương",
        ),
        (
            "Các doanh nghiệp kinh doanh vận tải hành khách có trách nhiệm",
            "Các doanh nghiệp kinh doanh vận tải hành khách",
        ),
    ],
)
def test_a_name_does_not_run_on_through_a_sentence_whose_verb_nobody_knows(text: str, name: str) -> None:
    sheet = Sheet.of(text)
    found = bodies.read(sheet, 0, len(sheet.flat))
    assert found is not None
    assert found.phrases == (name,)


def test_comrades_of_a_committee_act_as_a_body() -> None:
    body = "UBND tỉnh yêu cầu:\n1. Các đồng chí Ủy viên Ban Thường vụ được phân công bám nắm địa bàn đi cơ sở./.\n"
    assert leads(body) == [("Các đồng chí Ủy viên Ban Thường vụ được phân công",)]


def test_all_whom_one_item_tells_lead_or_assist() -> None:
    body = (
        "UBND tỉnh yêu cầu:\n1. Sở Y tế thẩm định lĩnh vực y tế; Sở Tư pháp thẩm định thể chế; giao Sở Tài chính bố trí"
        " kinh phí; Công an tỉnh phối hợp rà soát; các đơn vị liên quan cung cấp số liệu./.\n"
    )
    (found,) = read(body)
    assert [party.phrase for party in found.lead] == ["Sở Y tế", "Sở Tư pháp", "Sở Tài chính"]
    assert [party.phrase for party in found.support] == ["Công an tỉnh"]


def test_items_may_be_counted_in_words() -> None:
    body = (
        "Bộ Xây dựng trân trọng đề nghị Quý Ủy ban chỉ đạo một số nội dung sau:\nThứ nhất, rà soát các cầu yếu.\n"
        "Thứ hai, bố trí kinh phí sửa chữa.\nBa là, báo cáo kết quả về Bộ trước ngày 30/6/2024./.\n"
    )
    found = read(body)
    assert [one.label for one in found] == ["1", "2", "3"]
    assert {one.modality for one in found} == {"request"}
    assert {party.phrase for one in found for party in one.lead} == {"Sở Nội vụ"}  # "Quý Ủy ban" is who is addressed


def test_a_day_of_the_week_counts_nothing() -> None:
    body = "UBND tỉnh yêu cầu:\n1. Sở Nội vụ họp vào hai ngày:\nThứ hai, ngày 13/5/2024.\n2. Sở Y tế dự họp./.\n"
    assert [one.label for one in read(body)] == ["1", "2"]


def test_what_was_ordered_before_is_background() -> None:
    body = (
        "Ngày 21/4/2024, UBND tỉnh đã có Công điện số 8/CĐ-UBND chỉ đạo các địa phương chấn chỉnh việc đấu giá đất.\n\n"
        "UBND tỉnh yêu cầu Sở Tư pháp kiểm tra việc đấu giá./.\n"
    )
    assert leads(body) == [("Sở Tư pháp",)]


def test_troubles_told_to_a_body_that_reports_them_are_a_formula() -> None:
    body = (
        "UBND tỉnh yêu cầu:\n1. Sở Nội vụ rà soát biên chế.\n"
        "Quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về Sở Nội vụ để tổng hợp, báo cáo UBND tỉnh./.\n"
    )
    assert leads(body) == [("Sở Nội vụ",)]


def test_a_newspaper_joined_with_the_radio_is_one_body() -> None:
    sheet = Sheet.of("Báo và phát thanh, truyền hình Hải Lâm đưa tin")
    found = bodies.read(sheet, 0, len(sheet.flat))
    assert found is not None
    assert found.phrases == ("Báo và phát thanh, truyền hình Hải Lâm",)


def test_a_numbered_formula_closes_the_letter() -> None:
    body = (
        "UBND tỉnh yêu cầu:\n1. Sở Y tế lấy mẫu nước.\n2. Yêu cầu các sở, ngành nghiêm túc thực hiện Chỉ thị này./.\n"
    )
    assert leads(body) == [("Sở Y tế",)]


def test_a_short_name_ends_though_a_known_verb_stands_far_behind() -> None:
    sheet = Sheet.of("Thanh tra Sở lên phương án thanh tra đột xuất nhà thuốc tăng giá")
    found = bodies.read(sheet, 0, len(sheet.flat))
    assert found is not None
    assert found.phrases == ("Thanh tra Sở",)


def test_lines_run_together_with_blanks_are_parted() -> None:
    text = (
        "UBND HUYỆN HẢI LÂM | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc\n"
        "Số: 45/UBND-VP V/v chế độ báo cáo | Hải Lâm, ngày 06 tháng 5 năm 2024\n"
        "Kính gửi: - Các phòng thuộc huyện; - UBND các xã.\n"
        "Qua theo dõi, một số đơn vị báo cáo chậm. UBND huyện yêu cầu:\n1. Báo cáo trước ngày 10/5/2024./.\n"
        "Nơi nhận: - Như trên; - Lưu: VT. | KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Văn Cường\n"
    )
    reading = intake.read_text(text)
    letter = reading.letter
    assert (letter.subject, letter.issuer) == ("chế độ báo cáo", "UBND HUYỆN HẢI LÂM")
    assert letter.addressees == ("Các phòng thuộc huyện", "UBND các xã")
    assert letter.recipients == ("Như trên", "Lưu: VT")
    assert (letter.signer.position, letter.signer.name) == ("PHÓ CHỦ TỊCH", "Lê Văn Cường")
    assert [party.phrase for party in reading.directives[0].lead] == ["Các phòng thuộc huyện", "UBND các xã"]


def test_an_assessment_below_its_heading_is_background_in_a_wrapped_text() -> None:
    text = (
        "THÔNG BÁO\nKết luận của Chủ tịch UBND tỉnh\n\n"
        "    Ngày 02/5/2024, Chủ tịch UBND tỉnh làm việc với UBND thị xã về tình hình kinh tế - xã\n"
        "hội bốn tháng đầu năm và kết luận như sau:\n"
        "    I. Đánh giá chung\n"
        "    Thị xã đã có nhiều nỗ lực, thu ngân sách đạt khá; song trật tự xây dựng\n"
        "trên địa bàn còn bất cập.\n"
        "    II. Nhiệm vụ\n    1. UBND thị xã tháo dỡ công trình trái phép tại khu vực bãi biển phía Nam của thị\nxã.\n"
        "    Thừa lệnh Chủ tịch UBND tỉnh, Văn phòng UBND tỉnh thông báo đến các đơn vị biết, thực hiện./.\n"
    )
    (found,) = intake.read_text(text).directives
    assert found.label == "II.1"
    assert text[found.start : found.end].endswith("thị\nxã.")


def test_to_name_a_person_to_call_is_a_duty() -> None:
    body = (
        "UBND tỉnh yêu cầu:\n1. Sở Y tế lấy mẫu nước.\n"
        "2. Đề nghị Công an tỉnh cung cấp đầu mối liên hệ (họ tên, điện thoại) trước ngày 15/5/2024./.\n"
    )
    assert leads(body) == [("Sở Y tế",), ("Công an tỉnh",)]
