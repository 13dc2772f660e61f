"""What a directive waits for has come about: the Office says so, with the document, and the clock starts."""

from __future__ import annotations

from datetime import date

import pytest

from directives.actions.conditions import Met, meet_condition
from directives.deadlines import DueKind, Label
from directives.models import ConditionMet, HistoryEntry, Notice, NoticeKind
from directives.states import NotAllowed, Verb
from tests.factories import NOW, TODAY, AssignmentFactory, DirectiveFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

DOCUMENT = {"document": "1234/BNV-TCBC của Bộ Nội vụ", "document_on": "15/2/2023"}


@pytest.fixture
def directive():
    return DirectiveFactory.create(due_kind=DueKind.CONDITIONAL, due_phrase="sau khi có hướng dẫn của Bộ Nội vụ")


@pytest.fixture
def waiting(directive, stp, stttt):
    return [AssignmentFactory.create(directive=directive, agency=one, undated=True) for one in (stp, stttt)]


def say(client, directive, **fields):
    return client.post(f"/nhiem-vu/{directive.pk}/dieu-kien/", {**DOCUMENT, **fields})


def test_all_that_waits_gets_its_working_days_from_today(client_of, dung, an, chi, directive, waiting):
    done = AssignmentFactory.create(directive=directive, done=True, due_on=None)
    assert {one.label_on(TODAY) for one in waiting} == {Label.CONDITIONAL}
    response = say(client_of(dung), directive, count="10")
    assert response.headers["Location"] == f"/van-ban/{directive.letter_id}/"
    for one in waiting:
        one.refresh_from_db()
        assert (one.due_on, one.original_due_on) == (date(2023, 3, 6), date(2023, 3, 6))
        assert (one.counted_from, one.counted_days, one.label_on(TODAY)) == (TODAY, 10, Label.ON_TRACK)
        entry = HistoryEntry.objects.get(assignment=one)
        assert (entry.verb, entry.details["document"]) == (
            Verb.MEET,
            "1234/BNV-TCBC của Bộ Nội vụ ngày 15/02/2023",
        )
    done.refresh_from_db()
    assert done.due_on is None
    assert {one.recipient for one in Notice.objects.filter(kind=NoticeKind.CHANGED)} == {an, chi}
    page = client_of(an).get(f"/viec/{waiting[0].pk}/").text
    assert "xác nhận điều kiện đã có (1234/BNV-TCBC của Bộ Nội vụ ngày 15/02/2023), thời hạn 06/03/2023" in page


def test_or_a_day_that_is_named(client_of, dung, directive, waiting):
    say(client_of(dung), directive, due_on="31/3/2023")
    waiting[0].refresh_from_db()
    assert (waiting[0].due_on, waiting[0].counted_from) == (date(2023, 3, 31), None)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"document": "", "count": "5"}, "Nhập số, ký hiệu văn bản đáp ứng điều kiện"),
        ({"document_on": "21/2/2023", "count": "5"}, "Ngày văn bản phải là hôm nay hoặc trước đó"),
        ({}, "Nhập số ngày làm việc hoặc hạn cụ thể, chỉ một trong hai"),
        ({"count": "5", "due_on": "31/3/2023"}, "Nhập số ngày làm việc hoặc hạn cụ thể, chỉ một trong hai"),
        ({"count": "0"}, "Nhập số ngày làm việc từ 1 đến 999"),
        ({"due_on": "19/2/2023"}, "Hạn phải từ hôm nay (20/02/2023) trở đi"),
    ],
)
def test_what_does_not_do_gets_its_sentence_and_nothing_starts(client_of, dung, directive, waiting, fields, sentence):
    response = say(client_of(dung), directive, **fields)
    assert response.status_code == 422
    assert sentence in response.text
    assert not ConditionMet.objects.exists()


def test_it_is_said_once(client_of, dung, directive, waiting):
    client = client_of(dung)
    say(client, directive, count="10")
    response = say(client, directive, count="20")
    assert response.status_code == 422
    assert "Điều kiện này đã được xác nhận theo 1234/BNV-TCBC của Bộ Nội vụ ngày 15/02/2023." in response.text
    assert "10 ngày làm việc kể từ 20/02/2023" in client.get(f"/nhiem-vu/{directive.pk}/dieu-kien/").text


def test_what_waits_for_nothing_has_no_condition(client_of, dung):
    other = DirectiveFactory.create()
    assert "Nhiệm vụ này không chờ điều kiện." in say(client_of(dung), other, count="5").text


@pytest.mark.parametrize(
    ("met", "sentence"),
    [
        (Met(" ", TODAY, count=5), "Nhập số, ký hiệu"),
        (Met("12/BNV", date(2023, 2, 21), count=5), "hôm nay hoặc trước đó"),
        (Met("12/BNV", TODAY), "chỉ một trong hai"),
        (Met("12/BNV", TODAY, due_on=date(2023, 2, 19)), "từ hôm nay"),
    ],
)
def test_the_verb_says_no_too(dung, directive, met, sentence):
    with pytest.raises(NotAllowed, match=sentence):
        meet_condition(directive, by=dung, now=NOW, met=met)


def test_the_task_page_leads_there_while_it_waits(client_of, dung, directive, waiting):
    client = client_of(dung)
    link = f'href="/nhiem-vu/{directive.pk}/dieu-kien/"'
    assert link in client.get(f"/viec/{waiting[0].pk}/").text
    assert "Sở Tư pháp" in client.get(f"/nhiem-vu/{directive.pk}/dieu-kien/").text
    say(client, directive, count="10")
    assert link not in client.get(f"/viec/{waiting[0].pk}/").text
