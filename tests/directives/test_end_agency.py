"""An agency's last day and its successors are laid down, with the decree they rest on."""

from __future__ import annotations

from datetime import date

import pytest

from directives.models import AgencyAct, AgencyChange
from tests.factories import AgencyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

DECREE = "Nghị quyết số 04/NQ-HĐND"


@pytest.fixture
def heir():
    return AgencyFactory.create(short_name="Sở Pháp chế", valid_from=date(2023, 3, 1))


def send(client, agency, *successors, last_day="28/2/2023", reason=DECREE):
    data = {"last_day": last_day, "successors": [one.pk for one in successors], "reason": reason}
    return client.post(f"/danh-muc/co-quan/{agency.pk}/ket-thuc/", data, follow=True)


def test_day_and_successors_are_kept_and_the_act_is_written_down(client_of, dung, stp, heir):
    page = send(client_of(dung), stp, heir).text
    stp.refresh_from_db()
    assert (stp.valid_to, list(stp.successors.all())) == (date(2023, 2, 28), [heir])
    change = AgencyChange.objects.get()
    assert (change.act, change.by, change.on) == (AgencyAct.END, dung, date(2023, 3, 1))
    assert "Kết thúc hoạt động từ ngày 01/03/2023; kế thừa: Sở Pháp chế" in page
    assert DECREE in page


def test_an_agency_may_end_without_a_successor(client_of, dung, stp):
    assert "không có cơ quan kế thừa" in send(client_of(dung), stp).text


def test_said_again_it_corrects(client_of, dung, stp, heir):
    client = client_of(dung)
    send(client, stp)
    send(client, stp, heir, last_day="28/02/2023")
    assert list(stp.successors.all()) == [heir]
    assert AgencyChange.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": " "}, "Nhập căn cứ hoặc lý do"),
        ({"last_day": ""}, "Nhập ngày hoạt động cuối cùng"),
        ({"last_day": "30/2/2023"}, "Không có ngày 30/2/2023."),
        ({"last_day": "15/2/2023"}, "Sở Pháp chế chỉ hoạt động từ ngày 01/03/2023, sau ngày 16/02/2023"),
    ],
)
def test_each_slip_has_its_sentence_and_nothing_is_kept(client_of, dung, stp, heir, fields, sentence):
    response = send(client_of(dung), stp, heir, **fields)
    assert response.status_code == 422
    assert sentence in response.text
    stp.refresh_from_db()
    assert stp.valid_to is None
    assert not stp.successors.exists()


def test_a_successor_that_ended_before_it_began_has_its_sentence(client_of, dung, stp):
    ended = AgencyFactory.create(short_name="Sở Đã hết", valid_to=date(2023, 2, 25))
    response = send(client_of(dung), stp, ended)
    assert response.status_code == 422
    assert "Sở Đã hết đã kết thúc ngày 25/02/2023, trước ngày 01/03/2023." in response.text
    stp.refresh_from_db()
    assert stp.valid_to is None


def test_an_agency_ends_after_it_began(client_of, dung, heir):
    response = send(client_of(dung), heir)
    assert response.status_code == 422
    assert "hoạt động từ ngày 01/03/2023; ngày cuối phải từ ngày đó trở đi" in response.text
