"""Somebody is back earlier, or does not go."""

from __future__ import annotations

import pytest

from tests.factories import AbsenceFactory, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_from_then_on_nobody_does_the_work_instead(client_of, binh, an, stp):
    AssignmentFactory.create(agency=stp, handler=an)
    absence = AbsenceFactory.create(person=an, deputy=binh)
    client = client_of(binh)
    assert len(client.get("/viec/?cua=toi").context["page_obj"]) == 1
    response = client.post(f"/co-quan-toi/vang-mat/{absence.pk}/bo/", follow=True)
    assert "Đã bỏ lịch vắng của Nông Văn An." in response.text
    absence.refresh_from_db()
    assert absence.ended_by == binh
    assert len(client.get("/viec/?cua=toi").context["page_obj"]) == 0


def test_another_agency_s_absence_is_not_found(client_of, binh, chi):
    absence = AbsenceFactory.create(person=chi)
    assert client_of(binh).post(f"/co-quan-toi/vang-mat/{absence.pk}/bo/").status_code == 404
    absence.refresh_from_db()
    assert absence.ended_at is None
