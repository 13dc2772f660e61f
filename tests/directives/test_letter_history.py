"""The history of one letter: entered, given, reported on; agencies read what is theirs."""

from __future__ import annotations

import pytest

from directives.actions.letters import NewDirective, NewParty, assign, enter_letter
from directives.models import PartyRole
from tests.directives.submissions import submit_again
from tests.factories import NOW, LetterFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def letter(dung, stp, stttt):
    parties = [NewParty(PartyRole.LEAD, str(one), agency=one) for one in (stp, stttt)]
    new = NewDirective(label="2.1", title="Theo dõi kế hoạch", start=0, end=10, parties=parties)
    one = enter_letter(LetterFactory.build(entered_by=dung), by=dung, now=NOW, directives=[new])
    assign(one, by=dung, now=NOW)
    one.refresh_from_db()
    return one


def told(client, letter):
    return [line.event.text for line in client.get(f"/van-ban/{letter.pk}/lich-su/").context["lines"]]


def test_the_office_reads_it_from_the_entry_on(client_of, dung, letter):
    assert sorted(told(client_of(dung), letter)) == [
        "Văn phòng UBND tỉnh giao nhiệm vụ cho Sở Thông tin và Truyền thông",
        "Văn phòng UBND tỉnh giao nhiệm vụ cho Sở Tư pháp",
        "Văn phòng UBND tỉnh giao văn bản, 2 nhiệm vụ cho cơ quan",
        "Văn phòng UBND tỉnh nhập văn bản, 1 nhiệm vụ",
    ]


def test_an_agency_reads_what_is_its_own(client_of, an, letter, stp):
    submit_again(stp.assignments.get(), an, days_ago=0, document="88/STP-VP")
    assert told(client_of(an), letter) == [
        "Sở Tư pháp báo cáo đã hoàn thành ngày 20/02/2023, đề nghị xác nhận",
        "Văn phòng UBND tỉnh giao nhiệm vụ cho Sở Tư pháp",
    ]


def test_the_letters_page_leads_here(client_of, an, letter):
    assert f'href="/van-ban/{letter.pk}/lich-su/"' in client_of(an).get(f"/van-ban/{letter.pk}/").text


def test_other_agencies_do_not_know_of_the_letter(client_of, chi, an):
    other = LetterFactory.create()
    assert client_of(chi).get(f"/van-ban/{other.pk}/lich-su/").status_code == 404


def test_long_histories_have_pages(client_of, dung, letter, django_assert_max_num_queries):
    client = client_of(dung)
    with django_assert_max_num_queries(12):
        assert client.get(f"/van-ban/{letter.pk}/lich-su/", {"trang": 9}).status_code == 200
