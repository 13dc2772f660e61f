"""The Office's calendar: a day is said to be off or worked, what moves is seen first, and all of it is one act."""

from __future__ import annotations

from datetime import date

import pytest

from directives.actions.extensions import grant_extension
from directives.actions.holidays import change_day
from directives.clocks import counted
from directives.models import CalendarChange, DayKind, HistoryEntry, Notice, NoticeKind
from directives.states import NotAllowed, Verb
from tests.factories import NOW, TODAY, AssignmentFactory, ExtensionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

WEDNESDAY, SATURDAY = date(2023, 2, 22), date(2023, 2, 25)


@pytest.fixture
def duty(stp):
    """Five working days from Monday 20/02/2023: until Monday 27/02/2023."""
    return AssignmentFactory.create(agency=stp, **counted(TODAY, 5).columns)


def say(client, day="22/2/2023", kind="nghi", name="Nghỉ do bão", **fields):
    return client.post("/danh-muc/ngay-nghi/", {"day": day, "kind": kind, "name": name, **fields})


def test_what_would_move_is_seen_before_anything_is_written(client_of, dung, duty):
    AssignmentFactory.create()  # with a day that was named: it stays
    response = say(client_of(dung))
    assert response.status_code == 200
    assert [(one.assignment, one.due_on) for one in response.context["moving"]] == [(duty, date(2023, 2, 28))]
    assert "Ghi vào lịch và dời 1 hạn" in response.text
    duty.refresh_from_db()
    assert duty.due_on == date(2023, 2, 27)
    assert not CalendarChange.objects.exists()


def test_then_it_is_one_act_that_is_logged_and_told(client_of, an, dung, duty):
    response = say(client_of(dung), buoc="luu")
    assert response.headers["Location"] == "/danh-muc/ngay-nghi/?nam=2023"
    duty.refresh_from_db()
    assert (duty.due_on, duty.original_due_on) == (date(2023, 2, 28), date(2023, 2, 27))
    entry = HistoryEntry.objects.get(assignment=duty)
    assert (entry.verb, entry.note) == (Verb.RECOUNT, "22/02/2023: ngày nghỉ (Nghỉ do bão).")
    assert Notice.objects.get(kind=NoticeKind.CHANGED).recipient == an
    said = CalendarChange.objects.get()
    assert (said.changed_by, said.name) == (dung, "Nghỉ do bão")
    page = client_of(an).get(f"/viec/{duty.pk}/").text
    assert "tính lại hạn theo lịch làm việc: 28/02/2023 (trước là 27/02/2023)" in page


def test_taking_it_back_moves_them_back(client_of, dung, duty):
    client = client_of(dung)
    say(client, buoc="luu")
    assert "Ghi vào lịch và dời 1 hạn" in say(client, kind="thuong-le", name="Bỏ").text
    say(client, kind="thuong-le", name="Bỏ", buoc="luu")
    duty.refresh_from_db()
    assert duty.due_on == date(2023, 2, 27)
    assert CalendarChange.objects.count() == 2  # nothing is ever deleted


def test_a_saturday_that_is_worked_brings_days_forward(client_of, dung, duty):
    say(client_of(dung), day="25/2/2023", kind="lam-viec", name="Làm bù", buoc="luu")
    duty.refresh_from_db()
    assert duty.due_on == SATURDAY


@pytest.mark.parametrize("trait", ["done", "withdrawn", "paused"])
def test_what_is_over_or_stands_still_does_not_move(dung, stp, trait):
    columns = counted(TODAY, 5).columns
    AssignmentFactory.create(agency=stp, **{trait: True}, **columns)
    assert change_day(by=dung, now=NOW, day=WEDNESDAY, kind=DayKind.REST, name="Nghỉ do bão") == []


def test_a_day_that_was_granted_stays(dung, duty):
    asked = ExtensionFactory.create(assignment=duty)
    grant_extension(asked, by=dung, now=NOW, granted_on=date(2023, 3, 10), version=1)
    assert change_day(by=dung, now=NOW, day=WEDNESDAY, kind=DayKind.REST, name="Nghỉ do bão") == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"day": ""}, "Nhập ngày theo dạng ngày/tháng/năm"),
        ({"name": " "}, "Nhập tên ngày nghỉ hoặc lý do"),
        ({"kind": "nua-ngay"}, "Chọn ngày nghỉ, ngày làm việc hay theo lịch chung"),
        ({"day": "25/2/2023"}, "Ngày 25/02/2023 đã là ngày nghỉ (thứ Bảy) theo lịch chung, không cần ghi thêm."),
        ({"kind": "lam-viec"}, "Ngày 22/02/2023 đã là ngày làm việc theo lịch chung, không cần ghi thêm."),
        ({"kind": "thuong-le"}, "Văn phòng chưa ghi gì về ngày 22/02/2023 nên không có gì để bỏ."),
    ],
)
def test_what_does_not_do_gets_its_sentence(client_of, dung, fields, sentence):
    response = say(client_of(dung), **fields, buoc="luu")
    assert response.status_code == 422
    assert sentence in response.text
    assert not CalendarChange.objects.exists()


def test_the_same_is_not_said_twice(client_of, dung):
    client = client_of(dung)
    say(client, buoc="luu")
    assert "Ngày 22/02/2023 đã được ghi như vậy." in say(client, buoc="luu").text
    with pytest.raises(NotAllowed, match="đã được ghi như vậy"):
        change_day(by=dung, now=NOW, day=WEDNESDAY, kind=DayKind.REST, name="Nghỉ do bão")


def test_the_year_is_shown_with_names_and_with_what_the_office_said(client_of, dung):
    client = client_of(dung)
    say(client, buoc="luu")
    page = client.get("/danh-muc/ngay-nghi/?nam=2026").text
    assert "Giao thừa Tết Nguyên Đán" in page
    assert "làm bù" in page
    assert "22/02/2023: ngày nghỉ – Nghỉ do bão" in page  # the log
    own = client.get("/danh-muc/ngay-nghi/").context["special"]
    assert (WEDNESDAY, True) in [(day, of_office) for day, _, of_office in own]


@pytest.mark.parametrize("year", ["", "abc", "1812", "99999999"])
def test_a_year_that_is_none_is_this_year(client_of, dung, year):
    assert client_of(dung).get(f"/danh-muc/ngay-nghi/?nam={year}").context["year"] == 2023
