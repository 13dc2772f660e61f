"""Who may do what: every right and every role on one screen.

A right says what sort of thing a role may do; *which* rows it may do it to is the querysets' `visible_to` and
`editable_by`. Every view states its right with `@requires` or says with `@public` why it needs none.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from agencies.models import Role, User


class Permission(Enum):
    USE_PORTAL = auto()  # own account, help
    SEE_WORK = auto()  # "Việc của tôi"
    SEE_ASSIGNMENTS = auto()  # one assignment, its files and history
    REPORT_PROGRESS = auto()  # save and submit updates of one's agency
    COORDINATE = auto()  # inside one's agency: who does what, absences, hand-over
    SEE_LETTERS = auto()
    ENTER_LETTERS = auto()  # enter, split, assign and correct letters
    REASSIGN = auto()  # answer agencies that decline, hand assignments to other agencies
    REVIEW = auto()  # confirm or return what agencies submitted
    DECIDE_EXTENSIONS = auto()  # give agencies more time, or not
    CHASE = auto()  # remind agencies of what is late, take a reminder back
    DEMAND_EXPLANATION = auto()  # ask an agency why something is late; the leaders' page
    SEE_CHASES = auto()  # one act of chasing and its official letter
    GIVE_OPINION = auto()  # a leader's words on one assignment
    INVITE_SUPPORT = auto()  # ask other agencies to take part in a duty: the Office, and who leads it
    EDIT_CALENDAR = auto()  # the Office's own days off and days worked
    ADJUST = auto()  # pause, resume, withdraw one assignment, correct its due day
    CHANGE_AGENCIES = auto()  # an agency ends: its successors, its open work, its people
    FOLLOW_MAIL = auto()  # how every message stands, and what becomes of those that did not arrive
    SET_REMINDERS = auto()  # the policy of reminders
    SEE_DASHBOARD = auto()
    SEE_SYSTEM = auto()  # whether the portal itself is well
    MAKE_REPORTS = auto()
    EDIT_REPORTS = auto()  # give a report its words, issue it: the Office its own, an agency its own
    SCHEDULE_REPORTS = auto()  # have reports made on their day
    ADMINISTER = auto()  # Django's admin: accounts, directory


_EVERYBODY = frozenset({Permission.USE_PORTAL})
_READING = frozenset({Permission.SEE_ASSIGNMENTS, Permission.SEE_LETTERS, Permission.MAKE_REPORTS})
_DEADLINES = frozenset({Permission.DECIDE_EXTENSIONS})
_OFFICE_DEADLINES = _DEADLINES | {Permission.ADJUST, Permission.EDIT_CALENDAR}
_WORKING = frozenset({Permission.SEE_WORK, Permission.REPORT_PROGRESS, Permission.INVITE_SUPPORT})
_AGENCY = _EVERYBODY | _READING | _WORKING | {Permission.EDIT_REPORTS}
COORDINATOR = frozenset({Permission.COORDINATE})  # besides the head, whoever of the staff is marked so

ROLES: dict[Role, frozenset[Permission]] = {
    Role.AGENCY_STAFF: _AGENCY,
    Role.AGENCY_HEAD: _AGENCY | COORDINATOR,
    Role.OFFICER: _EVERYBODY
    | _READING
    | _OFFICE_DEADLINES
    | {Permission.ENTER_LETTERS, Permission.REASSIGN, Permission.CHANGE_AGENCIES, Permission.INVITE_SUPPORT}
    | {Permission.REVIEW, Permission.CHASE, Permission.SEE_CHASES}
    | {Permission.SET_REMINDERS, Permission.FOLLOW_MAIL, Permission.SEE_SYSTEM}
    | {Permission.SEE_DASHBOARD, Permission.EDIT_REPORTS, Permission.SCHEDULE_REPORTS},
    Role.LEADER: _EVERYBODY
    | _READING
    | _DEADLINES
    | {Permission.SEE_DASHBOARD, Permission.SEE_CHASES, Permission.GIVE_OPINION, Permission.DEMAND_EXPLANATION},
    Role.ADMINISTRATOR: _EVERYBODY | {Permission.ADMINISTER, Permission.SEE_SYSTEM},
}


if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    class UserRequest(HttpRequest):
        """A request that has passed `@requires`: its user is signed in."""

        user: User
        htmx: HtmxDetails
else:
    UserRequest = HttpRequest


def allowed(user: User | AnonymousUser, permission: Permission) -> bool:
    """Whether the role of `user` holds `permission`; nobody anonymous, disabled or of an unknown role does."""
    if not isinstance(user, User) or not user.is_active or user.role not in Role.values:
        return False
    role = Role(user.role)
    more = COORDINATOR if user.is_coordinator and role == Role.AGENCY_STAFF else frozenset()
    return permission in ROLES[role] | more


def requires(permission: Permission) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """The view is for roles that hold `permission`; others get 403, anonymous people the sign-in page."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not allowed(request.user, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]  # read by the URL walk test
        return guarded

    return decorate


def public(reason: str) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """The view is open to everybody, for the reason given."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        view.public_reason = reason  # type: ignore[attr-defined]
        return login_not_required(view)

    return decorate
