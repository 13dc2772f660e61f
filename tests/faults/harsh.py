"""The portal's application for the fault suite: the same, with the waits of pace.py.

With NAIVE=1 the last byte of a mail is sent without a word to the database: a sender with a lease and a row lock, but
without the dot.
"""

import os
from datetime import timedelta

import django

django.setup()

from directives import delivery, smtp  # noqa: E402
from tests.faults.pace import LEASE, RECONCILE  # noqa: E402
from tests.mail.quick import app  # noqa: E402

__all__ = ["app"]

delivery.LEASE = timedelta(seconds=LEASE)
delivery.RECONCILE = timedelta(seconds=RECONCILE)
delivery.FIRST_WAIT = delivery.LONGEST_WAIT = timedelta(seconds=1)
smtp.REPLY_TIME = 2

if os.environ.get("NAIVE"):
    delivery._reach_the_dot = lambda notice, clock: True
