"""Fills an empty database with as many assignments as a province gathers in years; for the bench only."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from agencies.models import Agency, Kind, Role, User
from agencies.resources import load_directory
from directives.deadlines import DueKind
from directives.models import Assignment, Claim, Directive, HistoryEntry, Letter, LetterState, Party, ProgressUpdate
from directives.states import Status, Verb

DIRECTIVES_PER_LETTER = 15
LOCAL = (Kind.DEPARTMENT, Kind.EQUAL_TO_DEPARTMENT, Kind.BOARD, Kind.OFFICE, Kind.CITY, Kind.DISTRICT)
RESULT = "Đã ban hành kế hoạch, phân công đơn vị đầu mối và tổ chức triển khai; đang tổng hợp kết quả. " * 3
CLAUSE = "Chủ trì, phối hợp với các cơ quan có liên quan triển khai thực hiện Kế hoạch số 91/KH-UBND. " * 4
# of 100 assignments
MIX = [Status.DONE] * 45 + [Status.IN_PROGRESS] * 25 + [Status.NOT_STARTED] * 18 + [Status.SUBMITTED] * 9
MIX += [Status.RETURNED] * 3


def seed(count: int, *, now: datetime) -> None:
    """`count` assignments over the agencies of 2023, with an update and two lines of history for most of them."""
    load_directory()
    random = Random(count)
    officer = _people()
    agencies = list(Agency.objects.filter(kind__in=LOCAL).valid_on(date(2023, 1, 5)).order_by("pk"))
    directives = _directives(-(-count // len(agencies)), officer, now)
    rows = [(d, a) for d in directives for a in agencies][:count]
    given = Assignment.objects.bulk_create((_assignment(d, a, random, now) for d, a in rows), batch_size=2000)
    _history(given, officer, now)


def _people() -> User:
    for agency in Agency.objects.filter(kind__in=LOCAL).valid_on(date(2023, 1, 5)).order_by("pk"):
        name = f"canbo.{agency.code.lower()}"
        User.objects.create(username=name, full_name=agency.short_name[:50], agency=agency, role=Role.AGENCY_STAFF)
    User.objects.create(username="lanhdao", full_name="Lãnh đạo", role=Role.LEADER)
    return User.objects.create(username="kgvx", full_name="Chuyên viên", role=Role.OFFICER)


def _directives(count: int, officer: User, now: datetime) -> list[Directive]:
    letters = [_letter(n, officer, now) for n in range(-(-count // DIRECTIVES_PER_LETTER))]
    Letter.objects.bulk_create(letters)
    rows = [_directive(letters[n // DIRECTIVES_PER_LETTER], n % DIRECTIVES_PER_LETTER, now) for n in range(count)]
    made = Directive.objects.bulk_create(rows)
    phrase = "các cơ quan có liên quan"
    Party.objects.bulk_create(Party(directive=one, role="phoi-hop", phrase=phrase) for one in made)
    return made


def _letter(n: int, officer: User, now: datetime) -> Letter:
    day = now.date() - timedelta(days=20 + n * 9)
    letter = Letter(
        kind="CV",
        number=str(n + 1),
        notation="UBND-KGVX",
        issued_on=day,
        effective_on=day,
        issuer="Ủy ban nhân dân tỉnh Lạng Sơn",
        subject=f"tăng cường thực hiện nhiệm vụ số {n + 1}",
        text=CLAUSE * DIRECTIVES_PER_LETTER,
        state=LetterState.ISSUED,
        entered_by=officer,
        entered_at=now,
    )
    letter.describe()
    return letter


def _directive(letter: Letter, n: int, now: datetime) -> Directive:
    due = now.date() + timedelta(days=(n * 7) % 90 - 30) if n % 5 else None
    directive = Directive(
        letter=letter,
        position=n + 1,
        label=f"{n // 3 + 1}.{n % 3 + 1}",
        title=f"Triển khai Kế hoạch số 91/KH-UBND, nội dung {n + 1}",
        text=CLAUSE,
        start=n * len(CLAUSE),
        end=(n + 1) * len(CLAUSE),
        due_kind=DueKind.DATE if due else DueKind.NONE,
        due_on=due,
    )
    directive.describe()
    return directive


def _assignment(directive: Directive, agency: Agency, random: Random, now: datetime) -> Assignment:
    status = random.choice(MIX)
    day = now.date() - timedelta(days=random.randint(1, 40))
    stopped = status in (Status.SUBMITTED, Status.DONE)
    return Assignment(
        directive=directive,
        agency=agency,
        status=status,
        percent=100 if stopped else random.choice((0, 20, 50, 80)),
        assigned_on=directive.letter.effective_on,
        due_on=directive.due_on,
        original_due_on=directive.due_on,
        reported_at=None if status == Status.NOT_STARTED else now - timedelta(days=1),
        submitted_at=now - timedelta(days=1) if stopped else None,
        stopped_on=day if stopped else None,
        completed_on=day if stopped else None,
        confirmed_at=now if status == Status.DONE else None,
    )


def _history(given: list[Assignment], officer: User, now: datetime) -> None:
    authors = {user.agency_id: user for user in User.objects.filter(role=Role.AGENCY_STAFF)}
    updates = [_update(one, authors[one.agency_id], now) for one in given if one.status != Status.NOT_STARTED]
    ProgressUpdate.objects.bulk_create(updates, batch_size=2000)
    entries = [_entry(one, officer, Verb.ASSIGN, now) for one in given]
    entries += [_entry(update.assignment, update.author, Verb.REPORT, now, update) for update in updates]
    HistoryEntry.objects.bulk_create(entries, batch_size=2000)


def _update(assignment: Assignment, author: User, now: datetime) -> ProgressUpdate:
    return ProgressUpdate(
        assignment=assignment,
        author=author,
        created_at=now,
        claim=Claim.IN_PROGRESS,
        percent=assignment.percent,
        result=RESULT,
        key=_key(assignment.pk),
    )


def _key(n: int) -> str:
    return f"00000000-0000-4000-8000-{n:012d}"


def _entry(
    assignment: Assignment, actor: User, verb: Verb, now: datetime, update: ProgressUpdate | None = None
) -> HistoryEntry:
    return HistoryEntry(
        letter=assignment.directive.letter,
        directive=assignment.directive,
        assignment=assignment,
        update=update,
        verb=verb,
        to_status=assignment.status,
        actor=actor,
        at=now,
    )
