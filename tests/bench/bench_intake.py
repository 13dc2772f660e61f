"""How long the letter reader takes for a letter of twenty pages, and how much memory its child process needs.

    .venv/bin/python -m tests.bench.bench_intake

Prints one line for each kind of file. Promised are 2 s with the child's start, and 512 MB.
"""

from __future__ import annotations

import resource
import time
from io import BytesIO
from statistics import median

from pypdf import PdfReader

from directives import intake
from tests.directives.intake import made
from tests.directives.intake.directory import langson
from tests.directives.intake.test_reader_seed import TEXT

PAGES = 20
RUNS = 5


def long_letter() -> str:
    """The seed letter with its clauses again and again, until it fills the pages."""
    head, rest = TEXT.split("1. Sở Thông tin và Truyền thông", 1)
    clauses, foot = rest.split("UBND tỉnh yêu cầu các cơ quan", 1)
    times = 1
    while True:
        repeated = "".join(f"{1 + 7 * n}. Sở Thông tin và Truyền thông{clauses}" for n in range(times))
        text = f"{head}{repeated}UBND tỉnh yêu cầu các cơ quan{foot}"
        if times % 2 and len(PdfReader(BytesIO(made.pdf(text)[1])).pages) >= PAGES:
            return text
        times += 1


def measured(name: str, data: bytes) -> tuple[float, int]:
    """Median seconds of a reading, and the directives found."""
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        reading = intake.read_file(data, name, directory=langson())
        seconds.append(time.perf_counter() - start)
    return median(seconds), len(reading.directives)


def main() -> None:
    text = long_letter()
    intake.read_text(text, directory=langson())  # a worker has its patterns ready
    for make in (made.docx, made.pdf, made.txt):
        name, data = make(text)
        seconds, count = measured(name, data)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(
            f"{name:12} {PAGES} pages {len(text):6} characters {count:3} directives {seconds:5.2f} s {memory:4.0f} MB"
        )


if __name__ == "__main__":
    main()
