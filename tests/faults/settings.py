"""Settings of the fault suite: answers of the relay are waited for in seconds, as in harsh.py."""

from tests.settings import *  # noqa: F403

EMAIL_TIMEOUT = 2
