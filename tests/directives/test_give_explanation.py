"""The agency answers a demand in its own form; the leader and the Office read it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from directives import delivery
from directives.actions.explanations import Answer, explain
from directives.models import Explanation, HistoryEntry, Notice, NoticeKind
from directives.states import NotAllowed, Verb
from tests.directives.test_demand_explanation import demand
from tests.factories import NOW, TODAY, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WORDS = "Do chờ văn bản hướng dẫn của Bộ; đã trình dự thảo lần 1."


@pytest.fixture
def duty(stp, an):
    return AssignmentFactory.create(agency=stp, overdue=True)


@pytest.fixture
def asked(giang, duty):
    return demand(giang, duty, now=NOW - timedelta(days=2), text="Nêu rõ trách nhiệm.")


def press(client, duty, **fields):
    return client.post(f"/viec/{duty.pk}/giai-trinh/", {"text": WORDS, **fields})


def test_the_form_shows_who_asks_what_until_when(client_of, an, duty, asked):
    text = client_of(an).get(f"/viec/{duty.pk}/giai-trinh/").text
    for words in ("Dương Thị Giang yêu cầu ngày 18/02/2023", "23/02/2023", "Nêu rõ trách nhiệm."):
        assert words in text


def test_the_answer_is_kept_told_and_shown(client_of, an, giang, dung, duty, asked):
    response = press(client_of(an), duty, finish_by="10/3/2023", document_reference="88/STP-VP")
    assert response.headers["Location"] == f"/viec/{duty.pk}/"
    said = Explanation.objects.get()
    assert (said.author, said.text, said.finish_by, said.document_reference) == (
        an,
        WORDS,
        TODAY + timedelta(days=18),
        "88/STP-VP",
    )
    assert HistoryEntry.objects.filter(assignment=duty, verb=Verb.EXPLAIN, note=WORDS).count() == 1
    for person in (giang, dung, an):
        text = client_of(person).get(f"/viec/{duty.pk}/").text
        assert WORDS in text
        assert "Cam kết hoàn thành trước ngày 10/03/2023. Văn bản: 88/STP-VP." in text
        assert "Sở Tư pháp giải trình số 01/2023" in text
    assert Notice.objects.get(kind=NoticeKind.EXPLAINED).recipient == giang


def test_the_leader_reads_it_in_the_mail(giang, an, duty, asked):
    explain(duty, by=an, now=NOW, answer=Answer(WORDS, finish_by=TODAY + timedelta(days=18)))
    delivery.send_all(clock=lambda: NOW)
    letter = next(one for one in mail.outbox if one.to == [giang.email])
    assert letter.subject.startswith("Sở Tư pháp đã giải trình: «")
    assert WORDS in letter.body
    assert "Cơ quan cam kết hoàn thành trước ngày 10/03/2023." in letter.body


def test_the_task_says_that_an_answer_is_wanted(client_of, an, dung, duty, asked):
    page = f"/viec/{duty.pk}/"
    assert f'<a href="/viec/{duty.pk}/giai-trinh/">Giải trình</a>' in client_of(an).get(page).text
    text = client_of(dung).get(page).text
    assert "yêu cầu 18/02/2023 (số 01/2023), trả lời trước 23/02/2023" in text
    assert "Chưa trả lời" in text
    assert "/giai-trinh/" not in text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": " "}, "Nhập nội dung giải trình"),
        ({"text": "a" * 2001}, "Nội dung giải trình dài quá 2.000 ký tự (thừa 1 ký tự)"),
        ({"finish_by": "31/2/2023"}, "Không có ngày 31/2/2023. Kiểm tra lại ngày và tháng"),
        ({"finish_by": "19/2/2023"}, "Ngày cam kết phải là hôm nay (20/02/2023) hoặc sau đó"),
        ({"document_reference": "x" * 51}, "Số, ký hiệu dài quá 50 ký tự (thừa 1 ký tự)"),
    ],
)
def test_bad_input_gets_its_sentence_and_keeps_the_words(client_of, an, duty, asked, fields, sentence):
    response = press(client_of(an), duty, **fields)
    assert response.status_code == 422
    assert sentence in response.text
    assert fields.get("text", WORDS).strip() in response.text
    assert Explanation.objects.count() == 0


def test_the_same_answer_sent_twice_is_one_and_another_is_refused(client_of, an, duty, asked):
    for _ in range(2):
        assert press(client_of(an), duty).status_code == 302
    response = press(client_of(an), duty, text="Nội dung khác.")
    assert response.status_code == 422
    assert "Yêu cầu giải trình này đã được trả lời." in response.text
    assert "Nội dung khác.</textarea>" in response.text
    assert Explanation.objects.count() == 1


def test_without_a_demand_there_is_nothing_to_answer(client_of, an, duty):
    assert client_of(an).get(f"/viec/{duty.pk}/giai-trinh/").headers["Location"] == f"/viec/{duty.pk}/"
    assert "Không có yêu cầu giải trình nào" in press(client_of(an), duty).text
    with pytest.raises(NotAllowed):
        explain(duty, by=an, now=NOW, answer=Answer(WORDS))


def test_another_agency_gets_404(client_of, chi, duty, asked):
    assert press(client_of(chi), duty).status_code == 404
