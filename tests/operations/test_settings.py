"""With DEBUG off the portal starts only with safe values, and says in a sentence which variable is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEY = "0123456789 abcdefghij 0123456789 ABCDEFGHIJ 0123456789"
PRODUCTION = {
    "DEBUG": "off",
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "chidao.example.vn",
    "SITE_URL": "https://chidao.example.vn",
    "DATABASE_URL": "postgres://portal:secret@127.0.0.1/portal",
    "EMAIL_URL": "smtp://127.0.0.1:25",
}


def start(folder: Path, *command: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """`manage.py` with production's variables and no .env; a variable changed to "" is missing."""
    variables = {name: value for name, value in {**PRODUCTION, **changed}.items() if value}
    variables |= {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "BROKER_DIR": str(folder),
        "MEDIA_ROOT": str(folder),
    }
    line = [sys.executable, "manage.py", *(command or ("check",))]
    return subprocess.run(line, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)


def test_production_values_start_it(tmp_path: Path) -> None:
    assert start(tmp_path).returncode == 0


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "EMAIL_URL"])
def test_a_missing_value_stops_the_start_and_is_named(name: str, tmp_path: Path) -> None:
    ended = start(tmp_path, **{name: ""})
    assert ended.returncode != 0
    assert f"ImproperlyConfigured: {name} " in ended.stderr


@pytest.mark.parametrize(
    ("name", "unsafe"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "django-insecure-" + KEY),
        ("SECRET_KEY", "x" * 60),
        ("ALLOWED_HOSTS", "*"),
        ("SITE_URL", "chidao.example.vn"),
    ],
)
def test_an_unsafe_value_stops_the_start_and_is_named(name: str, unsafe: str, tmp_path: Path) -> None:
    ended = start(tmp_path, **{name: unsafe})
    assert ended.returncode != 0
    assert f"ImproperlyConfigured: {name} " in ended.stderr


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(KEY)
    assert start(tmp_path, SECRET_KEY="", SECRET_KEY_FILE=str(file)).returncode == 0


def test_debug_is_off_unless_set(tmp_path: Path) -> None:
    ended = start(tmp_path, "shell", "-v0", "-c", "from django.conf import settings; print(settings.DEBUG)", DEBUG="")
    assert ended.stdout.strip() == "False"


def test_sqlite_in_production_is_warned_of(tmp_path: Path) -> None:
    ended = start(tmp_path, "check", "--deploy", DATABASE_URL=f"sqlite:///{tmp_path}/portal.sqlite3")
    assert "congvan.W001" in ended.stderr
    assert "congvan.W001" not in start(tmp_path, "check", "--deploy").stderr
