"""When clocks start and where they end: a table of rules with their days, and days that run from receipt."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from directives.actions.assignments import Progress, report_progress
from directives.actions.corrections import Clause, correct_directive
from directives.actions.receipt import acknowledge
from directives.clocks import Clock, clock_of
from directives.deadlines import DueKind, DueRule, Period
from directives.models import Claim, HistoryEntry, Modality
from tests.factories import NOW, VIETNAM, AssignmentFactory, DirectiveFactory

pytestmark = pytest.mark.django_db

TET = date(2026, 2, 12)  # the Thursday before Tết 2026: off from Saturday 14/02 to Sunday 22/02
BEFORE_SWAP = date(2026, 8, 20)  # a Thursday; Saturday 22/08 is worked for Monday 31/08


def relative(count: int, **details: object) -> DueRule:
    return DueRule(DueKind.RELATIVE, count=count, **details)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "on", "due"),
    [
        (DueRule(DueKind.DATE, printed_on=date(2026, 6, 30)), TET, date(2026, 6, 30)),
        (relative(1), TET, date(2026, 2, 13)),
        (relative(2), TET, date(2026, 2, 23)),
        (relative(5), TET, date(2026, 2, 26)),
        (relative(5, working_days=False), TET, date(2026, 2, 17)),  # calendar days know no Tết
        (relative(2), BEFORE_SWAP, date(2026, 8, 22)),
        (relative(7), BEFORE_SWAP, date(2026, 8, 28)),
        (relative(8), BEFORE_SWAP, date(2026, 9, 3)),
        (relative(3), date(2023, 4, 27), date(2023, 5, 5)),  # Giỗ Tổ, 30/4 and 1/5 of 2023 with the days given for them
        (DueRule(DueKind.RECURRING, period=Period.MONTH, day=20), TET, date(2026, 2, 20)),
        (DueRule(DueKind.RECURRING, period=Period.QUARTER), TET, date(2026, 3, 14)),
        (DueRule(DueKind.RECURRING, "trước ngày 10 hằng tháng", period=Period.MONTH, day=10), TET, date(2026, 3, 9)),
        (DueRule(DueKind.RECURRING), TET, None),  # no period is known
        (DueRule(DueKind.CONDITIONAL, "sau khi có hướng dẫn"), TET, None),
        (DueRule(DueKind.STANDING, "thường xuyên"), TET, None),
        (DueRule(DueKind.NONE), TET, None),
    ],
)
def test_the_due_day_of_each_kind_of_rule(rule: DueRule, on: date, due: date | None) -> None:
    assert clock_of(rule, on=on).due_on == due


def test_working_days_keep_from_where_they_were_counted() -> None:
    assert clock_of(relative(5), on=TET) == Clock("", date(2026, 2, 26), TET, 5)
    assert clock_of(relative(5, working_days=False), on=TET).counted_from is None


@pytest.fixture
def duty(stp):
    """Five working days from receipt, given on Thursday 05/01/2023: until 12/01/2023 for the time being."""
    directive = DirectiveFactory.create(
        due_kind=DueKind.RELATIVE, due_details={"count": 5, "working_days": True, "from_receipt": True}
    )
    columns = clock_of(directive.rule, on=date(2023, 1, 5)).columns
    return AssignmentFactory.create(agency=stp, directive=directive, **columns)


def on(day: int) -> datetime:
    return datetime(2023, 1, day, 9, 0, tzinfo=VIETNAM)


def test_until_receipt_the_day_is_counted_from_the_day_it_was_given(duty):
    assert (duty.due_on, duty.original_due_on) == (date(2023, 1, 12), date(2023, 1, 12))


def test_receipt_starts_the_days(duty, an):
    row = acknowledge(duty, by=an, now=on(9))
    assert (row.due_on, row.original_due_on, row.counted_from) == (
        date(2023, 1, 16),
        date(2023, 1, 16),
        date(2023, 1, 9),
    )
    assert HistoryEntry.objects.get(assignment=duty).details["due_on"] == ["2023-01-12", "2023-01-16"]
    assert acknowledge(row, by=an, now=on(11)).due_on == date(2023, 1, 16)


def test_a_first_report_is_receipt_too(duty, an):
    progress = Progress(claim=Claim.IN_PROGRESS, result="Đang làm.", percent=10)
    report_progress(duty, by=an, now=on(9), progress=progress, version=1, key=uuid4())
    duty.refresh_from_db()
    assert duty.due_on == date(2023, 1, 16)
    assert HistoryEntry.objects.get(assignment=duty).details["due_on"] == ["2023-01-12", "2023-01-16"]


def test_late_receipt_does_not_undo_a_delay(duty, an):
    assert acknowledge(duty, by=an, now=on(13)).due_on == date(2023, 1, 12)


def test_a_day_that_was_moved_since_stays(duty, an):
    duty.due_on = date(2023, 2, 1)
    duty.save()
    assert acknowledge(duty, by=an, now=on(9)).due_on == date(2023, 2, 1)


def test_days_from_issue_do_not_wait_for_receipt(duty, an):
    duty.directive.due_details["from_receipt"] = False
    duty.directive.save()
    assert acknowledge(duty, by=an, now=on(9)).due_on == date(2023, 1, 12)


def test_a_dated_rule_knows_no_receipt(an, stp):
    duty = AssignmentFactory.create(agency=stp)
    assert acknowledge(duty, by=an, now=NOW + timedelta(days=1)).due_on == duty.due_on


def corrected(directive, by, rule):
    """The directive with another rule, all else as it was."""
    clause = Clause(
        directive.title, directive.start, directive.end, Modality(directive.modality), directive.requires_evidence, rule
    )
    return correct_directive(
        directive, by=by, now=NOW, version=directive.version, clause=clause, reason="Nhầm số ngày."
    )


def test_a_corrected_number_of_days_is_counted_anew(duty, dung):
    corrected(duty.directive, dung, relative(10))
    duty.refresh_from_db()
    assert (duty.due_on, duty.original_due_on) == (date(2023, 1, 19), date(2023, 1, 19))
    assert (duty.counted_from, duty.counted_days) == (date(2023, 1, 5), 10)


def test_it_is_counted_from_receipt_where_that_is_known(duty, an, dung):
    acknowledge(duty, by=an, now=on(9))
    corrected(duty.directive, dung, relative(6))
    duty.refresh_from_db()
    assert (duty.due_on, duty.counted_from) == (date(2023, 1, 17), date(2023, 1, 9))


def test_a_rule_that_becomes_a_date_is_counted_from_nowhere(duty, dung):
    corrected(duty.directive, dung, DueRule(DueKind.DATE, "chậm nhất ngày 31/3/2023", printed_on=date(2023, 3, 31)))
    duty.refresh_from_db()
    assert (duty.due_on, duty.counted_from, duty.counted_days) == (date(2023, 3, 31), None, None)


def test_a_day_that_was_extended_keeps_it(duty, dung):
    duty.due_on = date(2023, 2, 1)
    duty.counted_from = duty.counted_days = None
    duty.save()
    corrected(duty.directive, dung, relative(10))
    duty.refresh_from_db()
    assert duty.due_on == date(2023, 2, 1)
