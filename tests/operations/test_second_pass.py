"""What the second pass on PostgreSQL and Redis takes, and that it refuses to repeat the first."""

import pytest

from tests import second_pass

pytest_plugins = ["pytester"]

TESTS = """
import pytest
from django.test import SimpleTestCase, TestCase

def test_plain(): ...

@pytest.mark.django_db
def test_marked_with_the_database(): ...

def test_asks_for_the_database(db): ...

def test_asks_for_transactions(transactional_db): ...

@pytest.fixture
def agency(db): ...

def test_has_a_cast(agency): ...

@pytest.mark.services
def test_of_the_queue(): ...

@pytest.mark.browser
def test_in_the_browser(agency): ...

def test_of_a_page(page, db): ...

class TestOfDjango(TestCase):
    def test_in_a_transaction(self): ...

class TestOfText(SimpleTestCase):
    def test_without_database(self): ...
"""


def test_the_second_pass_takes_database_queue_and_lock_but_no_browser(pytester: pytest.Pytester) -> None:
    chosen = {item.name for item in pytester.getitems(TESTS) if second_pass.belongs(item)}
    assert chosen == {
        "test_marked_with_the_database",
        "test_asks_for_the_database",
        "test_asks_for_transactions",
        "test_has_a_cast",
        "test_of_the_queue",
        "test_in_a_transaction",
    }


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"DATABASE_URL": "sqlite:///:memory:", "REDIS_URL": "redis://127.0.0.1"},
        {"DATABASE_URL": "postgres://127.0.0.1/congvan"},
    ],
)
def test_the_second_pass_refuses_the_embedded_defaults(
    variables: dict[str, str], monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.setenv(name, variables.get(name, ""))
    with pytest.raises(pytest.UsageError, match=r"scripts/services\.py"):
        second_pass.pytest_configure(pytestconfig)
