"""One search over letters, directives, assignments and agencies, within what one may see."""

from __future__ import annotations

import pytest

from tests.factories import AssignmentFactory, DirectiveFactory, LetterFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def given(an, chi):
    """A directive on the press for Sở Tư pháp, one on archives for Sở TT&TT, of two letters."""
    press = DirectiveFactory.create(letter=LetterFactory.create(subject="công tác báo chí"), title="Họp báo hằng tháng")
    archives = DirectiveFactory.create(letter=LetterFactory.create(subject="lưu trữ"), title="Số hoá tài liệu")
    return [
        AssignmentFactory.create(directive=one, agency=person.agency) for one, person in ((press, an), (archives, chi))
    ]


def counts(client, words):
    return {part.heading: part.count for part in client.get("/tim/", {"q": words}).context["found"]}


def test_without_diacritics_every_sort_is_found_and_counted(client_of, dung, given):
    assert counts(client_of(dung), "hop bao") == {"Nhiệm vụ theo văn bản": 1, "Nhiệm vụ giao cho cơ quan": 1}
    assert counts(client_of(dung), "so tu phap") == {"Nhiệm vụ giao cho cơ quan": 1, "Cơ quan": 1}
    assert counts(client_of(dung), "báo chí")["Văn bản"] == 1


def test_an_agency_finds_what_is_its_own(client_of, an, given):
    client = client_of(an)
    assert counts(client, "luu tru") == counts(client, "thong tin va truyen thong") == {}
    assert counts(client, "tu phap") == {"Nhiệm vụ giao cho cơ quan": 1, "Cơ quan": 1}


def test_a_long_result_leads_to_its_list(client_of, dung):
    AssignmentFactory.create_batch(9, directive__title="Kiểm tra đê điều")
    text = client_of(dung).get("/tim/", {"q": "de dieu"}).text
    assert 'href="/nhiem-vu/?q=de+dieu">Xem cả 9 kết quả' in text
    assert client_of(dung).get("/nhiem-vu/?q=de+dieu").context["page_obj"].paginator.count == 9


@pytest.mark.parametrize(("words", "sentence"), [("", "Nhập từ cần tìm."), ("khong co gi", "Không tìm thấy gì.")])
def test_nothing_says_what_to_do(client_of, dung, given, words, sentence):
    assert sentence in client_of(dung).get("/tim/", {"q": words}).text


@pytest.mark.parametrize("words", ["%", "'; drop table", "x" * 5000, "\x00"])
def test_odd_words_find_nothing_and_break_nothing(client_of, dung, given, words):
    assert counts(client_of(dung), words) == {}


def test_the_bar_of_every_page_searches_for_whoever_has_something_to_find(client_of, an, dung, giang, quan):
    for person, page in ((an, "/viec/"), (dung, "/tong-quan/"), (giang, "/lanh-dao/")):
        text = client_of(person).get(page).text
        bar = text.partition('class="site-search"')[2].partition("</form>")[0]
        assert 'action="/tim/"' in bar
        assert 'name="q"' in bar
        assert text.count('class="site-nav"') == 1
        assert text.partition('class="site-nav"')[2].partition("</nav>")[0].count("<li>") <= 5
    assert "site-search" not in client_of(quan).get("/tai-khoan/").text


def test_an_empty_search_opens_the_page_of_searching(client_of, an):
    assert "Nhập từ cần tìm." in client_of(an).get("/tim/", {"q": ""}).text
