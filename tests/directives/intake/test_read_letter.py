"""`manage.py read_letter`: one JSON object or a summary on standard output, or a sentence on standard error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.directives.intake import made
from tests.directives.intake.test_reader_seed import DIRECTIVES, SEED, TEXT

ROOT = Path(__file__).resolve().parents[3]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, where nothing is set up: no .env, no secret, no database that answers."""
    environment = {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere",
        "PYTHONUTF8": "0",
        "LC_ALL": "C",
    }
    command = [sys.executable, "manage.py", "read_letter", *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_json_is_all_that_is_printed() -> None:
    done = run(SEED, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert said["letter"]["issuer"] == "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN"
    assert [one["label"] for one in said["directives"]] == list(DIRECTIVES)
    assert "Ủy ban" in done.stdout  # letters, not \u escapes


def test_a_refusal_is_one_sentence_on_standard_error(tmp_path: Path) -> None:
    letter = tmp_path / "van-ban.docx"
    letter.write_bytes(b"PK\x03\x04")
    for file in (letter, tmp_path / "khong-co.pdf"):
        done = run(file, "--json")
        assert (done.returncode, done.stdout) == (1, "")
        assert len(done.stderr.strip().splitlines()) == 1
        assert done.stderr[0].isupper()


def test_the_summary_shows_each_directive_with_its_body(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("read_letter", str(SEED))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("công văn …/UBND-KGVX · ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN")
    assert sum("Sở Tư pháp" in line for line in lines) == 2
    assert lines[-1] == "15 nhiệm vụ"


def test_the_day_decides_which_department_is_meant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = tmp_path / "van-ban.txt"
    letter.write_text("Kính gửi: Sở Nội vụ\n\nUBND tỉnh yêu cầu:\n\n1. Sở Nội vụ rà soát biên chế.\n", "utf-8")
    for day, code in (("2023-01-05", "SNV"), ("2025-04-01", "SNV.2025")):
        call_command("read_letter", str(letter), "--json", "--on", day)
        said = json.loads(capsys.readouterr().out)
        assert said["directives"][0]["lead_bodies"][0]["codes"] == [code]


def test_a_pdf_reads_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name, data = made.pdf(TEXT)
    (tmp_path / name).write_bytes(data)
    call_command("read_letter", str(tmp_path / name), "--json")
    assert len(json.loads(capsys.readouterr().out)["directives"]) == 15
