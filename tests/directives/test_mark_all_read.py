"""One press and nothing of one's own is unread any more; other people's notices stay."""

from __future__ import annotations

import pytest

from directives import notices
from directives.models import Notice, NoticeKind
from directives.notices import NewNotice
from tests.factories import NOW, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_all_of_ones_own_are_read(client_of, an, binh, stp):
    duty = AssignmentFactory.create(agency=stp)
    new = (
        NewNotice(person, NoticeKind.ASSIGNED, f"letter:{n}", ((duty.pk, ""),)) for person in (an, binh) for n in "12"
    )
    notices.queue(new, now=NOW)
    response = client_of(an).post("/thong-bao/da-doc/", follow=True)
    assert "Đã đánh dấu tất cả là đã đọc." in response.text
    assert set(Notice.objects.filter(recipient=an).values_list("read_at", flat=True)) == {NOW}
    assert set(Notice.objects.filter(recipient=binh).values_list("read_at", flat=True)) == {None}


def test_a_link_marks_nothing(client_of, an, stp):
    duty = AssignmentFactory.create(agency=stp)
    notices.queue([NewNotice(an, NoticeKind.ASSIGNED, "", ((duty.pk, ""),))], now=NOW)
    assert client_of(an).get("/thong-bao/da-doc/").headers["Location"] == "/thong-bao/"
    assert Notice.objects.get().read_at is None
