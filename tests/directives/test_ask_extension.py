"""An agency asks for more time: before the due day has passed, once at a time, with a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from directives.actions.extensions import ask_extension, grant_extension
from directives.forms.uploads import check
from directives.models import Attachment, ExtensionRequest, HistoryEntry, Notice, NoticeKind
from directives.states import NotAllowed, Verb
from tests.directives.uploaded import PDF, upload
from tests.factories import NOW, TODAY, AssignmentFactory, ExtensionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

REASON = "Chờ ý kiến của Bộ Tư pháp."


@pytest.fixture
def duty(stp):
    """Due on Friday 17/03/2023."""
    return AssignmentFactory.create(agency=stp)


def send(client, duty, *, day="31/3/2023", reason=REASON, version=None, **fields):
    data = {"version": version or duty.version, "asked_on": day, "reason": reason, **fields}
    return client.post(f"/viec/{duty.pk}/gia-han/", data)


def test_the_office_is_asked_and_the_due_day_stays(client_of, an, dung, duty):
    response = send(client_of(an), duty)
    assert (response.status_code, response.headers["Location"]) == (302, f"/viec/{duty.pk}/")
    asked = ExtensionRequest.objects.get()
    assert (asked.asked_by, asked.asked_on, asked.due_before) == (an, date(2023, 3, 31), duty.due_on)
    assert asked.days_asked == 14
    duty.refresh_from_db()
    assert (duty.due_on, duty.version) == (date(2023, 3, 17), 2)
    told = Notice.objects.filter(kind=NoticeKind.EXTENSION_ASKED)
    assert {one.recipient for one in told} == {dung}
    entry = HistoryEntry.objects.get(assignment=duty)
    assert (entry.verb, entry.note, entry.details["asked_on"]) == (Verb.ASK_EXTENSION, REASON, "2023-03-31")


def test_it_may_come_with_a_file_that_everybody_who_sees_the_task_can_open(client_of, an, dung, chi, duty):
    send(client_of(an), duty, evidence=upload("công văn.pdf", PDF))
    file = Attachment.objects.get()
    assert file.extension == ExtensionRequest.objects.get()
    answers = [client_of(one).get(f"/tep/{file.pk}/") for one in (an, dung, chi)]
    assert [(one.status_code, b"".join(one) == PDF) for one in answers] == [(200, True), (200, True), (404, False)]


def test_the_task_page_tells_it_and_offers_to_look(client_of, an, binh, giang, duty):
    send(client_of(an), duty)
    heads = client_of(binh).get(f"/viec/{duty.pk}/").text
    assert "Đang đề nghị gia hạn đến <strong>31/03/2023</strong>" in heads
    assert "Sở Tư pháp đề nghị gia hạn đến 31/03/2023. Lý do:" in heads
    assert "Xem hoặc rút đề nghị" in heads
    assert "Xem và quyết định" in client_of(giang).get(f"/viec/{duty.pk}/").text


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("", "Nhập ngày theo dạng ngày/tháng/năm"),
        ("31/2/2023", "Không có ngày 31/2/2023"),
        ("10/3/2023", "Ngày gia hạn phải sau hạn hiện nay (17/03/2023)."),
        ("17/3/2023", "Ngày gia hạn phải sau hạn hiện nay (17/03/2023)."),
        ("18/3/2023", "Ngày 18/03/2023 là ngày nghỉ. Chọn ngày làm việc, gần nhất là 20/03/2023."),
        ("29/4/2023", "Ngày 29/04/2023 là ngày nghỉ. Chọn ngày làm việc, gần nhất là 04/05/2023."),
        ("31/3/2032", "Mỗi lần gia hạn nhiều nhất 365 ngày. Kiểm tra lại năm của ngày gia hạn."),
    ],
)
def test_a_day_that_does_not_do_is_answered_at_its_field_and_the_words_stay(client_of, an, duty, day, sentence):
    response = send(client_of(an), duty, day=day)
    assert response.status_code == 422
    assert f'<a href="#id_asked_on">{sentence}' in response.text
    assert f"{REASON}</textarea>" in response.text
    assert not ExtensionRequest.objects.exists()


def test_without_a_reason_nothing_is_sent(client_of, an, duty):
    response = send(client_of(an), duty, reason="  ")
    assert response.status_code == 422
    assert "Nhập lý do đề nghị gia hạn" in response.text
    with pytest.raises(NotAllowed, match="Nhập lý do"):
        ask_extension(duty, by=an, now=NOW, asked_on=TODAY + timedelta(days=39), reason=" ", version=1)


def test_on_the_due_day_itself_it_can_still_be_asked(client_of, an, stp):
    duty = AssignmentFactory.create(agency=stp, due_on=TODAY)
    assert send(client_of(an), duty).status_code == 302


def test_once_the_due_day_has_passed_it_is_too_late_unless_the_office_allows_it(client_of, an, stp, settings):
    duty = AssignmentFactory.create(agency=stp, due_on=TODAY - timedelta(days=1))
    response = send(client_of(an), duty)
    assert response.status_code == 422
    assert "Hạn 19/02/2023 đã qua nên không đề nghị gia hạn được nữa." in response.text
    assert "Gửi đề nghị" not in client_of(an).get(f"/viec/{duty.pk}/gia-han/").text
    settings.EXTENSION_AFTER_DUE = True
    assert send(client_of(an), duty).status_code == 302


def test_what_has_no_due_day_needs_no_extension(client_of, an, stp):
    duty = AssignmentFactory.create(agency=stp, undated=True)
    assert "không có thời hạn nên không cần gia hạn" in send(client_of(an), duty).text
    assert "Đề nghị gia hạn" not in client_of(an).get(f"/viec/{duty.pk}/").text


@pytest.mark.parametrize("trait", ["submitted", "done", "withdrawn"])
def test_what_is_not_with_the_agency_is_not_extended(client_of, an, stp, trait):
    duty = AssignmentFactory.create(agency=stp, **{trait: True}, due_on=TODAY + timedelta(days=9))
    assert "Chưa đề nghị gia hạn được" in send(client_of(an), duty).text
    assert "nên không đề nghị gia hạn được" in client_of(an).get(f"/viec/{duty.pk}/gia-han/").text
    assert not ExtensionRequest.objects.exists()


def test_the_same_request_twice_is_one_and_another_has_to_wait(client_of, an, duty):
    client = client_of(an)
    assert [send(client, duty).status_code for _ in range(2)] == [302, 302]
    response = send(client, duty, day="14/4/2023")
    assert response.status_code == 422
    assert "đã có đề nghị gia hạn đến 31/03/2023 đang chờ quyết định" in response.text
    assert ExtensionRequest.objects.count() == 1


def test_a_page_read_before_somebody_changed_the_task_is_shown_what_happened_first(client_of, an, dung, duty):
    grant_extension(
        ExtensionFactory.create(assignment=duty), by=dung, now=NOW, granted_on=date(2023, 3, 27), version=duty.version
    )
    response = send(client_of(an), duty)
    assert response.status_code == 409
    assert "Văn phòng UBND tỉnh gia hạn đến 27/03/2023 (trước là 17/03/2023)" in response.text
    again = response.context["form"]
    assert send(client_of(an), duty, version=again["version"].value(), day="31/3/2023").status_code == 302


def test_earlier_requests_and_their_answers_are_on_the_page(client_of, an, duty):
    ExtensionFactory.create(assignment=duty, refused=True)
    page = client_of(an).get(f"/viec/{duty.pk}/gia-han/").text
    assert "Các lần đề nghị trước" in page
    assert "Còn đủ thời gian." in page
    assert page.index("Gửi đề nghị") < page.index("Còn đủ thời gian.")


def test_a_failed_request_leaves_no_file_behind(an, duty, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("directives.notices.queue_for_office", lambda *args, **kwargs: 1 / 0)
    files = [check(upload("a.pdf", PDF))]
    with pytest.raises(ZeroDivisionError):
        ask_extension(duty, by=an, now=NOW, asked_on=date(2023, 3, 31), reason=REASON, version=1, files=files)
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []
