"""An officer checks what is about to be sent, and sends it: numbered, with frozen recipients, history and mail."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from agencies.models import Kind
from directives import delivery
from directives.actions.chases import chase
from directives.models import Chase, ChaseItem, ChaseRecipient, HistoryEntry, Notice, NoticeKind, NoticeState
from directives.states import ChaseKind, NotAllowed, Status, Verb
from tests.directives.chased import WEDNESDAY, chase_now
from tests.factories import NOW, TODAY, AgencyFactory, AssignmentFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
URL = "/don-doc/moi/"
IN_TEN_MINUTES = NOW + timedelta(minutes=10)


@pytest.fixture
def duty(stp, an, binh):
    return AssignmentFactory.create(agency=stp, overdue=True)


def press(client, *assignments, **fields):
    given = {"answer_by": "22/02/2023", "text": "", "key": str(uuid4()), **fields}
    return client.post(URL, {"viec": [one.pk for one in assignments], **given})


def offered(response):
    return [row.pk for one in response.context["offered"] for row in one.rows]


# --- the check page ---------------------------------------------------------------------------------------------------
def test_an_agency_stands_for_all_that_is_late_of_it(client_of, dung, stp, stttt, duty):
    later = AssignmentFactory.create(agency=stp, due_on=TODAY - timedelta(days=1))
    AssignmentFactory.create(agency=stp, due_soon=True)
    AssignmentFactory.create(agency=stp, submitted=True, due_on=TODAY - timedelta(days=9))
    AssignmentFactory.create(agency=stttt, overdue=True)
    response = client_of(dung).get(URL, {"cq": "STP"})
    assert offered(response) == [duty.pk, later.pk]
    assert "Sở Tư pháp · 2 người nhận" in response.text


def test_single_assignments_can_be_chased_before_they_are_late(client_of, dung, stp):
    soon = AssignmentFactory.create(agency=stp, due_soon=True)
    assert offered(client_of(dung).get(URL, {"viec": [soon.pk, "x", "9" * 30]})) == [soon.pk]


def test_what_cannot_be_chased_is_left_out_and_said(client_of, dung, duty, stp):
    done = AssignmentFactory.create(agency=stp, done=True)
    response = client_of(dung).get(URL, {"viec": [duty.pk, done.pk]})
    assert offered(response) == [duty.pk]
    assert "1 nhiệm vụ đã chọn không đôn đốc được nữa" in response.text


def test_with_nothing_chosen_the_list_asks_for_a_choice(client_of, dung):
    response = client_of(dung).get(URL, follow=True)
    assert response.redirect_chain == [("/don-doc/", 302)]
    assert "Chọn ít nhất một cơ quan hoặc nhiệm vụ để đôn đốc." in response.text


def test_agencies_without_an_address_are_named(client_of, dung, duty, stttt):
    other = AssignmentFactory.create(agency=stttt, overdue=True)
    UserFactory.create(agency=stttt, email="")
    text = client_of(dung).get(URL, {"viec": [duty.pk, other.pk]}).text
    assert "1 cơ quan không có ai nhận được thư:" in text


def test_the_page_proposes_two_working_days(client_of, dung, duty):
    assert 'value="22/02/2023"' in client_of(dung).get(URL, {"viec": duty.pk}).text


# --- sending ----------------------------------------------------------------------------------------------------------
def test_a_chase_is_numbered_frozen_and_told(client_of, dung, an, binh, duty):
    response = press(client_of(dung), duty, text="Sở báo cáo rõ nguyên nhân.")
    assert response.headers["Location"] == "/don-doc/"
    act = Chase.objects.get()
    assert (act.kind, act.reference, act.chased_by, act.answer_by) == (ChaseKind.CHASE, "01/2023", dung, WEDNESDAY)
    assert list(act.items.values_list("assignment", "agency", "due_on")) == [(duty.pk, duty.agency_id, duty.due_on)]
    assert list(act.recipients.order_by("person").values_list("person", "email")) == [
        (an.pk, "an@langson.example"),
        (binh.pk, "binh@langson.example"),
    ]
    entry = HistoryEntry.objects.get(assignment=duty)
    assert (entry.verb, entry.note, entry.details["number"]) == (Verb.CHASE, "Sở báo cáo rõ nguyên nhân.", "01/2023")
    notices = Notice.objects.filter(kind=NoticeKind.CHASED, state=NoticeState.PENDING, next_at=IN_TEN_MINUTES)
    assert set(notices.values_list("recipient", flat=True)) == {an.pk, binh.pk}


def test_the_number_goes_on_and_begins_anew_with_the_year(dung, duty):
    numbers = [
        chase_now(dung, duty, now=NOW + timedelta(days=days), answer_by=date(2024, 2, 1))[0].reference
        for days in (0, 1, 330)
    ]
    assert numbers == ["01/2023", "02/2023", "01/2024"]


def test_bodies_that_are_only_asked_get_an_act_of_their_own(client_of, dung, duty):
    front = AgencyFactory.create(short_name="Ủy ban MTTQ tỉnh", kind=Kind.FRONT)
    UserFactory.create(agency=front)
    asked = AssignmentFactory.create(agency=front, overdue=True)
    response = press(client_of(dung), duty, asked)
    assert [act.kind for act in Chase.objects.order_by("pk")] == [ChaseKind.CHASE, ChaseKind.REQUEST]
    page = client_of(dung).get(response.headers["Location"]).text
    assert "Đôn đốc số 01/2023" in page
    assert "Đề nghị quan tâm thực hiện số 01/2023" in page
    assert not ChaseItem.objects.filter(chase__kind=ChaseKind.CHASE, assignment=asked).exists()


def test_the_mail_leaves_after_ten_minutes_with_the_officers_words(dung, an, duty):
    chase_now(dung, duty, text="Sở báo cáo rõ nguyên nhân.")
    assert delivery.send_all(clock=lambda: NOW + timedelta(minutes=9)) == 0
    assert delivery.send_all(clock=lambda: IN_TEN_MINUTES) == 2
    letter = next(one for one in mail.outbox if one.to == [an.email])
    assert letter.subject.startswith("Đôn đốc: «Theo dõi, đôn đốc triển khai Kế hoạch số 91/KH-UBND» – hạn 08/02/2023")
    assert "Văn phòng Ủy ban nhân dân tỉnh đôn đốc Sở Tư pháp thực hiện nhiệm vụ sau đây (số 01/2023" in letter.body
    assert "Sở báo cáo rõ nguyên nhân." in letter.body
    assert "Đề nghị cập nhật kết quả trước 17:00 ngày 22/02/2023." in letter.body
    assert "Sở báo cáo rõ nguyên nhân." in str(letter.message().get_payload(1).get_payload(decode=True), "utf-8")


def test_a_body_that_is_only_asked_reads_no_order(dung):
    front = AgencyFactory.create(short_name="Ủy ban MTTQ tỉnh", kind=Kind.FRONT)
    UserFactory.create(agency=front)
    chase_now(dung, AssignmentFactory.create(agency=front, overdue=True))
    delivery.send_all(clock=lambda: IN_TEN_MINUTES)
    [letter] = mail.outbox
    assert letter.subject.startswith("Trân trọng đề nghị quan tâm thực hiện:")
    assert "trân trọng đề nghị quý cơ quan quan tâm thực hiện" in letter.body
    assert "Đôn đốc" not in f"{letter.subject} {letter.body}"


def test_what_was_submitted_meanwhile_is_not_mailed(dung, duty):
    chase_now(dung, duty)
    type(duty).objects.filter(pk=duty.pk).update(status=Status.SUBMITTED, submitted_at=NOW, stopped_on=TODAY)
    assert delivery.send_all(clock=lambda: IN_TEN_MINUTES) == 0
    assert set(Notice.objects.values_list("state", flat=True)) == {NoticeState.CANCELLED}


def test_a_person_without_an_address_is_told_in_the_portal_only(dung, duty, stp):
    silent = UserFactory.create(agency=stp, email="")
    chase_now(dung, duty)
    notice = Notice.objects.get(recipient=silent)
    assert notice.state == NoticeState.SKIPPED
    assert notice.items.get().assignment == duty
    assert ChaseRecipient.objects.get(person=silent).email == ""


def test_the_same_form_sent_twice_is_one_chase(client_of, dung, duty):
    key = str(uuid4())
    for _ in range(2):
        assert press(client_of(dung), duty, key=key).status_code == 302
    assert Chase.objects.count() == 1
    assert HistoryEntry.objects.filter(verb=Verb.CHASE).count() == 1


# --- what is refused --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"answer_by": ""}, "Nhập ngày đề nghị cập nhật, ví dụ 27/3/2023"),
        ({"answer_by": "31/2/2023"}, "Không có ngày 31/2/2023. Kiểm tra lại ngày và tháng"),
        ({"answer_by": "19/02/2023"}, "Ngày đề nghị cập nhật phải là hôm nay (20/02/2023) hoặc sau đó"),
        ({"text": "a" * 1001}, "Nội dung thêm dài quá 1.000 ký tự (thừa 1 ký tự)"),
        ({"key": "x"}, "Trang này đã cũ. Mở lại từ danh sách đôn đốc rồi làm lại"),
    ],
)
def test_bad_input_gets_its_sentence_and_keeps_what_was_chosen(client_of, dung, duty, fields, sentence):
    response = press(client_of(dung), duty, **{"text": "Khẩn trương.", **fields})
    assert response.status_code == 422
    assert sentence in response.text
    assert f'value="{duty.pk}" checked' in response.text
    assert Chase.objects.count() == 0


def test_with_every_box_unticked_the_choices_stay(client_of, dung, duty):
    response = press(client_of(dung), offered=str(duty.pk))
    assert response.status_code == 422
    assert "Chọn ít nhất một nhiệm vụ" in response.text
    assert offered(response) == [duty.pk]


def test_nothing_is_chased_when_one_of_them_has_left_the_agency(client_of, dung, duty, stp):
    gone = AssignmentFactory.create(agency=stp, submitted=True)
    response = press(client_of(dung), duty, gone)
    assert response.status_code == 422
    assert "1 nhiệm vụ đã chọn vừa chuyển trạng thái" in response.text
    assert (Chase.objects.count(), HistoryEntry.objects.count(), Notice.objects.count()) == (0, 0, 0)


def test_the_verb_itself_refuses_nothing_and_the_past(dung, duty):
    with pytest.raises(NotAllowed, match="ít nhất một nhiệm vụ"):
        chase([], by=dung, now=NOW, text="", answer_by=WEDNESDAY, key=uuid4())
    with pytest.raises(NotAllowed, match="hôm nay hoặc sau đó"):
        chase_now(dung, duty, answer_by=TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("nonsense", "name"),
    [
        ({"number": 0}, "chase_counts_from_one"),
        ({"kind": "xyz"}, "chase_kind_known"),
        ({"answer_by": TODAY - timedelta(days=1)}, "chase_leaves_time_to_answer"),
        ({"undone_at": NOW}, "chase_undone_by_somebody"),
    ],
)
def test_the_database_refuses_nonsense(dung, duty, nonsense, name):
    [act] = chase_now(dung, duty)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Chase.objects.filter(pk=act.pk).update(**nonsense)


@pytest.mark.parametrize("person", ["an", "binh", "chi", "giang", "quan"])
def test_nobody_else_chases(client_of, request, duty, person):
    assert press(client_of(request.getfixturevalue(person)), duty).status_code == 403
    assert Chase.objects.count() == 0
