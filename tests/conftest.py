"""The cast. an and binh work in Sở Tư pháp (staff, head), chi in another agency, dung in the Office; giang leads the
province, quan keeps the system running."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from agencies.models import Agency, Role, User
from tests import factories

# They wait for processes, not for the processor: begun first, they never are what the last core waits for.
LONG = ("tests/faults/", "tests/mail/test_concurrency.py", "tests/mail/test_worker_and_beat.py", "tests/test_life.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In random order still, the long ones in front."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.fixture
def today() -> date:
    return factories.TODAY


@pytest.fixture
def now() -> datetime:
    """08:00 on `today`, in Vietnam."""
    return factories.NOW


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is 08:00 on `today` wherever the portal reads the clock."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: factories.NOW)
    return factories.NOW


@pytest.fixture
def stp(db: None) -> Agency:
    return factories.AgencyFactory.create(code="STP", short_name="Sở Tư pháp", aliases=["Sở Tư pháp"])


@pytest.fixture
def stttt(db: None) -> Agency:
    return factories.AgencyFactory.create(code="STTTT", short_name="Sở Thông tin và Truyền thông", aliases=["Sở TT&TT"])


@pytest.fixture
def an(stp: Agency) -> User:
    return factories.UserFactory.create(username="an", full_name="Nông Văn An", agency=stp)


@pytest.fixture
def binh(stp: Agency) -> User:
    return factories.UserFactory.create(username="binh", full_name="Hoàng Thị Bình", role=Role.AGENCY_HEAD, agency=stp)


@pytest.fixture
def chi(stttt: Agency) -> User:
    return factories.UserFactory.create(username="chi", full_name="Lý Thị Chi", agency=stttt)


@pytest.fixture
def dung(db: None) -> User:
    return factories.UserFactory.create(username="dung", full_name="Trần Văn Dũng", role=Role.OFFICER)


@pytest.fixture
def giang(db: None) -> User:
    return factories.UserFactory.create(username="giang", full_name="Dương Thị Giang", role=Role.LEADER)


@pytest.fixture
def quan(db: None) -> User:
    return factories.UserFactory.create(username="quan", full_name="Vi Văn Quân", role=Role.ADMINISTRATOR)


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A browser in which somebody is signed in: `client_of(an).get("/viec/")`."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """PostgreSQL refuses to empty the history, which is how Django cleans up after tests that commit.

    On SQLite identifiers begin above 1,000, where one that is written like a number ("1.001") leads nowhere.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table in connection.introspection.table_names(cursor):
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 1000)", [table])
        if connection.vendor == "postgresql":
            for table in ("directives_historyentry", "directives_historyseal"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER history_is_not_emptied")
