"""An officer or a leader gives an agency more time, or not; the original day never changes."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from operator import add

import pytest
from django.core import mail

from directives import delivery, reminders
from directives.actions.extensions import grant_extension, refuse_extension
from directives.models import ExtensionState, HistoryEntry, Notice, NoticeKind
from directives.states import NotAllowed, Verb
from tests.factories import NOW, TODAY, AssignmentFactory, ExtensionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def asked(stp, an):
    """Due on Friday 17/03/2023, ten days more asked for."""
    return ExtensionFactory.create(assignment=AssignmentFactory.create(agency=stp), asked_by=an)


def decide(client, asked, *, version=None, **fields):
    return client.post(f"/gia-han/{asked.pk}/", {"version": version or asked.assignment.version, **fields})


def sent():
    delivery.send_all(clock=lambda: NOW)
    return mail.outbox


@pytest.mark.parametrize("person", ["dung", "giang"])
def test_it_is_granted_to_the_day_asked_for(client_of, request, an, asked, person):
    decider = request.getfixturevalue(person)
    response = decide(client_of(decider), asked, answer="dong-y", granted_on="27/3/2023")
    assert response.headers["Location"] == "/gia-han/"
    asked.refresh_from_db()
    duty = asked.assignment
    assert (asked.state, asked.decided_by, asked.days_granted) == (ExtensionState.GRANTED, decider, 10)
    assert (duty.due_on, duty.original_due_on) == (date(2023, 3, 27), date(2023, 3, 17))
    entry = HistoryEntry.objects.get(assignment=duty)
    assert (entry.verb, entry.details["due_on"]) == (Verb.GRANT_EXTENSION, ["2023-03-17", "2023-03-27"])
    (message,) = sent()
    assert message.to == [an.email]
    assert message.subject.startswith("Được gia hạn đến 27/03/2023: «Theo dõi")
    assert "Hạn 27/03/2023, còn 35 ngày." in message.body


def test_another_day_than_the_one_asked_for_may_be_granted_with_a_note(client_of, dung, asked):
    decide(client_of(dung), asked, answer="dong-y", granted_on="22/3/2023", note="Báo cáo sơ bộ trước.")
    (message,) = sent()
    assert "(cơ quan đề nghị đến ngày 27/03/2023)" in message.body
    assert "Ý kiến của Văn phòng: Báo cáo sơ bộ trước." in message.body


def test_it_is_refused_with_a_reason_and_the_day_stays(client_of, dung, asked):
    decide(client_of(dung), asked, answer="khong-dong-y", granted_on="mai", note="Còn đủ thời gian.")
    asked.refresh_from_db()
    assert (asked.state, asked.note, asked.granted_on) == (ExtensionState.REFUSED, "Còn đủ thời gian.", None)
    assert asked.assignment.due_on == date(2023, 3, 17)
    (message,) = sent()
    assert message.subject.startswith("Không gia hạn: «Theo dõi")
    assert "Lý do: Còn đủ thời gian." in message.body


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Chọn đồng ý hoặc không gia hạn"),
        ({"answer": "khong-dong-y"}, "Nhập lý do không gia hạn"),
        ({"answer": "dong-y"}, "Nhập ngày gia hạn đến"),
        ({"answer": "dong-y", "granted_on": "1/3/2023"}, "Ngày gia hạn phải sau hạn hiện nay (17/03/2023)."),
        ({"answer": "dong-y", "granted_on": "25/3/2023"}, "Ngày 25/03/2023 là ngày nghỉ."),
    ],
)
def test_what_does_not_do_gets_its_sentence_and_nothing_is_decided(client_of, dung, asked, fields, sentence):
    response = decide(client_of(dung), asked, **fields)
    assert response.status_code == 422
    assert sentence in response.text
    asked.refresh_from_db()
    assert asked.state == ExtensionState.OPEN
    assert not Notice.objects.exists()


def test_the_verbs_say_no_too(dung, asked):
    with pytest.raises(NotAllowed, match="Nhập lý do không gia hạn"):
        refuse_extension(asked, by=dung, now=NOW, note=" ", version=1)
    late = NOW + timedelta(days=60)
    with pytest.raises(NotAllowed, match="từ hôm nay"):
        grant_extension(asked, by=dung, now=late, granted_on=date(2023, 3, 27), version=1)


def test_a_submitted_task_can_still_be_given_more_time(client_of, dung, stp):
    duty = AssignmentFactory.create(agency=stp, submitted=True, due_on=TODAY - timedelta(days=2))
    asked = ExtensionFactory.create(assignment=duty, asked_on=TODAY + timedelta(days=2))
    assert duty.facts.days_late(TODAY) > 0
    decide(client_of(dung), asked, answer="dong-y", granted_on="22/2/2023")
    duty.refresh_from_db()
    assert duty.facts.days_late(TODAY) <= 0


def test_what_was_decided_is_not_decided_again_and_the_words_are_kept(client_of, dung, asked):
    refuse_extension(asked, by=dung, now=NOW, note="Còn đủ thời gian.", version=1)
    asked.assignment.refresh_from_db()
    response = decide(client_of(dung), asked, answer="khong-dong-y", note="Không.")
    assert response.status_code == 422
    assert "Đề nghị gia hạn này đã có kết quả: không gia hạn." in response.text
    assert '<blockquote class="quote">Không.</blockquote>' in response.text


def test_what_changed_since_it_was_read_is_shown_first(client_of, dung, asked):
    asked.assignment.version = 4
    asked.assignment.save()
    response = decide(client_of(dung), asked, version=3, answer="dong-y", granted_on="27/3/2023")
    assert response.status_code == 409
    asked.refresh_from_db()
    assert asked.state == ExtensionState.OPEN
    version = response.context["form"]["version"].value()
    assert decide(client_of(dung), asked, version=version, answer="dong-y", granted_on="27/3/2023").status_code == 302


def test_the_page_shows_both_days_and_what_was_given_before(client_of, dung, asked):
    ExtensionFactory.create(assignment=asked.assignment, granted=True)
    page = client_of(dung).get(f"/gia-han/{asked.pk}/").text
    assert "(thêm 10 ngày so với hạn 17/03/2023)" in page
    assert "1 lần, tổng cộng 10 ngày" in page


def test_a_moved_deadline_starts_reminders_anew(stp, an, dung):
    duty = AssignmentFactory.create(agency=stp, due_on=TODAY)
    asked = ExtensionFactory.create(assignment=duty, asked_by=an, asked_on=TODAY + timedelta(days=10))
    reminders.queue_due(now=NOW)
    grant_extension(asked, by=dung, now=NOW, granted_on=TODAY + timedelta(days=10), version=1)
    delivery.send_all(clock=lambda: NOW)
    kinds = Notice.objects.filter(state="da-gui").values_list("kind", flat=True)
    assert list(kinds) == [NoticeKind.EXTENSION_DECIDED]  # the reminder of the old day is not sent any more
    for day in range(1, 11):
        reminders.queue_due(now=NOW + timedelta(days=day))
        delivery.send_all(clock=partial(add, NOW, timedelta(days=day)))
    reminded = Notice.objects.filter(recipient=an, kind=NoticeKind.REMINDER, state="da-gui").order_by("occasion")
    assert [(one.occasion - TODAY).days for one in reminded] == [3, 7, 10]
