"""A year of an office in random order: whatever people try, and however time moves, the books stay right.

Every rule is something a person may try on any assignment, fitting or not; a refusal (NotAllowed) is an answer like
another, anything else that is raised fails. After each step the invariants of DOMAIN §2 and of the house must hold.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from agencies.models import Role, User
from directives import reminders
from directives.actions import (
    adjustments,
    assignments,
    chases,
    corrections,
    decisions,
    extensions,
    handover,
    letters,
    periods,
    receipt,
    remarks,
    staffing,
    support,
    taking_back,
    withdrawals,
)
from directives.actions.assignments import Progress
from directives.deadlines import DueKind
from directives.models import (
    Assignment,
    Claim,
    Directive,
    ExtensionRequest,
    ExtensionState,
    HistoryEntry,
    Letter,
    LetterState,
    Modality,
    PartyRole,
)
from directives.states import MOVES, OPEN, TRANSITIONS, NotAllowed, Status, Verb
from reports import queries
from tests.factories import NOW, TODAY, AgencyFactory, LetterFactory, UserFactory

CLAUSES = ("Theo dõi, đôn đốc triển khai Kế hoạch số 91/KH-UBND.", "Cung cấp tài liệu.", "Báo cáo kết quả.")
TEXT = "1. Sở Tư pháp\n\n- " + "\n\n- ".join(CLAUSES) + "\n"
REASON = "Lý do đã trao đổi"
EXAMPLES = int(os.environ.get("LIFE_EXAMPLES", "12"))  # `make faults` lives longer
ANY = st.integers(min_value=0, max_value=30)  # which of the assignments, requests, updates there are
DAYS = st.integers(min_value=-5, max_value=60)


class Office(RuleBasedStateMachine):
    """Two agencies that were given three directives, a third that may succeed them, the Office and a leader."""

    @initialize()
    def a_letter_is_given(self) -> None:
        self.now = NOW
        self.lines = self.steps = 0
        self.ours, self.theirs, self.heir = (AgencyFactory.create(code=code) for code in ("STP", "STTTT", "HEIR"))
        self.staff = {one.pk: UserFactory.create(agency=one) for one in (self.ours, self.theirs, self.heir)}
        self.colleague = UserFactory.create(agency=self.ours)
        self.officer = UserFactory.create(role=Role.OFFICER)
        self.leader = UserFactory.create(role=Role.LEADER)
        letter = LetterFactory.build(text=TEXT, entered_by=self.officer)
        new = [self._clause(n, words) for n, words in enumerate(CLAUSES)]
        self.letter = letters.enter_letter(letter, by=self.officer, now=self.now, directives=new)
        letters.assign(self.letter, by=self.officer, now=self.now)

    def _clause(self, n: int, words: str) -> letters.NewDirective:
        """The first is dated and given to both, the second recurs, the third is dated and ours alone."""
        start = TEXT.index(words)
        bodies = (self.ours, self.theirs) if n == 0 else (self.theirs,) if n == 1 else (self.ours,)
        due = None if n == 1 else TODAY + timedelta(days=5 + n)
        return letters.NewDirective(
            label=f"1.{n + 1}",
            title=words,
            start=start,
            end=start + len(words),
            parties=[letters.NewParty(PartyRole.LEAD, str(one), agency=one) for one in bodies],
            due_kind=DueKind.RECURRING if due is None else DueKind.DATE,
            due_on=due,
            due_details={"period": "month"} if due is None else {},
        )

    # --- what people try -----------------------------------------------------------------------------------------
    @rule(hours=st.integers(min_value=1, max_value=24 * 12))
    def time_goes_by(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(which=ANY, claim=st.sampled_from(Claim), percent=st.integers(min_value=0, max_value=100))
    def an_agency_reports(self, which: int, claim: Claim, percent: int) -> None:
        self._report(which, claim, percent)

    def _report(self, which: int, claim: Claim, percent: int) -> None:
        row = self._row(which, Verb.SUBMIT)
        said = Progress(claim, "Đã làm.", percent=percent, completed_on=self.today, document_reference="12/BC-STP")
        self._try(assignments.report_progress, row, by=self._of(row), progress=said, version=row.version, key=uuid4())

    @rule(which=ANY)
    def an_agency_says_it_is_done(self, which: int) -> None:
        self._report(which, Claim.COMPLETED, 100)

    @rule(which=ANY, right=st.booleans())
    def the_office_reviews(self, which: int, right: bool) -> None:
        (self._confirm if right else self._return)(which)

    @rule(which=ANY)
    def an_agency_has_received_it(self, which: int) -> None:
        row = self._row(which, Verb.ACKNOWLEDGE)
        self._try(receipt.acknowledge, row, by=self._of(row))

    @rule(which=ANY)
    def an_agency_says_it_is_not_its_to_do(self, which: int) -> None:
        row = self._row(which, Verb.DECLINE)
        self._try(receipt.decline, row, by=self._of(row), reason=REASON, version=row.version)

    @rule(which=ANY)
    def the_office_insists(self, which: int) -> None:
        row = self._row(which, Verb.INSIST)
        self._try(receipt.insist, row, by=self.officer, reason=REASON, version=row.version)

    @rule(which=ANY, to=st.integers(min_value=0, max_value=2))
    def the_office_hands_it_to_another_agency(self, which: int, to: int) -> None:
        row, heir = self._row(which, Verb.HAND_OVER), (self.ours, self.theirs, self.heir)[to]
        self._try(handover.reassign, row, by=self.officer, to=heir, reason=REASON, version=row.version)

    @rule(which=ANY)
    def a_head_gives_it_to_somebody(self, which: int) -> None:
        row = self._row(which, Verb.GIVE)
        self._try(staffing.give, row, by=self._of(row), to=self.colleague, version=row.version)

    def _confirm(self, which: int) -> None:
        row = self._row(which, Verb.CONFIRM)
        self._try(assignments.confirm, row, by=self.officer, version=row.version)

    def _return(self, which: int) -> None:
        row = self._row(which, Verb.RETURN)
        self._try(assignments.return_for_revision, row, by=self.officer, reason=REASON, version=row.version)

    @rule()
    def the_office_takes_its_decisions_back(self) -> None:
        entries = list(HistoryEntry.objects.undoable_by(self.officer, self.now))
        if entries:
            self._try(decisions.undo_decisions, entries, by=self.officer)

    @rule(which=ANY)
    def an_agency_takes_its_update_back(self, which: int) -> None:
        row = self._row(which, Verb.WITHDRAW_UPDATE)
        update = row.updates.order_by("-created_at", "-pk").first()
        if update is not None:
            self._try(withdrawals.withdraw_update, update, by=self._of(row))

    @rule(which=ANY, days=DAYS)
    def an_agency_asks_for_more_time(self, which: int, days: int) -> None:
        row, day = self._row(which, Verb.ASK_EXTENSION), self.today + timedelta(days=days)
        self._try(extensions.ask_extension, row, by=self._of(row), asked_on=day, reason=REASON, version=row.version)

    @rule(which=ANY, days=DAYS, granted=st.booleans())
    def the_office_decides_on_more_time(self, which: int, days: int, granted: bool) -> None:
        request = self._request(which)
        if request is None:
            return
        version = request.assignment.version
        if granted:
            day = self.today + timedelta(days=days)
            self._try(extensions.grant_extension, request, by=self.leader, granted_on=day, version=version)
        else:
            self._try(extensions.refuse_extension, request, by=self.officer, note=REASON, version=version)

    @rule(which=ANY)
    def an_agency_drops_its_request(self, which: int) -> None:
        request = self._request(which)
        if request is not None:
            by = self._of(request.assignment)
            self._try(extensions.drop_extension, request, by=by, version=request.assignment.version)

    @rule(which=ANY)
    def the_office_pauses(self, which: int) -> None:
        row = self._row(which, Verb.PAUSE)
        self._try(adjustments.pause, row, by=self.officer, reason=REASON, version=row.version)

    @rule(which=ANY)
    def the_office_resumes(self, which: int) -> None:
        row = self._row(which, Verb.RESUME)
        self._try(adjustments.resume, row, by=self.officer, version=row.version)

    @rule(which=ANY, days=DAYS)
    def the_office_puts_a_day_right(self, which: int, days: int) -> None:
        row, day = self._row(which, Verb.CORRECT), self.today + timedelta(days=days)
        self._try(
            adjustments.correct_due,
            row,
            by=self.officer,
            original_due_on=day,
            due_on=day,
            reason=REASON,
            version=row.version,
        )

    @precondition(lambda self: Assignment.objects.open().count() > 2)
    @rule(which=ANY)
    def the_office_withdraws_one(self, which: int) -> None:
        row = self._row(which, Verb.WITHDRAW)
        self._try(adjustments.withdraw, row, by=self.officer, reason=REASON, version=row.version)

    @rule(which=ANY)
    def the_office_chases(self, which: int) -> None:
        row = self._row(which, Verb.CHASE)
        self._try(
            chases.chase, [row.pk], by=self.officer, text=REASON, answer_by=self.today + timedelta(days=3), key=uuid4()
        )

    @rule(which=ANY, leader=st.booleans())
    def office_and_leader_say_what_they_think(self, which: int, leader: bool) -> None:
        verb, by = (remarks.give_opinion, self.leader) if leader else (remarks.assess, self.officer)
        self._try(verb, self._row(which, Verb.ASSESS), by=by, text="Làm rõ tiến độ.", key=uuid4())

    @rule(which=ANY, days=DAYS)
    def the_office_corrects_a_directive(self, which: int, days: int) -> None:
        directive = self._directive(which)
        rule_ = directive.rule.__class__(DueKind.DATE, printed_on=self.today + timedelta(days=days))
        modality = Modality(directive.modality)
        clause = corrections.Clause("Tên đã sửa", directive.start, directive.end, modality, True, rule_)
        self._try(
            corrections.correct_directive,
            directive,
            by=self.officer,
            version=directive.version,
            clause=clause,
            reason=REASON,
        )

    @rule(which=ANY)
    def the_office_adds_an_agency(self, which: int) -> None:
        directive = self._directive(which)
        self._try(
            corrections.add_agency,
            directive,
            by=self.officer,
            version=directive.version,
            agency=self.heir,
            due_on=directive.due_on,
            reason=REASON,
        )

    @precondition(lambda self: self.steps > 40)  # at the end of a run: nothing can be done any more
    @rule()
    def the_office_withdraws_the_letter(self) -> None:
        letter = Letter.objects.get(pk=self.letter.pk)
        self._try(taking_back.withdraw_letter, letter, by=self.officer, version=letter.version, reason=REASON)

    @rule(which=ANY)
    def others_are_invited_to_take_part(self, which: int) -> None:
        row = self._row(which, Verb.GIVE)
        self._try(support.invite_support, row, by=self.officer, agencies=[self.heir], note="")

    @rule()
    def periods_are_opened(self) -> None:
        with transaction.atomic():
            periods.open_periods(now=self.now)

    @rule()
    def reminders_are_planned(self) -> None:
        reminders.queue_due(now=self.now)

    # --- what must hold ------------------------------------------------------------------------------------------
    @invariant()
    def figures_add_up(self) -> None:
        rows = Assignment.objects.all()
        figures = queries.count(rows, self.today)
        counted = queries.lead_only(rows).counted()  # who takes part is told apart
        assert figures.given == counted.count() == figures.done + figures.open
        assert figures.done == counted.filter(status=Status.DONE).count()
        assert figures.open == counted.filter(status__in=OPEN).count()
        assert queries.total(queries.count_by_agency(rows, self.today)) == figures

    @invariant()
    def the_label_in_sql_is_the_label_in_python(self) -> None:
        for row in Assignment.objects.select_related("directive").labelled(self.today):
            assert row.label == row.label_on(self.today)  # type: ignore[attr-defined]  # an annotation

    @invariant()
    def nobody_sees_what_is_anothers(self) -> None:
        for agency, person in self.staff.items():
            for seen in (Assignment.objects.visible_to(person), Assignment.objects.editable_by(person)):
                assert set(seen.values_list("agency", flat=True)) <= {agency}

    @invariant()
    def history_explains_every_state(self) -> None:
        for row in Assignment.objects.all():
            status: str = Status.WITHDRAWN  # what nobody has yet, is counted nowhere
            for entry in row.history.order_by("at", "pk"):
                assert not entry.from_status or entry.from_status == status, entry.verb
                assert entry.verb in MOVES or entry.to_status == status, entry.verb
                status = entry.to_status
            assert status == row.status

    @invariant()
    def history_only_grows(self) -> None:
        lines = HistoryEntry.objects.count()
        assert lines >= self.lines
        self.lines = lines

    @invariant()
    def nothing_stands_twice(self) -> None:
        open_requests = ExtensionRequest.objects.filter(state=ExtensionState.OPEN).values_list("assignment", flat=True)
        assert max(Counter(open_requests).values(), default=1) == 1
        live = Assignment.objects.counted().values_list("directive", "agency", "role", "period")
        assert max(Counter(live).values(), default=1) == 1

    @invariant()
    def a_withdrawn_letter_asks_nobody_for_anything(self) -> None:
        gone = Assignment.objects.filter(directive__letter__state=LetterState.WITHDRAWN, status__in=OPEN)
        assert not gone.exists()

    # --- how -----------------------------------------------------------------------------------------------------
    @property
    def today(self) -> date:
        return self.now.date()

    def _row(self, which: int, verb: Verb) -> Assignment:
        """Mostly one that the verb fits, where there is one; now and then any."""
        rows = list(Assignment.objects.select_related("directive", "agency").order_by("pk"))
        fitting = [row for row in rows if row.status in TRANSITIONS[verb].sources]
        chosen = fitting if fitting and which % 6 else rows
        return chosen[which % len(chosen)]

    def _directive(self, which: int) -> Directive:
        found = list(Directive.objects.select_related("letter").order_by("pk"))
        return found[which % len(found)]

    def _request(self, which: int) -> ExtensionRequest | None:
        every = ExtensionRequest.objects.select_related("assignment").order_by("pk")
        found = list(every.open() if every.open() and which % 6 else every)
        return found[which % len(found)] if found else None

    def _of(self, row: Assignment) -> User:
        return self.staff[row.agency_id]

    def _try(self, verb: Callable[..., Any], *about: Any, **said: Any) -> None:
        self.steps += 1
        before = HistoryEntry.objects.count()
        try:
            with transaction.atomic():
                verb(*about, now=self.now, **said)
        except NotAllowed as refusal:
            assert str(refusal).endswith(".")
            assert HistoryEntry.objects.count() == before


class _Undone(Office):
    """Each run in a transaction of its own, rolled back when it ends."""

    def __init__(self) -> None:
        self._transaction = transaction.atomic()
        self._transaction.__enter__()
        super().__init__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._transaction.__exit__(None, None, None)


@pytest.mark.django_db
def test_whatever_people_try_the_books_stay_right() -> None:
    run_state_machine_as_test(
        _Undone,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=80,
            deadline=None,
            phases=[Phase.generate],  # making a failure shorter takes minutes; its steps are printed as they were
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
