"""An agency's list of work: what is in it, in which order, and how one finds something in it."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives.deadlines import Label
from directives.models import Assignment
from tests.factories import TODAY, AgencyFactory, AssignmentFactory, DirectiveFactory, LetterFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
URL = "/viec/"
TRAITS = {
    Label.OVERDUE: "overdue",
    Label.DUE_SOON: "due_soon",
    Label.RETURNED: "returned",
    Label.ON_TRACK: "in_progress",
    Label.UNDATED: "undated",
    Label.WAITING: "submitted",
    Label.DONE_LATE: "done_late",
    Label.DONE: "done",
    Label.WITHDRAWN: "withdrawn",
}


@pytest.fixture
def one_of_each(stp):
    """Sở Tư pháp has one assignment under each of these labels, given in no particular order."""
    labels = sorted(TRAITS, key=str)
    return {label: AssignmentFactory.create(agency=stp, **{TRAITS[label]: True}) for label in labels}


@pytest.fixture
def an_s(client_of, an):
    return client_of(an)


def titled(title, agency, **fields):
    return AssignmentFactory.create(directive=DirectiveFactory.create(title=title, text="x", **fields), agency=agency)


def listed(response):
    return [one.pk for one in response.context["page_obj"]]


def tabs_of(response):
    return {tab.text: tab.count for tab in response.context["tabs"]}


def test_the_worst_comes_first_and_what_is_done_last(an_s, one_of_each):
    order = [label for label in TRAITS if label != Label.WITHDRAWN]
    assert listed(an_s.get(URL)) == [one_of_each[label].pk for label in order]


def test_of_two_late_ones_the_later_comes_first(an_s, stp):
    late = AssignmentFactory.create(agency=stp, due_on=TODAY - timedelta(days=2))
    later = AssignmentFactory.create(agency=stp, due_on=TODAY - timedelta(days=40))
    assert listed(an_s.get(URL)) == [later.pk, late.pk]


def test_every_assignment_is_counted_under_exactly_one_tab(an_s, one_of_each):
    tabs = tabs_of(an_s.get(URL))
    assert tabs.pop("Tất cả") == len(TRAITS) - 1  # what was taken back is not work
    assert tabs.pop("Đã thu hồi") == 1
    assert sum(tabs.values()) == len(TRAITS) - 1


@pytest.mark.parametrize("label", TRAITS)
def test_a_tab_shows_what_it_counts(an_s, one_of_each, label):
    response = an_s.get(URL, {"tt": label})
    assert listed(response) == [one_of_each[label].pk]
    assert [tab.code for tab in response.context["tabs"] if tab.current] == [label]


def test_late_and_soon_keep_their_tabs_when_they_are_empty_and_the_rest_do_not(an_s, stp):
    AssignmentFactory.create(agency=stp)
    assert tabs_of(an_s.get(URL)) == {"Tất cả": 1, "Quá hạn": 0, "Sắp đến hạn": 0, "Trong hạn": 1}


def test_another_agency_s_work_is_nowhere(an_s, stttt):
    AssignmentFactory.create(agency=stttt, overdue=True)
    response = an_s.get(URL)
    assert listed(response) == []
    assert tabs_of(response)["Tất cả"] == 0


def test_a_row_says_what_until_when_from_where_and_how_far(an_s, stp):
    letter = LetterFactory.create(number="125")
    one = AssignmentFactory.create(
        directive=DirectiveFactory.create(letter=letter, label="2.1", title="Cung cấp tài liệu"),
        agency=stp,
        in_progress=True,
        due_on=TODAY + timedelta(days=3),
    )
    page = an_s.get(URL).text
    assert f'<a class="title" href="/viec/{one.pk}/">Cung cấp tài liệu</a>' in page
    for words in ("2.1", "Còn 3 ngày", "23/02/2023", "125/UBND-KGVX", "18/02", "(60 %)"):
        assert words in page


def test_the_letter_filter_narrows_list_and_tabs(an_s, stp):
    wanted, other = LetterFactory.create(), LetterFactory.create()
    one = AssignmentFactory.create(directive__letter=wanted, agency=stp, overdue=True)
    AssignmentFactory.create(directive__letter=other, agency=stp, overdue=True)
    response = an_s.get(URL, {"vb": wanted.pk})
    assert listed(response) == [one.pk]
    assert tabs_of(response)["Quá hạn"] == 1


def test_only_letters_that_concern_the_agency_are_offered(an_s, stp, stttt):
    mine, foreign = LetterFactory.create(), LetterFactory.create()
    AssignmentFactory.create(directive__letter=mine, agency=stp)
    AssignmentFactory.create(directive__letter=foreign, agency=stttt)
    page = an_s.get(URL).text
    assert mine.reference in page
    assert foreign.reference not in page
    assert listed(an_s.get(URL, {"vb": foreign.pk})) == listed(an_s.get(URL))


@pytest.mark.parametrize(
    "query",
    [
        "tt=khong-co",
        "vb=abc",
        "vb=999999999999999999999",
        "trang=abc",
        "trang=-1",
        "trang=99",
        "q=%00",
        "q=" + "x" * 500,
    ],
)
def test_nonsense_in_the_address_never_breaks_the_page(an_s, stp, query):
    AssignmentFactory.create(agency=stp)
    assert an_s.get(f"{URL}?{query}").status_code == 200


def test_twenty_a_page(an_s, stp):
    AssignmentFactory.create_batch(21, agency=stp)
    assert len(listed(an_s.get(URL))) == 20
    assert len(listed(an_s.get(URL, {"trang": 2}))) == 1


def test_the_pages_keep_the_filter(an_s, stp):
    AssignmentFactory.create_batch(21, agency=stp, overdue=True)
    page = an_s.get(URL, {"tt": "qua-han", "q": "kế hoạch"}).text
    assert "?tt=qua-han&amp;q=k%E1%BA%BF+ho%E1%BA%A1ch&amp;trang=2" in page


def test_a_tab_keeps_letter_and_words(an_s, stp):
    one = AssignmentFactory.create(agency=stp)
    letter = one.directive.letter_id
    tabs = an_s.get(URL, {"vb": letter, "q": "91/KH", "trang": 3}).context["tabs"]
    assert tabs[1].url == f"/viec/?vb={letter}&q=91%2FKH&tt=qua-han"


def test_typing_keeps_the_tab(an_s, stp):
    """The search form sends the open tab along, also after htmx has replaced the list."""
    page = an_s.get(URL, {"tt": "qua-han"}, headers={"HX-Request": "true"}).text
    assert '<input type="hidden" name="tt" value="qua-han" form="tim">' in page


def test_htmx_gets_the_list_alone_and_caches_are_told(an_s, stp):
    AssignmentFactory.create(agency=stp)
    whole, part = an_s.get(URL), an_s.get(URL, headers={"HX-Request": "true"})
    assert "<html" in whole.text
    assert "<html" not in part.text
    assert 'id="danh-sach"' in part.text
    assert '<p id="dem" hx-swap-oob="innerHTML">1 nhiệm vụ</p>' in part.text
    assert "HX-Request" in whole["Vary"]
    assert "HX-Request" in part["Vary"]


def test_nothing_late_says_what_comes_next(an_s, stp):
    AssignmentFactory.create_batch(3, agency=stp, due_soon=True)
    page = an_s.get(URL, {"tt": "qua-han"}).text
    assert "Không có việc nào quá hạn. Có 3 việc sắp đến hạn." in page
    assert '<a href="/viec/?tt=sap-den-han">' in page


def test_nothing_late_and_nothing_soon(an_s, stp):
    AssignmentFactory.create(agency=stp)
    page = an_s.get(URL, {"tt": "qua-han"}).text
    assert "Không có việc nào quá hạn." in page
    assert "Xem tất cả nhiệm vụ" in page


def test_nothing_found_says_how_to_search(an_s, stp):
    AssignmentFactory.create(agency=stp)
    page = an_s.get(URL, {"q": "không có chữ này"}).text
    assert "Không có nhiệm vụ nào." in page
    assert "Thử bỏ bớt bộ lọc hoặc tìm từ khác. Có thể gõ không dấu, ví dụ «so tu phap»." in page
    assert '<a href="/viec/">Bỏ tất cả bộ lọc</a>' in page


def test_a_new_agency_is_told_that_work_will_come(an_s):
    assert "Chưa có nhiệm vụ nào giao cho Sở Tư pháp." in an_s.get(URL).text


def test_words_of_the_letter_and_its_number_are_found_too(an_s, stp):
    wanted = LetterFactory.create(number="407", notation="QĐ-TTg", subject="phê duyệt Đề án truyền thông")
    one = AssignmentFactory.create(directive__letter=wanted, agency=stp)
    AssignmentFactory.create(agency=stp)
    for words in ("407/qd", "de an phe duyet"):
        assert listed(an_s.get(URL, {"q": words})) == [one.pk]


def test_every_word_must_be_there_in_any_order(an_s, stp):
    one = titled("Hướng dẫn vị trí việc làm", stp)
    titled("Hướng dẫn định mức biên chế", stp)
    assert listed(an_s.get(URL, {"q": "viec lam huong dan"})) == [one.pk]


def query_count(client, **query):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(URL, query).status_code == 200
    return len(queries)


def test_queries_do_not_grow_with_the_rows(an_s, stp):
    AssignmentFactory.create(agency=stp)
    one = query_count(an_s)
    AssignmentFactory.create_batch(30, agency=stp, overdue=True)
    assert query_count(an_s) == one <= 12
    assert query_count(an_s, q="ke hoach", tt="qua-han") == one


def nfd(text):
    return unicodedata.normalize("NFD", text)


# What stands in the letter, and what somebody types to find it.
PAIRS = [
    ("Sở Tư pháp", "so tu phap"),
    ("Sở Tư pháp", "SO TU PHAP"),
    ("Sở Tư pháp", "sở tư pháp"),
    ("Sở Tư pháp", nfd("Sở Tư pháp")),
    (nfd("Sở Tư pháp"), "so tu phap"),
    (nfd("Sở Tư pháp"), "Sở Tư pháp"),
    ("SỞ TƯ PHÁP", "sở tư pháp"),
    ("Ủy ban nhân dân", "uy ban nhan dan"),
    ("Uỷ ban nhân dân", "uy ban nhan dan"),
    ("Ủy ban nhân dân", "Uỷ ban nhân dân"),
    ("Uỷ ban nhân dân", "Ủy ban nhân dân"),
    ("hòa giải ở cơ sở", "hoà giải"),
    ("hoà giải ở cơ sở", "hòa giải"),
    ("CỘNG HOÀ XÃ HỘI", "cộng hòa xã hội"),
    ("thủy lợi", "thuỷ lợi"),
    ("thuỷ lợi", "thuy loi"),
    ("lũy kế", "luỹ kế"),
    ("tùy theo tình hình", "tuỳ theo"),
    ("khỏe mạnh", "khoẻ mạnh"),
    ("tòa án", "toà án"),
    ("xóa đói giảm nghèo", "xoá đói"),
    ("hóa đơn điện tử", "hoá đơn"),
    ("Hội đồng nhân dân", "hoi dong nhan dan"),
    ("Đảng bộ tỉnh", "dang bo"),
    ("Ðảng bộ tỉnh", "dang bo"),  # U+00D0, as converters from TCVN3 write it
    ("Ðảng bộ tỉnh", "Đảng bộ"),
    ("Đảng bộ tỉnh", "Ðảng bộ"),
    ("đôn đốc", "don doc"),
    ("đôn đốc", "ðôn ðốc"),
    (nfd("đôn đốc"), "Đôn Đốc"),
    ("Quyết định số 407/QĐ-TTg", "407/qd-ttg"),
    ("Quyết định số 407/QĐ-TTg", "407/QĐ-TTg"),
    ("Quyết định số 407/QÐ-TTg", "407/QĐ"),
    ("Kế hoạch số 91/KH-UBND", "91/kh-ubnd"),
    ("Kế hoạch số 91/KH-UBND", "ke hoach 91"),
    ("Nghị định số 09/2017/NĐ-CP", "09/2017/nd-cp"),
    ("Luật An ninh mạng năm 2018", "luat an ninh mang 2018"),
    ("chuyển đổi số", "chuyen doi so"),
    ("chuyển đổi số", "CHUYỂN ĐỔI SỐ"),
    ("truyền thông chính sách", "truyen thong chinh sach"),
    ("truyền thông chính sách", "chinh  sach   truyen thong"),
    ("hệ thống thông tin cơ sở", "he thong thong tin co so"),
    ("phương án kinh phí", "phuong an kinh phi"),
    ("vị trí việc làm", "vi tri viec lam"),
    ("định mức biên chế", "dinh muc bien che"),
    ("người yếu thế", "nguoi yeu the"),
    ("giám sát, phản biện", "giam sat, phan bien"),
    ("Báo Lạng Sơn", "bao lang son"),
    ("Tràng Định", "trang dinh"),
    ("Ðình Lập", "dinh lap"),
    ("Hữu Lũng", "huu lung"),
    ("Bắc Sơn", nfd("Bắc Sơn")),
    ("Lộc Bình", "LOC BINH"),
    ("Cổng Thông tin điện tử", "cong thong tin dien tu"),
    ("ưu tiên ngân sách", "uu tien"),
    ("Ơn Bác", "on bac"),
    ("ăn năn", "an nan"),
    ("ấn phẩm", "an pham"),
    ("ỷ lại", "y lai"),
    ("nghiêm túc, kịp thời", "nghiem tuc, kip thoi"),
    ("Đề án “Tổ chức truyền thông”", "de an “to chuc"),
    ("khuyến khích sáng tạo", "khuyen khich"),
    ("nhiệm vụ\u00a0trọng tâm", "nhiem vu trong tam"),
    ("công chức,  viên chức", "cong chuc, vien chuc"),
    ("Lễ hội Kỳ Cùng - Tả Phủ", "ky cung - ta phu"),
    ("ngoại vụ", "NGOẠI VỤ"),
    ("kỹ năng số", "KỸ NĂNG"),
    ("biên giới", "biên  giới"),
]


@pytest.mark.parametrize(("written", "typed"), PAIRS)
def test_search_folds_diacritics_tone_marks_and_forms(client_of, written, typed):
    agency = AgencyFactory.create(short_name="Cơ quan khác")
    letter = LetterFactory.create(subject="về việc khác", issuer="nơi khác")
    one = titled(written, agency, letter=letter)
    titled("Một việc khác hẳn", agency, letter=letter)
    response = client_of(UserFactory.create(agency=agency)).get(URL, {"q": typed})
    assert listed(response) == [one.pk]


def test_there_are_enough_pairs():
    assert len(set(PAIRS)) >= 60


def test_the_agency_s_own_name_finds_all_its_work(an_s, stp):
    AssignmentFactory.create_batch(2, agency=stp)
    AssignmentFactory.create(agency=AgencyFactory.create())
    assert len(listed(an_s.get(URL, {"q": "so tu phap"}))) == Assignment.objects.filter(agency=stp).count() == 2


def test_one_sees_one_s_own_the_whole_agency_s_or_what_nobody_has(an_s, an, binh, stp):
    mine, theirs = (AssignmentFactory.create(agency=stp, handler=one) for one in (an, binh))
    free = AssignmentFactory.create(agency=stp)
    AssignmentFactory.create(agency=stp, handler=an, done=True)
    response = an_s.get(URL, {"cua": "toi", "tt": "trong-han"})
    assert listed(response) == [mine.pk]
    assert {tab.text: tab.count for tab in response.context["whose"]} == {
        "Cả cơ quan": 4,
        "Của tôi": 2,
        "Chưa phân công": 1,
    }
    AssignmentFactory.create(agency=stp, done=True)
    assert listed(an_s.get(URL, {"cua": "chua"})) == [free.pk]
    assert listed(an_s.get(URL, {"cua": binh.pk})) == [theirs.pk]


def test_another_agency_s_person_is_no_choice(an_s, chi, stp):
    one = AssignmentFactory.create(agency=stp)
    assert listed(an_s.get(URL, {"cua": chi.pk})) == [one.pk]


def test_typing_and_tabs_keep_whose_work_it_is(an_s, an, stp):
    AssignmentFactory.create(agency=stp, handler=an)
    response = an_s.get(URL, {"cua": "toi"})
    assert '<input type="hidden" name="cua" value="toi" form="tim">' in response.text
    assert all("cua=toi" in tab.url for tab in response.context["tabs"])
