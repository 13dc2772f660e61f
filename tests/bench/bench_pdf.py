"""How long a report takes, how much memory and how large a file: `python -m tests.bench.bench_pdf [--all] [ROWS …]`.

"portal" is the PDF as the portal makes it, with its workbook inside; "forms" is that and the Word document; "naive" is
the document with the whole annex in one table that WeasyPrint lays out by itself. All are PDF/A-3a and tagged, and each
is validated. Each is made in a process of its own that has made one report before, as a worker has; ratios hold within
a run. The naive one is left out above 2,000 rows unless --all is given: it needs minutes and gigabytes.
"""

from __future__ import annotations

import gc
import json
import os
import random
import re
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

Found = dict[str, float]

ROOT = Path(__file__).resolve().parents[2]
ROWS = (500, 2_000, 10_000)
NAIVE_UP_TO = 2_000
WAYS = ("portal", "forms", "naive")

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
    print(f"{'rows':>7} {'':8} {'s':>8} {'CPU s':>7} {'peak MB':>8} {'file kB':>8} {'pages':>6}  valid")
    with tempfile.TemporaryDirectory(prefix="bench-pdf-") as folder:
        for rows in sizes:
            ways = [way for way in WAYS if way != "naive" or rows <= NAIVE_UP_TO or "--all" in arguments]
            _compare({way: report(way, rows, Path(folder) / f"{way}-{rows}.pdf") for way in ways})


def report(way: str, rows: int, path: Path) -> Found:
    command = [sys.executable, "-m", "tests.bench.bench_pdf", "--child", way, str(rows), str(path)]
    found: Found = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    found["kilobytes"] = path.stat().st_size // 1000
    times = f"{found['seconds']:>8.2f} {found['processor']:>7.2f}"
    row = f"{rows:>7} {way:8} {times} {found['megabytes']:>8} {found['kilobytes']:>8} {found['pages']:>6}"
    print(f"{row}  {', '.join(_valid(path)) or 'neither'}", flush=True)
    return found


def _valid(path: Path) -> list[str]:
    import page  # noqa: PLC0415 - only here

    limits = page.SafetyLimits.unlimited()
    profiles = {"PDF/A-3a": page.ValidationProfile.PDF_A_3A, "PDF/UA-1": page.ValidationProfile.PDF_UA_1}
    return [name for name, one in profiles.items() if page.is_pdf_compliant(path, profile=one, limits=limits)]


def _compare(found: dict[str, Found]) -> None:
    """How many times less the portal takes than the naive way; processor time, because a machine is often shared."""
    if "naive" in found:
        of = {name: found["naive"][name] / found["portal"][name] for name in ("processor", "megabytes", "kilobytes")}
        times = (
            f"{of['processor']:.1f} times less time",
            f"{of['megabytes']:.1f} memory",
            f"{of['kilobytes']:.1f} file",
        )
        print(f"{'':7} {', '.join(times)} than the naive document", flush=True)


def measure(way: str, rows: int, path: Path) -> Found:
    """Seconds, those of the processor, peak of resident memory (MB) and pages of a document made after a short one."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django  # noqa: PLC0415 - the environment comes first

    django.setup()
    make = {"portal": _portal, "forms": _forms, "naive": _naive}[way]
    make(_snapshot(60))
    snapshot = _snapshot(rows)
    gc.collect()
    began, worked = time.perf_counter(), time.process_time()
    content, pages = make(snapshot)
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    path.write_bytes(content)
    return {"seconds": seconds, "processor": processor, "megabytes": _peak(), "pages": pages}


def _peak() -> int:
    """MB of resident memory at most; getrusage would count what the process that started this one had."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) // 1024


def _portal(snapshot: Snapshot) -> tuple[bytes, int]:
    from reports import pdf  # noqa: PLC0415
    from reports.exports import workbook  # noqa: PLC0415

    made = pdf.render(snapshot, data=workbook.write(snapshot))
    return made.content, made.pages


def _forms(snapshot: Snapshot) -> tuple[bytes, int]:
    from reports.exports import forms  # noqa: PLC0415

    made = forms.make(snapshot)
    return made.pdf.content, made.pdf.pages


def _naive(snapshot: Snapshot) -> tuple[bytes, int]:
    from weasyprint import HTML  # noqa: PLC0415

    from reports.content.composing import compose  # noqa: PLC0415
    from reports.pdf.annex.form import annex_of  # noqa: PLC0415

    form = annex_of(compose(snapshot))
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
