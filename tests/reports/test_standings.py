"""How assignments stood on a day that has passed, derived from what is stored."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest

from agencies.models import Agency, User
from directives.actions import adjustments, assignments, extensions
from directives.actions.assignments import Conflict, Progress
from directives.models import Assignment, Claim
from directives.states import NotAllowed, Status
from reports.queries import Figures, count
from reports.snapshots import Asked, Window, take
from reports.standings import Course, figures
from tests.factories import ISSUED, NOW, TODAY, VIETNAM, AssignmentFactory

pytestmark = pytest.mark.django_db

DAYS = [ISSUED + timedelta(days=n) for n in range(3, 45, 5)]
FIRST, LAST = date(2023, 1, 1), date(2023, 12, 31)


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=VIETNAM)


def as_of(on: date, *, today: date) -> Figures:
    return figures(Course(Assignment.objects.all(), today=today).on(on, first=FIRST, last=LAST))


def report(row: Assignment, an: User, now: datetime, claim: Claim) -> None:
    progress = Progress(claim, "Đã làm.", 50, completed_on=now.date(), document_reference="12/BC-STP")
    assignments.report_progress(row, by=an, now=now, progress=progress, version=row.version, key=uuid4())


def act(row: Assignment, an: User, dung: User, now: datetime, chance: random.Random) -> None:
    """Something that may be done to the assignment as it stands."""
    later = now.date() + timedelta(days=chance.randint(2, 20))
    acts: list[Callable[[], object]] = [
        lambda: report(row, an, now, Claim.IN_PROGRESS),
        lambda: report(row, an, now, Claim.COMPLETED),
        lambda: report(row, an, now, Claim.COMPLETED),
        lambda: assignments.confirm(row, by=dung, now=now),
        lambda: assignments.return_for_revision(row, by=dung, now=now, reason="Thiếu minh chứng."),
        lambda: adjustments.pause(row, by=dung, now=now, reason="Chờ Bộ.", version=row.version),
        lambda: adjustments.resume(row, by=dung, now=now, version=row.version),
        lambda: extend(row, an, dung, now, later),
    ]
    try:
        chance.choice(acts)()
    except (NotAllowed, Conflict):
        return


def extend(row: Assignment, an: User, dung: User, now: datetime, day: date) -> None:
    asked = extensions.ask_extension(row, by=an, now=now, asked_on=day, reason="Nhiều việc.", version=row.version)
    version = Assignment.objects.get(pk=row.pk).version
    extensions.grant_extension(asked, by=dung, now=now, granted_on=day, version=version)


@pytest.mark.parametrize("seed", range(2))
def test_every_day_that_has_passed_gives_the_figures_it_had(seed: int, stp: Agency, an: User, dung: User) -> None:
    """People do what they may for six weeks; each evening the figures are counted, and all derived again at the end."""
    chance = random.Random(seed)
    for n in range(8):
        AssignmentFactory.create(agency=stp, due_on=None if n == 0 else ISSUED + timedelta(days=chance.randint(3, 45)))
    counted: dict[date, Figures] = {}
    for day in DAYS:
        for row in Assignment.objects.order_by("pk").select_related("directive"):
            if chance.random() < 0.5:
                act(row, an, dung, at(day), chance)
        counted[day] = count(Assignment.objects.given_in(FIRST, LAST), day)
    assert {day: as_of(day, today=DAYS[-1] + timedelta(days=1)) for day in DAYS} == counted
    assert len(set(counted.values())) > 5


def test_what_was_withdrawn_later_is_counted_before(stp: Agency, dung: User) -> None:
    row = AssignmentFactory.create(agency=stp, overdue=True)
    adjustments.withdraw(row, by=dung, now=at(TODAY), reason="Trùng.", version=row.version)
    assert as_of(TODAY - timedelta(days=1), today=TODAY).open_overdue == 1
    assert as_of(TODAY, today=TODAY).given == 0


def test_a_day_that_was_entered_wrong_never_was_the_deadline(stp: Agency, dung: User) -> None:
    row = AssignmentFactory.create(agency=stp, overdue=True)
    right = TODAY + timedelta(days=30)
    adjustments.correct_due(
        row, by=dung, now=at(TODAY), original_due_on=right, due_on=right, reason="Nhập nhầm.", version=row.version
    )
    assert as_of(TODAY - timedelta(days=1), today=TODAY).open_overdue == 0


@pytest.mark.parametrize(
    ("trait", "on", "status"),
    [
        ("submitted", TODAY - timedelta(days=2), Status.IN_PROGRESS),
        ("submitted", TODAY - timedelta(days=1), Status.SUBMITTED),
        ("done", TODAY - timedelta(days=6), Status.IN_PROGRESS),
        ("done", TODAY - timedelta(days=5), Status.SUBMITTED),
        ("done", TODAY - timedelta(days=4), Status.DONE),
    ],
)
def test_without_a_history_the_times_of_the_row_say_how_it_stood(
    trait: str, on: date, status: str, stp: Agency
) -> None:
    AssignmentFactory.create(agency=stp, **{trait: True})
    (stood,) = Course(Assignment.objects.all(), today=TODAY).on(on, first=FIRST, last=LAST)
    assert stood.facts.status == status


def test_what_was_given_later_is_not_there_yet(stp: Agency) -> None:
    AssignmentFactory.create(agency=stp, assigned_on=TODAY)
    assert as_of(TODAY - timedelta(days=1), today=TODAY).given == 0
    assert as_of(TODAY, today=TODAY).given == 1


def test_an_update_of_later_is_not_told(stp: Agency, an: User) -> None:
    row = AssignmentFactory.create(agency=stp)
    report(row, an, at(TODAY - timedelta(days=3)), Claim.IN_PROGRESS)
    row.refresh_from_db()
    report(row, an, at(TODAY), Claim.COMPLETED)
    told = [take(Asked(Window(FIRST, LAST, on)), now=NOW).tasks[0] for on in (TODAY - timedelta(days=1), TODAY)]
    assert [(task.result[:4], task.updated) for task in told] == [("50%.", "17/02/2023"), ("100%", "20/02/2023")]


def test_the_period_before_is_counted_as_of_its_last_day(stp: Agency, an: User) -> None:
    row = AssignmentFactory.create(agency=stp, due_on=date(2023, 1, 20))
    report(row, an, at(TODAY), Claim.COMPLETED)
    february = take(Asked(Window(date(2023, 2, 1), date(2023, 2, 28), TODAY)), now=at(TODAY, 12))
    assert february.totals == Figures(open_overdue=1, overdue_submitted=1)
    assert february.previous is not None
    assert (february.previous.first, february.previous.last) == (date(2023, 1, 1), date(2023, 1, 31))
    assert february.previous.figures == Figures(open_overdue=1)
