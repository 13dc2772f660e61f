"""The child process that opens a file: limits first, then the parser.

Run as `python -I child.py docx|pdf` with the file on standard input. Prints
one JSON object: {"text": …} or {"refused": "a sentence"}.
"""

import importlib
import json
import resource
import sys
from pathlib import Path

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 10
OPEN_FILES = 64
_PARSERS = {"docx": "docx_text", "pdf": "pdf_text"}


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))


def _read(kind: str, data: bytes) -> str:
    """The parser is only loaded now, under the limits."""
    parser = importlib.import_module(f"directives.intake.{_PARSERS[kind]}")
    return str(parser.text_of(data))


def main() -> None:
    _limit()
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    refusal_type = importlib.import_module("directives.intake.errors").Unreadable
    try:
        answer = {"text": _read(sys.argv[1], sys.stdin.buffer.read())}
    except refusal_type as refusal:
        answer = {"refused": str(refusal)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
