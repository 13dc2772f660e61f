"""Tổng quan, as officers and leaders see it."""

import re
from datetime import timedelta
from html import unescape

import pytest

from agencies.models import Kind
from directives.models import LetterState, Notice
from directives.states import Status
from tests.factories import NOW, TODAY, AgencyFactory, AssignmentFactory, DirectiveFactory, LetterFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

URL = "/tong-quan/"


@pytest.fixture
def work(stp, stttt):
    """Something of every sort, at several bodies."""
    district = AgencyFactory.create(code="H180", short_name="UBND huyện Tràng Định", kind=Kind.DISTRICT)
    front = AgencyFactory.create(code="MTTQ", short_name="Ủy ban Mặt trận Tổ quốc tỉnh", kind=Kind.FRONT)
    AssignmentFactory.create_batch(3, agency=stp, overdue=True)
    AssignmentFactory.create(agency=stp, overdue=True, submitted=True)
    AssignmentFactory.create_batch(2, agency=stttt, due_soon=True)
    AssignmentFactory.create(agency=stttt, submitted=True)
    AssignmentFactory.create(agency=stttt, submitted=True, undated=True)
    AssignmentFactory.create(agency=district, returned=True)
    AssignmentFactory.create(agency=district, undated=True)
    AssignmentFactory.create(agency=district, done_late=True)
    AssignmentFactory.create_batch(2, agency=front, done=True)
    AssignmentFactory.create(agency=front, done=True, undated=True)
    AssignmentFactory.create(agency=front, overdue=True)
    AssignmentFactory.create(agency=front, status=Status.PAUSED)
    AssignmentFactory.create(agency=stp, withdrawn=True)


def text_of(answer):
    """The page's words without tags, blanks squeezed."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def links_with_numbers(answer):
    """(address, number) of every number that leads to a list of assignments."""
    page = answer.content.decode()
    pairs = re.findall(r'href="(/nhiem-vu/[^"]*)"[^>]*>\s*(?:<span class="stat-number">)?(\d+)<', page)
    return [(unescape(address), int(number)) for address, number in pairs]


@pytest.mark.parametrize("person", ["dung", "giang"])
def test_officers_and_leaders_see_the_four_numbers(person, request, work, client_of):
    answer = client_of(request.getfixturevalue(person)).get(URL)
    assert answer.status_code == 200
    figures = answer.context["figures"]
    assert (figures.open_overdue, figures.due_soon, figures.waiting) == (5, 2, 2)
    assert (figures.done, figures.given) == (4, 16)
    words = text_of(answer)
    for expected in ("5 Quá hạn", "2 Sắp đến hạn", "2 Chờ xác nhận", "4 /16 Hoàn thành"):
        assert expected in words
    assert "gồm 1 đã gửi, chờ xác nhận" in words
    assert "2 đúng hạn, 1 quá hạn, 1 không hạn" in words


@pytest.mark.parametrize("person", ["an", "binh", "quan"])
def test_an_agency_and_the_administrator_are_refused(person, request, client_of):
    assert client_of(request.getfixturevalue(person)).get(URL).status_code == 403


def test_the_page_says_as_of_when(work, dung, client_of):
    assert "Số liệu đến 08:00 ngày 20/02/2023" in text_of(client_of(dung).get(URL))


def test_every_number_leads_to_a_list_that_counts_the_same(work, dung, client_of):
    browser = client_of(dung)
    followed = links_with_numbers(browser.get(URL))
    assert len(followed) > 15
    for address, number in followed:
        assert browser.get(address).context["page_obj"].paginator.count == number, address


@pytest.mark.parametrize("query", ["nhom=dia-phuong", "nhom=khac", "vb={letter}"])
def test_numbers_of_a_narrowed_page_still_lead_to_their_lists(query, work, dung, client_of, stp):
    directive = DirectiveFactory.create()
    AssignmentFactory.create(directive=directive, agency=stp, overdue=True)
    browser = client_of(dung)
    followed = links_with_numbers(browser.get(f"{URL}?{query.format(letter=directive.letter_id)}"))
    assert followed
    for address, number in followed:
        assert browser.get(address).context["page_obj"].paginator.count == number, address


def test_the_table_adds_up_in_both_directions(work, dung, client_of):
    table = client_of(dung).get(URL).content.decode().partition('class="table two-by-two"')[2].partition("</table>")[0]
    rows = [
        [int(n) for n in re.findall(r">\s*(\d+)\s*<", row)] for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    ]
    done, open_, given = rows[1:]
    for row in (done, open_, given):
        assert len(row) == 4
        assert sum(row[:3]) == row[3]
    assert [a + b for a, b in zip(done, open_, strict=True)] == given


def test_each_percentage_says_what_it_is_of(work, dung, client_of):
    words = text_of(client_of(dung).get(URL))
    assert "25,0 % 4/16 nhiệm vụ được giao" in words
    assert "25,0 % 2/8 nhiệm vụ đến hạn" in words


def test_without_anything_due_there_is_no_percentage(stp, dung, client_of):
    AssignmentFactory.create(agency=stp, undated=True)
    assert "– 0/0 nhiệm vụ đến hạn" in text_of(client_of(dung).get(URL))


def test_bodies_that_take_no_orders_stand_apart_unranked_and_are_not_chased(work, giang, client_of):
    answer = client_of(giang).get(URL)
    blocks = answer.context["blocks"]
    assert [block.ranked for block in blocks] == [True, True, False]
    assert "Mặt trận, đoàn thể và cơ quan khác · 1 cơ quan, không xếp thứ tự" in text_of(answer)
    assert {one.agency.code for one in answer.context["longest"]} == {"STP"}


def test_a_letter_narrows_everything(work, dung, stp, client_of):
    directive = DirectiveFactory.create()
    AssignmentFactory.create(directive=directive, agency=stp, due_soon=True)
    answer = client_of(dung).get(URL, {"vb": directive.letter_id})
    assert answer.context["figures"].given == 1 == answer.context["figures"].due_soon
    assert answer.context["longest"] == []


def test_drafts_are_not_offered(dung, client_of):
    draft = LetterFactory.create(state=LetterState.DRAFT, subject="còn đang nhập")
    assert draft.subject not in text_of(client_of(dung).get(URL))


@pytest.mark.parametrize(
    "query",
    ["?vb=abc&nhom=xyz", "?vb=99999999999999999999999", "?vb=%00&nhom=%00", "?vb=-1", "?nhom=dia-phuong%27--"],
)
def test_what_is_not_offered_is_ignored(query, work, dung, client_of):
    answer = client_of(dung).get(URL + query)
    assert answer.status_code == 200
    assert answer.context["figures"].given == 16
    assert "aria-invalid" not in answer.content.decode()


def test_twenty_agencies_then_a_link_to_all_of_them(dung, client_of):
    for kind, count in ((Kind.DEPARTMENT, 15), (Kind.DISTRICT, 11)):
        for _ in range(count):
            AssignmentFactory.create(agency=AgencyFactory.create(kind=kind))
    browser = client_of(dung)
    some, every = browser.get(URL), browser.get(URL, {"tat-ca": "1"})
    assert [len(block.rows) for block in some.context["blocks"]] == [10, 10]
    assert 'href="?tat-ca=1#co-quan">Xem tất cả 26 cơ quan' in some.content.decode()
    assert [len(block.rows) for block in every.context["blocks"]] == [15, 11]
    assert "Xem tất cả 26 cơ quan" not in every.content.decode()


def test_before_anything_was_given_the_page_says_so(dung, client_of):
    assert "Chưa có nhiệm vụ nào được giao." in text_of(client_of(dung).get(URL))


def test_words_that_look_like_html_are_shown_as_words(stp, dung, client_of):
    title = '<script>alert("x")</script>'
    AssignmentFactory.create(agency=stp, overdue=True, directive=DirectiveFactory.create(title=title))
    page = client_of(dung).get(URL).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("person", ["dung", "giang"])
def test_the_front_page_asks_few_questions_however_much_there_is(
    person, request, stp, client_of, django_assert_max_num_queries
):
    browser = client_of(request.getfixturevalue(person))
    AssignmentFactory.create(agency=stp, overdue=True)
    with django_assert_max_num_queries(14) as few:
        browser.get(URL)
    for _ in range(30):
        AssignmentFactory.create(overdue=True, due_on=TODAY - timedelta(days=3))
        AssignmentFactory.create(submitted=True)
    with django_assert_max_num_queries(len(few)):
        assert browser.get(URL).context["figures"].given == 61


def test_the_office_sees_how_much_mail_did_not_arrive_and_a_leader_does_not(client_of, dung, giang, an):
    assert "không đến nơi" not in client_of(dung).get(URL).text
    for number, state in enumerate(("bi-tra", "chua-ro", "cho-gui")):
        Notice.objects.create(
            recipient=an,
            kind="tra-lai",
            key=str(number),
            occasion=TODAY,
            state=state,
            created_at=NOW,
            next_at=NOW,
            message_id=f"<{number}@x>",
        )
    page = client_of(dung).get(URL).text
    assert "2 thư không đến nơi hoặc chưa rõ." in page
    assert 'href="/thu-bao/?tt=can-xu-ly"' in page
    assert "không đến nơi" not in client_of(giang).get(URL).text
