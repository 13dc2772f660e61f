"""A leader asks an agency to explain: numbered and mailed like a chase, taken back like one, one at a time."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail

from agencies.models import Kind
from directives import delivery
from directives.actions.explanations import Answer, demand_explanation, explain
from directives.models import Assignment, Chase, HistoryEntry, Notice, NoticeKind
from directives.reminders import queue_answers
from directives.states import ChaseKind, NotAllowed, Verb
from tests.factories import NOW, TODAY, AgencyFactory, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
THURSDAY = TODAY + timedelta(days=3)


@pytest.fixture
def duty(stp, an, binh):
    return AssignmentFactory.create(agency=stp, overdue=True)


def demand(by, duty, *, now=NOW, answer_by=THURSDAY, text=""):
    return demand_explanation(duty, by=by, now=now, text=text, answer_by=answer_by, key=uuid4())


def press(client, duty, **fields):
    given = {"answer_by": "23/02/2023", "key": str(uuid4()), **fields}
    return client.post(f"/viec/{duty.pk}/yeu-cau-giai-trinh/", given)


def test_a_demand_is_numbered_apart_written_down_and_mailed(client_of, giang, an, binh, duty):
    response = press(client_of(giang), duty, text="Nêu rõ trách nhiệm.", next="/lanh-dao/")
    assert response.headers["Location"] == "/lanh-dao/"
    act = Chase.objects.get()
    assert (act.kind, act.reference, act.answer_by) == (ChaseKind.EXPLANATION, "01/2023", THURSDAY)
    entry = HistoryEntry.objects.get(assignment=duty)
    assert (entry.verb, entry.note) == (Verb.DEMAND, "Nêu rõ trách nhiệm.")
    assert delivery.send_all(clock=lambda: NOW + timedelta(minutes=10)) == 2
    letter = next(one for one in mail.outbox if one.to == [an.email])
    assert letter.subject.startswith("Yêu cầu giải trình trước ngày 23/02/2023: «Theo dõi, đôn đốc")
    assert "Lãnh đạo Ủy ban nhân dân tỉnh yêu cầu Sở Tư pháp giải trình (số 01/2023, ngày 20/02/2023)" in letter.body
    assert "Nêu rõ trách nhiệm." in letter.body
    assert f"http://127.0.0.1:8000/viec/{duty.pk}/giai-trinh/" in letter.body


def test_it_does_not_count_as_a_chase(giang, duty):
    demand(giang, duty)
    assert Assignment.objects.with_chases().get().chases == 0


def test_the_page_proposes_three_working_days(client_of, giang, duty):
    assert 'value="23/02/2023"' in client_of(giang).get(f"/viec/{duty.pk}/yeu-cau-giai-trinh/").text


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "", "javascript:alert(1)"])
def test_the_way_back_stays_in_the_portal(client_of, giang, duty, elsewhere):
    assert press(client_of(giang), duty, next=elsewhere).headers["Location"] == f"/viec/{duty.pk}/"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"answer_by": ""}, "Nhập ngày trả lời, ví dụ 27/3/2023"),
        ({"answer_by": "19/02/2023"}, "Ngày trả lời phải là hôm nay (20/02/2023) hoặc sau đó"),
        ({"text": "a" * 1001}, "Nội dung cần giải trình dài quá 1.000 ký tự (thừa 1 ký tự)"),
        ({"key": ""}, "Trang này đã cũ. Mở lại nhiệm vụ rồi làm lại"),
    ],
)
def test_bad_input_gets_its_sentence(client_of, giang, duty, fields, sentence):
    response = press(client_of(giang), duty, **fields)
    assert response.status_code == 422
    assert sentence in response.text
    assert Chase.objects.count() == 0


def test_one_demand_waits_at_a_time(client_of, giang, an, duty):
    demand(giang, duty, now=NOW - timedelta(days=2))
    response = press(client_of(giang), duty)
    assert response.status_code == 422
    assert "Đã yêu cầu giải trình ngày 18/02/2023 (số 01/2023), hạn trả lời 23/02/2023" in response.text
    explain(duty, by=an, now=NOW, answer=Answer("Do chờ hướng dẫn."))
    assert press(client_of(giang), duty).status_code == 302


def test_bodies_that_are_only_asked_are_not_called_to_account(giang):
    front = AgencyFactory.create(short_name="Ủy ban MTTQ tỉnh", kind=Kind.FRONT)
    with pytest.raises(NotAllowed, match="không thuộc quyền chỉ đạo"):
        demand(giang, AssignmentFactory.create(agency=front, overdue=True))


def test_what_is_not_with_the_agency_is_not_asked_about(client_of, giang, stp):
    done = AssignmentFactory.create(agency=stp, done=True)
    response = press(client_of(giang), done)
    assert response.status_code == 422
    assert "Chưa yêu cầu giải trình được: nhiệm vụ đang ở trạng thái «Đã hoàn thành»" in response.text


def test_the_same_form_sent_twice_is_one_demand(client_of, giang, duty):
    key = str(uuid4())
    for _ in range(2):
        assert press(client_of(giang), duty, key=key).status_code == 302
    assert Chase.objects.count() == 1


def test_the_leader_takes_it_back_and_no_officer_does(client_of, giang, dung, duty):
    act = demand(giang, duty)
    assert client_of(dung).post(f"/don-doc/{act.pk}/hoan-tac/").status_code == 404
    assert client_of(giang).post(f"/don-doc/{act.pk}/hoan-tac/").headers["Location"] == f"/don-doc/{act.pk}/"
    assert delivery.send_all(clock=lambda: NOW + timedelta(hours=1)) == 0
    assert demand(giang, duty).reference == "02/2023"


@pytest.mark.parametrize("person", ["an", "binh", "chi", "dung", "quan"])
def test_nobody_else_demands(client_of, request, duty, person):
    assert press(client_of(request.getfixturevalue(person)), duty).status_code == 403


# --- reminders of the answer ------------------------------------------------------------------------------------------
def reminded(now):
    before = set(Notice.objects.values_list("pk", flat=True))
    queue_answers(now=now)
    new = Notice.objects.exclude(pk__in=before).filter(kind=NoticeKind.EXPLANATION_DUE)
    return sorted(new.values_list("recipient__username", flat=True))


def test_the_agency_is_reminded_the_working_day_before_and_when_it_is_late(giang, duty):
    demand(giang, duty)
    days = [reminded(NOW + timedelta(days=day)) for day in range(6)]
    assert days == [[], [], ["an", "binh"], [], ["an", "binh", "giang"], []]
    assert reminded(NOW + timedelta(days=7)) == []


def test_before_a_weekend_the_friday_counts_and_nothing_goes_out_on_rest_days(giang, duty):
    demand(giang, duty, answer_by=TODAY + timedelta(days=7))
    assert [reminded(NOW + timedelta(days=day)) for day in (3, 4, 5, 7)] == [[], ["an", "binh"], [], []]


def test_an_answer_ends_the_reminders_even_those_that_wait(giang, an, duty):
    demand(giang, duty)
    delivery.send_all(clock=lambda: NOW + timedelta(minutes=10))
    later = NOW + timedelta(days=2)
    assert reminded(later) == ["an", "binh"]
    explain(duty, by=an, now=later, answer=Answer("Do chờ hướng dẫn."))
    mail.outbox.clear()
    delivery.send_all(clock=lambda: later)
    assert [one.to for one in mail.outbox] == [[giang.email]]
    assert reminded(NOW + timedelta(days=4)) == []


def test_the_reminder_says_to_whom_and_until_when(giang, an, duty):
    demand(giang, duty)
    delivery.send_all(clock=lambda: NOW + timedelta(minutes=10))
    mail.outbox.clear()
    late = NOW + timedelta(days=4)
    queue_answers(now=late)
    delivery.send_all(clock=lambda: late)
    texts = {one.to[0]: one for one in mail.outbox}
    assert texts[an.email].subject.startswith("Quá hạn giải trình 23/02/2023:")
    assert "Đề nghị giải trình ngay tại" in texts[an.email].body
    assert "Sở Tư pháp chưa trả lời yêu cầu giải trình số 01/2023" in texts[giang.email].body
    assert "giai-trinh/" not in texts[giang.email].body
