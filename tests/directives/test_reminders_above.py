"""What the Office and the leaders get: the morning overview, and what has become "đỏ đặc biệt"; one mail a day."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail

from agencies.models import Agency, Role, User
from directives import delivery, reminders
from directives import mail as texts
from directives.chain import code_of
from directives.models import Assignment, HistorySeal, Notice, NoticeKind, NoticeState
from directives.states import Status
from tests.directives.policies import lay_down
from tests.directives.sealed import sealed_history
from tests.factories import NOW, TODAY, AssignmentFactory, ExtensionFactory, UserFactory

DAY = timedelta(days=1)


def run(now: datetime = NOW) -> dict[str, list[str]]:
    """The mails of one run: who → subjects."""
    mail.outbox.clear()
    reminders.queue_due(now=now)
    delivery.send_all(clock=lambda: now)
    got: dict[str, list[str]] = {}
    for message in mail.outbox:
        got.setdefault(message.to[0].partition("@")[0], []).append(str(message.subject))
    return got


def text_to(person: User) -> str:
    return next(str(message.body) for message in mail.outbox if message.to == [person.email])


def test_the_office_gets_one_overview_each_morning_with_ways_to_the_lists(stp: Agency, dung: User) -> None:
    AssignmentFactory.create_batch(3, agency=stp, due_on=TODAY - 30 * DAY)
    AssignmentFactory.create(agency=stp, due_soon=True)
    AssignmentFactory.create(agency=stp, submitted=True)
    subject = "Tổng hợp sáng 20/02/2023: 3 quá hạn, 1 sắp đến hạn, 1 chờ xác nhận"
    assert run() == {"dung": [subject]}
    for address in ("/nhiem-vu/?tt=qua-han", "/nhiem-vu/?tt=sap-den-han", "/duyet/"):
        assert f"http://127.0.0.1:8000{address}\n" in text_to(dung)
    assert run(NOW + timedelta(minutes=1)) == {}
    assert run(NOW + DAY) == {"dung": [subject.replace("20/02", "21/02")]}


def test_what_agencies_ask_of_the_office_is_in_the_overview(stp: Agency, dung: User) -> None:
    ExtensionFactory.create(assignment=AssignmentFactory.create(agency=stp))
    AssignmentFactory.create(agency=stp, status=Status.DECLINED, acknowledged_at=NOW)
    assert run() == {"dung": ["Tổng hợp sáng 20/02/2023: 1 đề nghị gia hạn, 1 trả lời không thuộc thẩm quyền"]}
    assert "http://127.0.0.1:8000/gia-han/\n" in text_to(dung)


def test_the_overview_takes_the_head_of_the_history_out_of_the_house(stp: Agency, dung: User) -> None:
    sealed_history(dung)
    AssignmentFactory.create(agency=stp, due_on=TODAY - 30 * DAY)
    run()
    assert f"\nMã nhật ký lúc gửi thư: {code_of(HistorySeal.objects.head())}.\n" in text_to(dung)


def test_mail_that_did_not_arrive_is_in_the_overview(stp: Agency, an: User, dung: User) -> None:
    Notice.objects.create(
        recipient=an,
        kind=NoticeKind.RETURNED,
        occasion=TODAY,
        created_at=NOW,
        next_at=NOW,
        message_id="<1@x>",
        state="bi-tra",
    )
    assert run() == {"dung": ["Tổng hợp sáng 20/02/2023: 1 thư không đến nơi"]}
    assert "/thu-bao/?tt=can-xu-ly" in text_to(dung)


def test_where_there_is_nothing_to_tell_the_office_gets_no_mail(stp: Agency, dung: User) -> None:
    AssignmentFactory.create(agency=stp)
    assert run() == {}


def test_an_overview_with_nothing_left_to_tell_is_not_sent(stp: Agency, dung: User) -> None:
    AssignmentFactory.create(agency=stp, submitted=True)
    reminders.queue_due(now=NOW)
    Assignment.objects.update(status=Status.WITHDRAWN)
    assert delivery.send_all(clock=lambda: NOW) == 0
    assert Notice.objects.get().state == NoticeState.CANCELLED


def test_the_office_may_do_without_the_overview_but_hears_what_is_red(stp: Agency, dung: User) -> None:
    lay_down(overview=False)
    AssignmentFactory.create(agency=stp, due_soon=True)
    AssignmentFactory.create(agency=stp, due_on=TODAY - 5 * DAY)
    assert run() == {"dung": ["Đỏ đặc biệt: 1 nhiệm vụ"]}


def test_what_is_5_days_late_reaches_office_and_leaders_in_one_mail_each(
    stp: Agency, stttt: Agency, dung: User, giang: User
) -> None:
    for agency in (stp, stp, stttt):
        AssignmentFactory.create(agency=agency, due_on=TODAY - 5 * DAY)
    assert run() == {
        "dung": ["Đỏ đặc biệt: 3 nhiệm vụ – tổng hợp sáng 20/02/2023: 3 quá hạn"],
        "giang": ["Đỏ đặc biệt: 3 nhiệm vụ quá hạn của 2 cơ quan"],
    }
    assert text_to(giang).startswith(
        "Kính gửi đồng chí Dương Thị Giang,\n\nVăn phòng Ủy ban nhân dân tỉnh báo cáo 3 nhiệm vụ"
    )
    assert text_to(giang).count("   Sở Tư pháp\n") == 2
    assert set(run(NOW + DAY)) == {"dung"}  # the overview; the leader is told once


def test_a_leader_is_told_once_and_named_no_staff(stp: Agency, an: User, giang: User) -> None:
    AssignmentFactory.create(agency=stp, due_on=TODAY - 5 * DAY)
    run()
    assert "Nông Văn An" not in text_to(giang)
    assert run(NOW + DAY) == {}


def test_a_mail_above_lists_so_many_and_leads_to_the_rest(
    stp: Agency, giang: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "LISTED_ABOVE", 2)
    AssignmentFactory.create_batch(5, agency=stp, due_on=TODAY - 5 * DAY)
    assert run() == {"giang": ["Đỏ đặc biệt: 5 nhiệm vụ quá hạn của 1 cơ quan"]}
    assert text_to(giang).count("/viec/") == 2
    assert "Còn 3 nhiệm vụ nữa, xem tại http://127.0.0.1:8000/nhiem-vu/" in text_to(giang)


def test_officers_without_address_or_account_get_nothing(stp: Agency) -> None:
    UserFactory.create(role=Role.OFFICER, email="")
    UserFactory.create(role=Role.OFFICER, is_active=False)
    AssignmentFactory.create(agency=stp, due_on=TODAY - 5 * DAY)
    assert run() == {}
