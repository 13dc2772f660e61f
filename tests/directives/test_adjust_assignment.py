"""The Office pauses, resumes, withdraws, and puts a mis-entered due day right; nothing is ever deleted."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core import mail

from directives import delivery
from directives.actions.adjustments import correct_due, pause, resume, withdraw
from directives.actions.assignments import Conflict
from directives.deadlines import Label
from directives.models import HistoryEntry, Notice, NoticeKind, Pause
from directives.states import NotAllowed, Status, Verb
from tests.factories import NOW, TODAY, VIETNAM, AssignmentFactory, ExtensionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def duty(stp):
    """Due on Friday 17/03/2023, 19 working days from TODAY, Monday 20/02/2023."""
    return AssignmentFactory.create(agency=stp, in_progress=True)


def act(client, duty, verb, *, version=None, **fields):
    data = {"act": verb, "version": version or duty.version, **fields}
    return client.post(f"/viec/{duty.pk}/dieu-chinh/", data)


def on(day):
    return datetime(2023, day[1], day[0], 9, 0, tzinfo=VIETNAM)


def paused_and_resumed(duty, by, start, end):
    """The due day after a pause between two days given as (day, month)."""
    pause(duty, by=by, now=on(start), reason="Chờ hướng dẫn.", version=duty.version)
    row = resume(duty, by=by, now=on(end), version=duty.version + 1)
    return row.due_on


def test_a_paused_task_keeps_its_days_and_goes_on_with_them(client_of, dung, an, duty):
    assert act(client_of(dung), duty, "pause", reason="Chờ hướng dẫn của Bộ.").status_code == 302
    duty.refresh_from_db()
    assert (duty.status, duty.label_on(TODAY + timedelta(days=99))) == (Status.PAUSED, Label.PAUSED)
    stopped = Pause.objects.get()
    assert (stopped.remaining, stopped.due_before, stopped.from_status) == (19, date(2023, 3, 17), Status.IN_PROGRESS)
    page = client_of(an).get(f"/viec/{duty.pk}/").text
    assert "Tạm dừng từ 20/02/2023." in page
    assert "Còn 19 ngày làm việc" in page
    resumed = resume(duty, by=dung, now=on((4, 4)), version=duty.version, note="Bộ đã có văn bản.")
    assert resumed.status == Status.IN_PROGRESS
    assert (resumed.due_on, resumed.original_due_on) == (date(2023, 5, 4), date(2023, 3, 17))  # 29/4 to 3/5 are off
    assert (resumed.counted_from, resumed.counted_days) == (date(2023, 4, 4), 19)


@pytest.mark.parametrize(
    ("due", "start", "end", "expected"),
    [
        (date(2023, 3, 17), (20, 2), (20, 2), date(2023, 3, 17)),  # the same day
        (date(2023, 3, 17), (24, 2), (26, 2), date(2023, 3, 17)),  # over a weekend nothing is lost
        (date(2023, 3, 18), (24, 2), (26, 2), date(2023, 3, 18)),  # a due day that is a day off stays then
        (date(2023, 3, 17), (24, 2), (27, 2), date(2023, 3, 20)),
        (date(2023, 3, 17), (20, 2), (22, 2), date(2023, 3, 21)),
        (date(2023, 2, 20), (20, 2), (1, 3), date(2023, 3, 1)),  # on the due day: due on the day it goes on
        (date(2023, 2, 17), (21, 2), (1, 3), date(2023, 2, 27)),  # two working days late, before and after
    ],
)
def test_the_new_due_day_is_the_day_it_goes_on_and_the_working_days_that_were_left(
    dung, stp, due, start, end, expected
):
    duty = AssignmentFactory.create(agency=stp, due_on=due)
    assert paused_and_resumed(duty, dung, start, end) == expected


def test_without_a_due_day_there_is_nothing_to_count(dung, stp):
    duty = AssignmentFactory.create(agency=stp, undated=True)
    assert paused_and_resumed(duty, dung, (20, 2), (1, 3)) is None
    assert Pause.objects.get().remaining is None


def test_a_returned_task_is_returned_again_after_its_pause(dung, stp):
    duty = AssignmentFactory.create(agency=stp, returned=True)
    pause(duty, by=dung, now=NOW, reason="Chờ Bộ.", version=1)
    assert resume(duty, by=dung, now=NOW, version=2).status == Status.RETURNED


def test_a_day_put_right_during_the_pause_is_counted_from_the_pause(dung, duty):
    pause(duty, by=dung, now=on((20, 2)), reason="Chờ Bộ.", version=1)
    new = date(2023, 2, 24)  # four working days after the pause began
    correct_due(duty, by=dung, now=NOW, original_due_on=new, due_on=new, reason="Nhập nhầm tháng.", version=2)
    assert resume(duty, by=dung, now=on((1, 3)), version=3).due_on == date(2023, 3, 7)


def test_it_is_withdrawn_with_its_reason_and_what_was_reported_stays(client_of, dung, an, duty):
    act(client_of(dung), duty, "withdraw", reason="Đã giao cơ quan khác.")
    duty.refresh_from_db()
    assert (duty.status, duty.percent) == (Status.WITHDRAWN, 60)
    entry = HistoryEntry.objects.get(assignment=duty)
    assert (entry.verb, entry.note, entry.from_status) == (
        Verb.WITHDRAW,
        "Đã giao cơ quan khác.",
        Status.IN_PROGRESS,
    )
    assert "Văn phòng UBND tỉnh thu hồi nhiệm vụ. Lý do:" in client_of(an).get(f"/viec/{duty.pk}/").text


def test_a_mis_entered_day_is_put_right_the_original_one_too(client_of, dung, duty):
    fields = {"original_due_on": "31/3/2023", "due_on": "31/3/2023", "reason": "Nhập nhầm tháng."}
    assert act(client_of(dung), duty, "correct", **fields).status_code == 302
    duty.refresh_from_db()
    assert (duty.due_on, duty.original_due_on) == (date(2023, 3, 31), date(2023, 3, 31))
    details = HistoryEntry.objects.get(assignment=duty).details
    assert details == {"due_on": ["2023-03-17", "2023-03-31"], "original_due_on": ["2023-03-17", "2023-03-31"]}


def test_a_letter_that_sets_no_day_needs_none(client_of, dung, duty):
    act(client_of(dung), duty, "correct", original_due_on="", due_on="", reason="Văn bản không đặt thời hạn.")
    duty.refresh_from_db()
    assert (duty.due_on, duty.original_due_on) == (None, None)


@pytest.mark.parametrize(
    ("verb", "fields", "sentence"),
    [
        ("pause", {}, "Nhập lý do tạm dừng"),
        ("withdraw", {"reason": " "}, "Nhập lý do thu hồi"),
        ("correct", {"original_due_on": "31/3/2023", "due_on": "31/3/2023"}, "Nhập lý do sửa hạn"),
        (
            "correct",
            {"original_due_on": "4/1/2023", "due_on": "4/1/2023", "reason": "Nhầm"},
            "Hạn phải sau ngày ban hành văn bản (05/01/2023).",
        ),
        (
            "correct",
            {"original_due_on": "31/3/2023", "due_on": "30/3/2023", "reason": "Nhầm"},
            "Hạn hiện nay không được trước hạn ban đầu (31/03/2023).",
        ),
        ("correct", {"original_due_on": "", "due_on": "30/3/2023", "reason": "Nhầm"}, "Nhập cả hạn ban đầu và hạn"),
        (
            "correct",
            {"original_due_on": "17/3/2023", "due_on": "17/3/2023", "reason": "Nhầm"},
            "Hai ngày này là hạn đang có.",
        ),
        ("correct", {"original_due_on": "17/3/2093", "due_on": "17/3/2093", "reason": "Nhầm"}, "Kiểm tra lại năm."),
        ("resume", {}, "Chưa cho tiếp tục được: nhiệm vụ đang ở trạng thái «Đang thực hiện»"),
        ("xoa", {}, "Chọn một việc ở dưới rồi bấm nút của việc đó."),
    ],
)
def test_what_does_not_do_gets_its_sentence_and_nothing_changes(client_of, dung, duty, verb, fields, sentence):
    response = act(client_of(dung), duty, verb, **fields)
    assert response.status_code == 422
    assert sentence in response.text
    assert "<title>Lỗi: " in response.text
    before = duty.version
    duty.refresh_from_db()
    assert duty.version == before
    assert not Notice.objects.exists()


def test_the_verbs_ask_for_a_reason_themselves(dung, duty):
    for verb in (pause, withdraw):
        with pytest.raises(NotAllowed, match="Nhập lý do"):
            verb(duty, by=dung, now=NOW, reason=" ", version=1)


def test_only_what_the_status_allows_is_offered(client_of, dung, duty, stp):
    offered = {
        status: set(client_of(dung).get(f"/viec/{one.pk}/dieu-chinh/").context["forms"])
        for status, one in {
            "in progress": duty,
            "submitted": AssignmentFactory.create(agency=stp, submitted=True),
            "paused": AssignmentFactory.create(agency=stp, paused=True),
            "done": AssignmentFactory.create(agency=stp, done=True),
            "withdrawn": AssignmentFactory.create(agency=stp, withdrawn=True),
        }.items()
    }
    assert offered == {
        "in progress": {"pause", "correct", "withdraw"},
        "submitted": {"correct", "withdraw"},
        "paused": {"resume", "correct", "withdraw"},
        "done": {"correct"},
        "withdrawn": set(),
    }


def test_what_changed_since_it_was_read_is_shown_first(client_of, dung, giang, duty):
    read = duty.version
    pause(duty, by=giang, now=NOW, reason="Chờ Bộ.", version=read)
    response = act(client_of(dung), duty, "withdraw", version=read, reason="Đã giao cơ quan khác.")
    assert response.status_code == 409
    assert "Lãnh đạo UBND tỉnh tạm dừng nhiệm vụ. Lý do:" in response.text
    assert "Đã giao cơ quan khác.</textarea>" in response.text
    with pytest.raises(Conflict):
        withdraw(duty, by=dung, now=NOW, reason="Đã giao cơ quan khác.", version=read)


def test_the_agency_is_told_what_was_done_and_why(an, dung, duty):
    stopped = pause(duty, by=dung, now=NOW, reason="Chờ hướng dẫn của Bộ.", version=1)
    resume(stopped, by=dung, now=NOW, version=2)
    day = date(2023, 3, 31)
    correct_due(stopped, by=dung, now=NOW, original_due_on=day, due_on=day, reason="Nhập nhầm tháng.", version=3)
    withdraw(stopped, by=dung, now=NOW, reason="Đã giao cơ quan khác.", version=4)
    delivery.send_all(clock=lambda: NOW)
    said = {message.subject.split(":")[0]: message.body for message in mail.outbox}
    assert list(said) == ["Tạm dừng", "Tiếp tục thực hiện", "Thay đổi thời hạn", "Thu hồi nhiệm vụ"]
    assert "Lý do: Chờ hướng dẫn của Bộ." in said["Tạm dừng"]
    assert "Hạn 31/03/2023" not in said["Tạm dừng"]
    assert "Hạn 31/03/2023" in said["Thay đổi thời hạn"]
    assert "Không phải thực hiện tiếp nhiệm vụ này." in said["Thu hồi nhiệm vụ"]
    assert Notice.objects.filter(kind=NoticeKind.CHANGED, recipient=an).count() == 4


def test_an_open_request_waits_while_the_clock_stands_still(client_of, dung, duty):
    asked = ExtensionFactory.create(assignment=duty)
    pause(duty, by=dung, now=NOW, reason="Chờ Bộ.", version=1)
    response = client_of(dung).post(
        f"/gia-han/{asked.pk}/", {"version": 2, "answer": "dong-y", "granted_on": "27/3/2023"}
    )
    assert response.status_code == 422
    assert "Chưa gia hạn được: nhiệm vụ đang ở trạng thái «Tạm dừng»" in response.text


@pytest.mark.parametrize("person", ["an", "binh", "chi", "giang", "quan"])
def test_nobody_else_adjusts(client_of, request, duty, person):
    assert act(client_of(request.getfixturevalue(person)), duty, "withdraw", reason="Thôi.").status_code == 403
    duty.refresh_from_db()
    assert duty.status == Status.IN_PROGRESS
