"""The list of assignments that numbers lead to."""

import re
from datetime import timedelta
from html import unescape

import pytest

from agencies.models import Kind
from directives.deadlines import LABEL_NAMES, Label
from directives.forms.filters import STANDS
from directives.models import Assignment
from directives.states import Status
from tests.factories import TODAY, AgencyFactory, AssignmentFactory, DirectiveFactory, LetterFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

URL = "/nhiem-vu/"


def text_of(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def found(answer):
    return list(answer.context["page_obj"])


@pytest.fixture
def one_of_each(stp):
    for traits in (
        {"overdue": True},
        {"due_soon": True},
        {"returned": True},
        {"submitted": True},
        {},
        {"undated": True},
        {"undated": True, "directive": DirectiveFactory.create(due_kind="standing")},
        {"undated": True, "directive": DirectiveFactory.create(due_kind="conditional")},
        {"status": Status.PAUSED},
        {"done": True},
        {"done_late": True},
        {"withdrawn": True},
    ):
        AssignmentFactory.create(agency=stp, **traits)


def test_an_officer_and_a_leader_see_all_agencies(stp, stttt, dung, giang, client_of):
    rows = {AssignmentFactory.create(agency=stp), AssignmentFactory.create(agency=stttt)}
    for person in (dung, giang):
        assert set(found(client_of(person).get(URL))) == rows


def test_an_agency_sees_its_own_only(stp, stttt, an, client_of):
    own, other = AssignmentFactory.create(agency=stp), AssignmentFactory.create(agency=stttt)
    browser = client_of(an)
    assert found(browser.get(URL)) == [own]
    assert found(browser.get(URL, {"cq": "STTTT"})) == [own]  # another agency is not offered, so it is ignored
    assert found(browser.get(URL, {"vb": other.directive.letter_id})) == [own]
    assert "Sở Thông tin và Truyền thông" not in browser.get(URL).content.decode()


def test_an_administrator_is_refused(quan, client_of):
    assert client_of(quan).get(URL).status_code == 403


def test_the_most_urgent_stands_first(stp, dung, client_of):
    done, soon, old, late = (
        AssignmentFactory.create(agency=stp, done=True),
        AssignmentFactory.create(agency=stp, due_soon=True),
        AssignmentFactory.create(agency=stp, due_on=TODAY - timedelta(days=30)),
        AssignmentFactory.create(agency=stp, overdue=True),
    )
    assert found(client_of(dung).get(URL)) == [old, late, soon, done]


@pytest.mark.parametrize("label", list(Label))
def test_each_state_finds_its_own_and_says_how_many(label, one_of_each, dung, client_of):
    answer = client_of(dung).get(URL, {"tt": label})
    assert [row.label_on(TODAY) for row in found(answer)] == [label]
    assert f"1 nhiệm vụ · {LABEL_NAMES[label]} ·" in text_of(answer)


@pytest.mark.parametrize(
    ("stand", "count"), [("da-hoan-thanh", 2), ("chua-hoan-thanh", 9), ("chua-hoan-thanh-con-han", 8), ("", 11)]
)
def test_sets_of_states_find_the_sum_of_their_parts(stand, count, one_of_each, dung, client_of):
    assert len(found(client_of(dung).get(URL, {"tt": stand}))) == count


def test_every_state_is_offered(one_of_each, dung, client_of):
    page = client_of(dung).get(URL).content.decode()
    assert all(f'<option value="{code}">{name}</option>' in page for code, (name, _) in STANDS.items())


def test_withdrawn_ones_are_only_shown_when_asked_for(one_of_each, dung, client_of):
    assert all(row.status != Status.WITHDRAWN for row in found(client_of(dung).get(URL)))


def test_agency_letter_group_and_due_day_narrow_the_list_together(stp, stttt, dung, client_of):
    directive = DirectiveFactory.create()
    wanted = AssignmentFactory.create(directive=directive, agency=stp)
    AssignmentFactory.create(directive=directive, agency=stttt)
    AssignmentFactory.create(directive=directive, agency=AgencyFactory.create(kind=Kind.DISTRICT))
    AssignmentFactory.create(directive__letter=directive.letter, agency=stp, undated=True)
    AssignmentFactory.create(agency=stp)
    query = {"cq": "STP", "vb": directive.letter_id, "nhom": "so-ban-nganh", "han": "co"}
    answer = client_of(dung).get(URL, query)
    assert found(answer) == [wanted]
    words = text_of(answer)
    assert "1 nhiệm vụ · có thời hạn · Sở Tư pháp · Sở, ban, ngành · " in words
    assert directive.letter.subject in words


@pytest.mark.parametrize("words", ["so tu phap", "Sở Tư pháp", "SO TU PHAP", "ke hoach 91", "Sở Tư pháp", "Đôn đốc"])
def test_search_folds_diacritics(words, stp, stttt, dung, client_of):
    wanted = AssignmentFactory.create(agency=stp)
    other = DirectiveFactory.create(
        title="Bố trí nhân lực", letter=LetterFactory.create(text="Bố trí nhân lực trực tại các đầu mối")
    )
    AssignmentFactory.create(agency=stttt, directive=other)
    assert found(client_of(dung).get(URL, {"q": words})) == [wanted]


def test_nothing_found_says_what_to_do_next(stp, dung, client_of):
    AssignmentFactory.create(agency=stp)
    words = text_of(client_of(dung).get(URL, {"q": "không có chữ này"}))
    assert "0 nhiệm vụ" in words
    assert "Thử bỏ bớt bộ lọc hoặc tìm từ khác." in words


@pytest.mark.parametrize(
    "query",
    [
        "?tt=xyz&cq=KHONG-CO&vb=abc&nhom=1&han=maybe&trang=abc",
        "?tt=%00&cq=%00&q=%00",
        "?vb=99999999999999999999999&trang=99999999999999999999999",
        "?trang=-1",
        "?q=" + "a" * 201,
        "?tt=qua-han%27%20OR%201=1",
    ],
)
def test_what_makes_no_sense_is_ignored(query, stp, dung, client_of):
    AssignmentFactory.create(agency=stp)
    answer = client_of(dung).get(URL + query)
    assert answer.status_code == 200
    assert len(found(answer)) == 1
    assert "aria-invalid" not in answer.content.decode()


def test_twenty_a_page_and_the_pages_keep_the_filter(stp, dung, client_of):
    directive = DirectiveFactory.create()
    for _ in range(21):
        AssignmentFactory.create(directive=directive, overdue=True)
    answer = client_of(dung).get(URL, {"tt": "qua-han"})
    assert len(found(answer)) == 20
    assert "21 nhiệm vụ" in text_of(answer)
    assert 'href="?tt=qua-han&amp;trang=2"' in answer.content.decode()
    assert len(found(client_of(dung).get(URL, {"tt": "qua-han", "trang": "2"}))) == 1


def test_every_row_is_on_exactly_one_page(stp, dung, client_of):
    for _ in range(45):
        AssignmentFactory.create(
            agency=stp, directive=DirectiveFactory.create(position=1)
        )  # nothing to tell them apart but the key
    pages = [found(client_of(dung).get(URL, {"trang": page})) for page in (1, 2, 3)]
    assert sorted(row.pk for page in pages for row in page) == sorted(Assignment.objects.values_list("pk", flat=True))


def test_what_was_sent_late_says_that_it_lies_with_the_office(stp, dung, client_of):
    AssignmentFactory.create(agency=stp, overdue=True, submitted=True)
    words = text_of(client_of(dung).get(URL, {"tt": "qua-han"}))
    assert "Quá hạn 11 ngày" in words
    assert "(100 %) Chờ xác nhận" in words


def test_the_list_asks_few_questions_however_long_it_is(dung, client_of, django_assert_max_num_queries):
    browser = client_of(dung)
    AssignmentFactory.create()
    with django_assert_max_num_queries(9) as few:
        browser.get(URL)
    for _ in range(40):
        AssignmentFactory.create(in_progress=True)
    with django_assert_max_num_queries(len(few)):
        browser.get(URL)


def test_the_office_sees_who_has_not_received(stp, stttt, dung, client_of):
    new, received = AssignmentFactory.create(agency=stp), AssignmentFactory.create(agency=stttt, acknowledged=True)
    AssignmentFactory.create(agency=stp, withdrawn=True)
    browser = client_of(dung)
    answer = browser.get(URL, {"tn": "chua-nhan"})
    assert found(answer) == [new]
    assert "1 nhiệm vụ · Chưa nhận" in text_of(answer)
    assert found(browser.get(URL, {"tn": "da-nhan"})) == [received]
