"""Reporting progress as people do it: in a browser, with slips of the pen, two at once, twice the same, with files."""

from __future__ import annotations

import re
import zipfile
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from agencies.models import User
from directives.actions.assignments import Conflict, Progress, report_progress, return_for_revision
from directives.models import Assignment, Attachment, Claim, HistoryEntry, ProgressUpdate
from directives.states import Status
from tests.directives import uploaded as files
from tests.factories import NOW, TODAY, AssignmentFactory, DirectiveFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def duty(stp):
    return AssignmentFactory.create(directive__label="2.1", agency=stp)


@pytest.fixture
def address(duty):
    return f"/viec/{duty.pk}/cap-nhat/"


@pytest.fixture
def an_s(client_of, an):
    return client_of(an)


def opened(client, duty, page="/viec/{}/"):
    return carried(client.get(page.format(duty.pk)).text)


def carried(page):
    """What the form on the page carries out of sight."""
    return dict(re.findall(r'name="(version|key)" value="([^"]+)"', page))


def typed(client, duty, **fields):
    return {
        **opened(client, duty),
        "claim": Claim.IN_PROGRESS,
        "result": "Đã ban hành kế hoạch.",
        "percent": "60",
        **fields,
    }


def completed(client, duty, **fields):
    return typed(
        client, duty, claim=Claim.COMPLETED, completed_on="20/2/2023", document_reference="88/STP-VP", **fields
    )


def errors_of(response):
    assert response.status_code == 422
    assert "<title>Lỗi: " in response.text
    assert "Có thông tin cần sửa" in response.text
    form = response.context["form"]
    return {name: list(sentences) for name, sentences in form.errors.items()}


def on_disk(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


# The plain way


def test_an_update_is_saved_and_the_green_banner_says_when(an_s, duty, address, an):
    response = an_s.post(address, typed(an_s, duty), follow=True)
    assert response.redirect_chain == [(f"/viec/{duty.pk}/", 302)]
    assert "banner-success" in response.text
    assert "Cập nhật của anh/chị đã được ghi lúc 08:00 ngày 20/02/2023." in response.text
    assert '<a href="/viec/">Về danh sách việc</a>' in response.text
    update = ProgressUpdate.objects.get()
    assert (update.author, update.result, update.percent) == (an, "Đã ban hành kế hoạch.", 60)
    duty.refresh_from_db()
    assert (duty.status, duty.percent, duty.version) == (Status.IN_PROGRESS, 60, 2)


def test_a_completion_goes_to_the_office(an_s, duty, address):
    response = an_s.post(address, completed(an_s, duty), follow=True)
    assert "Đã gửi – KGVX sẽ xác nhận." in response.text
    assert "đang chờ xác nhận" in response.text
    duty.refresh_from_db()
    assert (duty.status, duty.percent, duty.stopped_on, duty.completed_on) == (Status.SUBMITTED, 100, TODAY, TODAY)


def test_the_head_of_the_agency_may_report_too(client_of, binh, duty, address):
    client = client_of(binh)
    client.post(address, completed(client, duty))
    assert ProgressUpdate.objects.get().author == binh


def test_a_reminder_s_link_opens_the_form_alone_with_the_pen_in_it(an_s, duty, address):
    page = an_s.get(address).text
    assert re.search(r"<textarea[^>]*name=\"result\"[^>]*autofocus", page)
    assert duty.directive.text in page
    assert an_s.post(address, typed(an_s, duty) | opened(an_s, duty, address)).status_code == 302


def test_a_reminder_s_link_after_the_work_is_done_leads_to_the_assignment(an_s, duty, address):
    an_s.post(address, completed(an_s, duty))
    assert an_s.get(address)["Location"] == f"/viec/{duty.pk}/"


def test_the_form_opens_with_what_is_known(an_s, stp):
    duty = AssignmentFactory.create(agency=stp, in_progress=True)
    form = an_s.get(f"/viec/{duty.pk}/").context["form"]
    assert (form["claim"].value(), form["percent"].value()) == (Claim.IN_PROGRESS, 60)


def test_a_returned_report_opens_with_what_was_sent_last(an_s, duty, address, dung):
    an_s.post(address, completed(an_s, duty))
    return_for_revision(duty, by=dung, now=NOW, reason="Thiếu tệp.")
    form = an_s.get(address).context["form"]
    names = ("claim", "result", "document_reference", "completed_on", "version")
    assert [form[name].value() for name in names] == [
        Claim.COMPLETED,
        "Đã ban hành kế hoạch.",
        "88/STP-VP",
        "20/02/2023",
        3,
    ]


def test_everything_that_was_typed_is_stored(an_s, duty, address):
    said = {
        "claim": Claim.OBSTRUCTED,
        "obstacles": "Thiếu kinh phí.",
        "causes": "Chưa phân bổ.",
        "proposals": "Bổ sung dự toán.",
        "document_reference": "88/STP-VP",
        "document_on": "10.2.2023",
        "percent": "75 %",
    }
    assert an_s.post(address, typed(an_s, duty, **said)).status_code == 302
    update = ProgressUpdate.objects.get()
    assert update.claim == Claim.OBSTRUCTED
    assert (update.obstacles, update.causes, update.proposals) == (
        "Thiếu kinh phí.",
        "Chưa phân bổ.",
        "Bổ sung dự toán.",
    )
    assert (update.document_reference, str(update.document_on), update.percent) == ("88/STP-VP", "2023-02-10", 75)


def test_a_percentage_left_blank_stays_as_it_was(an_s, stp):
    duty = AssignmentFactory.create(agency=stp, in_progress=True)
    an_s.post(f"/viec/{duty.pk}/cap-nhat/", typed(an_s, duty, percent=""))
    duty.refresh_from_db()
    assert duty.percent == 60


def test_today_may_be_written_in_words(an_s, duty, address):
    an_s.post(address, completed(an_s, duty) | {"completed_on": "hôm nay"})
    assert ProgressUpdate.objects.get().completed_on == TODAY


def test_text_is_stored_in_one_normal_form(an_s, duty, address):
    an_s.post(address, typed(an_s, duty, result="Đa\u0303 ho\u0323p\r\nbàn.\u200b"))
    assert ProgressUpdate.objects.get().result == "Đã họp\nbàn."


# Slips of the pen

BAD = [
    ({"claim": ""}, "claim", "Chọn tình trạng thực hiện"),
    ({"claim": "xong-het"}, "claim", "Chọn tình trạng thực hiện"),
    ({"result": "  \n "}, "result", "Nhập kết quả đã thực hiện"),
    ({"result": "x" * 2_035}, "result", "Kết quả dài quá 2.000 ký tự (thừa 35 ký tự)"),
    ({"percent": "101"}, "percent", "Nhập tiến độ là số nguyên từ 0 đến 100"),
    ({"percent": "120"}, "percent", "Nhập tiến độ là số nguyên từ 0 đến 100"),
    ({"percent": "-1"}, "percent", "Nhập tiến độ là số nguyên từ 0 đến 100"),
    ({"percent": "sáu mươi"}, "percent", "Nhập tiến độ là số nguyên từ 0 đến 100"),
    ({"claim": Claim.COMPLETED}, "completed_on", "Nhập ngày hoàn thành"),
    (
        {"claim": Claim.COMPLETED, "completed_on": "31/2/2023"},
        "completed_on",
        "Không có ngày 31/2/2023. Kiểm tra lại ngày và tháng",
    ),
    (
        {"claim": Claim.COMPLETED, "completed_on": "tuần trước"},
        "completed_on",
        "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 27/3/2023",
    ),
    (
        {"claim": Claim.COMPLETED, "completed_on": "21/2/2023"},
        "completed_on",
        "Ngày hoàn thành phải là hôm nay hoặc trước đó",
    ),
    ({"claim": Claim.OBSTRUCTED}, "obstacles", "Nhập khó khăn, vướng mắc"),
    ({"document_on": "10/2/2023"}, "document_reference", "Nhập số, ký hiệu văn bản"),
    (
        {"document_on": "10/3/2023", "document_reference": "88/STP-VP"},
        "document_on",
        "Ngày văn bản phải là hôm nay hoặc trước đó",
    ),
    ({"version": ""}, "version", "Trang này đã cũ nên chưa lưu được. Mở lại nhiệm vụ rồi nhập lại"),
    ({"key": "abc"}, "key", "Trang này đã cũ nên chưa lưu được. Mở lại nhiệm vụ rồi nhập lại"),
]


@pytest.mark.parametrize(("slip", "field", "sentence"), BAD)
def test_a_slip_is_named_in_a_sentence_and_nothing_is_saved(an_s, duty, address, slip, field, sentence):
    response = an_s.post(address, typed(an_s, duty, **slip))
    assert errors_of(response) == {field: [sentence]}
    assert response.text.count(sentence) >= 1
    assert ProgressUpdate.objects.count() == HistoryEntry.objects.count() == 0


def test_what_was_typed_is_kept(an_s, duty, address):
    kept = {"percent": "101", "obstacles": "Thiếu <người>", "document_reference": "88/STP-VP"}
    page = an_s.post(address, typed(an_s, duty, **kept)).text
    for words in ("Đã ban hành kế hoạch.", "Thiếu &lt;người&gt;", "88/STP-VP", 'value="101"'):
        assert words in page


def test_a_day_typed_before_the_claim_was_changed_does_not_stop_anybody(an_s, duty, address):
    assert an_s.post(address, typed(an_s, duty, completed_on="31/2/2023")).status_code == 302
    assert ProgressUpdate.objects.get().completed_on is None


def test_two_thousand_characters_are_not_too_many(an_s, duty, address):
    assert an_s.post(address, typed(an_s, duty, result="ạ\r\n" * 999 + "ab")).status_code == 302


def test_a_fault_in_the_folded_part_opens_it(an_s, duty, address):
    page = an_s.post(address, typed(an_s, duty, claim=Claim.OBSTRUCTED)).text
    assert re.search(r"<details[^>]* open>", page)
    assert not re.search(r"<details[^>]* open>", an_s.get(address).text)


def test_a_completion_without_evidence_is_sent_back_with_a_sentence(an_s, duty, address):
    response = an_s.post(address, completed(an_s, duty) | {"document_reference": ""})
    assert errors_of(response)["__all__"] == [
        "Nhiệm vụ này cần minh chứng khi đề nghị xác nhận: đính kèm tệp hoặc ghi số, ký hiệu văn bản đã ban hành."
    ]
    assert "Đã ban hành kế hoạch." in response.text


def test_where_no_evidence_is_asked_for_none_is_needed(an_s, stp):
    duty = AssignmentFactory.create(directive=DirectiveFactory.create(requires_evidence=False), agency=stp)
    address = f"/viec/{duty.pk}/cap-nhat/"
    assert an_s.post(address, completed(an_s, duty) | {"document_reference": ""}).status_code == 302


def test_an_update_of_what_waits_with_the_office_is_refused_with_a_sentence(an_s, duty, address):
    an_s.post(address, completed(an_s, duty))
    duty.refresh_from_db()
    late = {
        "version": duty.version,
        "key": "6f1ed002-ab5c-4a8d-9d4d-3a8c5b5c0a01",
        "claim": Claim.IN_PROGRESS,
        "result": "Nữa",
    }
    response = an_s.post(address, late)
    (sentence,) = errors_of(response)["__all__"]
    assert sentence.startswith("Chưa cập nhật tình hình được: nhiệm vụ đang ở trạng thái «Chờ xác nhận»")
    assert "Nữa" in response.text
    assert ProgressUpdate.objects.count() == 1


# With htmx


def test_htmx_gets_the_form_alone_with_a_title_for_the_window(an_s, duty, address):
    response = an_s.post(address, typed(an_s, duty, result=""), headers=HTMX)
    assert "Nhập kết quả đã thực hiện" in str(errors_of(response))
    assert "<html" not in response.text


def test_htmx_is_sent_on_after_saving(an_s, duty, address):
    response = an_s.post(address, typed(an_s, duty), headers=HTMX)
    assert response["HX-Redirect"] == f"/viec/{duty.pk}/"
    assert "banner-success" in an_s.get(f"/viec/{duty.pk}/").text


# Two at once


@pytest.fixture
def two_windows(client_of, an, binh, duty, address):
    """an and binh open the form; binh saves first."""
    hers, his = client_of(an), client_of(binh)
    slow = typed(hers, duty, result="Chữ của An")
    assert his.post(address, typed(his, duty, result="Chữ của Bình", percent="80")).status_code == 302
    return hers, slow


def test_the_slower_of_two_gets_409_with_both_texts(two_windows, address):
    client, slow = two_windows
    response = client.post(address, slow)
    assert response.status_code == 409
    assert "<title>Chưa lưu: " in response.text
    assert "Chưa lưu: nhiệm vụ vừa được người khác cập nhật" in response.text
    assert "Hoàng Thị Bình đã cập nhật lúc 08:00 ngày 20/02/2023" in response.text
    assert "Sở Tư pháp báo cáo 80 %\nChữ của Bình" in response.text
    assert response.text.count("Chữ của An") == 2  # beside the other one's, and in the form
    assert ProgressUpdate.objects.count() == 1


def test_saving_again_after_the_conflict_works(two_windows, address):
    client, slow = two_windows
    fresh = carried(client.post(address, slow).text)
    assert client.post(address, slow | fresh).status_code == 302
    assert [update.result for update in ProgressUpdate.objects.order_by("pk")] == ["Chữ của Bình", "Chữ của An"]


def test_htmx_gets_the_conflict_in_place_of_the_form(two_windows, address):
    client, slow = two_windows
    response = client.post(address, slow, headers=HTMX)
    assert response.status_code == 409
    assert "<html" not in response.text
    assert "Chữ của Bình" in response.text


def test_when_the_other_one_has_submitted_there_is_nothing_left_to_save(client_of, an, binh, duty, address):
    hers, his = client_of(an), client_of(binh)
    slow = typed(hers, duty, result="Chữ của An")
    his.post(address, completed(his, duty))
    response = hers.post(address, slow)
    assert response.status_code == 409
    assert "Chữ của An" in response.text
    assert "Lưu cập nhật</button>" not in response.text
    assert "đang ở trạng thái «Chờ xác nhận»" in response.text


def test_what_the_office_did_meanwhile_is_shown_too(client_of, an, binh, dung, duty, address):
    hers, his = client_of(an), client_of(binh)
    slow = typed(hers, duty, result="Chữ của An")
    his.post(address, completed(his, duty))
    return_for_revision(duty, by=dung, now=NOW, reason="Thiếu tệp.")
    page = hers.post(address, slow).text
    assert "Văn phòng UBND tỉnh trả lại để bổ sung. Lý do:\nThiếu tệp." in page
    assert "Lưu cập nhật</button>" in page


# Twice the same


def test_the_same_form_sent_twice_makes_one_update(an_s, duty, address, media):
    form = typed(an_s, duty)
    for _ in range(8):
        response = an_s.post(address, form | {"evidence": [files.upload("1.pdf", files.PDF)]})
        assert response.status_code == 302
    assert ProgressUpdate.objects.count() == Attachment.objects.count() == HistoryEntry.objects.count() == 1
    assert len(on_disk(media)) == 1
    duty.refresh_from_db()
    assert duty.version == 2


def test_a_completion_sent_twice_is_submitted_once(an_s, duty, address):
    form = completed(an_s, duty)
    assert [an_s.post(address, form).status_code for _ in range(2)] == [302, 302]
    assert ProgressUpdate.objects.count() == 1


def test_a_saved_form_that_comes_back_with_other_words_is_not_taken_for_a_repetition(an_s, duty, address):
    """The browser's way back shows the old form; what is typed into it then must not vanish behind a green banner."""
    form = typed(an_s, duty)
    an_s.post(address, form)
    response = an_s.post(address, form | {"result": "Viết thêm sau khi quay lại"})
    assert response.status_code == 409
    fresh = carried(response.text)
    assert an_s.post(address, form | fresh | {"result": "Viết thêm sau khi quay lại"}).status_code == 302
    assert ProgressUpdate.objects.count() == 2


def test_a_saved_form_that_comes_back_with_another_file_is_not_taken_for_a_repetition(an_s, duty, address):
    form = typed(an_s, duty)
    an_s.post(address, form)
    assert an_s.post(address, form | {"evidence": [files.upload("1.pdf", files.PDF)]}).status_code == 409


# Files


def test_several_files_are_stored_under_random_names(an_s, duty, address, media):
    sent = [files.upload("báo cáo.pdf", files.PDF), files.upload("ảnh.png", files.png())]
    assert an_s.post(address, completed(an_s, duty) | {"document_reference": "", "evidence": sent}).status_code == 302
    stored = Attachment.objects.order_by("name")
    assert [(one.name, one.content_type) for one in stored] == [
        ("báo cáo.pdf", "application/pdf"),
        ("ảnh.png", "image/png"),
    ]
    assert {path.name for path in on_disk(media)} == {one.pk.hex for one in stored}
    assert (media / stored[0].file.name).read_bytes() == files.PDF


def test_a_file_too_large_for_memory_is_checked_and_stored_the_same_way(an_s, duty, address, media):
    large = files.archive(files.office_parts("docx") | {"word/media/a.bin": bytes(3_000_000)}, zipfile.ZIP_STORED)
    assert an_s.post(address, typed(an_s, duty) | {"evidence": [files.upload("lớn.docx", large)]}).status_code == 302
    (path,) = on_disk(media)
    assert path.read_bytes() == large
    assert path.stat().st_mode & 0o007 == 0, "not for everybody on the machine"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("to.pdf", files.PDF + bytes(1024 * 1024), "Tệp «to.pdf» lớn hơn 1 MB. Chọn tệp nhỏ hơn."),
        ("trống.pdf", b"", "Tệp «trống.pdf» rỗng. Kiểm tra lại tệp rồi chọn lại."),
        (
            "lạ.exe",
            b"MZ",
            "Tệp «lạ.exe» không thuộc loại được nhận. "
            "Lưu lại dạng PDF, DOCX, XLSX, PPTX, ODT, ODS, JPG hoặc PNG rồi chọn lại.",
        ),
        ("hỏng.pdf", b"MZ", "Không đọc được tệp «hỏng.pdf». Thử lưu lại dạng PDF hoặc DOCX rồi chọn lại."),
    ],
)
def test_a_bad_file_beside_a_good_one_saves_nothing_at_all(
    an_s, duty, address, media, settings, name, content, sentence
):
    settings.UPLOAD_MAX_MB = 1
    sent = [files.upload("tốt.pdf", files.PDF), files.upload(name, content)]
    response = an_s.post(address, typed(an_s, duty) | {"evidence": sent})
    assert errors_of(response) == {"evidence": [sentence]}
    assert "Đã ban hành kế hoạch." in response.text
    assert ProgressUpdate.objects.count() == Attachment.objects.count() == 0
    assert on_disk(media) == []
    duty.refresh_from_db()
    assert duty.version == 1


def test_the_page_says_that_files_have_to_be_chosen_again(an_s, duty, address):
    form = typed(an_s, duty, percent="101") | {"evidence": [files.upload("1.pdf", files.PDF)]}
    assert "Chọn lại tệp kèm theo" in an_s.post(address, form).text


def test_with_htmx_good_files_stay_chosen(an_s, duty, address):
    form = typed(an_s, duty, percent="101") | {"evidence": [files.upload("1.pdf", files.PDF)]}
    page = an_s.post(address, form, headers=HTMX).text
    assert re.search(r'<input type="file"[^>]*hx-preserve', page)
    assert "Chọn lại tệp kèm theo" not in page


def test_with_htmx_bad_files_do_not_stay_chosen(an_s, duty, address):
    form = typed(an_s, duty) | {"evidence": [files.upload("1.exe", files.PDF)]}
    page = an_s.post(address, form, headers=HTMX).text
    assert "hx-preserve" not in page
    assert "Chọn lại tệp kèm theo" in page


def test_a_refused_move_leaves_no_file(an_s, duty, address, media):
    an_s.post(address, completed(an_s, duty))
    duty.refresh_from_db()
    late = {
        "version": duty.version,
        "key": "6f1ed002-ab5c-4a8d-9d4d-3a8c5b5c0a01",
        "claim": Claim.IN_PROGRESS,
        "result": "Nữa",
    }
    assert an_s.post(address, late | {"evidence": [files.upload("1.pdf", files.PDF)]}).status_code == 422
    assert on_disk(media) == []


@pytest.mark.parametrize("breaks", ["directives.models.Attachment.save", "directives.models.HistoryEntry.save"])
def test_when_the_database_fails_half_way_no_row_and_no_file_stays(an_s, duty, address, media, monkeypatch, breaks):
    form = typed(an_s, duty) | {"evidence": [files.upload("1.pdf", files.PDF), files.upload("2.pdf", files.PDF)]}

    def fail(self, *args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(breaks, fail)
    with pytest.raises(RuntimeError):
        an_s.post(address, form)
    assert ProgressUpdate.objects.count() == Attachment.objects.count() == HistoryEntry.objects.count() == 0
    assert on_disk(media) == []
    assert Assignment.objects.get().version == 1


# Whose turn it is


def test_another_agency_gets_404_and_changes_nothing(client_of, chi, an_s, duty, address):
    form = typed(an_s, duty)
    assert client_of(chi).get(address).status_code == 404
    assert client_of(chi).post(address, form).status_code == 404
    assert ProgressUpdate.objects.count() == 0


def test_the_office_and_leaders_get_403(client_of, dung, giang, an_s, duty, address):
    form = typed(an_s, duty)
    for person in (dung, giang):
        assert client_of(person).post(address, form).status_code == 403
    assert ProgressUpdate.objects.count() == 0


def test_a_person_who_changed_agencies_loses_the_right_at_once(an_s, an, stttt, duty, address):
    form = typed(an_s, duty)
    User.objects.filter(pk=an.pk).update(agency=stttt)
    assert an_s.post(address, form).status_code == 404


def test_an_old_version_is_a_conflict_for_every_caller(an, duty):
    """The verb itself refuses it, whoever calls."""
    progress = Progress(claim=Claim.IN_PROGRESS, result="x")
    report_progress(duty, by=an, now=NOW, progress=progress, version=1, key=uuid4())
    with pytest.raises(Conflict):
        report_progress(duty, by=an, now=NOW + timedelta(hours=1), progress=progress, version=1, key=uuid4())
