"""Parts of the page of one assignment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from agencies.models import AGENCY_ROLES, User
from agencies.permissions import Permission, allowed
from directives.models import (
    Assignment,
    Chase,
    Explanation,
    HistoryEntry,
    ProgressUpdate,
    Remark,
    Voice,
    withdrawable_of,
)
from directives.states import DECISIONS, WITH_AGENCY, Verb
from directives.turns import Move, Spent, spent, standing
from directives.views.support import support_of
from directives.views.timeline import FileLink, file_links
from directives.workdays import office


def chases_of(assignment: Assignment, user: User) -> dict[str, Any]:
    """How often it was chased, and whether `user` may chase now: one query."""
    return {
        "chased": Assignment.objects.only("pk").with_chases().get(pk=assignment.pk),
        "to_chase": assignment.status in WITH_AGENCY and allowed(user, Permission.CHASE),
    }


@dataclass(frozen=True)
class Demand:
    """A demand to explain and its answer, if there is one."""

    chase: Chase
    answer: Explanation | None

    @property
    def chase_id(self) -> int:
        return self.chase.pk


def explanations_of(assignment: Assignment, user: User, *, mine: bool) -> dict[str, Any]:
    """Demands to explain, the newest first, and what `user` may do about them: two queries."""
    items = list(assignment.chase_items.demands().select_related("chase__chased_by").order_by("-pk"))
    answers = Explanation.objects.filter(item__in=items).select_related("author")
    by_item = {answer.item_id: answer for answer in answers} if items else {}
    demands = [Demand(item.chase, by_item.get(item.pk)) for item in items]
    wanted = next((one.chase for one in demands if one.answer is None), None)
    fit = assignment.status in WITH_AGENCY and assignment.agency.is_subordinate and wanted is None
    return {
        "demands": demands,
        "wanted": wanted,
        "may_explain": mine,
        "may_demand": fit and allowed(user, Permission.DEMAND_EXPLANATION),
        "see_chases": allowed(user, Permission.SEE_CHASES),
    }


def parts_of(assignment: Assignment, user: User, on: date) -> dict[str, Any]:
    """Context of the page: whose days were spent, and the three voices."""
    moves = list(assignment.history.moves().select_related("actor", "assignment", "update"))
    return {
        "spent": time_spent(assignment, moves, on),
        "voices": voices_of(assignment, moves, user),
        "may_assess": allowed(user, Permission.REVIEW),
        "may_opine": allowed(user, Permission.GIVE_OPINION),
        **support_of(assignment, user),
    }


def time_spent(assignment: Assignment, moves: list[HistoryEntry], on: date) -> Spent:
    """The days the assignment was with its agency and with the Office, from when the portal gave it on."""
    told = [Move(timezone.localtime(one.at).date(), one.verb, one.to_status) for one in moves]
    given = [move.on for move in told[:1] if move.verb in (Verb.ASSIGN, Verb.INVITE)]
    begun = max([assignment.assigned_on, *given])  # a letter may be entered long after its day
    return spent(begun, told, on=on, rests=office().is_rest_day)


@dataclass(frozen=True)
class Words:
    """What somebody of the Office or a leader said; `of`: who had the assignment then, where another did."""

    when: datetime
    who: str
    text: str
    of: str = ""


@dataclass(frozen=True)
class Voices:
    """The three voices of DOMAIN §2, newest first; the Office's words are its assessments and what it decided with."""

    report: ProgressUpdate | None
    files: list[FileLink]
    withdrawable: bool
    office: list[Words]
    leaders: list[Words]


def voices_of(assignment: Assignment, moves: list[HistoryEntry], user: User) -> Voices:
    update = (
        ProgressUpdate.objects.of(assignment)
        .standing()
        .select_related("author")
        .prefetch_related("attachments")
        .first()
    )
    remarks = (
        Remark.objects.of(assignment).select_related("author", "assignment__agency").order_by("-created_at", "-pk")
    )
    said = [(one.voice, _said(one, assignment)) for one in remarks]
    theirs = user.role in AGENCY_ROLES and user.agency_id == assignment.agency_id
    return Voices(
        report=update,
        files=file_links(update) if update else [],
        withdrawable=theirs and withdrawable_of(moves) is not None,
        office=sorted([*_of(Voice.OFFICE, said), *_decided(moves)], key=lambda one: one.when, reverse=True),
        leaders=_of(Voice.LEADER, said),
    )


def _said(one: Remark, assignment: Assignment) -> Words:
    before = one.assignment_id != assignment.pk
    return Words(one.created_at, str(one.author), one.text, str(one.assignment.agency) if before else "")


def _of(voice: Voice, said: list[tuple[str, Words]]) -> list[Words]:
    return [words for whose, words in said if whose == voice]


def _decided(moves: list[HistoryEntry]) -> list[Words]:
    """The notes and reasons of the decisions that stand."""
    return [Words(one.at, str(one.actor), one.note) for one in standing(moves) if one.verb in DECISIONS and one.note]
