"""One act of chasing as it was: what about, who was written to, and how each mail stands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from directives import delivery
from directives.models import Assignment
from tests.directives.chased import chase_now
from tests.factories import NOW, TODAY, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def duty(stp, an):
    return AssignmentFactory.create(agency=stp, overdue=True)


def test_the_page_shows_what_was_frozen(client_of, dung, duty):
    [act] = chase_now(dung, duty, now=NOW - timedelta(days=1), text="Sở báo cáo rõ nguyên nhân.")
    Assignment.objects.filter(pk=duty.pk).update(due_on=TODAY + timedelta(days=30))
    text = client_of(dung).get(f"/don-doc/{act.pk}/").text
    for words in ("Đôn đốc số 01/2023", "Sở báo cáo rõ nguyên nhân.", "08/02/2023", "quá hạn 11 ngày", "Nông Văn An"):
        assert words in text
    assert "chờ gửi" in text


def test_the_state_of_each_mail_stands_there(client_of, dung, duty):
    [act] = chase_now(dung, duty, now=NOW - timedelta(minutes=20))
    delivery.send_all(clock=lambda: NOW)
    assert "đã gửi 08:00 20/02/2023" in client_of(dung).get(f"/don-doc/{act.pk}/").text


def test_only_an_officer_can_take_it_back_and_only_in_time(client_of, dung, giang, duty):
    [fresh] = chase_now(dung, duty, now=NOW - timedelta(minutes=4))
    [old] = chase_now(dung, duty, now=NOW - timedelta(minutes=10))
    assert "Hoàn tác (còn 6 phút)" in client_of(dung).get(f"/don-doc/{fresh.pk}/").text
    assert "Hoàn tác" not in client_of(giang).get(f"/don-doc/{fresh.pk}/").text
    assert "Hoàn tác" not in client_of(dung).get(f"/don-doc/{old.pk}/").text


def test_the_task_says_how_often_it_was_chased(client_of, an, dung, duty):
    chase_now(dung, duty, now=NOW - timedelta(days=5))
    chase_now(dung, duty, now=NOW - timedelta(days=2))
    page = f"/viec/{duty.pk}/"
    for person in (an, dung):
        text = client_of(person).get(page).text
        assert "đã đôn đốc 2 lần, gần nhất 18/02/2023" in text
        assert "đôn đốc số 02/2023, đề nghị cập nhật trước 17:00 ngày 22/02/2023" in text
    assert f"/don-doc/moi/?viec={duty.pk}" in client_of(dung).get(page).text
    assert "/don-doc/moi/" not in client_of(an).get(page).text
