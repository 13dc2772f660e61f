"""What happens inside the portal of test_competing_posts.py: `python -m tests.faults.posts_scene NAME '{…}'`."""

from __future__ import annotations

import json
import sys
from typing import Any

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from agencies.models import Agency, Role, User  # noqa: E402
from directives.models import Assignment, HistoryEntry, ProgressUpdate  # noqa: E402
from directives.states import Verb  # noqa: E402
from tests.factories import AgencyFactory, AssignmentFactory, UserFactory  # noqa: E402


def prepare(people: int, duties: int) -> dict[str, Any]:
    """One agency with so many people signed in, so many assignments that all of them report on."""
    agency: Agency = AgencyFactory.create(code="STP", short_name="Sở Tư pháp")
    users = [UserFactory.create(username=f"can-bo-{n}", agency=agency, role=Role.AGENCY_STAFF) for n in range(people)]
    rows = [AssignmentFactory.create(agency=agency, in_progress=True) for _ in range(duties)]
    return {"sessions": [_session(user) for user in users], "duties": [row.pk for row in rows]}


def _session(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def standing() -> dict[str, Any]:
    """How everything stands: versions by assignment, the results that were saved, whose lines of history."""
    return {
        "versions": {str(pk): version for pk, version in Assignment.objects.values_list("pk", "version")},
        "results": list(ProgressUpdate.objects.values_list("assignment", "result")),
        "lines": list(HistoryEntry.objects.filter(verb=Verb.REPORT).values_list("assignment", flat=True)),
    }


if __name__ == "__main__":
    scene: Any = globals()[sys.argv[1]]
    print(json.dumps(scene(**json.loads(sys.argv[2]))))
