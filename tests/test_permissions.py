"""Who may open and post to which address: every address × person × method, walked from the resolver.

The objects belong to Sở Tư pháp, where an and binh work; chi works in another agency, "ended" is an account of Sở Tư
pháp that was switched off. An address without a row in the table fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import copy, deepcopy
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, Role, User
from agencies.permissions import ROLES, Permission, allowed
from directives.actions.feeds import renew_feed
from directives.models import (
    Assignment,
    Attachment,
    Chase,
    Claim,
    Draft,
    ExtensionRequest,
    HistoryEntry,
    Letter,
    Notice,
    NoticeKind,
    ProgressUpdate,
    SavedFilter,
)
from reports import snapshots
from reports.models import Report, ReportKind, ReportSchedule, ReportState
from tests.directives.chased import chase_now
from tests.factories import NOW, TODAY, AbsenceFactory, AssignmentFactory, DraftFactory, ExtensionFactory, UserFactory
from tests.test_architecture import PATTERNS

pytestmark = pytest.mark.django_db

PEOPLE = ("nobody", "an", "binh", "chi", "ended", "dung", "giang", "quan")
# An attribute that means a row, and in it the number of one as it would be read aloud; they begin at 1,001 here.
GROUPED = re.compile(r'(?:href|value|name|id|for|action|hx-[a-z]+|data-[a-z-]+|aria-[a-z]+)="[^"]*\b1\.\d{3}\b[^"]*"')
TO_SIGN_IN, OK, MOVED, FORBIDDEN, UNKNOWN, NO_METHOD, UNFIT = "login", "200", "302", "403", "404", "405", "422"


def row(*answers: str) -> dict[str, str]:
    return dict(zip(PEOPLE, answers, strict=True))


def signed_in(*answers: str) -> dict[str, str]:
    """Answers to an, binh, chi, dung, giang, quan; whoever is not signed in is sent to sign in."""
    an, binh, chi, dung, giang, quan = answers
    return row(TO_SIGN_IN, an, binh, chi, TO_SIGN_IN, dung, giang, quan)


def everybody(answer: str) -> dict[str, str]:
    return signed_in(*[answer] * 6)


AGENCY_ONLY = signed_in(OK, OK, OK, FORBIDDEN, FORBIDDEN, FORBIDDEN)
OFFICE_ONLY = signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN, FORBIDDEN)
LEADERS_ONLY = signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN)
OFFICE_AND_ADMINISTRATORS = signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN, OK)
OFFICE_AND_LEADERS = signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, OK, FORBIDDEN)
# A form of the Office's: an empty post comes back with its errors.
OFFICE_FORM = {
    "GET": OFFICE_ONLY,
    "POST": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, UNFIT, FORBIDDEN, FORBIDDEN),
}
HEAD_ONLY = signed_in(FORBIDDEN, OK, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN)
COORDINATOR_FORM = {
    "GET": HEAD_ONLY,
    "POST": signed_in(FORBIDDEN, UNFIT, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
}
# A form that stands on another page of the Office's: loaded again, it leads back there.
OFFICE_BUTTON = {
    "GET": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, MOVED, FORBIDDEN, FORBIDDEN),
    "POST": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, UNFIT, FORBIDDEN, FORBIDDEN),
}
ALL_BUT_ADMINISTRATORS = signed_in(OK, OK, OK, OK, OK, FORBIDDEN)
THEIR_OWN = signed_in(OK, OK, UNKNOWN, OK, OK, FORBIDDEN)  # Sở Tư pháp's object


def refused_method(readers: dict[str, str]) -> dict[str, str]:
    """405 for those who may use the address with the other method; the rest are refused as before."""
    return {
        person: NO_METHOD if answer in (OK, MOVED, UNKNOWN, UNFIT) else answer for person, answer in readers.items()
    }


TABLE: dict[str, dict[str, dict[str, str]]] = {
    "health_live": {"GET": row(*[OK] * 8), "POST": row(*[NO_METHOD] * 8)},
    "health_ready": {"GET": row(*[OK] * 8), "POST": row(*[NO_METHOD] * 8)},
    "metrics": {"GET": row(*[OK] * 8), "POST": row(*[NO_METHOD] * 8)},  # asked from this machine
    "system_state": {"GET": OFFICE_AND_ADMINISTRATORS, "POST": refused_method(OFFICE_AND_ADMINISTRATORS)},
    "sign_in": {
        "GET": row(OK, MOVED, MOVED, MOVED, OK, MOVED, MOVED, MOVED),
        "POST": row(UNFIT, MOVED, MOVED, MOVED, UNFIT, MOVED, MOVED, MOVED),
    },
    "sign_out": {"GET": everybody(NO_METHOD), "POST": everybody(MOVED)},
    "home": {"GET": everybody(MOVED), "POST": everybody(NO_METHOD)},
    "help": {"GET": everybody(OK), "POST": everybody(NO_METHOD)},
    "gallery": {"GET": everybody(OK), "POST": everybody(NO_METHOD)},
    "my_work": {"GET": AGENCY_ONLY, "POST": refused_method(AGENCY_ONLY)},
    "assignment": {"GET": THEIR_OWN, "POST": refused_method(THEIR_OWN)},
    "report_progress": {
        "GET": signed_in(OK, OK, UNKNOWN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(UNFIT, UNFIT, UNKNOWN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
    },
    "ask_extension": {
        "GET": signed_in(OK, OK, UNKNOWN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(UNFIT, UNFIT, UNKNOWN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
    },
    "adjust_assignment": OFFICE_FORM,
    "meet_condition": OFFICE_FORM,
    "holidays": OFFICE_FORM,
    "drop_extension": {
        "GET": signed_in(MOVED, MOVED, UNKNOWN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(UNFIT, UNFIT, UNKNOWN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
    },
    "extensions": {"GET": OFFICE_AND_LEADERS, "POST": refused_method(OFFICE_AND_LEADERS)},
    "decide_extension": {
        "GET": OFFICE_AND_LEADERS,
        "POST": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, UNFIT, UNFIT, FORBIDDEN),
    },
    "acknowledge": {
        "GET": signed_in(MOVED, MOVED, UNKNOWN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(MOVED, MOVED, UNKNOWN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
    },
    "acknowledge_all": {
        "GET": signed_in(MOVED, MOVED, MOVED, FORBIDDEN, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(MOVED, MOVED, MOVED, FORBIDDEN, FORBIDDEN, FORBIDDEN),
    },
    "decline": {
        "GET": signed_in(OK, OK, UNKNOWN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(UNFIT, UNFIT, UNKNOWN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
    },
    "give": COORDINATOR_FORM,
    "my_agency": {"GET": HEAD_ONLY, "POST": refused_method(HEAD_ONLY)},
    "hand_over_work": COORDINATOR_FORM,
    "record_absence": {
        "GET": HEAD_ONLY,
        "POST": signed_in(FORBIDDEN, UNFIT, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
    },
    "end_absence": {
        "GET": signed_in(FORBIDDEN, MOVED, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(FORBIDDEN, MOVED, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
    },
    "agency_directory": {"GET": OFFICE_ONLY, "POST": refused_method(OFFICE_ONLY)},
    "found_agency": OFFICE_FORM,
    "change_agency": {"GET": OFFICE_ONLY, "POST": refused_method(OFFICE_ONLY)},
    "end_agency": OFFICE_BUTTON,
    "hand_over_assignments": OFFICE_BUTTON,
    "move_people": OFFICE_BUTTON,
    "insist": OFFICE_FORM,
    "reassign": OFFICE_FORM,
    "withdraw_update": {
        "GET": signed_in(OK, OK, UNKNOWN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(UNFIT, UNFIT, UNKNOWN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
    },
    "assess": OFFICE_FORM,
    "give_opinion": {
        "GET": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN),
        "POST": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, UNFIT, FORBIDDEN),
    },
    "invite_support": {
        "GET": signed_in(OK, OK, UNKNOWN, OK, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(UNFIT, UNFIT, UNKNOWN, UNFIT, FORBIDDEN, FORBIDDEN),
    },
    "search": {"GET": ALL_BUT_ADMINISTRATORS, "POST": refused_method(ALL_BUT_ADMINISTRATORS)},
    "act_on_assignments": {
        "GET": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, UNFIT, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, NO_METHOD, FORBIDDEN, FORBIDDEN),
    },
    "set_officer": {
        "GET": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, UNFIT, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, UNFIT, FORBIDDEN, FORBIDDEN),
    },
    "export_assignments": {"GET": ALL_BUT_ADMINISTRATORS, "POST": refused_method(ALL_BUT_ADMINISTRATORS)},
    "save_filter": {
        "GET": signed_in(MOVED, MOVED, MOVED, MOVED, MOVED, FORBIDDEN),
        "POST": signed_in(UNFIT, UNFIT, UNFIT, UNFIT, UNFIT, FORBIDDEN),
    },
    "delete_filter": {
        "GET": signed_in(MOVED, MOVED, MOVED, MOVED, MOVED, FORBIDDEN),
        "POST": signed_in(MOVED, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, FORBIDDEN),
    },
    "assignment_history": {"GET": THEIR_OWN, "POST": refused_method(THEIR_OWN)},
    "directive_history": {"GET": THEIR_OWN, "POST": refused_method(THEIR_OWN)},
    "letter_history": {"GET": THEIR_OWN, "POST": refused_method(THEIR_OWN)},
    "attachment": {"GET": THEIR_OWN, "POST": refused_method(THEIR_OWN)},
    "assignments": {"GET": ALL_BUT_ADMINISTRATORS, "POST": refused_method(ALL_BUT_ADMINISTRATORS)},
    "letters": {"GET": ALL_BUT_ADMINISTRATORS, "POST": refused_method(ALL_BUT_ADMINISTRATORS)},
    "letter": {"GET": THEIR_OWN, "POST": refused_method(THEIR_OWN)},
    "new_letter": OFFICE_FORM,
    "draft_head": OFFICE_FORM,
    "split": OFFICE_FORM,
    "check_and_assign": OFFICE_FORM,
    "throw_away_draft": OFFICE_FORM,
    "corrections": {"GET": OFFICE_ONLY, "POST": refused_method(OFFICE_ONLY)},
    "correct_letter": OFFICE_FORM,
    "correct_directive": OFFICE_FORM,
    "add_directive": OFFICE_FORM,
    "add_agency": OFFICE_FORM,
    "withdraw_letter": OFFICE_FORM,
    "review_queue": {"GET": OFFICE_ONLY, "POST": refused_method(OFFICE_ONLY)},
    "review": {"GET": OFFICE_ONLY, "POST": refused_method(OFFICE_ONLY)},
    "confirm_completion": {
        "GET": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, MOVED, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, UNFIT, FORBIDDEN, FORBIDDEN),
    },
    "return_for_revision": {
        "GET": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, MOVED, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, UNFIT, FORBIDDEN, FORBIDDEN),
    },
    "confirm_several": {
        "GET": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, UNFIT, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, UNFIT, FORBIDDEN, FORBIDDEN),
    },
    "undo_decision": {
        "GET": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, MOVED, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, UNFIT, FORBIDDEN, FORBIDDEN),
    },
    "chases": {"GET": OFFICE_ONLY, "POST": refused_method(OFFICE_ONLY)},
    "new_chase": {
        "GET": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, MOVED, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, UNFIT, FORBIDDEN, FORBIDDEN),
    },
    "chase": {"GET": OFFICE_AND_LEADERS, "POST": refused_method(OFFICE_AND_LEADERS)},
    "chase_letter": {"GET": OFFICE_AND_LEADERS, "POST": refused_method(OFFICE_AND_LEADERS)},
    "undo_chase": {
        "GET": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, MOVED, MOVED, FORBIDDEN),
        "POST": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, MOVED, UNKNOWN, FORBIDDEN),
    },
    "reminder_policy": OFFICE_FORM,
    "demand_explanation": {
        "GET": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN),
        "POST": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, UNFIT, FORBIDDEN),
    },
    "give_explanation": {
        "GET": signed_in(MOVED, MOVED, UNKNOWN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(UNFIT, UNFIT, UNKNOWN, FORBIDDEN, FORBIDDEN, FORBIDDEN),
    },
    "leadership": {"GET": LEADERS_ONLY, "POST": refused_method(LEADERS_ONLY)},
    "account": {"GET": everybody(OK), "POST": everybody(NO_METHOD)},
    "renew_feed": {"GET": everybody(MOVED), "POST": everybody(MOVED)},
    "revoke_feed": {"GET": everybody(MOVED), "POST": everybody(MOVED)},
    "calendar_feed": {"GET": row(*[OK] * 8), "POST": row(*[NO_METHOD] * 8)},
    "inbox": {"GET": everybody(OK), "POST": everybody(NO_METHOD)},
    "mark_all_read": {"GET": everybody(MOVED), "POST": everybody(MOVED)},
    "open_notice": {
        "GET": signed_in(MOVED, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        "POST": everybody(NO_METHOD),
    },
    "outbox": {"GET": OFFICE_ONLY, "POST": refused_method(OFFICE_ONLY)},
    "send_again": {
        "GET": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, MOVED, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, UNFIT, FORBIDDEN, FORBIDDEN),
    },
    "mark_arrived": {
        "GET": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, MOVED, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, UNFIT, FORBIDDEN, FORBIDDEN),
    },
    "dashboard": {"GET": OFFICE_AND_LEADERS, "POST": refused_method(OFFICE_AND_LEADERS)},
    "reports": {
        "GET": ALL_BUT_ADMINISTRATORS,
        "POST": signed_in(UNFIT, UNFIT, UNFIT, UNFIT, UNFIT, FORBIDDEN),
    },
    "report": {"GET": THEIR_OWN, "POST": refused_method(THEIR_OWN)},
    "retry_report": {
        "GET": refused_method(THEIR_OWN),
        "POST": signed_in(MOVED, MOVED, UNKNOWN, MOVED, MOVED, FORBIDDEN),
    },
    "stop_report": {
        "GET": refused_method(THEIR_OWN),
        "POST": signed_in(MOVED, MOVED, UNKNOWN, MOVED, MOVED, FORBIDDEN),
    },
    # Sở Tư pháp's own report: the Office may read it, its words are the agency's.
    "edit_report": {
        "GET": signed_in(OK, OK, UNKNOWN, UNKNOWN, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(UNFIT, UNFIT, UNKNOWN, UNKNOWN, FORBIDDEN, FORBIDDEN),
    },
    "issue_report": {
        "GET": signed_in(NO_METHOD, NO_METHOD, NO_METHOD, NO_METHOD, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(MOVED, MOVED, UNKNOWN, UNKNOWN, FORBIDDEN, FORBIDDEN),
    },
    "correct_report": {
        "GET": signed_in(NO_METHOD, NO_METHOD, NO_METHOD, NO_METHOD, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(MOVED, MOVED, UNKNOWN, UNKNOWN, FORBIDDEN, FORBIDDEN),
    },
    "report_schedules": OFFICE_FORM,
    "end_report_schedule": {
        "GET": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, NO_METHOD, FORBIDDEN, FORBIDDEN),
        "POST": signed_in(FORBIDDEN, FORBIDDEN, FORBIDDEN, MOVED, FORBIDDEN, FORBIDDEN),
    },
    "compare_reports": {"GET": THEIR_OWN, "POST": refused_method(THEIR_OWN)},
    "report_file": {"GET": THEIR_OWN, "POST": refused_method(THEIR_OWN)},
}


@pytest.fixture
def people(an: User, binh: User, chi: User, dung: User, giang: User, quan: User, stp: Agency) -> dict[str, Client]:
    ended = UserFactory.create(username="ended", agency=stp)
    browsers = {"nobody": Client()}
    for user in (an, binh, chi, ended, dung, giang, quan):
        browsers[user.username] = Client()
        browsers[user.username].force_login(user)
    User.objects.filter(pk=ended.pk).update(is_active=False)
    return browsers


@pytest.fixture
def addresses(an: User, stp: Agency) -> dict[str, str]:
    """The address of each view, with Sở Tư pháp's own objects in it."""
    report = _report(stp, an)
    ours = AssignmentFactory.create(agency=stp, submitted=True)
    keys = _work(ours) | _other_work(stp, an) | _letters(ours) | _office(stp, an) | dict.fromkeys(_OF_REPORT, report.pk)
    keys["attachment"] = _evidence(ours, an).pk
    names = [str(pattern.name) for pattern in PATTERNS]
    queries = {"compare_reports": f"?truoc={report.pk}&sau={report.pk}"}
    return {name: reverse(name, args=[keys[name]] if name in keys else []) + queries.get(name, "") for name in names}


_OF_REPORT = ("report", "retry_report", "report_file", "stop_report", "edit_report", "issue_report", "correct_report")


def _evidence(ours: Assignment, an: User) -> Attachment:
    update = ProgressUpdate.objects.create(
        assignment=ours,
        author=an,
        created_at=NOW,
        claim=Claim.COMPLETED,
        percent=100,
        result="Đã ban hành kế hoạch.",
        completed_on=TODAY,
        key=uuid4(),
    )
    file = Attachment(update=update, name="Kế hoạch.pdf", content_type="application/pdf", size=4, sha256="0" * 64)
    file.file.save("kh", ContentFile(b"%PDF"), save=False)
    file.save()
    return file


def _work(ours: Assignment) -> dict[str, Any]:
    """Views of one submitted assignment."""
    looks = ("assignment", "review", "assignment_history")
    acts = ("confirm_completion", "return_for_revision", "withdraw_update", "assess", "give_opinion", "invite_support")
    return dict.fromkeys((*looks, *acts, "adjust_assignment"), ours.pk)


def _other_work(stp: Agency, an: User) -> dict[str, Any]:
    """Views of assignments that stand elsewhere on their way."""
    asked = ExtensionFactory.create(assignment__agency=stp, asked_by=an)
    begun = AssignmentFactory.create(agency=stp, in_progress=True).pk
    new = AssignmentFactory.create(agency=stp).pk
    keys: dict[str, Any] = dict.fromkeys(("acknowledge", "decline", "reassign"), new)
    keys |= dict.fromkeys(("report_progress", "demand_explanation", "give_explanation"), begun)
    keys |= {"ask_extension": asked.assignment_id, "drop_extension": asked.pk, "decide_extension": asked.pk}
    keys["give"] = AssignmentFactory.create(agency=stp).pk
    keys["insist"] = AssignmentFactory.create(agency=stp, declined=True).pk
    return keys


def _letters(ours: Assignment) -> dict[str, Any]:
    """Views of its directive, its letter and of a letter that is being entered."""
    of_letter = ("letter", "letter_history", "corrections", "correct_letter", "add_directive", "withdraw_letter")
    of_directive = ("directive_history", "meet_condition", "correct_directive", "add_agency")
    of_draft = ("draft_head", "split", "check_and_assign", "throw_away_draft")
    keys: dict[str, Any] = dict.fromkeys(of_letter, ours.directive.letter_id)
    return keys | dict.fromkeys(of_directive, ours.directive_id) | dict.fromkeys(of_draft, DraftFactory.create().pk)


def _office(stp: Agency, an: User) -> dict[str, Any]:
    """Views of agencies, people and what is sent to them."""
    keys: dict[str, Any] = dict.fromkeys(
        ("change_agency", "end_agency", "hand_over_assignments", "move_people"), stp.pk
    )
    keys |= dict.fromkeys(("send_again", "mark_arrived", "open_notice"), _message(an).pk)
    keys |= dict.fromkeys(("chase", "undo_chase", "chase_letter"), _chase(stp).pk)
    keys |= {"hand_over_work": an.pk, "end_absence": AbsenceFactory.create(person=an).pk}
    keys |= {"delete_filter": _saved_by(an).pk, "end_report_schedule": _schedule(an).pk}
    return keys | {"calendar_feed": renew_feed(by=an, now=NOW).token}


def _schedule(an: User) -> ReportSchedule:
    return ReportSchedule.objects.create(
        kind=ReportKind.PROGRESS, system="nd-09", length="thang", begins_on=TODAY, created_by=an, created_at=NOW
    )


def _report(stp: Agency, an: User) -> Report:
    window = snapshots.Window(TODAY - timedelta(days=50), TODAY, TODAY)
    report = snapshots.freeze(snapshots.Asked(window, ReportKind.OWN, stp), by=an, now=NOW)
    report.file.save("bao-cao.pdf", ContentFile(b"%PDF"), save=False)
    report.state, report.finished_at = ReportState.DONE, NOW
    report.issued_at, report.issued_by = NOW, an
    report.save()
    return report


def _chase(stp: Agency) -> Chase:
    late = AssignmentFactory.create(agency=stp, overdue=True)
    return chase_now(UserFactory.create(role=Role.OFFICER), late, now=NOW - timedelta(days=1))[0]


def _saved_by(an: User) -> SavedFilter:
    return SavedFilter.objects.create(owner=an, name="Quá hạn", query="tt=qua-han", saved_at=NOW)


def _message(an: User) -> Notice:
    """A message that waits: nothing about it is to be settled."""
    return Notice.objects.create(
        recipient=an, kind=NoticeKind.REMINDER, occasion=TODAY, created_at=NOW, next_at=NOW, message_id="<1@example>"
    )


def answer_of(browser: Client, method: str, address: str) -> str:
    answer = browser.get(address) if method == "GET" else browser.post(address)
    b"".join(answer)  # read to its end, a file is closed; close() would end the test's own database transaction too
    if answer.status_code == 302 and answer["Location"].startswith("/dang-nhap/?next="):
        return TO_SIGN_IN
    return str(answer.status_code)


def written() -> list[Any]:
    """What a refused post must leave as it was."""
    rows = [
        list(model.objects.order_by("pk").values())
        for model in (Assignment, ProgressUpdate, ExtensionRequest, Letter, Draft, Report)
    ]
    return [*rows, HistoryEntry.objects.count(), Notice.objects.count(), Attachment.objects.count()]


def test_every_address_has_a_row() -> None:
    assert {str(pattern.name) for pattern in PATTERNS} == set(TABLE)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_everybody_gets_the_answer_of_the_table(
    method: str, people: dict[str, Client], addresses: dict[str, str]
) -> None:
    """Each address on the same rows: what one of them wrote is taken back before the next."""
    wrong: list[str] = []
    for name, row in TABLE.items():
        place = transaction.savepoint()
        wrong += differences(people, method, addresses[name], row[method])
        transaction.savepoint_rollback(place)
    assert wrong == []


def differences(people: dict[str, Client], method: str, address: str, row: dict[str, str]) -> Iterator[str]:
    """Where an answer is not that of the table, and where a refused one wrote."""
    before = written()
    for person, expected in row.items():
        got = answer_of(in_new_window(people[person]), method, address)
        if got != expected:
            yield f"{person} {method} {address}: {got} instead of {expected}"
        if expected != MOVED and written() != before:
            yield f"{person} {method} {address} was refused but wrote"
        before = written() if expected == MOVED else before


def in_new_window(browser: Client) -> Client:
    """The same session; whoever signs out in one window is still signed in when the rows are taken back."""
    window = copy(browser)
    window.cookies = deepcopy(browser.cookies)
    return window


def test_no_identifier_is_written_like_a_number(people: dict[str, Client], addresses: dict[str, str]) -> None:
    """Numbers are read as 1.234; where a form or a link says which row it means, the point would break it."""
    grouped = []
    for address, person in product(addresses.values(), ("an", "dung", "giang")):
        page = b"".join(people[person].get(address)).decode(errors="replace")
        grouped += [f"{person} {address}: {found}" for found in GROUPED.findall(page)]
    assert grouped == []


def test_every_role_has_its_rights_and_a_stranger_none(an: User) -> None:
    assert set(ROLES) == set(Role)
    assert all(Permission.USE_PORTAL in rights for rights in ROLES.values())
    an.role = "vua"
    assert not any(allowed(an, permission) for permission in Permission)
    assert not Assignment.objects.visible_to(an).exists()
    assert not Letter.objects.visible_to(an).exists()


@pytest.mark.parametrize("name", ["assignment", "letter", "report", "attachment", "report_file"])
def test_another_agency_gets_404_and_no_word_of_the_object(
    name: str, chi: User, addresses: dict[str, str], client_of: Callable[[User], Client]
) -> None:
    answer = client_of(chi).get(addresses[name])
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "91/KH-UBND" not in page
    assert "Tư pháp" not in page
