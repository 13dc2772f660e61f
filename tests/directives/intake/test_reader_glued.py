"""Letters whose lines were run together, as copying from web pages and mail leaves them."""

from __future__ import annotations

from directives import intake
from directives.intake import glue


def test_abbreviations_run_into_a_point_a_sentence_or_a_signature_are_parted() -> None:
    text = (
        "UBND TỈNH HẢI LÂMSỞ GIÁO DỤC VÀ ĐÀO TẠOCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập - Tự do - Hạnh phúc"
        "Số: 45/SGDĐT-VPV/v tuyển sinh lớp 10Hải Lâm, ngày 06 tháng 5 năm 2024     Kính gửi:     - Các trường THPT;"
        "     - Các trung tâm GDTX.Triển khai Kế hoạch số 12/KH-UBND ngày 02/5/2024, Sở đề nghị:"
        "1. Các trường THPT, các trung tâm GDTXa) Niêm yết chỉ tiêu.b) Gửi danh sách trước ngày 20/5/2024."
        "2. Phòng Khảo thí trực điện thoại trong những ngày thi./.Nơi nhận:- Như trên;- Lưu: VT, KT."
        "KT. GIÁM ĐỐCPHÓ GIÁM ĐỐCLê Văn Cường"
    )
    reading = intake.read_text(text)
    assert reading.letter.addressees == ("Các trường THPT", "Các trung tâm GDTX")
    assert reading.letter.recipients == ("Như trên", "Lưu: VT, KT")
    assert reading.letter.signer.position == "PHÓ GIÁM ĐỐC"
    schools = ["Các trường THPT", "các trung tâm GDTX"]
    assert [[party.phrase for party in found.lead] for found in reading.directives[:2]] == [schools, schools]


def test_a_head_in_two_cells_of_one_line_each_is_read() -> None:
    text = (
        "BỘ XÂY DỰNG Số: 45/BXD-VP V/v cấp giấy phép | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"
        " Hà Nội, ngày 06 tháng 5 năm 2024\nKính gửi: - Các sở xây dựng; - Cục Đường bộ Việt Nam.\n"
        "Thực hiện Nghị quyết số 12/NQ-CP, Bộ Xây dựng đề nghị:\n1. Rà soát thủ tục, báo cáo trước ngày 10/5/2024./.\n"
        "Nơi nhận: - Như trên; - Lưu: VT. | KT. BỘ TRƯỞNG THỨ TRƯỞNG Lê Văn Cường\n"
    )
    letter = intake.read_text(text).letter
    assert (letter.number, letter.notation, letter.issuer) == ("45", "BXD-VP", "BỘ XÂY DỰNG")
    assert letter.subject == "cấp giấy phép"
    assert (letter.signer.capacity, letter.signer.position) == (("KT. BỘ TRƯỞNG",), "THỨ TRƯỞNG")


def test_the_subject_of_a_directive_ends_where_its_story_begins() -> None:
    text = (
        "Số: 24/CT-UBND\n\nCHỈ THỊ\nTĂNG CƯỜNG PHÒNG CHỐNG CHÁY RỪNG\nTRÊN ĐỊA BÀN TỈNH\n"
        "Trong 3 tháng đầu năm 2024, toàn tỉnh\nxảy ra 12 vụ cháy. Chủ tịch UBND tỉnh yêu cầu:\n"
        "1. Chi cục Kiểm lâm trực 24/24 giờ./.\n"
    )
    assert intake.read_text(text).letter.subject == "TĂNG CƯỜNG PHÒNG CHỐNG CHÁY RỪNG TRÊN ĐỊA BÀN TỈNH"


def test_an_abbreviated_body_run_into_the_sentence_before_begins_a_line() -> None:
    line = (
        "Giao Sở Xây dựng thẩm định giá đất ở mới.UBND các huyện rà soát nhà ở cũ.Sở Tài chính bố trí vốn./.Nơi nhận:"
    )
    assert [line[at:][:4] for at in glue.breaks(line)] == ["UBND", "Sở T", "Nơi "]
