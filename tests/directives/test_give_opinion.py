"""A leader's opinion on one assignment: apart from the other voices, and the agency is told."""

from __future__ import annotations

import re

import pytest

from directives import delivery
from directives.models import HistoryEntry, Notice, NoticeKind, Remark, Voice
from directives.states import Verb
from tests.directives.submissions import submit
from tests.factories import NOW, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WORDS = "Đề nghị Sở tập trung hoàn thành trước ngày 15/3/2023."


def address(assignment):
    return f"/viec/{assignment.pk}/y-kien/"


def opened(client, assignment):
    return re.findall(r'name="key" value="([^"]+)"', client.get(address(assignment)).text)[0]


def press(client, assignment, text=WORDS, key=None, *, follow=False):
    key = key or opened(client, assignment)
    return client.post(address(assignment), {"key": key, "text": text}, follow=follow)


def test_it_stands_under_the_leaders_heading_and_in_history(client_of, giang, an, dung):
    assignment = submit(an)
    assert "Đã gửi ý kiến tới cơ quan." in press(client_of(giang), assignment, follow=True).text
    remark = Remark.objects.get()
    assert (remark.voice, remark.author) == (Voice.LEADER, giang)
    for person in (an, dung, giang):
        page = client_of(person).get(f"/viec/{assignment.pk}/")
        assert [one.text for one in page.context["voices"].leaders] == [WORDS]
        assert page.context["voices"].office == []
        assert page.context["events"][0].text == "Lãnh đạo UBND tỉnh cho ý kiến"


def test_the_agencys_people_are_told_by_mail(client_of, giang, an, binh, mailoutbox):
    assignment = AssignmentFactory.create(agency=an.agency)
    press(client_of(giang), assignment)
    assert Notice.objects.filter(kind=NoticeKind.OPINION).count() == 2
    delivery.send_all(clock=lambda: NOW)
    assert {address for mail in mailoutbox for address in mail.to} == {an.email, binh.email}
    assert mailoutbox[0].subject.startswith("Ý kiến của lãnh đạo UBND tỉnh: «")
    assert f"/viec/{assignment.pk}/" in mailoutbox[0].body


def test_two_opinions_are_two_messages_and_a_double_click_is_one(client_of, giang, an):
    assignment, client = AssignmentFactory.create(agency=an.agency), client_of(giang)
    key = opened(client, assignment)
    for _ in range(2):
        press(client, assignment, key=key)
    press(client, assignment, "Báo cáo lại vào tuần sau.")
    assert Remark.objects.count() == Notice.objects.filter(recipient=an).count() == 2
    assert HistoryEntry.objects.filter(verb=Verb.OPINE).count() == 2


def test_an_empty_opinion_is_refused(client_of, giang, an):
    response = press(client_of(giang), submit(an), "")
    assert response.status_code == 422
    assert "Nhập nội dung ý kiến" in response.text


def test_the_task_page_offers_it_to_leaders_alone(client_of, giang, dung, an):
    assignment = submit(an)
    offered = [
        "Cho ý kiến</a>" in client_of(person).get(f"/viec/{assignment.pk}/").text for person in (giang, dung, an)
    ]
    assert offered == [True, False, False]


@pytest.mark.parametrize("person", ["an", "binh", "dung", "quan"])
def test_only_leaders_give_opinions(client_of, request, an, person):
    assert client_of(request.getfixturevalue(person)).get(address(submit(an))).status_code == 403
