"""Recurring directives open one assignment for each agency and period: once, also in arrears."""

from __future__ import annotations

from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives import tasks
from directives.actions.adjustments import withdraw
from directives.actions.letters import NewDirective, NewParty, assign, enter_letter
from directives.actions.periods import open_periods, reschedule_periods
from directives.deadlines import DueKind
from directives.models import Assignment, HistoryEntry, LetterState, Notice, NoticeKind, PartyRole
from directives.states import Status, Verb
from tests.factories import NOW, VIETNAM, LetterFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an")]


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def given(dung, stp, stttt):
    """A function that gives both departments a recurring duty, in a letter of 05/01/2023."""

    def give(period="month", day=15, phrase="trước ngày 15 hằng tháng"):
        letter = LetterFactory.build(number="7", entered_by=None)
        clause = NewDirective(
            "1",
            "Báo cáo kết quả",
            17,
            40,
            parties=[NewParty(PartyRole.LEAD, one.short_name, one) for one in (stp, stttt)],
            due_kind=DueKind.RECURRING,
            due_phrase=phrase,
            due_details={"period": period, "day": day},
        )
        enter_letter(letter, by=dung, now=NOW, directives=[clause])
        assign(letter, by=dung, now=NOW)
        return letter.directives.get()

    return give


def periods_of(directive, agency):
    rows = directive.assignments.filter(agency=agency).order_by("assigned_on")
    return [(one.period, f"{one.due_on:%d/%m}") for one in rows]


def test_the_first_period_is_given_with_the_letter(given, stp):
    directive = given()
    assert periods_of(directive, stp) == [("2023-01", "14/01")]
    first = directive.assignments.get(agency=stp)
    assert (first.assigned_on, first.original_due_on) == (date(2023, 1, 5), date(2023, 1, 14))


def test_the_first_period_is_one_that_can_still_be_met(given, stp):
    assert periods_of(given(day=3, phrase="ngày 03 hằng tháng"), stp) == [("2023-02", "03/02")]


def test_the_next_one_opens_when_its_window_begins_and_only_once(given, stp, stttt):
    directive = given()
    assert open_periods(now=at(date(2023, 1, 14))) == []
    assert len(open_periods(now=at(date(2023, 1, 15)))) == 2
    assert open_periods(now=at(date(2023, 1, 15))) == []
    for agency in (stp, stttt):
        assert periods_of(directive, agency) == [("2023-01", "14/01"), ("2023-02", "14/02")]


def test_what_was_missed_is_opened_in_arrears(given, stp):
    directive = given("quarter", None, "định kỳ hằng quý")
    open_periods(now=at(date(2023, 12, 20)))
    assert periods_of(directive, stp) == [
        ("2023-Q1", "14/03"),
        ("2023-Q2", "14/06"),
        ("2023-Q3", "14/09"),
        ("2023-Q4", "14/12"),
        ("2024-Q1", "14/03"),
    ]
    assert [one.assigned_on for one in directive.assignments.filter(period="2023-Q3")] == [date(2023, 6, 15)] * 2


def test_each_is_logged_and_told_in_the_name_of_who_entered_the_letter(given, an, chi, dung):
    given()
    opened = open_periods(now=at(date(2023, 3, 16)))
    entries = HistoryEntry.objects.filter(verb=Verb.OPEN_PERIOD)
    assert {entry.assignment for entry in entries} == set(opened)
    assert {entry.actor for entry in entries} == {dung}
    told = Notice.objects.filter(kind=NoticeKind.ASSIGNED, occasion=date(2023, 3, 16))
    assert {one.recipient for one in told} == {an, chi}
    assert {item.assignment.period for one in told for item in one.items.all()} == {"2023-04"}  # not what is long over


def test_an_agency_whose_last_period_was_withdrawn_gets_no_more(given, dung, stp, stttt):
    directive = given()
    last = directive.assignments.get(agency=stp)
    withdraw(last, by=dung, now=NOW, reason="Không còn phải báo cáo.", version=last.version)
    assert {one.agency for one in open_periods(now=at(date(2023, 2, 1)))} == {stttt}


def test_an_agency_that_has_ended_gets_no_more(given, stp, stttt):
    directive = given()
    stp.valid_to = date(2023, 2, 28)
    stp.save()
    open_periods(now=at(date(2023, 6, 1)))
    assert [code for code, _ in periods_of(directive, stp)] == ["2023-01", "2023-02", "2023-03"]
    assert len(periods_of(directive, stttt)) == 6


def test_a_withdrawn_letter_asks_for_nothing_more(given):
    letter = given().letter
    letter.state = LetterState.WITHDRAWN
    letter.save()
    assert open_periods(now=at(date(2023, 6, 1))) == []


def test_the_calendar_may_be_the_offices_choice(given, stp, settings):
    settings.REPORT_WINDOWS = "calendar"
    directive = given("month", None, "định kỳ hằng tháng")
    open_periods(now=at(date(2023, 2, 1)))
    assert periods_of(directive, stp) == [("2023-01", "31/01"), ("2023-02", "28/02")]


def test_a_changed_rule_touches_only_periods_that_have_not_begun_and_have_no_report(given, dung, stp):
    directive = given()
    open_periods(now=NOW, until=date(2023, 5, 1))  # 2023-04 and 2023-05 have not begun on 20/02/2023
    reported = directive.assignments.get(agency=stp, period="2023-05")
    reported.reported_at = NOW
    reported.save()
    directive.due_details = {"period": "month", "day": 10}
    directive.due_phrase = "ngày 10 hằng tháng"
    directive.save()
    changed = reschedule_periods(directive, by=dung, now=NOW, reason="Đính chính.")
    assert periods_of(directive, stp) == [
        ("2023-01", "14/01"),
        ("2023-02", "14/02"),
        ("2023-03", "14/03"),
        ("2023-04", "10/04"),
        ("2023-05", "14/05"),
    ]
    assert {one.original_due_on for one in changed} == {date(2023, 4, 10), date(2023, 5, 10)}


def test_periods_of_another_sort_are_withdrawn_and_the_new_sort_goes_on(given, dung, stp):
    directive = given()
    open_periods(now=NOW, until=date(2023, 3, 15))
    directive.due_details = {"period": "quarter", "day": None}
    directive.save()
    reschedule_periods(directive, by=dung, now=NOW, reason="Đính chính.")
    assert directive.assignments.get(agency=stp, period="2023-04").status == Status.WITHDRAWN


def test_an_ordinary_minute_takes_few_queries(given):
    given()
    with CaptureQueriesContext(connection) as queries:
        assert open_periods(now=at(date(2023, 1, 10))) == []
    assert len(queries) <= 2


def test_the_clock_and_the_tick_wake_the_same_verb(given, monkeypatch):
    given()
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(date(2023, 1, 20)))
    tasks.open_periods()
    assert Assignment.objects.filter(period="2023-02").count() == 2
    out = StringIO()
    call_command("tick", "--on", "2023-02-20", stdout=out)
    assert "Đã mở 2 nhiệm vụ của kỳ báo cáo mới." in out.getvalue()


def test_by_hand_a_dry_run_writes_nothing(given, monkeypatch):
    given()
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(date(2023, 1, 20)))
    out = StringIO()
    call_command("open_periods", "--until", "2023-02-15", "--dry-run", stdout=out)
    assert "1 tháng 02/2023, hạn 14/02/2023: Sở Tư pháp" in out.getvalue()
    assert out.getvalue().endswith("4 nhiệm vụ sẽ được mở.\n")
    assert Assignment.objects.count() == 2
    call_command("open_periods", stdout=out)
    assert out.getvalue().endswith("2 nhiệm vụ đã mở.\n")


def test_the_period_is_named_on_the_pages(given, client_of, an, clock):
    directive = given()
    one = directive.assignments.get(agency=an.agency)
    client = client_of(an)
    assert "Kỳ báo cáo: tháng 01/2023" in client.get(f"/viec/{one.pk}/").text
    assert "(tháng 01/2023)" in client.get("/viec/").text
