"""The filtered list as a workbook: what the page counts, dates as dates, and no text that becomes a formula."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from directives.resources import workbook_of
from tests.factories import TODAY, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def sheet_of(content):
    return load_workbook(BytesIO(content)).active


def exported(client, **query):
    response = client.get("/nhiem-vu/xuat/", query)
    assert response["Content-Disposition"] == 'attachment; filename="nhiem-vu-2023-02-20.xlsx"'
    return sheet_of(response.content)


def test_it_holds_what_the_page_counts_with_the_filter_kept(client_of, dung, an):
    AssignmentFactory.create(agency=an.agency, overdue=True, directive__title="Họp báo")
    AssignmentFactory.create_batch(2)
    client = client_of(dung)
    assert exported(client).max_row == 4
    sheet = exported(client, tt="qua-han")
    row = [cell.value for cell in sheet[2]]
    assert sheet.max_row == 2
    assert row[2:7] == ["Họp báo", "Sở Tư pháp", "Chủ trì", row[5], "Quá hạn 12 ngày"]
    assert row[5].date().isoformat() == "2023-02-08"
    assert sheet["F2"].number_format == "dd/mm/yyyy"
    link = client.get("/nhiem-vu/", {"tt": "qua-han"}).text
    assert 'href="/nhiem-vu/xuat/?tt=qua-han"' in link


def test_an_agency_takes_its_own_alone(client_of, an, chi):
    AssignmentFactory.create(agency=an.agency)
    AssignmentFactory.create(agency=chi.agency)
    sheet = exported(client_of(an))
    assert [sheet.cell(2, 4).value, sheet.max_row] == ["Sở Tư pháp", 2]


def test_the_number_of_queries_does_not_grow(client_of, dung, django_assert_max_num_queries):
    AssignmentFactory.create_batch(12)
    client = client_of(dung)
    with django_assert_max_num_queries(8):
        assert exported(client).max_row == 13


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(text="\x1f", begin="")
@given(text=st.text(min_size=1, max_size=60), begin=st.sampled_from(["", "=", "+", "-", "@", "\t=", "\r="]))
def test_no_text_becomes_a_formula(db, text, begin):
    row = AssignmentFactory.build(officer=AssignmentFactory.build().directive.letter.entered_by)
    row.directive.title = begin + text
    cell = sheet_of(workbook_of([row], on=TODAY))["C2"]
    assert cell.data_type == "s" or cell.value is None  # nothing is left where only control characters stood
    assert cell.quotePrefix
