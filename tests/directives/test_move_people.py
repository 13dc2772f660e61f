"""People of an agency that ends work in another from a day on."""

from __future__ import annotations

from datetime import date

import pytest

from directives.models import AgencyAct, AgencyChange
from tests.factories import AbsenceFactory, AgencyFactory, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def send(client, agency, people, to, reason="Quyết định số 12/QĐ-UBND"):
    data = {"people": [one.pk for one in people], "to": to.pk if to else "", "reason": reason}
    return client.post(f"/danh-muc/co-quan/{agency.pk}/chuyen-nguoi/", data, follow=True)


def test_they_see_the_work_of_the_new_agency_and_the_act_is_written_down(client_of, dung, an, binh, stp, stttt):
    here = AssignmentFactory.create(agency=stttt)
    page = send(client_of(dung), stp, [an, binh], stttt).text
    assert "Đã chuyển 2 người của Sở Tư pháp sang Sở Thông tin và Truyền thông." in page
    assert [one.pk for one in client_of(an).get("/viec/").context["page_obj"]] == [here.pk]
    change = AgencyChange.objects.get()
    assert (change.act, change.count, change.to) == (AgencyAct.MOVE, 2, stttt)
    assert change.names == "Nông Văn An, Hoàng Thị Bình"


def test_what_stays_behind_is_nobody_s_in_particular(client_of, dung, an, stp, stttt):
    row = AssignmentFactory.create(agency=stp, handler=an, submitted=True)
    send(client_of(dung), stp, [an], stttt)
    row.refresh_from_db()
    assert row.handler is None


def test_absences_end_when_the_two_are_no_longer_colleagues(client_of, dung, an, binh, stp, stttt):
    apart = AbsenceFactory.create(person=an, deputy=binh)
    send(client_of(dung), stp, [an], stttt)
    apart.refresh_from_db()
    assert apart.ended_by == dung


def test_absences_stay_when_both_go(client_of, dung, an, binh, stp, stttt):
    together = AbsenceFactory.create(person=an, deputy=binh)
    send(client_of(dung), stp, [an, binh], stttt)
    together.refresh_from_db()
    assert together.ended_at is None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"people": []}, "Chọn ít nhất một người"),
        ({"people": ["chi"]}, "Chọn người trong danh sách"),
        ({"to": None}, "Chọn cơ quan chuyển sang"),
        ({"to": "ended"}, "Sở Đã hết đã kết thúc ngày 31/12/2022, trước ngày 20/02/2023."),
        ({"reason": ""}, "Nhập căn cứ hoặc lý do"),
    ],
)
def test_each_slip_has_its_sentence_and_nobody_moves(client_of, request, dung, an, stp, stttt, fields, sentence):
    ended = AgencyFactory.create(short_name="Sở Đã hết", valid_to=date(2022, 12, 31))
    people = [request.getfixturevalue(name) for name in fields.get("people", ["an"])]
    to = {"to": stttt, **fields}["to"]
    reason = fields.get("reason", "Quyết định số 12/QĐ-UBND")
    response = send(client_of(dung), stp, people, ended if to == "ended" else to, reason)
    assert response.status_code == 422
    assert sentence in response.text
    an.refresh_from_db()
    assert an.agency == stp
