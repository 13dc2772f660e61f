"""One letter: its head, how its directives stand, the matrix, and its text word for word."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from agencies.models import Comparison, Kind
from directives.deadlines import Label
from directives.models import Assignment, Directive, LetterState
from directives.views.letter_text import paragraphs
from reports.queries import count
from tests.factories import TODAY, AgencyFactory, AssignmentFactory, DirectiveFactory, LetterFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TEXT = """**ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN**

V/v tăng cường công tác
truyền thông chính sách

1. Sở Tư pháp

- Theo dõi, tổ chức Hợp báo khi cần.

2. Các sở & địa phương

- Thực hiện <nghiêm> Kế hoạch.
"""


def clause(letter, label, words, **details):
    """A directive whose span is where `words` stand in the letter."""
    start = letter.text.index(words)
    return DirectiveFactory.create(letter=letter, label=label, start=start, end=start + len(words), **details)


@pytest.fixture
def letter(stp, stttt):
    """1.1 went to an's agency alone and is late; 2.1 went to an's, to chi's and to a district, which has done it."""
    letter = LetterFactory.create(text=TEXT, correction_note="Bản gốc ghi «Hợp báo», hiểu là «họp báo».")
    alone = clause(letter, "1.1", "Theo dõi, tổ chức Hợp báo khi cần.", title="Theo dõi, đôn đốc", position=1)
    shared = clause(letter, "2.1", "Thực hiện <nghiêm> Kế hoạch.", title="Thực hiện Kế hoạch", position=2)
    AssignmentFactory.create(directive=alone, agency=stp, overdue=True)
    AssignmentFactory.create(directive=shared, agency=stp, due_soon=True)
    AssignmentFactory.create(directive=shared, agency=stttt, overdue=True)
    district = AgencyFactory.create(code="H180", short_name="UBND huyện Tràng Định", kind=Kind.DISTRICT)
    AssignmentFactory.create(directive=shared, agency=district, done=True)
    return letter


def page(client, letter, **query):
    return client.get(f"/van-ban/{letter.pk}/", query)


def agencies_in(response):
    return [row.agency.short_name for row in response.context["matrix"].rows]


# --- the head and the counts ------------------------------------------------------------------------------------------
def test_the_head_names_the_letter(client_of, dung):
    letter = LetterFactory.create(
        number="125", subject="truyền thông", signer_name="Dương Xuân Huyền", signer_position="PHÓ CHỦ TỊCH"
    )
    text = page(client_of(dung), letter).text
    for words in ("Công văn số 125/UBND-KGVX", "05/01/2023", letter.issuer, "Dương Xuân Huyền, Phó chủ tịch"):
        assert words in text
    assert "<h1>Truyền thông</h1>" in text


def test_a_blank_number_and_day_stay_visible(client_of, dung):
    letter = LetterFactory.create(number="", issued_on=None, effective_on=date(2023, 1, 5))
    text = page(client_of(dung), letter).text
    assert "Chưa có số" in text
    assert "ký hiệu UBND-KGVX" in text
    assert "tháng 01/2023" in text
    assert "05/01/2023" not in text


def test_every_assignment_is_counted_under_one_label_with_its_list(client_of, dung, letter):
    response = page(client_of(dung), letter)
    counts = {one.code: one.count for one in response.context["counts"]}
    assert counts == {Label.OVERDUE: 2, Label.DUE_SOON: 1, Label.DONE: 1}
    assert f'href="/nhiem-vu/?vb={letter.pk}&amp;tt=qua-han"' in response.text
    assert str(response.context["tally"]) == "1/4"


def test_the_counts_are_those_of_the_reports(client_of, giang, letter, today):
    response = page(client_of(giang), letter)
    figures = count(Assignment.objects.filter(directive__letter=letter), today)
    assert sum(one.count for one in response.context["counts"]) == figures.given
    assert response.context["tally"].done == figures.done


def test_each_count_leads_to_as_many_assignments(client_of, dung, letter):
    client = client_of(dung)
    for one in page(client, letter).context["counts"]:
        assert client.get(one.url).context["page_obj"].paginator.count == one.count


# --- single directives and the matrix ---------------------------------------------------------------------------------
def test_a_directive_of_one_agency_is_listed_with_its_internal_deadline(client_of, dung, letter):
    Directive.objects.filter(label="1.1").update(due_is_internal=True)
    response = page(client_of(dung), letter)
    assert [one.label for one in response.context["single"]] == ["1.1"]
    assert "Quá hạn 12 ngày" in response.text
    assert "08/02/2023 (hạn nội bộ)" in response.text


def test_the_matrix_has_a_row_for_each_agency_and_a_link_in_each_cell(client_of, dung, letter, stttt):
    response = page(client_of(dung), letter)
    assert agencies_in(response) == ["Sở Thông tin và Truyền thông", "Sở Tư pháp", "UBND huyện Tràng Định"]
    assert [row.heading for row in response.context["matrix"].rows] == ["Sở, ban, ngành", "", "Địa phương"]
    late = Assignment.objects.get(directive__label="2.1", agency=stttt)
    assert f'<a class="cell s-qua-han" href="/viec/{late.pk}/" title="Quá hạn 12 ngày">' in response.text


def test_the_matrix_sums_what_is_done_by_directive_and_by_agency(client_of, dung, letter):
    matrix = page(client_of(dung), letter).context["matrix"]
    assert [str(column.total) for column in matrix.columns] == ["1/3"]
    assert [str(row.total) for row in matrix.rows] == ["0/1", "0/1", "1/1"]
    assert str(matrix.total) == "1/3"


def test_one_kind_of_agencies_narrows_rows_columns_and_totals(client_of, dung, letter):
    for code in ("BLS", "DPTTH"):
        AssignmentFactory.create(directive=_press(letter), agency=AgencyFactory.create(code=code, kind=Kind.PRESS))
    client = client_of(dung)
    whole, districts = page(client, letter), page(client, letter, nhom="dia-phuong")
    assert [column.directive.label for column in whole.context["matrix"].columns] == ["2.1", "3.1"]
    assert [column.directive.label for column in districts.context["matrix"].columns] == ["2.1"]
    assert agencies_in(districts) == ["UBND huyện Tràng Định"]
    assert str(districts.context["matrix"].total) == "1/1"
    assert '<option value="dia-phuong" selected>' in districts.text


def _press(letter):
    return Directive.objects.filter(label="3.1").first() or clause(letter, "3.1", "V/v", position=3)


def test_only_agencies_with_something_late_are_kept_and_totals_stay(client_of, dung, letter):
    response = page(client_of(dung), letter, **{"qua-han": "1"})
    assert agencies_in(response) == ["Sở Thông tin và Truyền thông"]
    assert str(response.context["matrix"].total) == "1/3"


def test_a_filter_that_leaves_nobody_says_so(client_of, dung, letter):
    response = page(client_of(dung), letter, **{"qua-han": "1", "nhom": Comparison.LOCALITIES.value})
    assert "Không có cơ quan nào quá hạn trong nhóm này" in response.text
    assert "Bỏ tất cả bộ lọc" in response.text


def test_nonsense_in_the_address_filters_nothing(client_of, dung, letter):
    assert len(agencies_in(page(client_of(dung), letter, nhom="' or 1=1"))) == 3


def test_of_several_periods_the_cell_shows_the_most_urgent_and_counts_all(client_of, dung, letter, stp):
    shared = Directive.objects.get(label="2.1")
    AssignmentFactory.create(directive=shared, agency=stp, period="2023-01", overdue=True)
    matrix = page(client_of(dung), letter).context["matrix"]
    row = next(row for row in matrix.rows if row.agency == stp)
    assert row.cells[0].code == Label.OVERDUE
    assert str(row.total) == "0/2"


def test_a_withdrawn_assignment_is_nowhere_in_the_figures(client_of, dung, letter):
    AssignmentFactory.create(directive=Directive.objects.get(label="2.1"), withdrawn=True)
    response = page(client_of(dung), letter)
    assert str(response.context["tally"]) == "1/4"
    assert len(agencies_in(response)) == 3


# --- who sees what ----------------------------------------------------------------------------------------------------
def test_an_agency_sees_its_own_directives_only_and_all_of_the_text(client_of, chi, letter):
    response = page(client_of(chi), letter)
    assert [one.label for one in response.context["single"]] == ["2.1"]
    assert "Nhiệm vụ giao cho Sở Thông tin và Truyền thông (1)" in response.text
    assert "Sở Tư pháp</th>" not in response.text
    assert "UBND huyện Tràng Định" not in response.text
    assert "tổ chức Hợp báo khi cần." in response.text
    assert 'id="muc-1.1"' not in response.text
    assert f'href="/viec/?vb={letter.pk}&amp;tt=qua-han"' in response.text


def test_another_agencys_letter_is_not_found(client_of, chi, an):
    letter = AssignmentFactory.create(agency=an.agency).directive.letter
    assert page(client_of(an), letter).status_code == 200
    assert page(client_of(chi), letter).status_code == 404


def test_a_letter_being_entered_is_the_offices_alone(client_of, dung, giang):
    draft = LetterFactory.create(state=LetterState.DRAFT)
    DirectiveFactory.create(letter=draft)
    text = page(client_of(dung), draft).text
    assert "chưa giao cho cơ quan nào" in text
    assert "chưa giao</td>" in text
    assert page(client_of(giang), draft).status_code == 404


def test_the_administrator_reads_no_letters(client_of, quan, letter):
    assert page(client_of(quan), letter).status_code == 403


# --- the text ---------------------------------------------------------------------------------------------------------
def test_the_text_is_kept_word_for_word_with_its_slips_and_the_note_beside_it(client_of, dung, letter):
    text = page(client_of(dung), letter).text
    assert "tổ chức Hợp báo khi cần." in text
    assert "Bản gốc ghi «Hợp báo», hiểu là «họp báo»." in text
    assert "<strong>ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN</strong>" in text
    assert "V/v tăng cường công tác\ntruyền thông chính sách" in text
    assert "**" not in text


def test_each_clause_is_marked_and_can_be_linked_to(client_of, dung, letter):
    text = page(client_of(dung), letter).text
    for directive in letter.directives.all():
        found = re.findall(rf'<mark class="clause" id="muc-{re.escape(directive.label)}"[^>]*>(.*?)</mark>', text)
        assert [unescape(words) for words in found] == [directive.text]
        assert f'href="#muc-{directive.label}"' in text


@given(st.text("ab* \n", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), max_size=4))
def test_however_spans_lie_no_word_is_lost_and_each_begins_once(text, spans):
    directives = [Directive(pk=n, start=start, end=start + size) for n, (start, size) in enumerate(spans)]
    runs = [run for paragraph in paragraphs(text, directives) for run in paragraph]
    shown = "".join(run.text for run in runs)
    assert re.sub(r"[\s*]", "", shown) == re.sub(r"[\s*]", "", text)
    begun = Counter(one.pk for run in runs for one in run.begins)
    assert set(begun.values()) <= {1}
    assert set(begun) == {one.pk for run in runs for one in run.directives}
    for one in directives:
        if re.sub(r"[\s*]", "", text[one.start : one.end]):
            marked = "".join(run.text for run in runs if one in run.directives)
            assert re.sub(r"[\s*]", "", text[one.start : one.end]) == re.sub(r"[\s*]", "", marked)


# --- size -------------------------------------------------------------------------------------------------------------
class _Nodes(HTMLParser):
    count = 0

    def handle_starttag(self, tag, attrs):
        self.count += 1


@pytest.fixture
def wide_letter():
    """39 agencies × 7 directives, every cell filled."""
    letter = LetterFactory.create(text=TEXT)
    agencies = AgencyFactory.create_batch(39)
    for number in range(1, 8):
        directive = clause(letter, f"6.{number}", "Thực hiện", position=number)
        Assignment.objects.bulk_create(
            Assignment(directive=directive, agency=agency, assigned_on=TODAY, due_on=TODAY) for agency in agencies
        )
    return letter


def test_a_full_matrix_stays_within_fifteen_hundred_nodes(client_of, dung, wide_letter):
    nodes = _Nodes()
    nodes.feed(page(client_of(dung), wide_letter).text)
    assert 39 * 7 * 3 < nodes.count <= 1500


def test_the_number_of_queries_does_not_grow_with_agencies_and_directives(
    client_of, dung, letter, wide_letter, django_assert_num_queries
):
    client = client_of(dung)
    with CaptureQueriesContext(connection) as few:
        page(client, letter)
    with django_assert_num_queries(len(few)):
        page(client, wide_letter)
    assert len(few) <= 6


def test_the_office_sees_how_many_have_received_and_who_has_not(client_of, dung, an, letter):
    page = client_of(dung).get(f"/van-ban/{letter.pk}/").text
    assert "Đã nhận <b>1/4</b>" in page
    assert f'href="/nhiem-vu/?vb={letter.pk}&amp;tn=chua-nhan"' in page
    assert "Đã nhận <b>" not in client_of(an).get(f"/van-ban/{letter.pk}/").text
