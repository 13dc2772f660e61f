"""What an agency took back is not printed."""

from __future__ import annotations

import pytest

from directives.actions.withdrawals import withdraw_update
from tests.directives.submissions import RESULT, submit
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_a_withdrawn_update_is_not_in_the_report(make_report, an):
    assignment = submit(an)
    assert RESULT in str(make_report(agency=an.agency).snapshot)
    withdraw_update(assignment.updates.get(), by=an, now=NOW)
    assert RESULT not in str(make_report(agency=an.agency).snapshot)
