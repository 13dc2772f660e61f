"""The Office gives an assignment to another agency: the old row stays with its history, the new one goes on."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from directives import mail
from directives.actions.adjustments import pause, resume
from directives.actions.assignments import Conflict, return_for_revision
from directives.actions.handover import Way, hand_over, reassign
from directives.actions.remarks import assess, give_opinion
from directives.actions.withdrawals import withdraw_update
from directives.deadlines import Label
from directives.models import Assignment, ExtensionState, HistoryEntry, Notice, NoticeKind
from directives.states import NotAllowed, Status, Verb
from tests.directives.submissions import submit, submit_again
from tests.factories import NOW, TODAY, AgencyFactory, AssignmentFactory, DirectiveFactory, ExtensionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

REASON = "Nội dung thuộc chức năng của Sở Thông tin và Truyền thông."


def send(client, given, to, *, reason=REASON, version=None):
    data = {"reason": reason, "to": to.pk if to else "", "version": version or given.version}
    return client.post(f"/viec/{given.pk}/chuyen/", data, follow=True)


def move(given, to, dung, **changes):
    way = Way(**{"to": to, "on": TODAY, "reason": REASON, **changes})
    return hand_over({given.pk: given.version}, way, by=dung, now=NOW)[0]


def test_a_declined_assignment_goes_to_another_agency(client_of, dung, an, chi, stp, stttt):
    given = AssignmentFactory.create(agency=stp, declined=True)
    page = send(client_of(dung), given, stttt).text
    given.refresh_from_db()
    taken = Assignment.objects.get(continues=given)
    assert (given.status, given.continued_on) == (Status.WITHDRAWN, TODAY)
    assert (taken.agency, taken.status, taken.acknowledged_at) == (stttt, Status.NOT_STARTED, None)
    assert (taken.due_on, taken.original_due_on) == (given.due_on, given.original_due_on)
    assert "Đã chuyển cho Sở Thông tin và Truyền thông ngày 20/02/2023." in page
    assert f'href="/viec/{taken.pk}/"' in page
    theirs = client_of(chi).get(f"/viec/{taken.pk}/").text
    assert "chuyển từ Sở Tư pháp ngày 20/02/2023" in theirs
    assert REASON in theirs


def test_both_agencies_are_told_once(client_of, dung, an, chi, stp, stttt):
    given = AssignmentFactory.create(agency=stp)
    send(client_of(dung), given, stttt)
    given.refresh_from_db()
    gone, came = (Notice.objects.get(recipient=person) for person in (an, chi))
    assert (gone.kind, came.kind) == (NoticeKind.HANDED_OVER, NoticeKind.TAKEN_OVER)
    away = mail.message_for(gone, [given], on=TODAY)
    assert "từ Sở Tư pháp cho Sở Thông tin và Truyền thông" in away.body
    assert REASON in mail.message_for(came, [Assignment.objects.get(continues=given)], on=TODAY).body


def test_what_was_done_so_far_goes_along_and_can_be_read(settings, tmp_path, client_of, dung, an, chi, stttt):
    settings.MEDIA_ROOT = tmp_path
    given = submit(an, days_ago=3, files=1)
    return_for_revision(given, by=dung, now=NOW - timedelta(days=2), reason="Thiếu số văn bản.")
    given.refresh_from_db()
    taken = move(given, stttt, dung)
    assert (taken.status, taken.percent, taken.reported_at) == (Status.RETURNED, 100, given.reported_at)
    client = client_of(chi)
    page = client.get(f"/viec/{taken.pk}/").text
    assert "Sở Tư pháp báo cáo đã hoàn thành" in page
    assert "Thiếu số văn bản." in page
    assert "Đã ban hành văn bản đôn đốc" in page
    file = given.updates.get().attachments.get()
    answer = client.get(f"/tep/{file.pk}/")
    assert answer.status_code == 200
    assert b"".join(answer)  # read to its end, the file is closed


def test_figures_count_the_work_once(dung, stp, stttt):
    given = AssignmentFactory.create(agency=stp, overdue=True, in_progress=True)
    before = Assignment.objects.labels_by_letter(TODAY)
    move(given, stttt, dung)
    assert (
        Assignment.objects.labels_by_letter(TODAY) == before == {given.directive.letter_id: Counter({Label.OVERDUE: 1})}
    )


def test_the_same_directive_of_two_agencies_becomes_one(dung, stp, stttt):
    directive = DirectiveFactory.create()
    ours, theirs = (AssignmentFactory.create(directive=directive, agency=one, in_progress=True) for one in (stp, stttt))
    assert move(ours, stttt, dung) == theirs
    theirs.refresh_from_db()
    assert theirs.status == Status.IN_PROGRESS
    assert list(theirs.continues.all()) == [ours]
    assert HistoryEntry.objects.filter(assignment=theirs, verb=Verb.TAKE_OVER).exists()


def test_what_comes_back_is_taken_up_again_and_never_goes_round_in_a_circle(dung, stp, stttt):
    given = AssignmentFactory.create(agency=stp, declined=True)
    there = move(given, stttt, dung)
    back = move(there, stp, dung)
    assert back == given
    back.refresh_from_db()
    there.refresh_from_db()
    assert (back.status, back.continued_by, back.acknowledged_at) == (Status.NOT_STARTED, None, None)
    assert there.continued_by == back


def test_a_chain_leads_straight_to_who_has_it_now(dung, stp, stttt):
    given, third = AssignmentFactory.create(agency=stp), AgencyFactory.create()
    last = move(move(given, stttt, dung), third, dung)
    given.refresh_from_db()
    assert given.continued_by == last
    assert last.continues.count() == 2


def test_what_the_receiver_has_done_already_is_not_joined(client_of, dung, stp, stttt):
    directive = DirectiveFactory.create(label="6.1")
    AssignmentFactory.create(directive=directive, agency=stttt, done=True)
    given = AssignmentFactory.create(directive=directive, agency=stp)
    response = send(client_of(dung), given, stttt)
    assert response.status_code == 422
    assert "Sở Thông tin và Truyền thông đã hoàn thành nhiệm vụ 6.1 của mình." in response.text
    given.refresh_from_db()
    assert given.status == Status.NOT_STARTED


@pytest.mark.parametrize(
    ("validity", "sentence"),
    [
        ({"valid_to": TODAY - timedelta(days=1)}, "đã kết thúc ngày 19/02/2023, trước ngày 20/02/2023"),
        ({"valid_from": TODAY + timedelta(days=1)}, "chỉ hoạt động từ ngày 21/02/2023, sau ngày 20/02/2023"),
    ],
)
def test_the_receiver_must_exist_on_the_day(dung, stp, validity, sentence):
    given, to = AssignmentFactory.create(agency=stp), AgencyFactory.create(**validity)
    with pytest.raises(NotAllowed, match=sentence):
        move(given, to, dung)
    given.refresh_from_db()
    assert given.status == Status.NOT_STARTED


def test_a_receiver_that_has_ended_is_not_offered(client_of, dung, stp):
    ended = AgencyFactory.create(valid_to=date(2022, 12, 31))
    response = send(client_of(dung), AssignmentFactory.create(agency=stp), ended)
    assert response.status_code == 422
    assert "Chọn cơ quan trong danh sách" in response.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": " "}, "Nhập lý do chuyển"),
        ({"to": None}, "Chọn cơ quan nhận"),
        ({"to": "stp"}, "Cơ quan này đang giữ nhiệm vụ. Chọn cơ quan khác"),
    ],
)
def test_each_slip_has_its_sentence_and_nothing_is_half_done(client_of, dung, stp, stttt, fields, sentence):
    given = AssignmentFactory.create(agency=stp)
    to = {"to": stttt, **fields}["to"]
    response = send(client_of(dung), given, stp if to == "stp" else to, reason=fields.get("reason", REASON))
    assert response.status_code == 422
    assert sentence in response.text
    assert Assignment.objects.count() == 1
    assert not Notice.objects.exists()


def test_a_day_to_come_is_refused(dung, stp, stttt):
    with pytest.raises(NotAllowed, match="Ngày chuyển phải là hôm nay"):
        move(AssignmentFactory.create(agency=stp), stttt, dung, on=TODAY + timedelta(days=1))


def test_what_waits_for_the_office_is_decided_first(client_of, dung, an, stttt):
    given = submit(an)
    response = send(client_of(dung), given, stttt)
    assert response.status_code == 422
    assert "nhiệm vụ đang ở trạng thái «Chờ xác nhận»" in response.text
    assert client_of(dung).get(f"/viec/{given.pk}/chuyen/").status_code == 302


def test_of_several_all_go_or_none(dung, stp, stttt):
    fine, changed = AssignmentFactory.create_batch(2, agency=stp)
    with pytest.raises(Conflict):
        hand_over({fine.pk: fine.version, changed.pk: 7}, Way(stttt, TODAY, REASON), by=dung, now=NOW)
    fine.refresh_from_db()
    assert fine.status == Status.NOT_STARTED
    assert not Assignment.objects.filter(agency=stttt).exists()


def test_who_read_an_older_page_is_shown_what_changed(client_of, dung, an, stp, stttt):
    given = AssignmentFactory.create(agency=stp)
    client_of(an).post(f"/viec/{given.pk}/da-nhan/")
    response = send(client_of(dung), given, stttt)
    assert response.status_code == 409
    assert "Sở Tư pháp đã nhận nhiệm vụ" in response.text
    assert REASON in response.text
    send(client_of(dung), given, stttt, version=response.context["form"]["version"].value())
    given.refresh_from_db()
    assert given.status == Status.WITHDRAWN


def test_the_database_refuses_what_no_verb_writes(stp, stttt):
    one, other = (AssignmentFactory.create(agency=agency) for agency in (stp, stttt))
    for change in (
        {"continued_by": other, "continued_on": TODAY},  # not withdrawn
        {"continued_by": other, "status": Status.WITHDRAWN},  # no day
        {"continued_by": one, "continued_on": TODAY, "status": Status.WITHDRAWN},
        {"status": Status.DECLINED},  # never received
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assignment.objects.filter(pk=one.pk).update(**change)


def test_what_was_asked_and_granted_of_time_goes_along(dung, an, stp, stttt):
    asked = ExtensionFactory.create(assignment__agency=stp, asked_by=an)
    taken = move(asked.assignment, stttt, dung)
    asked.refresh_from_db()
    assert (asked.assignment, asked.state) == (taken, ExtensionState.OPEN)


def test_a_wish_for_time_ends_when_the_work_joins_another_s(dung, an, stp, stttt):
    asked = ExtensionFactory.create(assignment__agency=stp, asked_by=an)
    AssignmentFactory.create(directive=asked.assignment.directive, agency=stttt)
    move(asked.assignment, stttt, dung)
    asked.refresh_from_db()
    assert (asked.assignment.agency, asked.state, asked.decided_by) == (stp, ExtensionState.REFUSED, dung)


def test_a_pause_goes_along_and_ends_in_the_new_agency(dung, stp, stttt):
    given = pause(AssignmentFactory.create(agency=stp), by=dung, now=NOW, reason="Chờ Bộ hướng dẫn.", version=1)
    taken = move(given, stttt, dung)
    assert taken.status == Status.PAUSED
    assert resume(taken, by=dung, now=NOW, version=taken.version).status == Status.NOT_STARTED


def test_a_pause_ends_when_the_work_joins_another_s(dung, stp, stttt):
    given = pause(AssignmentFactory.create(agency=stp), by=dung, now=NOW, reason="Chờ Bộ hướng dẫn.", version=1)
    AssignmentFactory.create(directive=given.directive, agency=stttt)
    move(given, stttt, dung)
    assert not given.pauses.open().exists()


def test_an_update_taken_back_leaves_what_the_other_agency_had_reported(dung, an, chi, stttt):
    given = submit(an, days_ago=3)
    return_for_revision(given, by=dung, now=NOW - timedelta(days=2), reason="Thiếu số văn bản.")
    given.refresh_from_db()
    taken = move(given, stttt, dung)
    submit_again(taken, chi, days_ago=0, document="9/STTTT")
    back = withdraw_update(taken.updates.get(), by=chi, now=NOW)
    assert (back.status, back.percent, back.reported_at) == (Status.RETURNED, 100, given.reported_at)


def test_what_was_said_under_the_old_name_is_read_on_the_successors_page(client_of, an, chi, stttt, dung, giang):
    row = AssignmentFactory.create(agency=an.agency, in_progress=True)
    assess(row, by=dung, now=NOW, text="Còn chậm so với kế hoạch.", key=uuid4())
    give_opinion(row, by=giang, now=NOW, text="Tập trung làm xong trong tháng.", key=uuid4())
    taken = reassign(row, by=dung, now=NOW, to=stttt, reason="Đúng chức năng.", version=row.version + 2)
    for person in (chi, dung, giang):
        page = client_of(person).get(f"/viec/{taken.pk}/").text
        voices = page.partition('id="ba-y-kien"')[2].partition("</section>")[0]
        for words in ("Còn chậm so với kế hoạch.", "Tập trung làm xong trong tháng."):
            assert words in voices
        assert voices.count("khi nhiệm vụ do Sở Tư pháp thực hiện") == 2
    assert client_of(chi).get(f"/viec/{row.pk}/").status_code == 404
