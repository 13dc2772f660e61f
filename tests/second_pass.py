"""pytest plugin of the second pass (`-p tests.second_pass`): only what PostgreSQL or Redis could change.

That is every test that touches the database and every test marked `services`, but no browser test: a browser sees
the same pages on either database.
"""

import os

import pytest
from django.test import TransactionTestCase

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}
BROWSER_FIXTURES = {"page", "browser", "context"}


def belongs(item: pytest.Item) -> bool:
    """Whether a test is part of the second pass."""
    fixtures = set(getattr(item, "fixturenames", ()))
    if item.get_closest_marker("browser") or fixtures & BROWSER_FIXTURES:
        return False
    if item.get_closest_marker("services") or item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
        return True
    case = getattr(item, "cls", None)
    return case is not None and issubclass(case, TransactionTestCase)


def pytest_configure(config: pytest.Config) -> None:
    """Refuses to run the second pass on the embedded defaults: it would only repeat the first."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres") or not os.environ.get("REDIS_URL"):
        raise pytest.UsageError("The second pass needs DATABASE_URL (PostgreSQL) and REDIS_URL: scripts/services.py.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keeps the tests that belong, and tells pytest of the others."""
    kept = [item for item in items if belongs(item)]
    config.hook.pytest_deselected(items=[item for item in items if not belongs(item)])
    items[:] = kept
