"""The outbox: each message is put in once, and each row is settled by the attempt that holds it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail
from pytest_django import DjangoAssertNumQueries

from agencies.models import Agency, Kind, Role, User
from directives import delivery, notices
from directives import mail as mail_texts
from directives.models import Assignment, Notice, NoticeKind, NoticeState
from directives.notices import NewNotice
from directives.states import Status
from tests.factories import AgencyFactory, AssignmentFactory, DirectiveFactory, LetterFactory, UserFactory

MINUTE = timedelta(minutes=1)


@pytest.fixture
def duty(stp: Agency, an: User) -> Assignment:
    """An overdue assignment of An's agency."""
    return AssignmentFactory.create(agency=stp, overdue=True)


def put_in(person: User, assignment: Assignment, now: datetime, *, step: str = "+12") -> Notice:
    notices.queue([NewNotice(person, NoticeKind.REMINDER, "", ((assignment.pk, step),))], now=now)
    return Notice.objects.get(recipient=person, kind=NoticeKind.REMINDER)


def send(notice: Notice, now: datetime) -> bool:
    taken = delivery.send(notice.pk, clock=lambda: now)
    notice.refresh_from_db()
    return taken


def test_a_message_put_in_twice_is_one(duty: Assignment, an: User, now: datetime) -> None:
    put_in(an, duty, now)
    put_in(an, duty, now + MINUTE)
    assert Notice.objects.count() == 1
    assert Notice.objects.get().items.count() == 1


def test_what_is_added_while_a_message_waits_goes_with_it(duty: Assignment, an: User, now: datetime) -> None:
    notice = put_in(an, duty, now)
    other = AssignmentFactory.create(agency=duty.agency, directive__title="Cung cấp tài liệu", due_soon=True)
    put_in(an, other, now, step="-3")
    assert send(notice, now)
    assert "Cung cấp tài liệu" in str(mail.outbox[0].body)


def test_what_comes_after_a_message_has_left_does_not_change_what_it_said(
    duty: Assignment, an: User, now: datetime
) -> None:
    notice = put_in(an, duty, now)
    send(notice, now)
    put_in(an, AssignmentFactory.create(agency=duty.agency, due_soon=True), now, step="-3")
    assert [item.assignment for item in notice.items.all()] == [duty]


def test_a_row_sent_twice_is_one_mail(duty: Assignment, an: User, now: datetime) -> None:
    notice = put_in(an, duty, now)
    assert send(notice, now)
    assert not send(notice, now + MINUTE)
    assert len(mail.outbox) == 1
    assert (notice.state, notice.sent_at) == (NoticeState.SENT, now)


def test_a_row_somebody_is_sending_is_left_alone(duty: Assignment, an: User, now: datetime) -> None:
    notice = put_in(an, duty, now)
    Notice.objects.update(state=NoticeState.SENDING, attempt=1, lease_until=now + MINUTE)
    assert delivery.send_all(clock=lambda: now) == 0
    assert not send(notice, now)
    assert not mail.outbox


def test_a_dead_senders_row_is_sent_after_its_lease(duty: Assignment, an: User, now: datetime) -> None:
    notice = put_in(an, duty, now)
    Notice.objects.update(state=NoticeState.SENDING, attempt=1, lease_until=now + delivery.LEASE)
    assert delivery.send_all(clock=lambda: now + delivery.LEASE - timedelta(seconds=1)) == 0
    assert delivery.send_all(clock=lambda: now + delivery.LEASE) == 1
    notice.refresh_from_db()
    assert (notice.state, notice.attempt) == (NoticeState.SENT, 2)


def test_a_sender_that_was_overtaken_settles_nothing(duty: Assignment, an: User, now: datetime) -> None:
    notice = put_in(an, duty, now)
    stale = delivery._claim(notice.pk, now=now)
    assert stale is not None
    delivery.release_abandoned(now=now + delivery.LEASE)
    fresh = delivery._claim(notice.pk, now=now + delivery.LEASE)
    assert fresh is not None
    assert not delivery._settle(stale, NoticeState.BOUNCED)
    assert delivery._settle(fresh, NoticeState.SENT, sent_at=now)


def test_nothing_is_sent_before_its_time(duty: Assignment, an: User, now: datetime) -> None:
    put_in(an, duty, now)
    Notice.objects.update(next_at=now + MINUTE)
    assert delivery.send_all(clock=lambda: now) == 0
    assert delivery.send_all(clock=lambda: now + MINUTE) == 1


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.DONE, Status.PAUSED, Status.WITHDRAWN])
def test_a_reminder_no_longer_called_for_is_cancelled(
    duty: Assignment, an: User, now: datetime, status: Status
) -> None:
    notice = put_in(an, duty, now)
    stands = {"submitted_at": now, "stopped_on": now.date()}
    if status == Status.DONE:
        stands |= {"confirmed_at": now}
    Assignment.objects.filter(pk=duty.pk).update(status=status, **stands)
    assert not send(notice, now)
    assert (notice.state, mail.outbox) == (NoticeState.CANCELLED, [])


def test_a_moved_deadline_cancels_the_old_reminder(duty: Assignment, an: User, now: datetime) -> None:
    notice = put_in(an, duty, now)
    Assignment.objects.filter(pk=duty.pk).update(due_on=now.date() + timedelta(days=30))
    assert not send(notice, now)
    assert notice.state == NoticeState.CANCELLED


def test_only_what_is_still_called_for_is_named_and_kept(duty: Assignment, an: User, now: datetime) -> None:
    notice = put_in(an, duty, now)
    moved = AssignmentFactory.create(agency=duty.agency, due_soon=True)
    put_in(an, moved, now, step="-3")
    Assignment.objects.filter(pk=moved.pk).update(due_on=now.date() + timedelta(days=30))
    assert send(notice, now)
    assert [item.assignment for item in notice.items.all()] == [duty]
    assert f"/viec/{moved.pk}/" not in str(mail.outbox[0].body)


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_a_person_who_left_is_not_written_to(
    duty: Assignment, an: User, now: datetime, change: dict[str, object]
) -> None:
    notice = put_in(an, duty, now)
    User.objects.filter(pk=an.pk).update(**change)
    assert not send(notice, now)
    assert notice.state == NoticeState.CANCELLED


def test_a_message_that_cannot_be_written_waits_and_stops_no_other(
    duty: Assignment, an: User, binh: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices.queue([NewNotice(one, NoticeKind.REMINDER, "", ((duty.pk, "+12"),)) for one in (an, binh)], now=now)
    real = mail_texts.message_for

    def broken_for_an(notice: Notice, *args: object, **kwargs: object) -> object:
        if notice.recipient == an:
            raise KeyError("thiếu")
        return real(notice, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(mail_texts, "message_for", broken_for_an)
    assert delivery.send_all(clock=lambda: now) == 1
    assert [message.to for message in mail.outbox] == [[binh.email]]
    waiting = Notice.objects.get(recipient=an)
    assert (waiting.state, waiting.next_at) == (NoticeState.PENDING, now + MINUTE)
    assert "thiếu" in waiting.problem


def test_sending_stops_when_its_time_is_over(duty: Assignment, an: User, binh: User, now: datetime) -> None:
    notices.queue([NewNotice(one, NoticeKind.REMINDER, "", ((duty.pk, "+12"),)) for one in (an, binh)], now=now)
    moments = iter([now, now, now, now, *[now + MINUTE] * 9])
    assert delivery.send_all(clock=lambda: next(moments), within=timedelta(seconds=45)) == 1
    assert Notice.objects.filter(state=NoticeState.PENDING).count() == 1


def test_a_letters_people_get_one_message_each_and_others_none(
    stp: Agency, stttt: Agency, an: User, binh: User, chi: User, dung: User, now: datetime
) -> None:
    letter = LetterFactory.create()
    given = [
        AssignmentFactory.create(directive=DirectiveFactory.create(letter=letter), agency=agency)
        for agency in (stp, stp, stttt)
    ]
    notices.queue_assigned(letter, given, now=now)
    counts = {notice.recipient: notice.items.count() for notice in Notice.objects.all()}
    assert counts == {an: 2, binh: 2, chi: 1}


def test_a_letter_to_many_agencies_is_queued_in_few_queries(
    now: datetime, db: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    letter = LetterFactory.create()
    directive = DirectiveFactory.create(letter=letter)
    people = [UserFactory.create() for _ in range(31)]
    given = [AssignmentFactory.create(directive=directive, agency=one.agency) for one in people]
    with django_assert_max_num_queries(6):
        notices.queue_assigned(letter, given, now=now)
    assert Notice.objects.count() == 31


def test_a_decision_is_told_to_the_agencys_people_only(
    duty: Assignment, an: User, binh: User, chi: User, now: datetime
) -> None:
    notices.queue_for_agency(duty, kind=NoticeKind.RETURNED, now=now)
    notices.queue_for_agency(duty, kind=NoticeKind.RETURNED, now=now)
    assert sorted(notice.recipient.username for notice in Notice.objects.all()) == ["an", "binh"]


def test_people_without_address_or_account_are_not_queued(stp: Agency, now: datetime) -> None:
    UserFactory.create(agency=stp, email="")
    UserFactory.create(agency=stp, is_active=False)
    UserFactory.create(agency=stp, role=Role.AGENCY_HEAD, username="truong")
    assert [person.username for person in notices.audience([stp.pk])[stp.pk]] == ["truong"]


def test_what_was_put_in_before_a_moment_can_be_skipped(duty: Assignment, an: User, now: datetime) -> None:
    notice = put_in(an, duty, now)
    assert notices.skip_waiting(before=now, why="cũ") == 0
    assert notices.skip_waiting(before=now + MINUTE, why="cũ") == 1
    notice.refresh_from_db()
    assert (notice.state, notice.problem) == (NoticeState.SKIPPED, "cũ")


def test_bodies_that_are_only_asked_have_their_own_words(now: datetime, db: None) -> None:
    front = AgencyFactory.create(kind=Kind.FRONT, short_name="Ủy ban MTTQ Việt Nam tỉnh")
    person = UserFactory.create(agency=front)
    send(put_in(person, AssignmentFactory.create(agency=front, overdue=True), now), now)
    message = mail.outbox[0]
    assert message.subject.startswith("Trân trọng đề nghị")
    assert "Đôn đốc" not in str(message.body).replace("Theo dõi, đôn đốc", "")
