"""Somebody is away from a day to a day; a colleague sees and does the work."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from directives.actions.staffing import record_absence
from directives.models import Absence
from directives.states import NotAllowed
from tests.factories import NOW, TODAY, AbsenceFactory, AssignmentFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

URL = "/co-quan-toi/vang-mat/"


@pytest.fixture
def minh(stp):
    return UserFactory.create(full_name="Lộc Thị Minh", agency=stp)


def send(client, person, deputy, first="20/2/2023", last="24/2/2023"):
    data = {"person": person.pk, "deputy": deputy.pk, "first_day": first, "last_day": last}
    return client.post(URL, data, follow=True)


def test_the_deputy_sees_the_work_marked_as_somebody_else_s(client_of, binh, an, minh, stp):
    theirs, own = (AssignmentFactory.create(agency=stp, handler=one) for one in (an, minh))
    AssignmentFactory.create(agency=stp)
    assert (
        "Đã ghi lịch vắng: Nông Văn An, 20/02/2023 – 24/02/2023, Lộc Thị Minh thay."
        in send(client_of(binh), an, minh).text
    )
    response = client_of(minh).get("/viec/?cua=toi")
    assert {row.pk for row in response.context["page_obj"]} == {theirs.pk, own.pk}
    assert response.text.count("– anh/chị làm thay") == 1


@pytest.mark.parametrize("shift", [-5, 5])
def test_before_and_after_the_days_the_work_is_only_the_person_s(client_of, minh, an, stp, shift):
    AssignmentFactory.create(agency=stp, handler=an)
    days = {"first_day": TODAY + timedelta(days=shift), "last_day": TODAY + timedelta(days=shift + 4)}
    AbsenceFactory.create(person=an, deputy=minh, **days)
    assert not client_of(minh).get("/viec/?cua=toi").context["page_obj"].object_list


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"deputy": "chi"}, "Chọn người cùng cơ quan, tài khoản đang hoạt động"),
        ({"deputy": "an"}, "Chọn người làm thay khác với người vắng mặt."),
        ({"last": "19/2/2023"}, "Ngày cuối phải từ hôm nay trở đi"),
        ({"first": "26/2/2023"}, "Ngày cuối phải từ ngày đầu (26/02/2023) trở đi."),
        ({"first": ""}, "Nhập ngày đầu"),
        ({"first": "31/2/2023"}, "Không có ngày 31/2/2023. Kiểm tra lại ngày và tháng"),
    ],
)
def test_each_slip_has_its_sentence_and_nothing_is_kept(client_of, request, binh, an, minh, fields, sentence):
    changed = dict(fields)
    deputy = request.getfixturevalue(changed.pop("deputy", "minh"))
    response = send(client_of(binh), an, deputy, **changed)
    assert response.status_code == 422
    assert sentence in response.text
    assert not Absence.objects.exists()


def test_the_verb_refuses_a_deputy_of_another_agency(binh, an, chi):
    with pytest.raises(NotAllowed, match=r"Người làm thay phải là người cùng cơ quan\. Lý Thị Chi"):
        record_absence(an, by=binh, now=NOW, deputy=chi, first_day=TODAY, last_day=TODAY)


@pytest.mark.parametrize(
    ("there", "sentence"),
    [
        ({"person": "an", "deputy": "binh"}, "Nông Văn An đã có lịch vắng từ 22/02/2023 đến 28/02/2023."),
        ({"person": "minh", "deputy": "binh"}, "Lộc Thị Minh cũng vắng từ 22/02/2023 đến 28/02/2023."),
        ({"person": "binh", "deputy": "an"}, "Nông Văn An đang làm thay Hoàng Thị Bình từ 22/02/2023"),
    ],
)
def test_nobody_is_away_twice_or_stands_in_while_away(client_of, request, binh, an, minh, there, sentence):
    people = {role: request.getfixturevalue(name) for role, name in there.items()}
    AbsenceFactory.create(**people, first_day=TODAY + timedelta(2), last_day=TODAY + timedelta(8))
    response = send(client_of(binh), an, minh)
    assert response.status_code == 422
    assert sentence in response.text
    assert Absence.objects.count() == 1


def test_the_person_may_be_chosen_by_the_link(client_of, binh, an):
    page = client_of(binh).get(URL, {"nguoi": an.pk}).text
    assert f'<option value="{an.pk}" selected>' in page


def test_the_database_refuses_what_no_verb_writes(an, minh):
    one = AbsenceFactory.create(person=an, deputy=minh)
    for change in ({"deputy": an}, {"last_day": TODAY - timedelta(1)}, {"ended_at": NOW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Absence.objects.filter(pk=one.pk).update(**change)
