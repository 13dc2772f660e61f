"""Which officer follows an assignment: who entered the letter, until it is changed for one or many."""

from __future__ import annotations

import pytest

from agencies.models import Role
from directives.actions.officers import set_officer
from directives.models import Assignment, HistoryEntry
from directives.states import NotAllowed, Verb
from tests.factories import NOW, AssignmentFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
URL = "/nhiem-vu/chuyen-vien/"


@pytest.fixture
def rows(dung):
    return AssignmentFactory.create_batch(3, directive__letter__entered_by=dung)


@pytest.fixture
def hoa(db):
    return UserFactory.create(username="hoa", full_name="Nguyễn Thị Hoa", role=Role.OFFICER)


def followed_by(client, officer):
    return client.get("/nhiem-vu/", {"cv": officer.pk}).context["page_obj"].paginator.count


def test_it_is_who_entered_the_letter_until_it_is_changed(client_of, dung, hoa, rows):
    client = client_of(dung)
    assert (followed_by(client, dung), followed_by(client, hoa)) == (3, 0)
    page = client.get(URL, {"nv": [rows[0].pk, rows[1].pk]})
    assert "Đổi chuyên viên theo dõi 2 nhiệm vụ" in page.text
    answer = client.post(URL, {"nv": [rows[0].pk, rows[1].pk], "officer": hoa.pk}, follow=True)
    assert "Nguyễn Thị Hoa theo dõi 2 nhiệm vụ vừa chuyển." in answer.text
    assert (followed_by(client, dung), followed_by(client, hoa)) == (1, 2)
    assert "Nguyễn Thị Hoa" in client.get(f"/viec/{rows[0].pk}/").text


def test_history_tells_from_whom_to_whom_and_a_second_press_tells_nothing(client_of, dung, hoa, rows):
    for _ in range(2):
        client_of(dung).post(URL, {"nv": [rows[0].pk], "officer": hoa.pk})
    entry = HistoryEntry.objects.get(verb=Verb.SET_OFFICER)
    assert entry.details == {"officer": ["Trần Văn Dũng", "Nguyễn Thị Hoa"]}
    text = client_of(dung).get(f"/viec/{rows[0].pk}/lich-su/").text
    assert "đổi chuyên viên theo dõi: chuyên viên theo dõi từ Trần Văn Dũng thành Nguyễn Thị Hoa" in text


@pytest.mark.parametrize("officer", ["", "4711", "an"])
def test_only_an_officer_can_follow_it(client_of, dung, an, rows, officer):
    answer = client_of(dung).post(URL, {"nv": [rows[0].pk], "officer": an.pk if officer == "an" else officer})
    assert answer.status_code == 422
    assert "Chọn chuyên viên theo dõi" in answer.text
    with pytest.raises(NotAllowed):
        set_officer([rows[0].pk], by=dung, now=NOW, officer=an)
    assert not Assignment.objects.filter(officer__isnull=False).exists()


def test_nothing_ticked_is_told(client_of, dung):
    answer = client_of(dung).get(URL)
    assert answer.status_code == 422
    assert "Chọn ít nhất một nhiệm vụ" in answer.text
