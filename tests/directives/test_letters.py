"""The list of letters: which ones, in which order, and how far the assignments of each are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives.models import Assignment, LetterState
from reports.queries import count
from tests.factories import AssignmentFactory, DirectiveFactory, LetterFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
URL = "/van-ban/"


@pytest.fixture
def letter(stp, stttt):
    """Of five assignments an's agency has one done and one late; chi's has one late, one done late, one taken back."""
    letter = LetterFactory.create(number="125", subject="tăng cường công tác truyền thông chính sách")
    first, second, third = DirectiveFactory.create_batch(3, letter=letter)
    AssignmentFactory.create(directive=first, agency=stp, done=True)
    AssignmentFactory.create(directive=second, agency=stp, overdue=True)
    AssignmentFactory.create(directive=first, agency=stttt, overdue=True)
    AssignmentFactory.create(directive=second, agency=stttt, done_late=True)
    AssignmentFactory.create(directive=third, agency=stttt, withdrawn=True)
    return letter


def rows_of(response):
    return [(row.letter.reference, str(row.tally), row.overdue) for row in response.context["rows"]]


def test_the_officer_sees_how_much_of_a_letter_is_done_and_late(client_of, dung, letter):
    response = client_of(dung).get(URL)
    assert rows_of(response) == [("125/UBND-KGVX", "2/4", 2)]
    assert '<progress value="2" max="4" aria-label="Đã hoàn thành 2/4">' in response.text
    assert f'href="/van-ban/{letter.pk}/"' in response.text


def test_the_figures_are_those_of_the_reports(client_of, giang, letter, today):
    row = client_of(giang).get(URL).context["rows"][0]
    figures = count(Assignment.objects.filter(directive__letter=letter), today)
    assert (row.tally.done, row.tally.given, row.overdue) == (figures.done, figures.given, figures.open_overdue)


def test_an_agency_counts_only_its_own_assignments(client_of, an, letter):
    assert rows_of(client_of(an).get(URL)) == [("125/UBND-KGVX", "1/2", 1)]


def test_a_letter_that_gives_an_agency_nothing_is_not_in_its_list(client_of, chi, an, letter):
    AssignmentFactory.create(agency=an.agency)
    assert rows_of(client_of(chi).get(URL)) == [("125/UBND-KGVX", "1/2", 1)]


def test_the_officer_sees_what_is_being_entered_and_the_leader_does_not(client_of, dung, giang):
    LetterFactory.create(state=LetterState.DRAFT)
    assert "chưa giao" in client_of(dung).get(URL).text
    assert client_of(giang).get(URL).context["rows"] == []


def test_a_letter_without_a_number_says_so(client_of, dung):
    LetterFactory.create(number="", issued_on=None, effective_on=date(2023, 1, 5))
    text = client_of(dung).get(URL).text
    assert "chưa có số" in text
    assert "tháng 01/2023" in text


@pytest.mark.parametrize("words", ["truyen thong", "TRUYỀN THÔNG", "125/ubnd", "uy ban nhan dan tinh lang son"])
def test_a_search_needs_no_diacritics(client_of, dung, letter, words):
    LetterFactory.create(number="7", notation="VP", subject="phòng cháy", issuer="Văn phòng")
    assert rows_of(client_of(dung).get(URL, {"q": words})) == [("125/UBND-KGVX", "2/4", 2)]


def test_a_search_that_finds_nothing_says_what_to_do(client_of, dung, letter):
    response = client_of(dung).get(URL, {"q": "khong co"})
    assert "Không có văn bản nào khớp" in response.text
    assert 'value="khong co"' in response.text


def test_without_letters_the_page_says_so(client_of, dung):
    assert "Chưa có văn bản" in client_of(dung).get(URL).text


def test_the_newest_letter_comes_first_and_twenty_fill_a_page(client_of, dung):
    for number in range(21):
        LetterFactory.create(number=str(number), issued_on=date(2023, 1, 1) + timedelta(days=number))
    client = client_of(dung)
    first, second = client.get(URL), client.get(URL, {"trang": 2})
    assert [row.letter.number for row in first.context["rows"]] == [str(n) for n in range(20, 0, -1)]
    assert [row.letter.number for row in second.context["rows"]] == ["0"]
    assert client.get(URL, {"trang": "không có"}).context["rows"][0].letter.number == "20"


def test_the_number_of_queries_does_not_grow_with_the_letters(client_of, an, stp, django_assert_num_queries):
    client = client_of(an)
    AssignmentFactory.create(agency=stp)
    with CaptureQueriesContext(connection) as one:
        client.get(URL)
    AssignmentFactory.create_batch(12, agency=stp)
    with django_assert_num_queries(len(one)):
        assert len(client.get(URL).context["rows"]) == 13
    assert len(one) <= 7


def test_the_administrator_has_no_letters_and_strangers_sign_in_first(client_of, quan, client):
    assert client_of(quan).get(URL).status_code == 403
    assert client.get(URL).headers["Location"].startswith("/dang-nhap/")
