"""An agency answers "không thuộc thẩm quyền" before work begins, with a reason; the clock runs on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from directives import mail
from directives.deadlines import Label
from directives.models import HistoryEntry, Notice, NoticeKind
from directives.states import Status, Verb
from tests.factories import NOW, TODAY, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

REASON = "Lĩnh vực báo chí do Sở Văn hóa, Thể thao và Du lịch quản lý."


def send(client, given, *, reason=REASON, version=None):
    data = {"reason": reason, "version": version or given.version}
    return client.post(f"/viec/{given.pk}/khong-thuoc-tham-quyen/", data, follow=True)


@pytest.fixture
def given(stp):
    return AssignmentFactory.create(agency=stp, due_on=TODAY - timedelta(days=1))


def test_the_answer_goes_to_the_office_and_the_clock_runs_on(client_of, an, dung, given):
    response = send(client_of(an), given)
    given.refresh_from_db()
    assert (given.status, given.acknowledged_at, given.stopped_on) == (Status.DECLINED, NOW, None)
    assert given.label_on(TODAY) == Label.OVERDUE
    assert "Đã gửi trả lời." in response.text
    line = HistoryEntry.objects.get(assignment=given, verb=Verb.DECLINE)
    assert (line.actor, line.note, line.from_status) == (an, REASON, Status.NOT_STARTED)
    page = client_of(dung).get(f"/viec/{given.pk}/").text
    assert REASON in page
    assert f'href="/viec/{given.pk}/chuyen/"' in page
    assert f'href="/viec/{given.pk}/giu-nguyen/"' in page


def test_the_office_finds_what_waits_for_its_answer(client_of, an, dung, given):
    other = AssignmentFactory.create()
    send(client_of(an), given)
    office = client_of(dung)
    assert "1 nhiệm vụ được trả lời không thuộc thẩm quyền." in office.get("/duyet/").text
    rows = list(office.get("/nhiem-vu/?tn=khong-tham-quyen").context["page_obj"])
    assert given in rows
    assert other not in rows


def test_while_the_answer_waits_nothing_is_reported(client_of, an, given):
    client = client_of(an)
    send(client, given)
    assert "Văn phòng UBND tỉnh đang xem xét" in client.get(f"/viec/{given.pk}/").text
    assert client.get(f"/viec/{given.pk}/cap-nhat/").headers["Location"] == f"/viec/{given.pk}/"


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_without_a_reason_nothing_is_sent(client_of, an, given, reason):
    response = send(client_of(an), given, reason=reason)
    assert response.status_code == 422
    assert "Nhập lý do không thuộc thẩm quyền" in response.text
    given.refresh_from_db()
    assert given.status == Status.NOT_STARTED


def test_once_work_has_begun_it_is_too_late(client_of, an, stp):
    begun = AssignmentFactory.create(agency=stp, in_progress=True)
    response = send(client_of(an), begun)
    assert response.status_code == 422
    assert "việc này chỉ làm khi «Chưa thực hiện»" in response.text
    assert REASON in response.text
    assert client_of(an).get(f"/viec/{begun.pk}/khong-thuoc-tham-quyen/").status_code == 302


def test_what_somebody_else_did_meanwhile_is_shown_and_the_second_press_counts(client_of, an, binh, given):
    read = given.version
    client_of(binh).post(f"/viec/{given.pk}/da-nhan/")
    response = send(client_of(an), given, version=read)
    assert response.status_code == 409
    assert "Sở Tư pháp đã nhận nhiệm vụ" in response.text
    send(client_of(an), given, version=response.context["form"]["version"].value())
    given.refresh_from_db()
    assert given.status == Status.DECLINED


def test_the_officers_are_told_why(client_of, an, dung, given):
    send(client_of(an), given)
    notice = Notice.objects.get(recipient=dung, kind=NoticeKind.DECLINED)
    message = mail.message_for(notice, [given], on=TODAY)
    assert message.subject.startswith("Sở Tư pháp trả lời không thuộc thẩm quyền")
    assert REASON in message.body
