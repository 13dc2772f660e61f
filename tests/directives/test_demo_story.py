"""What the demonstration tells: one letter, 15 directives, 144 assignments, a believable history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, F
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from agencies.models import Agency, Kind, User
from directives.deadlines import Label
from directives.management.demo.story import reference_of
from directives.models import Assignment, Directive, HistoryEntry, Letter, Notice, NoticeState, Party
from directives.states import Verb

pytestmark = pytest.mark.django_db
ON = date(2023, 2, 20)


def load(**options: object) -> str:
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """What loading printed; loaded once for the tests that only look, undone after them."""
    with django_db_blocker.unblock(), override_settings(DEBUG=True, DEMO_PASSWORD=""), transaction.atomic():
        yield load(on=ON)
        transaction.set_rollback(True)


def test_the_letter_gives_15_directives_and_144_assignments(loaded: str) -> None:
    given = Directive.objects.annotate(n=Count("assignments")).order_by("position").values_list("label", "n")
    assert dict(given) == {
        **{"1.1": 1, "1.2": 1, "1.3": 1, "1.4": 1, "2.1": 1, "2.2": 1, "3": 1, "4": 1, "5.1": 3, "5.2": 3},
        **{"6.1": 31, "6.2": 31, "6.3": 31, "6.4": 31, "7": 6},
    }
    assert Assignment.objects.count() == 144


def test_each_clause_is_verbatim_and_in_its_place(loaded: str) -> None:
    letter = Letter.objects.get()
    assert "Hợp báo" in letter.text  # the source's slip stays
    for directive in letter.directives.all():
        assert letter.text[directive.start : directive.end] == directive.text


def test_open_sets_stay_phrases(loaded: str) -> None:
    phrase = Party.objects.get(phrase="các cơ quan, đơn vị, tổ chức có liên quan")
    assert phrase.agency is None
    assert phrase.group is None


def test_the_front_is_asked_and_not_ordered(loaded: str) -> None:
    assert Directive.objects.get(label="7").modality == "de-nghi"


def test_the_history_shows_every_sort_of_ending(loaded: str) -> None:
    labels = set(Assignment.objects.labelled(ON).values_list("label", flat=True))  # type: ignore[misc]
    assert {Label.OVERDUE, Label.DUE_SOON, Label.RETURNED, Label.WAITING, Label.DONE, Label.DONE_LATE} <= labels
    assert {Label.ON_TRACK, Label.UNDATED, Label.STANDING, Label.CONDITIONAL} <= labels
    assert not HistoryEntry.objects.filter(at__date__gt=ON).exists()


def test_the_history_begins_on_the_day_the_work_was_given(loaded: str) -> None:
    given = HistoryEntry.objects.filter(verb=Verb.ASSIGN, assignment__isnull=False)
    assert given.count() == 144
    assert set(given.values_list("at__date", flat=True)) == set(
        Assignment.objects.values_list("assigned_on", flat=True)
    )
    assert not Assignment.objects.filter(reported_at__lt=F("acknowledged_at")).exists()
    assert Assignment.objects.unacknowledged().exists()  # that nobody has looked at some can be seen, too


@pytest.mark.parametrize(
    ("kind", "abbreviation", "number", "expected"),
    [
        (Kind.DEPARTMENT, "STP", 245, "245/BC-STP"),
        (Kind.DISTRICT, "UBND huyện Đình Lập", 376, "376/UBND-VP"),
        (Kind.DISTRICT, "UBND huyện Đình Lập", 377, "377/BC-UBND"),
        (Kind.OFFICE, "VP UBND", 12, "12/VPUBND-VP"),
    ],
)
def test_documents_are_numbered_as_agencies_number_them(kind, abbreviation, number, expected) -> None:
    assert reference_of(Agency(kind=kind, abbreviation=abbreviation), number) == expected


def test_no_mail_of_the_past_is_sent(loaded: str) -> None:
    assert set(Notice.objects.values_list("state", flat=True)) == {NoticeState.SKIPPED}


def test_everybody_has_the_password_that_was_printed(loaded: str) -> None:
    password = loaded.rpartition("Password: ")[2].strip()
    assert len(password) >= 14
    for name in ("canbo.stp", "thutruong.stttt", "canbo.mttq", "canbo.ubndh.180", "kgvx", "lanhdao", "quantri"):
        assert User.objects.get(username=name).check_password(password), name
