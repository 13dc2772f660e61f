"""System checks of the deployment that Django does not make itself."""

from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Warning


def sqlite_is_for_one_machine(**kwargs: object) -> Sequence[CheckMessage]:
    """SQLite lets one write at a time and does not leave its machine: fit for looking, not for serving a province."""
    if settings.DEBUG or not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return []
    hint = "Set DATABASE_URL=postgres://… (see .env.example)."
    return [Warning("SQLite serves the portal with DEBUG off.", hint=hint, id="congvan.W001")]
