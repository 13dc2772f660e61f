"""Somebody leaves: all that is open goes to a colleague, in one step, after a look at it."""

from __future__ import annotations

import pytest

from directives import mail
from directives.models import HistoryEntry, Notice, NoticeKind
from directives.states import Verb
from tests.factories import TODAY, AbsenceFactory, AssignmentFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def minh(stp):
    return UserFactory.create(full_name="Lộc Thị Minh", agency=stp)


@pytest.fixture
def work(an, stp):
    traits: tuple[dict[str, bool], ...] = ({}, {"overdue": True}, {"submitted": True}, {"returned": True})
    rows = [AssignmentFactory.create(agency=stp, handler=an, **one) for one in traits]
    AssignmentFactory.create(agency=stp, handler=an, done=True)
    return rows


def look(client, person, to):
    return client.get(f"/co-quan-toi/{person.pk}/ban-giao/", {"to": to.pk})


def hand_over(client, person, to, seen):
    data = {"to": to.pk, "nv": seen}
    return client.post(f"/co-quan-toi/{person.pk}/ban-giao/", data, follow=True)


def handlers(rows):
    return [row.handler for row in (type(row).objects.get(pk=row.pk) for row in rows)]


def test_the_page_shows_all_that_is_open_before_anything_is_done(client_of, binh, an, minh, work):
    response = look(client_of(binh), an, minh)
    assert "Bàn giao 4 việc của Nông Văn An cho Lộc Thị Minh" in response.text
    assert sorted(row.pk for row in response.context["work"]) == sorted(row.pk for row in work)
    assert handlers(work) == [an] * 4


def test_one_step_moves_everything_open_and_tells_the_receiver_once(client_of, binh, an, minh, work):
    client = client_of(binh)
    response = hand_over(client, an, minh, look(client, an, minh).context["looked_at"])
    assert response.redirect_chain == [("/co-quan-toi/", 302)]
    assert "Đã bàn giao 4 việc của Nông Văn An cho Lộc Thị Minh." in response.text
    assert handlers(work) == [minh] * 4
    assert HistoryEntry.objects.filter(verb=Verb.GIVE).count() == 4
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind, notice.items.count()) == (minh, NoticeKind.GIVEN, 4)
    assert "phân công anh/chị xử lý 4 nhiệm vụ" in mail.message_for(notice, work, on=TODAY).body


def test_when_the_work_changed_meanwhile_it_is_shown_again(client_of, binh, an, minh, work, stp):
    client = client_of(binh)
    seen = look(client, an, minh).context["looked_at"]
    new = AssignmentFactory.create(agency=stp, handler=an)
    response = hand_over(client, an, minh, seen)
    assert response.status_code == 409
    assert "danh sách việc vừa thay đổi" in response.text
    assert handlers([*work, new]) == [an] * 5
    hand_over(client, an, minh, response.context["looked_at"])
    assert handlers([*work, new]) == [minh] * 5


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("an", "Chọn người nhận khác với người bàn giao"),
        ("chi", "Chọn người cùng cơ quan, tài khoản đang hoạt động"),
        ("left", "Chọn người cùng cơ quan, tài khoản đang hoạt động"),
    ],
)
def test_each_wrong_receiver_has_its_sentence(client_of, request, binh, an, work, stp, who, sentence):
    left = UserFactory.create(agency=stp, is_active=False)
    response = hand_over(client_of(binh), an, left if who == "left" else request.getfixturevalue(who), ["1:1"])
    assert response.status_code == 422
    assert sentence in response.text
    assert handlers(work) == [an] * 4


def test_who_has_been_switched_off_can_still_hand_over(client_of, binh, stp, minh):
    left = UserFactory.create(agency=stp, is_active=False)
    row = AssignmentFactory.create(agency=stp, handler=left)
    client = client_of(binh)
    hand_over(client, left, minh, look(client, left, minh).context["looked_at"])
    assert handlers([row]) == [minh]


def test_nothing_open_is_nothing_to_hand_over(client_of, binh, an, minh):
    response = hand_over(client_of(binh), an, minh, [])
    assert response.status_code == 422
    assert "không còn việc nào đang mở để bàn giao" in response.text


def test_the_page_warns_of_absences_in_which_the_person_stands_in(client_of, binh, an, minh, work):
    AbsenceFactory.create(person=minh, deputy=an)
    assert "đang hoặc sắp làm thay" in look(client_of(binh), an, binh).text


def test_people_of_another_agency_are_not_found(client_of, binh, chi):
    assert client_of(binh).get(f"/co-quan-toi/{chi.pk}/ban-giao/").status_code == 404


@pytest.mark.parametrize("junk", ["", "x", "1", "1:2:3", "²:1", "-1:1"])
def test_junk_in_hidden_fields_moves_nothing(client_of, binh, an, minh, work, junk):
    assert hand_over(client_of(binh), an, minh, [junk]).status_code == 409
    assert handlers(work) == [an] * 4
