"""The database refuses nonsense, whoever writes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from agencies.models import Role
from directives.deadlines import DueKind
from directives.models import Attachment, CalendarChange, ConditionMet, DayKind, LetterKind, Notice, NoticeState, Pause
from directives.states import Status
from tests.factories import (
    NOW,
    TODAY,
    AgencyFactory,
    AssignmentFactory,
    DirectiveFactory,
    ExtensionFactory,
    LetterFactory,
    PartyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NONSENSE: dict[str, Callable[[], Any]] = {
    "agency_ends_after_it_begins": lambda: AgencyFactory.create(valid_from=TODAY, valid_to=TODAY - timedelta(days=1)),
    "agency_kind_known": lambda: AgencyFactory.create(kind="hoi"),
    "agency_people_have_an_agency": lambda: UserFactory.create(role=Role.AGENCY_STAFF, agency=None),
    "user_role_known": lambda: UserFactory.create(role="vua", agency=AgencyFactory.create()),
    "letter_counts_from_its_own_day": lambda: LetterFactory.create(effective_on=date(2022, 1, 1)),
    "letter_kind_known": lambda: LetterFactory.create(kind="XX"),
    "letter_has_text_and_subject": lambda: LetterFactory.create(subject=""),
    "directive_span_not_empty": lambda: DirectiveFactory.create(start=5, end=5, text="x"),
    "directive_dated_rule_has_its_day": lambda: DirectiveFactory.create(due_kind=DueKind.DATE, due_on=None),
    "directive_due_kind_known": lambda: DirectiveFactory.create(due_kind="mai"),
    "party_keeps_its_phrase": lambda: PartyFactory.create(phrase=""),
    "assignment_percent_up_to_100": lambda: AssignmentFactory.create(percent=120),
    "assignment_status_known": lambda: AssignmentFactory.create(status="xong"),
    "assignment_submitted_has_its_time": lambda: AssignmentFactory.create(status=Status.SUBMITTED),
    "assignment_done_was_confirmed": lambda: AssignmentFactory.create(status=Status.DONE),
    "assignment_only_done_is_confirmed": lambda: AssignmentFactory.create(confirmed_at=NOW),
    "extension_state_known": lambda: ExtensionFactory.create(refused=True, state="chua-biet"),
    "extension_asks_for_more_time": lambda: ExtensionFactory.create(due_before=TODAY, asked_on=TODAY),
    "extension_has_its_reason": lambda: ExtensionFactory.create(reason=""),
    "extension_granted_has_a_later_day": lambda: ExtensionFactory.create(granted=True, granted_on=None),
    "extension_decided_by_somebody": lambda: ExtensionFactory.create(granted=True, decided_by=None),
    "extension_refused_with_a_note": lambda: ExtensionFactory.create(refused=True, note=""),
    "condition_names_its_document": lambda: _met(document=""),
    "condition_starts_one_rule": lambda: _met(count=None),
    "pause_has_its_reason": lambda: _pause(reason=""),
    "pause_status_known": lambda: _pause(from_status="xong"),
    "pause_keeps_the_days_left": lambda: _pause(remaining=None),
    "pause_resumed_by_somebody": lambda: _pause(resumed_at=NOW),
    "assignment_counts_days_from_a_day": lambda: AssignmentFactory.create(counted_from=TODAY),
    "calendar_change_kind_known": lambda: _said(kind="nua-ngay"),
    "calendar_change_has_its_reason": lambda: _said(name=""),
    "attachment_came_with_one_thing": lambda: Attachment.objects.create(name="a.pdf", size=1, sha256="0" * 64),
    "assignment_keeps_a_due_day_once_set": lambda: AssignmentFactory.create(due_on=None, original_due_on=TODAY),
}


def _pause(**details: Any) -> Pause:
    given = AssignmentFactory.create(paused=True)
    usual = {"from_status": Status.NOT_STARTED, "reason": "Chờ Bộ.", "paused_on": TODAY, "due_before": TODAY}
    by = UserFactory.create()
    return Pause.objects.create(**{"assignment": given, "paused_by": by, "remaining": 0, **usual, **details})


def _met(**details: Any) -> ConditionMet:
    usual = {"document": "12/BNV", "document_on": TODAY, "count": 5, "met_by": UserFactory.create(), "met_at": NOW}
    return ConditionMet.objects.create(**{"directive": DirectiveFactory.create(), **usual, **details})


def _said(**details: Any) -> CalendarChange:
    usual = {"day": TODAY, "kind": DayKind.REST, "name": "Bão", "changed_by": UserFactory.create(), "changed_at": NOW}
    return CalendarChange.objects.create(**{**usual, **details})


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_refused_by_a_named_constraint(name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        NONSENSE[name]()


def test_a_letter_number_is_used_once_per_issuer_and_year() -> None:
    LetterFactory.create(number="125")
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterFactory.create(number="125")
    LetterFactory.create(number="125", issued_on=date(2024, 1, 5))
    LetterFactory.create(number="125", issuer="Ủy ban nhân dân tỉnh Cao Bằng")


def test_letters_without_a_number_may_be_many() -> None:
    assert LetterFactory.create(number="").pk != LetterFactory.create(number="", kind=LetterKind.PLAN).pk


def test_a_directive_is_given_to_an_agency_once() -> None:
    first = AssignmentFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        AssignmentFactory.create(directive=first.directive, agency=first.agency)


def test_an_agency_is_known_by_its_code_and_its_first_day() -> None:
    AgencyFactory.create(code="SNV")
    with pytest.raises(IntegrityError), transaction.atomic():
        AgencyFactory._meta.model.objects.create(code="SNV", name="x", short_name="x", kind="so", is_subordinate=True)


def test_one_message_per_person_and_occasion() -> None:
    person = UserFactory.create()
    row = {"recipient": person, "kind": "nhac-han", "occasion": TODAY, "created_at": NOW, "next_at": NOW}
    Notice.objects.create(**row, message_id="<a@langson.example>")
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(**row, message_id="<b@langson.example>")


def test_a_sent_message_has_its_time() -> None:
    with pytest.raises(IntegrityError, match="notice_sent_has_its_time"), transaction.atomic():
        Notice.objects.create(
            recipient=UserFactory.create(),
            kind="nhac-han",
            occasion=TODAY,
            created_at=NOW,
            next_at=NOW,
            message_id="<c@langson.example>",
            state=NoticeState.SENT,
        )


def test_one_request_for_more_time_is_open_at_a_time() -> None:
    first = ExtensionFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        ExtensionFactory.create(assignment=first.assignment)
    ExtensionFactory.create(assignment=first.assignment, granted=True)


def test_a_clock_stands_still_once_at_a_time() -> None:
    first = _pause()
    with pytest.raises(IntegrityError), transaction.atomic():
        _pause(assignment=first.assignment)
