"""Single turns of letters that have no place in a longer specimen: slips of scanners, duties told in passing."""

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


LIST = "1. Rà soát, báo cáo số liệu biên chế.\n2. Tổng hợp số liệu biên chế, gửi hồ sơ.\n"


@pytest.mark.parametrize(
    "duty",
    [
        "Báo cáo gửi về Sở Nội vụ trước ngày 10/6/2023 để tổng hợp.",
        "Kết quả rà soát gửi về Sở Nội vụ chậm nhất ngày 10/6/2023.",
        "Thời gian gửi báo cáo: trước ngày 10/6/2023.",
        "Riêng Sở Tư pháp, Sở Tài chính báo cáo thêm kết quả cải cách thể chế trước ngày 10/6/2023.",
        "Riêng các đơn vị: Sở Tư pháp, Sở Tài chính, ngoài báo cáo chung còn báo cáo chuyên đề trước ngày 10/6/2023.",
        "Đối với Sở Tư pháp: ngoài các nội dung trên, báo cáo thêm kết quả cải cách thể chế trước ngày 10/6/2023.",
    ],
)
def test_a_duty_told_below_the_list_is_a_directive_of_its_own(duty: str) -> None:
    found = intake.read_text(f"{OPENING}{LIST}{duty}\nTrân trọng./.\n")
    last = found.directives[-1]
    assert len(found.directives) == 3
    assert found.text[last.start : last.end] == duty
    assert str(last.due.date) == "2023-06-10"


@pytest.mark.parametrize(
    "details",
    [
        "1. Nội dung báo cáo: theo đề cương gửi kèm.\n2. Thời gian gửi báo cáo: chậm nhất ngày 12/6/2023.",
        "- Thời gian: trước ngày 12/6/2023;\n- Địa điểm: Sở Nội vụ;\n- Thành phần: mỗi đơn vị 02 người.",
        "a) Hình thức: văn bản giấy.\nb) Thời hạn: trước ngày 12/6/2023.",
    ],
)
def test_an_order_with_its_details_below_is_one_directive(details: str) -> None:
    order = "Sở Nội vụ đề nghị các cơ quan, đơn vị báo cáo kết quả cải cách hành chính, cụ thể:"
    found = intake.read_text(
        f"SỞ NỘI VỤ\nSố: 5/SNV-VP\n\nKính gửi: Các sở, ban, ngành\n\n{order}\n{details}\nTrân trọng./.\n"
    )
    assert [found.text[one.start : one.end] for one in found.directives] == [f"{order}\n{details}"]
    assert str(found.directives[0].due.date) == "2023-06-12"


def test_an_invitation_with_its_details_below_is_none() -> None:
    details = "1. Thời gian: 8 giờ 00 ngày 12/6/2023.\n2. Địa điểm: Sở Nội vụ."
    invitation = "Kính gửi: Các sở, ban, ngành\n\nSở Nội vụ kính mời các đơn vị dự họp, cụ thể:\n"
    assert not intake.read_text(f"{invitation}{details}\nTrân trọng./.\n").directives


def test_a_guide_that_tells_bodies_what_to_do_orders() -> None:
    head = "Kính gửi: Các Sở Giáo dục và Đào tạo\n\nBộ GDĐT hướng dẫn các sở GDĐT thực hiện nhiệm vụ như sau:\n"
    found = intake.read_text(head + "1. Gửi danh sách giáo viên.\n2. Tổ chức dạy học 2 buổi/ngày.\n")
    assert [party.phrase for one in found.directives for party in one.lead] == ["các sở GDĐT"] * 2


def test_a_standard_is_no_cited_document() -> None:
    found = intake.read_text(f"{OPENING}1. Sửa đổi QCVN 06:2022/BXD theo Thông tư số 02/2021/TT-BXD./.\n")
    assert found.directives[0].cites == ("02/2021/TT-BXD",)


def test_letters_of_the_party_number_with_dashes() -> None:
    body = "1- Ban Tổ chức rà soát biên chế.\n2- Sở Y tế tổng hợp số liệu.\n3 - Sở Tư pháp thẩm định.\n"
    assert items(body) == ["Ban Tổ chức rà soát biên chế.", "Sở Y tế tổng hợp số liệu.", "Sở Tư pháp thẩm định."]


def test_a_notation_at_the_start_of_a_line_is_no_clause() -> None:
    body = "1. Sở Nội vụ thực hiện Chỉ thị số\n05 - CT/TW của Bộ Chính trị.\n2. Sở Y tế tổng hợp số liệu.\n"
    assert len(items(body)) == 2


def test_a_later_sentence_says_who_is_asked() -> None:
    clause = "1. Về phân bổ vốn\nĐến nay mới phân bổ 96% kế hoạch. Đề nghị các huyện và Sở Tài chính phân bổ hết vốn.\n"
    found = intake.read_text(f"{OPENING}{clause}2. Sở Y tế tổng hợp số liệu./.\n").directives[0]
    assert ([one.phrase for one in found.lead], found.modality) == (["các huyện", "Sở Tài chính"], "request")


@pytest.mark.parametrize(
    ("clause", "phrase"),
    [
        ("Sở Y tế phối hợp với Sở Thông tin và Truyền thông định hướng báo chí.", "Sở Thông tin và Truyền thông"),
        ("Sở Y tế phối hợp với Sở Y tế tỉnh Lào Cai tiêm phòng.", "Sở Y tế tỉnh Lào Cai"),
        ("Sở Y tế phối hợp với UBND thành phố Lạng Sơn tiêm phòng.", "UBND thành phố Lạng Sơn"),
        ("Sở Y tế phối hợp với Sở Y tế các tỉnh biên giới kiểm tra.", "Sở Y tế các tỉnh biên giới"),
        ("Kho bạc Nhà nước phối hợp với các chủ đầu tư thực hiện thanh toán.", "các chủ đầu tư"),
        ("Sở Y tế phối hợp với Ban Quản lý dự án đầu tư xây dựng khảo sát.", "Ban Quản lý dự án đầu tư xây dựng"),
    ],
)
def test_a_name_ends_with_its_field_and_place(clause: str, phrase: str) -> None:
    found = intake.read_text(f"{OPENING}1. {clause}\n2. Sở Tư pháp thẩm định văn bản./.\n").directives[0]
    assert [one.phrase for one in found.support] == [phrase]


@pytest.mark.parametrize(
    "act", ["Thống nhất đề xuất", "Đồng ý với đề nghị", "Thống nhất như ý kiến", "Chấp thuận kết quả"]
)
def test_what_the_issuer_decides_itself_is_no_directive(act: str) -> None:
    body = f"1. {act} của Sở Nội vụ tại Tờ trình nêu trên.\n2. Giao Sở Nội vụ hoàn thiện hồ sơ trong tháng 7/2023./.\n"
    assert items(body) == ["Giao Sở Nội vụ hoàn thiện hồ sơ trong tháng 7/2023./."]


def test_what_the_issuer_agrees_to_have_done_is_one() -> None:
    body = "1. Thống nhất giao Sở Nội vụ hoàn thiện hồ sơ.\n2. Đồng ý, giao Sở Y tế tổng hợp số liệu./.\n"
    found = intake.read_text(OPENING + body).directives
    assert [party.phrase for one in found for party in one.lead] == ["Sở Nội vụ", "Sở Y tế"]


def test_whoever_is_ordered_first_behind_a_topic_leads() -> None:
    body = (
        "1. Đối với nhà máy nước, giao Sở Xây dựng chủ trì, phối hợp với Sở Y tế, Sở Tài chính nghiên cứu, báo cáo./.\n"
    )
    (found,) = intake.read_text(OPENING + body).directives
    assert [party.phrase for party in found.lead] == ["Sở Xây dựng"]
    assert [party.phrase for party in found.support] == ["Sở Y tế", "Sở Tài chính"]


def test_what_is_only_made_known_closes_the_letter() -> None:
    body = (
        "1. Sở Nội vụ rà soát biên chế.\n\nThừa lệnh Chủ tịch UBND tỉnh, Văn phòng UBND tỉnh thông báo các cơ quan, "
        "đơn vị biết, thực hiện./.\n"
    )
    assert items(body) == ["Sở Nội vụ rà soát biên chế."]


def test_a_wrapped_line_in_lower_case_goes_on_behind_a_semicolon() -> None:
    body = (
        "1. Sở Nội vụ rà soát biên chế của các đơn vị sự nghiệp công lập trực thuộc các sở và các\n"
        "huyện trên địa bàn tỉnh.\n"
        "Yêu cầu các sở, ngành triển khai thực hiện nghiêm túc;\n"
        "gửi báo cáo kết quả về UBND tỉnh (qua Sở Nội vụ) trước ngày 20/8/2023./.\n"
    )
    assert len(items(body)) == 2
    assert items(body)[1].startswith("Yêu cầu các sở")
    assert items(body)[1].endswith("20/8/2023./.")


def test_a_body_behind_its_role_is_taken_as_written_though_nobody_knows_it() -> None:
    body = (
        "1. Xây dựng quy chế khám, chữa bệnh từ xa.\n- Đơn vị chủ trì: Cục Quản lý Khám, chữa bệnh.\n"
        "- Thời gian hoàn thành: Tháng 12/2025.\n"
    )
    (found,) = intake.read_text(OPENING + body).directives
    assert [party.phrase for party in found.lead] == ["Cục Quản lý Khám, chữa bệnh"]


@pytest.mark.parametrize(
    ("item", "lead"),
    [
        ("Sở Công Thương là cơ quan đầu mối, chủ trì hoàn thiện kịch bản tiêu thụ.", "Sở Công Thương"),
        ("Đối với các xã, thị trấn mới chia tách, UBND các huyện bổ sung trụ sở làm việc.", "UBND các huyện"),
        ("Từ năm 2024, đề nghị UBND các huyện duy trì chế độ giao ban.", "UBND các huyện"),
        ("UBND các huyện còn lại rà soát hệ thống thoát nước.", "UBND các huyện còn lại"),
        ("Sở Y tế cấp đủ hóa chất khử trùng.", "Sở Y tế"),
        ("Sở Tư pháp công khai thủ tục kể từ ngày Nghị định có hiệu lực.", "Sở Tư pháp"),
    ],
)
def test_the_body_that_acts_leads_however_the_sentence_turns(item: str, lead: str) -> None:
    found = intake.read_text(OPENING + f"1. {item}\n2. Sở Xây dựng thẩm định./.\n").directives[0]
    assert (found.label, [party.phrase for party in found.lead]) == ("1", [lead])


def test_below_an_opening_a_named_body_is_told_whatever_its_verb() -> None:
    body = "Sở Nội vụ rà soát biên chế.\n\nSở Y tế cõng gạo lên các bản bị cô lập.\n"
    assert items(body) == ["Sở Nội vụ rà soát biên chế.", "Sở Y tế cõng gạo lên các bản bị cô lập."]


def test_who_assists_the_committee_in_a_plan_is_told() -> None:
    text = (
        "KẾ HOẠCH\nPhổ biến pháp luật\n\nI. NHIỆM VỤ\n1. Sở Y tế giám sát chặt chẽ.\n"
        "II. TỔ CHỨC THỰC HIỆN\n1. Sở Tư pháp giúp UBND tỉnh theo dõi.\n2. Sở Tài chính thẩm định./.\n"
    )
    assert [found.label for found in intake.read_text(text).directives] == ["I.1", "II.1", "II.2"]
