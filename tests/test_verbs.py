"""Every verb × status × role, by the same forms people use: who may do it, where it is done, and that nobody else can.

The rows are of Sở Tư pháp, where an (staff) and binh (head) work; chi works elsewhere, dung in the Office, giang leads,
quan administers. `TRANSITIONS` says which statuses a verb fits; the table below says whose verb it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from agencies.models import Agency, User
from directives.models import Assignment, HistoryEntry, Pause
from directives.states import TRANSITIONS, Status, Verb
from tests.factories import NOW, TODAY, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PEOPLE = ("an", "binh", "chi", "dung", "giang", "quan")
AGENCY, HEAD, OFFICE, LEADER = ("an", "binh"), ("binh",), ("dung",), ("giang",)
REASON = "Lý do đã trao đổi"


@dataclass(frozen=True)
class Act:
    """How a verb is done: its address below /viec/<id>/ unless it begins with "/", what is posted, by whom."""

    people: tuple[str, ...]
    address: str
    data: dict[str, Any]


def _report(claim: str) -> dict[str, Any]:
    day = f"{TODAY:%d/%m/%Y}"
    return {"claim": claim, "result": "Đã làm.", "percent": "50", "completed_on": day, "document_reference": "12/BC"}


def _adjust(verb: Verb, **more: Any) -> dict[str, Any]:
    return {"act": verb.value, "reason": REASON, **more}


LATER = f"{TODAY + timedelta(days=3):%d/%m/%Y}"
FAR = f"{TODAY + timedelta(days=35):%d/%m/%Y}"  # a Monday
ACTS: dict[Verb, Act] = {
    Verb.REPORT: Act(AGENCY, "cap-nhat/", _report("dang-thuc-hien")),
    Verb.SUBMIT: Act(AGENCY, "cap-nhat/", _report("da-hoan-thanh")),
    Verb.ACKNOWLEDGE: Act(AGENCY, "da-nhan/", {}),
    Verb.DECLINE: Act(AGENCY, "khong-thuoc-tham-quyen/", {"reason": REASON}),
    Verb.INSIST: Act(OFFICE, "giu-nguyen/", {"reason": REASON}),
    Verb.HAND_OVER: Act(OFFICE, "chuyen/", {"reason": REASON, "to": "STTTT"}),
    Verb.GIVE: Act(HEAD, "phan-cong/", {"to": "an"}),
    Verb.CONFIRM: Act(OFFICE, "/duyet/{pk}/xac-nhan/", {}),
    Verb.RETURN: Act(OFFICE, "/duyet/{pk}/tra-lai/", {"reason": REASON}),
    Verb.ASSESS: Act(OFFICE, "danh-gia/", {"text": REASON}),
    Verb.OPINE: Act(LEADER, "y-kien/", {"text": REASON}),
    Verb.ASK_EXTENSION: Act(AGENCY, "gia-han/", {"asked_on": FAR, "reason": REASON}),
    Verb.PAUSE: Act(OFFICE, "dieu-chinh/", _adjust(Verb.PAUSE)),
    Verb.RESUME: Act(OFFICE, "dieu-chinh/", _adjust(Verb.RESUME)),
    Verb.CORRECT: Act(OFFICE, "dieu-chinh/", _adjust(Verb.CORRECT, original_due_on=FAR, due_on=FAR)),
    Verb.WITHDRAW: Act(OFFICE, "dieu-chinh/", _adjust(Verb.WITHDRAW)),
    Verb.CHASE: Act(OFFICE, "/don-doc/moi/", {"viec": "{pk}", "text": REASON, "answer_by": LATER}),
    Verb.DEMAND: Act(LEADER, "yeu-cau-giai-trinh/", {"text": REASON, "answer_by": LATER}),
}
TRAITS = {Status.IN_PROGRESS: "in_progress", Status.SUBMITTED: "submitted", Status.RETURNED: "returned"}
TRAITS |= {Status.DONE: "done", Status.WITHDRAWN: "withdrawn"}


@pytest.fixture
def browsers(
    an: User, binh: User, chi: User, dung: User, giang: User, quan: User, client_of: Callable[[User], Client]
) -> dict[str, Client]:
    return {user.username: client_of(user) for user in (an, binh, chi, dung, giang, quan)}


def standing(status: Status, agency: Agency, officer: User) -> Assignment:
    """A row of the agency in that status, as the verbs would have left it; due in 25 days."""
    row = AssignmentFactory.create(agency=agency, **({TRAITS[status]: True} if status in TRAITS else {}))
    if status == Status.DECLINED:
        Assignment.objects.filter(pk=row.pk).update(status=status, acknowledged_at=NOW)
    if status == Status.PAUSED:
        Assignment.objects.filter(pk=row.pk).update(status=status)
        Pause.objects.create(
            assignment=row,
            from_status=Status.IN_PROGRESS,
            reason=REASON,
            paused_on=TODAY - timedelta(days=7),
            paused_by=officer,
            due_before=row.due_on,
            remaining=20,
        )
    row.refresh_from_db()
    return row


def send(browser: Client, act: Act, row: Assignment, people: dict[str, int]) -> int:
    address = act.address.format(pk=row.pk) if act.address.startswith("/") else f"/viec/{row.pk}/{act.address}"
    data = {name: row.pk if value == "{pk}" else people.get(value, value) for name, value in act.data.items()}
    return browser.post(address, {"version": row.version, "key": str(uuid4()), **data}).status_code


def state(row: Assignment) -> list[Any]:
    kept = Assignment.objects.filter(pk=row.pk).values("status", "version", "due_on", "handler", "percent")
    return [*kept, HistoryEntry.objects.count()]


@pytest.mark.parametrize("status", Status, ids=lambda one: one.name.lower())
@pytest.mark.parametrize("verb", ACTS, ids=lambda one: one.name.lower())
def test_only_whose_verb_it_is_does_it_and_only_where_it_fits(
    verb: Verb,
    status: Status,
    browsers: dict[str, Client],
    stp: Agency,
    stttt: Agency,
    an: User,
    dung: User,
) -> None:
    act, ids = ACTS[verb], {"an": an.pk, "STTTT": stttt.pk}
    row = standing(status, stp, dung)
    for person in (one for one in PEOPLE if one not in act.people):
        before = state(row)
        assert send(browsers[person], act, row, ids) in (403, 404), person
        assert state(row) == before, person
    for person in act.people:
        row = standing(status, stp, dung)
        before = state(row)
        code = send(browsers[person], act, row, ids)
        done = HistoryEntry.objects.filter(assignment=row, verb=verb, actor__username=person)
        if verb == Verb.ACKNOWLEDGE and row.acknowledged_at is not None and status in TRANSITIONS[verb].sources:
            assert (code, state(row)) == (302, before), person  # said again it changes nothing
        elif status in TRANSITIONS[verb].sources:
            assert code == 302, person
            target = TRANSITIONS[verb].target
            assert [entry.to_status for entry in done] == [target or done[0].to_status]
        else:
            assert not done.exists(), person
            assert state(row) == before, person


def test_every_verb_on_one_assignment_is_in_the_table_or_tested_where_it_needs_more() -> None:
    """What needs something else to be there first (a request, a chase, an update, several rows) has its own tests."""
    elsewhere = {
        Verb.ASSIGN, Verb.SET_DUE, Verb.UNDO, Verb.WITHDRAW_UPDATE, Verb.INVITE, Verb.SET_OFFICER, Verb.DROP_EXTENSION,
        Verb.GRANT_EXTENSION, Verb.REFUSE_EXTENSION, Verb.OPEN_PERIOD, Verb.MEET, Verb.RECOUNT, Verb.TAKE_OVER,
        Verb.UNDO_CHASE, Verb.EXPLAIN,
    }  # fmt: skip
    assert set(ACTS) | elsewhere == set(Verb)
    assert not set(ACTS) & elsewhere
