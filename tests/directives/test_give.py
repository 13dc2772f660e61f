"""The head or a coordinator gives an assignment to one of the agency's people."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from agencies.models import Role, User
from agencies.permissions import Permission, allowed
from directives import mail
from directives.actions.staffing import give
from directives.models import HistoryEntry, Notice, NoticeKind
from directives.notices import concerned
from directives.states import NotAllowed, Verb
from tests.factories import NOW, TODAY, AbsenceFactory, AssignmentFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def send(client, given, to, *, version=None):
    data = {"to": to.pk if to else "", "version": version or given.version}
    return client.post(f"/viec/{given.pk}/phan-cong/", data, follow=True)


@pytest.fixture
def given(stp):
    return AssignmentFactory.create(agency=stp)


@pytest.fixture
def coordinator(stp):
    return UserFactory.create(full_name="Lộc Thị Minh", agency=stp, is_coordinator=True)


def test_the_head_gives_it_to_one_of_the_staff_who_is_told(client_of, binh, an, given):
    page = send(client_of(binh), given, an).text
    given.refresh_from_db()
    assert given.handler == an
    assert "Đã phân công Nông Văn An xử lý." in page
    assert "Sở Tư pháp phân công Nông Văn An xử lý" in page
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (an, NoticeKind.GIVEN)
    assert "Sở Tư pháp phân công anh/chị xử lý nhiệm vụ sau đây" in mail.message_for(notice, [given], on=TODAY).body


def test_a_coordinator_may_too_and_the_rest_of_the_staff_may_not(client_of, coordinator, an, given):
    assert send(client_of(an), given, an).status_code == 403
    assert 'name="to"' not in client_of(an).get(f"/viec/{given.pk}/").text
    assert 'name="to"' in client_of(coordinator).get(f"/viec/{given.pk}/").text
    send(client_of(coordinator), given, an)
    given.refresh_from_db()
    assert given.handler == an


def test_it_can_be_taken_back_to_the_whole_agency(client_of, binh, an, stp):
    given = AssignmentFactory.create(agency=stp, handler=an)
    page = send(client_of(binh), given, None).text
    given.refresh_from_db()
    assert given.handler is None
    assert "Sở Tư pháp bỏ phân công (trước là Nông Văn An)" in page


@pytest.mark.parametrize("who", ["chi", "gone", "dung"])
def test_only_active_people_of_the_agency_are_offered(client_of, request, binh, stp, given, who):
    UserFactory.create(username="gone", agency=stp, is_active=False)
    to = User.objects.get(username="gone") if who == "gone" else request.getfixturevalue(who)
    response = send(client_of(binh), given, to)
    assert response.status_code == 422
    assert "Chọn người cùng cơ quan, tài khoản đang hoạt động" in response.text
    given.refresh_from_db()
    assert given.handler is None


def test_the_verb_refuses_a_stranger_and_somebody_who_left(binh, chi, stp, given):
    with pytest.raises(NotAllowed, match=r"phải là người cùng cơ quan\. Lý Thị Chi không thuộc cơ quan này"):
        give(given, by=binh, now=NOW, to=chi, version=1)
    left = UserFactory.create(full_name="Hà Văn Nghỉ", agency=stp, is_active=False)
    with pytest.raises(NotAllowed, match="Tài khoản của Hà Văn Nghỉ đã ngừng sử dụng"):
        give(given, by=binh, now=NOW, to=left, version=1)


def test_what_is_done_is_given_to_nobody(client_of, binh, an, stp):
    done = AssignmentFactory.create(agency=stp, done=True)
    response = send(client_of(binh), done, an)
    assert response.status_code == 422
    assert "Chưa phân công người xử lý được" in response.text
    assert client_of(binh).get(f"/viec/{done.pk}/phan-cong/").headers["Location"] == f"/viec/{done.pk}/"


def test_who_read_an_older_page_is_shown_what_changed(client_of, binh, coordinator, an, given):
    send(client_of(coordinator), given, coordinator)
    response = send(client_of(binh), given, an)
    assert response.status_code == 409
    assert "phân công Lộc Thị Minh xử lý" in response.text
    send(client_of(binh), given, an, version=response.context["form"]["version"].value())
    given.refresh_from_db()
    assert given.handler == an
    assert HistoryEntry.objects.filter(verb=Verb.GIVE).count() == 2


def test_the_page_says_who_does_it_and_who_instead(client_of, dung, an, stp):
    given = AssignmentFactory.create(agency=stp, handler=an)
    AbsenceFactory.create(person=an, deputy__full_name="Lộc Thị Minh")
    assert "đang vắng mặt, Lộc Thị Minh làm thay" in client_of(dung).get(f"/viec/{given.pk}/").text


def test_mail_goes_to_who_does_it_to_the_deputy_and_the_head(an, binh, stp):
    other, deputy = UserFactory.create_batch(2, agency=stp)
    people = [an, binh, other, deputy]
    assert concerned(people, None, {}) == people
    assert concerned(people, an.pk, {}) == [an, binh]
    assert concerned(people, an.pk, {an.pk: deputy}) == [an, binh, deputy]
    assert concerned([binh, other], an.pk, {}) == [binh, other]  # nobody who has it can be written to


def test_only_people_of_agencies_coordinate(dung, coordinator):
    assert allowed(coordinator, Permission.COORDINATE)
    coordinator.is_active = False
    assert not allowed(coordinator, Permission.COORDINATE)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=dung.pk).update(is_coordinator=True)
    dung.is_coordinator = True
    assert dung.role == Role.OFFICER
    assert not allowed(dung, Permission.COORDINATE)
