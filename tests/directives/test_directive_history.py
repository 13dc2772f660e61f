"""The history of one directive with all its agencies; an agency reads its own part."""

from __future__ import annotations

import pytest

from directives.actions.assignments import confirm
from tests.directives.submissions import submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def shared(an, chi):
    mine = submit(an)
    submit(chi, directive=mine.directive)
    return mine.directive


def told(client, directive):
    return [line.event.text for line in client.get(f"/nhiem-vu/{directive.pk}/lich-su/").context["lines"]]


@pytest.mark.parametrize("person", ["dung", "giang"])
def test_the_office_and_leaders_read_all_of_it(client_of, request, shared, person):
    assert len(told(client_of(request.getfixturevalue(person)), shared)) == 2


def test_an_agency_reads_its_own_part_and_filters_by_its_own_people(client_of, an, chi, shared):
    response = client_of(an).get(f"/nhiem-vu/{shared.pk}/lich-su/")
    assert len(response.context["lines"]) == 1
    assert "Thông tin và Truyền thông" not in response.text
    assert str(chi) not in response.text


def test_each_line_leads_to_its_assignment(client_of, dung, shared):
    text = client_of(dung).get(f"/nhiem-vu/{shared.pk}/lich-su/").text
    assert all(f'href="/viec/{one.pk}/"' in text for one in shared.assignments.all())


def test_who_was_given_nothing_of_it_gets_404(client_of, chi, an):
    assert client_of(chi).get(f"/nhiem-vu/{submit(an).directive_id}/lich-su/").status_code == 404


def test_a_decision_comes_first(client_of, dung, shared):
    confirm(shared.assignments.first(), by=dung, now=shared.assignments.first().submitted_at)
    assert told(client_of(dung), shared)[0] == "Văn phòng UBND tỉnh xác nhận hoàn thành"
