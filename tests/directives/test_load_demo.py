"""The demonstration: one letter, 15 directives, 144 assignments, a believable history, the same when loaded again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from agencies.models import User
from directives.deadlines import Label
from directives.models import Assignment, Directive, HistoryEntry, Letter, Notice, NoticeState, Party, ProgressUpdate

pytestmark = pytest.mark.django_db
ON = date(2023, 2, 20)


@pytest.fixture
def in_a_demonstration(settings: Settings) -> None:
    settings.DEBUG = True
    settings.DEMO_PASSWORD = ""


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """What loading printed; loaded once for the tests that only look, undone after them."""
    with django_db_blocker.unblock(), override_settings(DEBUG=True, DEMO_PASSWORD=""), transaction.atomic():
        yield load(on=ON)
        transaction.set_rollback(True)


def load(**options: object) -> str:
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def counts() -> list[int]:
    return [
        model.objects.count() for model in (User, Letter, Directive, Assignment, ProgressUpdate, HistoryEntry, Notice)
    ]


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
    labels = set(Assignment.objects.labelled(ON).values_list("label", flat=True))
    assert {Label.OVERDUE, Label.DUE_SOON, Label.RETURNED, Label.WAITING, Label.DONE, Label.DONE_LATE} <= labels
    assert {Label.ON_TRACK, Label.UNDATED, Label.STANDING, Label.CONDITIONAL} <= labels
    assert not HistoryEntry.objects.filter(at__date__gt=ON).exists()


def test_no_mail_of_the_past_is_sent(loaded: str) -> None:
    assert set(Notice.objects.values_list("state", flat=True)) == {NoticeState.SKIPPED}


def test_loading_again_changes_nothing(in_a_demonstration: None) -> None:
    load(on=ON)
    before = counts()
    assert "nothing was changed" in load(on=ON)
    assert counts() == before


def test_everybody_has_the_password_that_was_printed(loaded: str) -> None:
    password = loaded.rpartition("Password: ")[2].strip()
    assert len(password) >= 14
    for name in ("canbo.stp", "thutruong.stttt", "canbo.mttq", "canbo.ubndh.180", "kgvx", "lanhdao", "quantri"):
        assert User.objects.get(username=name).check_password(password), name


def test_the_password_may_be_chosen(in_a_demonstration: None, settings: Settings) -> None:
    settings.DEMO_PASSWORD = "mot mat khau tu chon"
    load(on=ON)
    assert User.objects.get(username="canbo.snv").check_password("mot mat khau tu chon")


def test_production_refuses_it_unless_asked_for(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="--even-in-production"):
        load(on=ON)
    assert counts() == [0] * 7
    assert "144" in load(on=ON, even_in_production=True)


def test_a_day_before_the_story_can_begin_is_refused(in_a_demonstration: None) -> None:
    with pytest.raises(CommandError, match="2023-01-26"):
        load(on=date(2023, 1, 10))
    assert counts() == [0] * 7


def test_a_database_in_use_is_left_alone(in_a_demonstration: None) -> None:
    load(on=ON)
    Letter.objects.update(subject="một văn bản khác")
    before = counts()
    assert "was not loaded" in load(on=ON, if_empty=True)
    assert counts() == before
