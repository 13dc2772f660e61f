"""How long a report takes, how much memory and how large a file: `python -m tests.bench.bench_pdf [--all] [ROWS …]`.

Both are PDF/A-3a and tagged: the report as the portal makes it, and the naive document with the whole annex in one
table that WeasyPrint lays out by itself. Each is made in a process of its own that has made one report before, as a
worker has; ratios hold within a run. The naive one is left out above 2,000 rows unless --all is given: it needs
minutes and gigabytes. With VERAPDF=command in the environment each file is validated too: it is called with
"3a,ua1 FILE".
"""

from __future__ import annotations

import gc
import json
import os
import random
import resource
import shlex
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.snapshots import Snapshot

ROOT = Path(__file__).resolve().parents[2]
ROWS = (500, 2_000, 10_000)
NAIVE_UP_TO = 2_000
WAYS = ("portal", "naive")

WORDS = """
đã ban hành kế hoạch truyền thông chính sách phân công người phát ngôn của cơ quan rà soát vị trí việc làm tổ chức hội
nghị quán triệt các quy định về báo chí tiếp cận thông tin an ninh mạng đăng tin bài trên trang thông tin điện tử phối
hợp với Sở Thông tin và Truyền thông cung cấp tài liệu tuyên truyền cho các huyện thành phố theo quy định
"""


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--child"]:
        print(json.dumps(measure(arguments[1], int(arguments[2]), Path(arguments[3]))))
        return
    sizes = [int(word) for word in arguments if word.isdigit()] or ROWS
    print(f"{'rows':>7} {'':8} {'s':>8} {'peak MB':>8} {'file kB':>8} {'pages':>6}")
    with tempfile.TemporaryDirectory(prefix="bench-pdf-") as folder:
        for rows in sizes:
            for way in WAYS:
                if way == "portal" or rows <= NAIVE_UP_TO or "--all" in arguments:
                    report(way, rows, Path(folder) / f"{way}-{rows}.pdf")


def report(way: str, rows: int, path: Path) -> None:
    command = [sys.executable, "-m", "tests.bench.bench_pdf", "--child", way, str(rows), str(path)]
    found = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    size = path.stat().st_size // 1000
    print(
        f"{rows:>7} {way:8} {found['seconds']:>8.2f} {found['megabytes']:>8} {size:>8} {found['pages']:>6}", flush=True
    )
    if os.environ.get("VERAPDF"):
        subprocess.run([*shlex.split(os.environ["VERAPDF"]), "3a,ua1", str(path)], check=False)


def measure(way: str, rows: int, path: Path) -> dict[str, float]:
    """Seconds, peak of resident memory (MB) and pages of one document, made after a short one."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django  # noqa: PLC0415 - the environment comes first

    django.setup()
    make = {"portal": _portal, "naive": _naive}[way]
    make(60)
    gc.collect()
    began = time.perf_counter()
    content, pages = make(rows)
    seconds = time.perf_counter() - began
    path.write_bytes(content)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"seconds": seconds, "megabytes": peak, "pages": pages}


def _portal(rows: int) -> tuple[bytes, int]:
    from reports import pdf  # noqa: PLC0415

    made = pdf.render(_snapshot(rows))
    return made.content, made.pages


def _naive(rows: int) -> tuple[bytes, int]:
    from weasyprint import HTML  # noqa: PLC0415

    from reports.content.composing import compose  # noqa: PLC0415
    from reports.pdf.annex.form import annex_of  # noqa: PLC0415

    form = annex_of(compose(_snapshot(rows)))
    assert form is not None
    head = "".join(f"<th>{escape(column.heading)}</th>" for column in form.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row)
        for section in form.sections
        for row in section.rows
    )
    style = (
        "@page{size:A4 landscape;margin:20mm} table{border-collapse:collapse;font:10pt Tinos} td,th{border:1px solid}"
    )
    table = f"<table><thead><tr>{head}</thead><tbody>{body}</tbody></table>"
    page = f'<html lang="vi"><head><title>Phụ lục</title><style>{style}</style></head><body>{table}</body></html>'
    document = HTML(string=page).render()
    return document.write_pdf(pdf_variant="pdf/a-3a"), len(document.pages)


def _snapshot(rows: int) -> Snapshot:
    """Tasks of 40 agencies with texts of the lengths that real ones have; a fifth of them obstructed."""
    from tests.reports import frozen  # noqa: PLC0415

    chance, vocabulary = random.Random(rows), WORDS.split()

    def words(least: int, most: int) -> str:
        return " ".join(chance.choices(vocabulary, k=chance.randint(least, most))).capitalize() + "."

    plain = frozen.long(rows, agencies=40)
    tasks = (
        replace(
            task,
            title=words(12, 30),
            result=f"{chance.randrange(0, 101, 10)}%. {words(8, 45)}",
            evidence=f"{chance.randint(1, 900)}/BC-VP" if chance.random() < 0.4 else "",
            obstacles=words(8, 30) if chance.random() < 0.2 else "",
        )
        for task in plain.tasks
    )
    return replace(plain, tasks=tuple(tasks))


if __name__ == "__main__":
    main(sys.argv[1:])
