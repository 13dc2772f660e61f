"""The things tests are about, with sensible details; traits say how an assignment stands on `TODAY`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from factory.declarations import LazyAttribute, LazyFunction, Maybe, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from agencies.models import NOT_SUBORDINATE, Agency, AgencyGroup, Kind, Role, User
from directives.deadlines import DueKind
from directives.drafting.cards import Card, CardParty, Certainty, Head, cards_to_json, head_to_json
from directives.models import (
    Absence,
    Assignment,
    Directive,
    Draft,
    ExtensionRequest,
    ExtensionState,
    Letter,
    LetterKind,
    LetterState,
    Modality,
    Party,
    PartyRole,
)
from directives.states import Status

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2023, 2, 20)  # a Monday
NOW = datetime(2023, 2, 20, 8, 0, tzinfo=VIETNAM)
ISSUED = date(2023, 1, 5)


class AgencyFactory(DjangoModelFactory[Agency]):
    class Meta:
        model = Agency
        django_get_or_create = ("code",)

    code = Sequence(lambda n: f"CQ{n}")
    short_name = Sequence(lambda n: f"Sở Thử nghiệm {n}")
    name = LazyAttribute(lambda one: f"{one.short_name} tỉnh Lạng Sơn")
    abbreviation = LazyAttribute(lambda one: one.code)
    kind = Kind.DEPARTMENT
    is_subordinate = LazyAttribute(lambda one: one.kind not in NOT_SUBORDINATE)

    @classmethod
    def _create(cls, model_class: type[Agency], *args: Any, **kwargs: Any) -> Agency:
        agency = model_class(**kwargs)
        agency.describe()
        agency.save()
        return agency


class AgencyGroupFactory(DjangoModelFactory[AgencyGroup]):
    class Meta:
        model = AgencyGroup

    code = Sequence(lambda n: f"G{n}")
    name = "Các sở, ban, ngành"
    kinds = LazyFunction(lambda: [Kind.DEPARTMENT.value])


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    username = Sequence(lambda n: f"nguoi-dung-{n}")
    full_name = Sequence(lambda n: f"Người dùng {n}")
    email = LazyAttribute(lambda one: f"{one.username}@langson.example")
    role = Role.AGENCY_STAFF
    agency = Maybe(
        LazyAttribute(lambda one: one.role in (Role.AGENCY_STAFF, Role.AGENCY_HEAD)),
        yes_declaration=SubFactory(AgencyFactory),
        no_declaration=None,
    )


class LetterFactory(DjangoModelFactory[Letter]):
    """An issued letter, 125/UBND-KGVX of 05/01/2023."""

    class Meta:
        model = Letter

    kind = LetterKind.OFFICIAL_LETTER
    number = Sequence(lambda n: str(n + 125))
    notation = "UBND-KGVX"
    issued_on = ISSUED
    effective_on = LazyAttribute(lambda one: one.issued_on or ISSUED)
    place = "Lạng Sơn"
    issuer = "Ủy ban nhân dân tỉnh Lạng Sơn"
    subject = "tăng cường công tác truyền thông chính sách"
    text = "1. Sở Tư pháp\n\n- Theo dõi, đôn đốc triển khai Kế hoạch số 91/KH-UBND.\n\n- Cung cấp tài liệu.\n"
    state = LetterState.ISSUED
    entered_by = SubFactory(UserFactory, role=Role.OFFICER, email="")  # a clerk; who follows the work is dung
    entered_at = NOW - timedelta(days=40)

    @classmethod
    def _create(cls, model_class: type[Letter], *args: Any, **kwargs: Any) -> Letter:
        letter = model_class(**kwargs)
        letter.describe()
        letter.save()
        return letter


DRAFTED = """1. Sở Tư pháp

- Theo dõi, đôn đốc triển khai Kế hoạch số 91/KH-UBND.

- Cung cấp tài liệu; tổng hợp kết quả gửi Văn phòng UBND tỉnh.

2. Đề nghị các cơ quan có liên quan phối hợp thực hiện.
"""


def card(number: int, label: str, words: str, **details: Any) -> Card:
    """A card on the clause of DRAFTED that is `words`, led by Sở Tư pháp unless `details` say otherwise."""
    start = DRAFTED.index(words)
    lead = CardParty("Sở Tư pháp", agency="STP", certainty=Certainty.CERTAIN)
    given = {"title": words.rstrip("."), "modality": Modality.ORDER, "leads": (lead,), **details}
    return Card(number, label, start=start, end=start + len(words), **given)


def two_cards() -> tuple[Card, ...]:
    return (
        card(1, "1.1", "Theo dõi, đôn đốc triển khai Kế hoạch số 91/KH-UBND."),
        card(2, "1.2", "Cung cấp tài liệu; tổng hợp kết quả gửi Văn phòng UBND tỉnh."),
    )


class DraftFactory(DjangoModelFactory[Draft]):
    """A letter being entered, of ISSUED, with two cards for Sở Tư pháp."""

    class Meta:
        model = Draft

    text = DRAFTED
    head = LazyFunction(
        lambda: head_to_json(
            Head(
                kind=LetterKind.OFFICIAL_LETTER,
                effective_on=ISSUED,
                issued_on=ISSUED,
                issuer="Ủy ban nhân dân tỉnh Lạng Sơn",
                subject="tăng cường công tác truyền thông chính sách",
                notation="UBND-KGVX",
            )
        )
    )
    cards = LazyFunction(lambda: cards_to_json(two_cards()))
    created_by = SubFactory(UserFactory, role=Role.OFFICER, email="")
    created_at = NOW - timedelta(hours=1)
    saved_by = LazyAttribute(lambda one: one.created_by)
    saved_at = LazyAttribute(lambda one: one.created_at)


class DirectiveFactory(DjangoModelFactory[Directive]):
    class Meta:
        model = Directive

    letter = SubFactory(LetterFactory)
    position = Sequence(lambda n: n % 30_000 + 1)
    label = LazyAttribute(lambda one: f"2.{one.position}")
    title = "Theo dõi, đôn đốc triển khai Kế hoạch số 91/KH-UBND"
    start = 17
    end = LazyAttribute(lambda one: len(one.letter.text))
    text = LazyAttribute(lambda one: one.letter.text[one.start : one.end])
    due_kind = DueKind.NONE

    class Params:
        dated = Trait(due_kind=DueKind.DATE, due_on=TODAY + timedelta(days=25))

    @classmethod
    def _create(cls, model_class: type[Directive], *args: Any, **kwargs: Any) -> Directive:
        directive = model_class(**kwargs)
        directive.describe()
        directive.save()
        return directive


class PartyFactory(DjangoModelFactory[Party]):
    class Meta:
        model = Party

    directive = SubFactory(DirectiveFactory)
    role = PartyRole.SUPPORT
    phrase = "các cơ quan, đơn vị có liên quan"


class AssignmentFactory(DjangoModelFactory[Assignment]):
    """Given on the letter's day and not started, due in 25 days from TODAY unless a trait says otherwise."""

    class Meta:
        model = Assignment

    directive = SubFactory(DirectiveFactory)
    agency = SubFactory(AgencyFactory)
    role = PartyRole.LEAD
    status = Status.NOT_STARTED
    assigned_on = ISSUED
    due_on = TODAY + timedelta(days=25)
    original_due_on = LazyAttribute(lambda one: one.due_on)

    class Params:
        overdue = Trait(due_on=TODAY - timedelta(days=12))
        due_soon = Trait(due_on=TODAY + timedelta(days=3))
        undated = Trait(due_on=None)
        acknowledged = Trait(acknowledged_at=NOW - timedelta(days=3))
        declined = Trait(status=Status.DECLINED, acknowledged_at=NOW - timedelta(days=1))
        in_progress = Trait(
            status=Status.IN_PROGRESS, percent=60, reported_at=NOW - timedelta(days=2), acknowledged=True
        )
        submitted = Trait(
            acknowledged=True,
            status=Status.SUBMITTED,
            percent=100,
            reported_at=NOW - timedelta(days=1),
            submitted_at=NOW - timedelta(days=1),
            stopped_on=TODAY - timedelta(days=1),
            completed_on=TODAY - timedelta(days=1),
        )
        returned = Trait(acknowledged=True, status=Status.RETURNED, percent=100, submitted_at=NOW - timedelta(days=3))
        done = Trait(
            acknowledged=True,
            status=Status.DONE,
            percent=100,
            reported_at=NOW - timedelta(days=5),
            submitted_at=NOW - timedelta(days=5),
            stopped_on=TODAY - timedelta(days=5),
            completed_on=TODAY - timedelta(days=5),
            confirmed_at=NOW - timedelta(days=4),
        )
        done_late = Trait(done=True, due_on=TODAY - timedelta(days=12))
        withdrawn = Trait(status=Status.WITHDRAWN)
        paused = Trait(status=Status.PAUSED)


class ExtensionFactory(DjangoModelFactory[ExtensionRequest]):
    """More time asked for yesterday: ten days more."""

    class Meta:
        model = ExtensionRequest

    assignment = SubFactory(AssignmentFactory)
    asked_by = LazyAttribute(lambda one: UserFactory.create(agency=one.assignment.agency))
    asked_at = NOW - timedelta(days=1)
    due_before = LazyAttribute(lambda one: one.assignment.due_on)
    asked_on = LazyAttribute(lambda one: one.due_before + timedelta(days=10))
    reason = "Chờ ý kiến của Bộ Tư pháp."

    class Params:
        granted = Trait(
            state=ExtensionState.GRANTED,
            granted_on=LazyAttribute(lambda one: one.asked_on),
            decided_at=NOW,
            decided_by=SubFactory(UserFactory, role=Role.OFFICER),
        )
        refused = Trait(
            state=ExtensionState.REFUSED,
            note="Còn đủ thời gian.",
            decided_at=NOW,
            decided_by=SubFactory(UserFactory, role=Role.OFFICER),
        )


class AbsenceFactory(DjangoModelFactory[Absence]):
    """Somebody of the staff is away from TODAY for five days, a colleague does the work."""

    class Meta:
        model = Absence

    person = SubFactory(UserFactory)
    deputy = SubFactory(UserFactory, agency=SelfAttribute("..person.agency"))
    first_day = TODAY
    last_day = TODAY + timedelta(days=4)
    entered_by = LazyAttribute(lambda one: one.deputy)
    entered_at = NOW - timedelta(days=1)
