"""A new body is entered, before others hand their work over to it."""

from __future__ import annotations

from datetime import date

import pytest

from agencies.models import Agency, AgencyGroup
from directives.models import AgencyAct, AgencyChange
from tests.factories import AgencyFactory, AgencyGroupFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

DECREE = "Nghị quyết số 04/NQ-HĐND"


def send(client, **changed):
    fields = {
        "name": "Sở Dân tộc và Tôn giáo tỉnh Lạng Sơn",
        "short_name": "Sở Dân tộc và Tôn giáo",
        "code": "SDTTG",
        "kind": "so",
        "valid_from": "1/3/2023",
        "reason": DECREE,
    }
    return client.post("/danh-muc/co-quan/moi/", fields | changed, follow=True)


def test_it_is_in_the_directory_from_its_first_day_and_in_its_groups(client_of, dung):
    group: AgencyGroup = AgencyGroupFactory.create()
    page = send(client_of(dung)).text
    agency = Agency.objects.get(code="SDTTG")
    assert (agency.valid_from, agency.is_subordinate) == (date(2023, 3, 1), True)
    assert list(Agency.objects.matching("dan toc ton giao")) == [agency]
    assert "Bắt đầu hoạt động từ ngày 01/03/2023" in page
    change = AgencyChange.objects.get()
    assert (change.act, change.by, change.reason) == (AgencyAct.FOUND, dung, DECREE)
    assert not group.members(date(2023, 2, 28)).exists()
    assert list(group.members(date(2023, 3, 1))) == [agency]


def test_a_body_outside_the_line_is_only_asked(client_of, dung):
    send(client_of(dung), kind="ct_xh")
    assert not Agency.objects.get(code="SDTTG").is_subordinate


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": " "}, "Nhập tên đầy đủ của cơ quan"),
        ({"short_name": ""}, "Nhập tên gọi"),
        ({"kind": ""}, "Chọn loại cơ quan"),
        ({"kind": "vuong-quoc"}, "Chọn loại trong danh sách"),
        ({"valid_from": ""}, "Nhập ngày bắt đầu hoạt động"),
        ({"reason": ""}, "Nhập căn cứ thành lập"),
        ({"code": "SNV"}, "Mã SNV là của Sở Nội vụ. Chọn mã khác, ví dụ SNV.2023."),
        ({"code": "x" * 21}, "Mã dài quá 20 ký tự (thừa 1 ký tự)"),
    ],
)
def test_each_slip_has_its_sentence_and_nothing_is_kept(client_of, dung, fields, sentence):
    AgencyFactory.create(code="SNV", short_name="Sở Nội vụ", valid_to=date(2023, 2, 28))
    response = send(client_of(dung), **fields)
    assert response.status_code == 422
    assert sentence in response.text
    assert Agency.objects.count() == 1
    assert not AgencyChange.objects.exists()
