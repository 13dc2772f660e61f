"""`manage.py read_letter FILE`: what the letter reader makes of a file, without a database."""

from __future__ import annotations

import io
import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

import agencies
from directives import intake

DATA = Path(agencies.__file__).parent / "data"
NO_FILE = "Không mở được tệp: {path}"


class Command(BaseCommand):
    help = "Read a letter (.docx, .pdf, .txt) and print its head and the directives found in it."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the letter")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
        parser.add_argument("--on", type=date.fromisoformat, help="look agencies up on this day, YYYY-MM-DD")

    def handle(self, *args: Any, file: Path, json: bool, on: date | None, **options: Any) -> None:
        _speak_utf8()
        try:
            reading = intake.read_file(file.read_bytes(), file.name, directory=_directory(), on=on)
        except OSError:
            self._refuse(NO_FILE.format(path=file))
        except intake.Unreadable as refusal:
            self._refuse(str(refusal))
        else:
            self.stdout.write(_as_json(reading) if json else "\n".join(_summary(reading)))

    def _refuse(self, sentence: str) -> None:
        self.stderr.write(sentence)
        raise SystemExit(1)


def _speak_utf8() -> None:
    """Whatever the terminal's locale is: the output is read by programs."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def _directory() -> intake.Directory:
    return intake.load_directory(DATA / "agencies.csv", DATA / "groups.csv")


def _as_json(reading: intake.Reading) -> str:
    return json.dumps(reading.as_json(), ensure_ascii=False, indent=1)


def _summary(reading: intake.Reading) -> list[str]:
    """The reading in lines a person can check: the head, then one block for each directive."""
    head = reading.letter
    number = f"{head.number or '…'}/{head.notation or '…'}"
    lines = [
        f"{head.kind} {number} · {head.issuer or '…'} · {head.issued_on or 'chưa có ngày'}",
        f"V/v {head.subject or '…'}",
        "",
    ]
    for found in reading.directives:
        lines += _block(reading.text, found)
    return [*lines, f"{len(reading.directives)} nhiệm vụ", *reading.warnings]


def _block(text: str, found: intake.Proposal) -> list[str]:
    words = " ".join(text[found.start : found.end].split())
    lead = "; ".join(party.phrase for party in found.lead) or "chưa rõ cơ quan"
    due = f" · {found.due.phrase}" if found.due.phrase else ""
    return [
        f"{found.label}  {lead}{due}  ({found.confidence:.0%})",
        f"    {words[:110]}{'…' if len(words) > 110 else ''}",
    ]
