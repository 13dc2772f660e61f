"""The Office's assessment: beside the agency's report, kept once, never changed."""

from __future__ import annotations

import re

import pytest

from directives.actions.assignments import confirm, return_for_revision
from directives.actions.decisions import undo_decisions
from directives.models import HistoryEntry, Notice, Remark, Voice
from directives.states import Status, Verb
from tests.directives.submissions import submit
from tests.factories import NOW, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WORDS = "Kết quả tốt, số liệu còn thiếu của hai huyện."


def address(assignment):
    return f"/viec/{assignment.pk}/danh-gia/"


def opened(client, assignment):
    return re.findall(r'name="key" value="([^"]+)"', client.get(address(assignment)).text)[0]


def press(client, assignment, text=WORDS, key=None, *, follow=False):
    key = key or opened(client, assignment)
    return client.post(address(assignment), {"key": key, "text": text}, follow=follow)


def test_it_stands_on_the_task_page_under_its_own_heading(client_of, dung, an):
    assignment = submit(an)
    response = press(client_of(dung), assignment, follow=True)
    assert "Đã lưu đánh giá của Văn phòng." in response.text
    remark = Remark.objects.get()
    assert (remark.voice, remark.author, remark.text) == (Voice.OFFICE, dung, WORDS)
    page = client_of(an).get(f"/viec/{assignment.pk}/")
    assert [one.text for one in page.context["voices"].office] == [WORDS]
    assert "Văn phòng UBND tỉnh đánh giá" in page.text
    assert "Văn phòng UBND tỉnh đánh giá" in page.context["events"][0].text
    assert "Lãnh đạo UBND tỉnh cho ý kiến" not in page.text


def test_the_status_stays_and_nobody_is_written_to(client_of, dung, an):
    assignment = AssignmentFactory.create(agency=an.agency)
    press(client_of(dung), assignment)
    assignment.refresh_from_db()
    assert assignment.status == Status.NOT_STARTED
    assert not Notice.objects.exists()


def test_eight_equal_posts_are_one_assessment(client_of, dung, an):
    assignment, client = submit(an), client_of(dung)
    key = opened(client, assignment)
    for _ in range(8):
        press(client, assignment, key=key)
    assert Remark.objects.count() == 1
    assert HistoryEntry.objects.filter(verb=Verb.ASSESS).count() == 1


def test_the_words_of_decisions_belong_to_the_offices_voice_as_long_as_they_stand(client_of, dung, an):
    assignment = submit(an)
    return_for_revision(assignment, by=dung, now=NOW, reason="Thiếu số văn bản.")
    page = client_of(an).get(f"/viec/{assignment.pk}/")
    assert [one.text for one in page.context["voices"].office] == ["Thiếu số văn bản."]
    undo_decisions([HistoryEntry.objects.get(verb=Verb.RETURN)], by=dung, now=NOW)
    assert client_of(an).get(f"/viec/{assignment.pk}/").context["voices"].office == []
    confirm(assignment, by=dung, now=NOW, note="Đạt.")
    assert [one.text for one in client_of(an).get(f"/viec/{assignment.pk}/").context["voices"].office] == ["Đạt."]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "Nhập nội dung đánh giá"), (" \n ", "Nhập nội dung đánh giá"), ("a" * 2035, "(thừa 35 ký tự)")],
)
def test_nothing_or_too_much_is_refused_and_kept(client_of, dung, an, text, sentence):
    response = press(client_of(dung), submit(an), text)
    assert response.status_code == 422
    assert sentence in response.text
    assert text.strip() in response.text
    assert not Remark.objects.exists()


@pytest.mark.parametrize("key", ["", "x"])
def test_a_page_that_lost_its_key_saves_nothing(client_of, dung, an, key):
    assignment = submit(an)
    response = client_of(dung).post(address(assignment), {"key": key, "text": WORDS})
    assert response.status_code == 422
    assert "Trang này đã cũ" in response.text
    assert WORDS in response.text


@pytest.mark.parametrize("person", ["an", "binh", "giang", "quan"])
def test_only_the_office_assesses(client_of, request, an, person):
    assert client_of(request.getfixturevalue(person)).get(address(submit(an))).status_code == 403
