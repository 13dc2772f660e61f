"""`.env.example` explains every variable that is read, and no other; and it is a set of production settings."""

import os
import re
import secrets
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = (ROOT / ".env.example").read_text()
READ = re.compile(r"""\b(?:env(?:\.\w+)?|required|environ\.get|environ\.setdefault|getenv)\(\s*"([A-Z_]+)\"""")


def explained() -> set[str]:
    return set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.MULTILINE))


def read_by(*patterns: str) -> set[str]:
    """The names of variables that the Python files read."""
    files = [file for pattern in patterns for file in ROOT.glob(pattern)]
    assert files
    return {name for file in files for name in READ.findall(file.read_text())} - {"DJANGO_SETTINGS_MODULE"}


def interpolated_by(*names: str) -> set[str]:
    """The names of variables that make, the Procfile or Docker Compose put in."""
    text = "\n".join((ROOT / name).read_text() for name in names)
    return set(re.findall(r"(?<!\$)\$\{?([A-Z_]{4,})\b(?!\))", text))


def test_every_variable_of_the_settings_is_explained() -> None:
    assert read_by("congvan/settings.py") - explained() == set()


def test_every_explained_variable_is_read_somewhere() -> None:
    read = read_by("congvan/*.py", "scripts/*.py") | interpolated_by("Procfile", "docker-compose.yml")
    assert explained() - read == set()


def test_every_variable_has_words_before_it() -> None:
    lines = pairwise(EXAMPLE.splitlines())
    bare = [line for before, line in lines if re.match(r"#?[A-Z_]+=", line) and not before.startswith("# ")]
    assert bare == []


def start_settings(**variables: str) -> subprocess.CompletedProcess[str]:
    """Imports the settings with the example's variables and these."""
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": str(ROOT / ".env.example"), **variables}
    command = [sys.executable, "-c", "import congvan.settings"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_example_starts_once_it_has_a_key() -> None:
    started = start_settings(SECRET_KEY=secrets.token_urlsafe(50))
    assert (started.returncode, started.stderr) == (0, "")


def test_the_example_without_a_key_does_not_start_and_says_why() -> None:
    refused = start_settings()
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].startswith("django.core.exceptions.ImproperlyConfigured: SECRET_KEY")


@pytest.mark.parametrize("name", ["ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "EMAIL_URL"])
def test_a_missing_variable_is_named(name: str) -> None:
    refused = start_settings(SECRET_KEY=secrets.token_urlsafe(50), **{name: ""})
    assert refused.returncode == 1
    assert f"{name} is not set" in refused.stderr.splitlines()[-1]
