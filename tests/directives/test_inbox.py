"""One's own notices: there whatever became of the mail, read or unread, counted in the header by one query."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives import notices
from directives.actions.chases import undo_chase
from directives.models import Notice, NoticeKind, NoticeState
from directives.notices import NewNotice
from tests.directives.chased import chase_now
from tests.factories import NOW, AssignmentFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
URL = "/thong-bao/"


@pytest.fixture
def duty(stp):
    return AssignmentFactory.create(agency=stp, overdue=True)


@pytest.fixture
def told(duty):
    def tell(person, kind=NoticeKind.RETURNED, key="", state=None, hours=1):
        at = NOW - timedelta(hours=hours)
        notices.queue([NewNotice(person, kind, key, ((duty.pk, ""),))], now=at)
        row = Notice.objects.get(recipient=person, kind=kind, key=key)
        if state:
            lease = NOW if state == NoticeState.SENDING else None
            sent = NOW if state == NoticeState.SENT else None
            Notice.objects.filter(pk=row.pk).update(state=state, lease_until=lease, sent_at=sent)
        return row

    return tell


def unread(client, page=URL):
    return client.get(page).context["unread"] + 0


@pytest.mark.parametrize("state", sorted(set(NoticeState) - {NoticeState.CANCELLED}))
def test_a_notice_is_there_whatever_became_of_the_mail(client_of, an, told, duty, state):
    told(an, state=state)
    text = client_of(an).get(URL).text
    assert "Trả lại để bổ sung" in text
    assert duty.directive.title in text
    assert unread(client_of(an)) == 1


def test_who_has_no_address_is_told_here(client_of, stp, dung, duty):
    silent = UserFactory.create(agency=stp, email="")
    chase_now(dung, duty, now=NOW - timedelta(minutes=10))
    assert unread(client_of(silent)) == 1


def test_what_can_still_be_taken_back_is_not_shown_yet_and_never_when_it_was(client_of, an, dung, duty):
    [act] = chase_now(dung, duty, now=NOW - timedelta(minutes=5))
    assert unread(client_of(an)) == 0
    undo_chase(act, by=dung, now=NOW)
    assert "Đôn đốc" not in client_of(an).get(URL).text


def test_a_mail_that_is_tried_again_later_stays_shown(client_of, an, told):
    row = told(an)
    Notice.objects.filter(pk=row.pk).update(attempt=1, next_at=NOW + timedelta(minutes=15))
    assert unread(client_of(an)) == 1


def test_a_reminder_that_another_replaced_is_not_shown_twice(client_of, an, told):
    told(an, kind=NoticeKind.REMINDER, state=NoticeState.SKIPPED)
    assert unread(client_of(an)) == 0


def test_the_newest_stand_first_and_the_unread_can_be_had_alone(client_of, an, told):
    old, new = told(an, key="a", hours=5), told(an, key="b", hours=1)
    Notice.objects.filter(pk=new.pk).update(read_at=NOW)
    browser = client_of(an)
    assert [line.notice.pk for line in browser.get(URL).context["lines"]] == [new.pk, old.pk]
    assert [line.notice.pk for line in browser.get(f"{URL}?tt=chua-doc").context["lines"]] == [old.pk]


def test_nobody_reads_another_persons_notices_not_even_the_office(client_of, an, binh, dung, told):
    told(an)
    for person in (binh, dung):
        assert client_of(person).get(URL).context["lines"] == []


def test_the_bell_says_how_many_in_words_too(client_of, an, told):
    told(an, key="a")
    told(an, key="b")
    assert "Thông báo, 2 chưa đọc" in client_of(an).get("/tro-giup/").text


def test_the_bell_costs_one_query_and_a_fragment_none(client_of, an, told):
    told(an)
    browser = client_of(an)

    def asked(**headers):
        with CaptureQueriesContext(connection) as captured:
            browser.get("/viec/", headers=headers)
        return [one["sql"] for one in captured if "read_at" in one["sql"]]

    assert len(asked()) == 1
    assert asked(**{"HX-Request": "true"}) == []


def test_the_page_takes_as_many_queries_for_many(client_of, an, told):
    browser = client_of(an)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            browser.get(URL)
        return len(captured)

    told(an, key="0")
    few = queries()
    for number in range(1, 15):
        told(an, key=str(number))
    assert queries() == few <= 9


def test_nothing_yet_is_said(client_of, an):
    assert "Chưa có thông báo nào." in client_of(an).get(URL).text
