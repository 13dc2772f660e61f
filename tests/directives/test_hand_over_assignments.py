"""Open assignments of one agency go to another, ticked one by one or all, looked over first, all or none."""

from __future__ import annotations

from datetime import date

import pytest

from directives.models import AgencyChange, Assignment, Notice, NoticeKind
from directives.states import Status
from tests.factories import AgencyFactory, AssignmentFactory, DirectiveFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

DECREE = "Nghị quyết số 04/NQ-HĐND"


def send(client, agency, rows, to, *, on="1/2/2023", reason=DECREE, sure=False, pairs=None):
    data = {"to": to.pk if to else "", "on": on, "reason": reason}
    data["nv"] = pairs or [f"{row.pk}:{row.version}" for row in rows]
    if sure:
        data["chuyen"] = "1"
    return client.post(f"/danh-muc/co-quan/{agency.pk}/chuyen-nhiem-vu/", data, follow=True)


@pytest.fixture
def rows(stp):
    return AssignmentFactory.create_batch(3, agency=stp, in_progress=True)


def test_the_first_press_only_shows(client_of, dung, stp, stttt, rows):
    response = send(client_of(dung), stp, rows[:2], stttt)
    assert "Chuyển 2 nhiệm vụ của Sở Tư pháp cho Sở Thông tin và Truyền thông" in response.text
    assert [one.assignment for one in response.context["going"]] == rows[:2]
    assert Assignment.objects.count() == 3
    assert not Notice.objects.exists()


def test_the_second_press_hands_over_what_was_ticked(client_of, dung, an, chi, stp, stttt, rows):
    response = send(client_of(dung), stp, rows[:2], stttt, sure=True)
    assert response.redirect_chain == [(f"/danh-muc/co-quan/{stp.pk}/thay-doi/", 302)]
    assert "Đã chuyển 2 nhiệm vụ của Sở Tư pháp cho Sở Thông tin và Truyền thông." in response.text
    assert list(Assignment.objects.open().filter(agency=stp)) == rows[2:]
    taken = Assignment.objects.filter(agency=stttt)
    assert {(one.status, one.percent) for one in taken} == {(Status.IN_PROGRESS, 60)}
    assert {one.continued_on for one in Assignment.objects.filter(status=Status.WITHDRAWN)} == {date(2023, 2, 1)}
    assert AgencyChange.objects.get().count == 2
    kinds = {(notice.recipient, notice.kind, notice.items.count()) for notice in Notice.objects.all()}
    assert kinds == {(an, NoticeKind.HANDED_OVER, 2), (chi, NoticeKind.TAKEN_OVER, 2)}


def test_the_preview_says_what_joins_what_and_what_stays(client_of, dung, stp, stttt, rows):
    joins, stays = DirectiveFactory.create(), DirectiveFactory.create(label="9.9")
    AssignmentFactory.create(directive=joins, agency=stttt, in_progress=True)
    AssignmentFactory.create(directive=stays, agency=stttt, done=True)
    more = [AssignmentFactory.create(directive=one, agency=stp) for one in (joins, stays)]
    response = send(client_of(dung), stp, [rows[0], *more], stttt)
    assert "gộp với nhiệm vụ đang có (đang thực hiện, 60&nbsp;%)" in response.text
    assert "1 nhiệm vụ ở lại" in response.text
    assert len(response.context["going"]) == 2


def test_when_one_changed_meanwhile_all_are_shown_again(client_of, dung, an, stp, stttt):
    first, second = AssignmentFactory.create_batch(2, agency=stp)
    client_of(an).post(f"/viec/{first.pk}/da-nhan/")
    response = send(client_of(dung), stp, [first, second], stttt, sure=True)
    assert response.status_code == 409
    assert "có nhiệm vụ vừa thay đổi" in response.text
    assert not Assignment.objects.filter(agency=stttt).exists()
    pairs = [one.pair for one in response.context["going"]]
    send(client_of(dung), stp, [], stttt, sure=True, pairs=pairs)
    assert Assignment.objects.filter(agency=stttt).count() == 2


@pytest.mark.parametrize("sure", [False, True])
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"rows": []}, "Chọn ít nhất một nhiệm vụ."),
        ({"to": None}, "Chọn cơ quan nhận"),
        ({"reason": " "}, "Nhập căn cứ hoặc lý do"),
        ({"on": ""}, "Nhập ngày chuyển"),
        ({"to": "ended"}, "Sở Đã hết đã kết thúc ngày 31/12/2022, trước ngày 01/02/2023."),
        ({"to": "new"}, "Sở Mới chỉ hoạt động từ ngày 01/03/2023, sau ngày 01/02/2023."),
        ({"to": "self"}, "Chọn cơ quan trong danh sách"),
    ],
)
def test_each_slip_has_its_sentence_and_the_ticks_stay(client_of, dung, stp, stttt, rows, fields, sentence, sure):
    others = {
        "ended": AgencyFactory.create(short_name="Sở Đã hết", valid_to=date(2022, 12, 31)),
        "new": AgencyFactory.create(short_name="Sở Mới", valid_from=date(2023, 3, 1)),
        "self": stp,
    }
    asked = {"rows": rows, "to": stttt, **fields}
    to = others.get(asked.pop("to"), stttt) if isinstance(asked["to"], str) else asked.pop("to")
    response = send(client_of(dung), stp, asked.pop("rows"), to, sure=sure, **asked)
    assert response.status_code == 422
    assert sentence in response.text
    if "rows" not in fields:
        assert response.context["chosen"] == {row.pk for row in rows}
    assert Assignment.objects.open().filter(agency=stp).count() == 3
    assert not AgencyChange.objects.exists()


def test_a_day_to_come_is_refused(client_of, dung, stp, stttt, rows):
    response = send(client_of(dung), stp, rows, stttt, on="21/2/2023", sure=True)
    assert response.status_code == 422
    assert "Ngày chuyển phải là hôm nay (20/02/2023) hoặc trước đó." in response.text


def test_a_page_loaded_again_leads_back(client_of, dung, stp):
    response = client_of(dung).get(f"/danh-muc/co-quan/{stp.pk}/chuyen-nhiem-vu/")
    assert response.headers["Location"] == f"/danh-muc/co-quan/{stp.pk}/thay-doi/"
