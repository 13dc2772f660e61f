"""A notice leads straight to what it tells of, and is read then."""

from __future__ import annotations

import pytest

from directives import notices
from directives.models import Notice, NoticeKind
from directives.notices import NewNotice
from tests.factories import NOW, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def told(person, *duties):
    notices.queue([NewNotice(person, NoticeKind.ASSIGNED, "letter:1", tuple((one.pk, "") for one in duties))], now=NOW)
    return Notice.objects.get(recipient=person)


def test_one_assignment_opens_and_the_notice_is_read(client_of, an, stp):
    duty = AssignmentFactory.create(agency=stp)
    notice = told(an, duty)
    assert client_of(an).get(f"/thong-bao/{notice.pk}/").headers["Location"] == f"/viec/{duty.pk}/"
    notice.refresh_from_db()
    assert notice.read_at == NOW


def test_several_lead_to_the_list(client_of, an, stp, giang):
    duties = AssignmentFactory.create_batch(2, agency=stp)
    assert client_of(an).get(f"/thong-bao/{told(an, *duties).pk}/").headers["Location"] == "/viec/"
    assert client_of(giang).get(f"/thong-bao/{told(giang, *duties).pk}/").headers["Location"] == "/nhiem-vu/"


def test_what_left_the_agency_leads_to_the_list(client_of, an, stttt):
    notice = told(an, AssignmentFactory.create(agency=stttt))
    assert client_of(an).get(f"/thong-bao/{notice.pk}/").headers["Location"] == "/viec/"


def test_a_page_it_names_opens(client_of, an, stp):
    notice = told(an, AssignmentFactory.create(agency=stp))
    Notice.objects.update(path="/bao-cao/")
    assert client_of(an).get(f"/thong-bao/{notice.pk}/").headers["Location"] == "/bao-cao/"


@pytest.mark.parametrize("person", ["binh", "chi", "dung"])
def test_somebody_elses_notice_is_unknown_and_stays_unread(client_of, request, an, stp, person):
    notice = told(an, AssignmentFactory.create(agency=stp))
    assert client_of(request.getfixturevalue(person)).get(f"/thong-bao/{notice.pk}/").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None
