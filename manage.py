#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import secrets
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvan.settings")
    if sys.argv[1:2] == ["read_letter"]:
        # It signs nothing and opens no database, so it works where nothing has been set up yet.
        os.environ.setdefault("DEBUG", "on")
        os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
