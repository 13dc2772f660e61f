"""The Office does not accept that an assignment is not the agency's to do."""

from __future__ import annotations

import pytest

from directives import mail
from directives.models import Notice, NoticeKind
from directives.states import Status
from tests.factories import TODAY, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

REASON = "Nội dung thuộc khoản 3 Điều 2 quy định chức năng của Sở."


def send(client, given, *, reason=REASON):
    data = {"reason": reason, "version": given.version}
    return client.post(f"/viec/{given.pk}/giu-nguyen/", data, follow=True)


def test_it_goes_back_to_the_agency_which_is_told_why(client_of, dung, an, stp):
    given = AssignmentFactory.create(agency=stp, declined=True)
    page = send(client_of(dung), given).text
    given.refresh_from_db()
    assert given.status == Status.NOT_STARTED
    assert "Văn phòng UBND tỉnh giữ nguyên việc giao cho Sở Tư pháp. Lý do:" in page
    notice = Notice.objects.get(recipient=an, kind=NoticeKind.KEPT)
    text = mail.message_for(notice, [given], on=TODAY).body
    assert REASON in text
    assert "giữ nguyên việc giao nhiệm vụ" in text


def test_an_empty_reason_is_refused(client_of, dung, stp):
    given = AssignmentFactory.create(agency=stp, declined=True)
    response = send(client_of(dung), given, reason=" ")
    assert response.status_code == 422
    assert "Nhập lý do giữ nguyên việc giao" in response.text
    given.refresh_from_db()
    assert given.status == Status.DECLINED


def test_only_what_was_declined_is_insisted_on(client_of, dung, stp):
    given = AssignmentFactory.create(agency=stp, in_progress=True)
    assert send(client_of(dung), given).status_code == 422
    assert client_of(dung).get(f"/viec/{given.pk}/giu-nguyen/").headers["Location"] == f"/viec/{given.pk}/"
