"""A chase printed as an official letter: an unsigned draft in the form of Nghị định 30, valid and tagged."""

from __future__ import annotations

import subprocess
from datetime import timedelta

import page
import pytest

from agencies.models import Kind
from directives.actions.chases import undo_chase
from tests.directives.chased import chase_now
from tests.factories import NOW, TODAY, AgencyFactory, AssignmentFactory, DirectiveFactory, LetterFactory
from tests.reports.paper import Paper
from tests.reports.tags import Tags

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def directive(db):
    letter = LetterFactory.create(number="125")
    return DirectiveFactory.create(letter=letter, label="2.1", title="Theo dõi, đôn đốc triển khai Kế hoạch")


@pytest.fixture
def letter_of(client_of, dung):
    def fetch(act):
        response = client_of(dung).get(f"/don-doc/{act.pk}/cong-van/")
        assert response.status_code == 200
        return response.content

    return fetch


def test_an_order_names_what_is_late_and_until_when(letter_of, dung, stp, stttt, directive):
    first = AssignmentFactory.create(directive=directive, agency=stp, overdue=True)
    second = AssignmentFactory.create(directive=directive, agency=stttt, due_on=TODAY + timedelta(days=2))
    [act] = chase_now(dung, first, second, text="Sở báo cáo rõ nguyên nhân.")
    text = Paper(letter_of(act)).text()
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "/VP-KGVX",
        "V/v đôn đốc thực hiện nhiệm vụ Ủy ban nhân dân tỉnh giao",
        "Kính gửi:",
        "- Sở Thông tin và Truyền thông; - Sở Tư pháp.",
        "tính đến ngày 20/02/2023, 02 cơ quan, đơn vị, địa phương còn 02 nhiệm vụ chưa hoàn thành",
        "trong đó 01 nhiệm vụ đã quá hạn, cụ thể:",
        "2.1. Theo dõi, đôn đốc triển khai Kế hoạch",
        "125/UBND-KGVX,",
        "12 ngày",
        "trước 17 giờ 00 ngày 22/02/2023",
        "Sở báo cáo rõ nguyên nhân.",
        "thực hiện./.",
        "Nơi nhận: - Như trên;",
        "CHÁNH VĂN PHÒNG",
        "Dự thảo",
        "Trích xuất từ hệ thống lúc 08 giờ 00 ngày 20/02/2023; Đôn đốc số 01/2023.",
    ):
        assert words in text, words


def test_a_body_that_is_only_asked_reads_a_request(letter_of, dung, directive):
    front = AgencyFactory.create(short_name="Ủy ban MTTQ Việt Nam tỉnh", kind=Kind.FRONT)
    [act] = chase_now(dung, AssignmentFactory.create(directive=directive, agency=front, overdue=True))
    text = Paper(letter_of(act)).text()
    assert "Kính gửi: Ủy ban MTTQ Việt Nam tỉnh." in text
    assert "trân trọng đề nghị quý cơ quan quan tâm thực hiện" in text
    assert "Trân trọng cảm ơn sự phối hợp của quý cơ quan./." in text
    assert "V/v đôn đốc" not in text
    assert "khẩn trương" not in text


def test_many_bodies_are_named_by_the_list(letter_of, dung, directive):
    rows = [AssignmentFactory.create(directive=directive, overdue=True) for _ in range(13)]
    text = Paper(letter_of(chase_now(dung, *rows)[0])).text()
    assert "Kính gửi: Các cơ quan, đơn vị, địa phương có tên trong danh sách dưới đây." in text
    assert "Sở Thử nghiệm" in text


def test_the_letter_stays_as_the_act_was(letter_of, dung, stp, directive):
    duty = AssignmentFactory.create(directive=directive, agency=stp, overdue=True)
    [act] = chase_now(dung, duty)
    before = letter_of(act)
    type(duty).objects.filter(pk=duty.pk).update(due_on=TODAY + timedelta(days=30), original_due_on=None)
    assert letter_of(act) == before


def test_the_form_is_that_of_the_decree(letter_of, dung, stp, directive):
    duty = AssignmentFactory.create(directive=directive, agency=stp, overdue=True)
    paper = Paper(letter_of(chase_now(dung, duty)[0]))
    assert paper.sizes[0] == pytest.approx((210, 297), abs=0.2)
    [about, *_] = paper.find("V/v đôn đốc thực hiện")
    [number, *_] = paper.find("Số:")
    [to, *_] = paper.find("Kính gửi:")
    assert number.top < about.top < to.top
    assert about.size == 12
    assert about.centre < 105 < paper.find("CỘNG HÒA")[0].right
    [body, *_] = paper.find("Qua theo dõi việc")
    assert (body.size, round(body.left)) == (14, 43)
    assert all(word.left >= 30 and word.right <= 195.5 for word in paper.words if word.text not in ("Dự", "thảo"))


def test_the_file_is_valid_and_tagged(letter_of, dung, stp, directive, tmp_path):
    duty = AssignmentFactory.create(directive=directive, agency=stp, overdue=True)
    content = letter_of(chase_now(dung, duty)[0])
    for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
        assert page.validate_pdf_bytes(content, profile=profile).failures == []
    assert Tags(content).problems() == []
    (tmp_path / "letter.pdf").write_bytes(content)
    done = subprocess.run(["qpdf", "--check", str(tmp_path / "letter.pdf")], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_it_is_a_file_to_keep_with_a_name(client_of, giang, dung, stp, directive):
    [act] = chase_now(dung, AssignmentFactory.create(directive=directive, agency=stp, overdue=True))
    response = client_of(giang).get(f"/don-doc/{act.pk}/cong-van/")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''D%E1%BB%B1%20th%E1%BA%A3o")
    assert "no-store" in response.headers["Cache-Control"]


def test_what_was_taken_back_has_no_letter(client_of, dung, stp, directive):
    [act] = chase_now(dung, AssignmentFactory.create(directive=directive, agency=stp, overdue=True))
    undo_chase(act, by=dung, now=NOW)
    assert client_of(dung).get(f"/don-doc/{act.pk}/cong-van/").status_code == 404
