"""Loading the demonstration: again, elsewhere, too early, with a password of one's own."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from agencies.models import User
from directives.models import Assignment, Directive, HistoryEntry, Letter, Notice, ProgressUpdate
from directives.states import Status

pytestmark = pytest.mark.django_db
ON = date(2023, 2, 20)


def load(**options: object) -> str:
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def in_a_demonstration(settings: Settings) -> None:
    settings.DEBUG = True
    settings.DEMO_PASSWORD = ""


def counts() -> list[int]:
    return [
        model.objects.count() for model in (User, Letter, Directive, Assignment, ProgressUpdate, HistoryEntry, Notice)
    ]


def test_loading_again_changes_nothing(in_a_demonstration: None) -> None:
    load(on=ON)
    before = counts()
    assert "nothing was changed" in load(on=ON)
    assert counts() == before


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


def test_years_later_there_were_reports_between(in_a_demonstration: None) -> None:
    load(on=date(2026, 11, 24))
    running = Assignment.objects.filter(status=Status.IN_PROGRESS)
    assert running.exists()
    for one in running.prefetch_related("updates"):
        updates = sorted(one.updates.all(), key=lambda update: update.created_at)
        assert [update.percent for update in updates] == sorted(update.percent for update in updates)
        assert {update.created_at.year for update in updates} >= {2024, 2025, 2026}
    moments = list(HistoryEntry.objects.filter(assignment=running[0]).order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)
