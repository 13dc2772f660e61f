"""`manage.py make_report`: a report of any kind as a file, made and kept by the same code as in the portal.

With --on a day that has passed the report says how things stood then, as far as the stored facts allow
(docs/reports.md).
"""

from __future__ import annotations

import os
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from agencies.models import Agency
from directives.models import Letter, LetterState
from reports import rendering, snapshots
from reports.models import FOCUS, Denominator, Focus, Report, ReportFormat, ReportKind, ReportState
from reports.snapshots import EARLIEST, Asked, Window


class Refused(Exception):
    """What was asked for cannot be done; `str()` is a Vietnamese sentence."""


class Command(BaseCommand):
    help = (
        "Make a report as PDF, Word document or workbook. "
        "The report is kept in the portal too, under the code printed on it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = "; ".join(f"{kind.value}: {kind.label.lower()}" for kind in ReportKind)
        parser.add_argument("--kind", default="", metavar="KIND", help=f"{kinds} (default: by --agency or --letter)")
        parser.add_argument("--from", dest="first", required=True, help="first day of the window, YYYY-MM-DD")
        parser.add_argument("--to", dest="last", required=True, help="last day of the window, YYYY-MM-DD")
        parser.add_argument("--on", default="", help="day the statuses are as of (default: today), YYYY-MM-DD")
        scope = parser.add_mutually_exclusive_group()
        scope.add_argument("--agency", default="", metavar="CODE", help="report on this agency only")
        scope.add_argument(
            "--letter", default="", metavar="ID", help="report on this letter (the number in its address)"
        )
        of = ", ".join(Denominator.values)
        parser.add_argument("--of", default=Denominator.FALLEN_DUE.value, help=f"what percentages are of: {of}")
        parser.add_argument(
            "--out", type=Path, required=True, help="FILE.pdf, .docx or .xlsx; one that is there is replaced"
        )

    def handle(self, *args: Any, out: Path, **options: Any) -> None:
        try:
            report = _make(_asked(**options), out)
        except Refused as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(1) from refusal
        self.stdout.write(f"Đã tạo {out}: {report.pages} trang, mã {snapshots.code_of(report.snapshot_hash)}.")


def _asked(
    *, first: str, last: str, on: str = "", kind: str = "", agency: str = "", letter: str = "", of: str = "", **_: Any
) -> Asked:
    """What the options ask for; a kind and a scope that do not go together are refused."""
    window = _window(first, last, on)
    found = _kind(kind, agency, letter)
    focus = FOCUS[found]
    if (focus == Focus.AGENCY) != bool(agency) or (focus == Focus.LETTER) != bool(letter):
        raise Refused(_WANTED[focus].format(kind=found.value))
    whom = _agency(agency, window) if agency else None
    return Asked(window, found, whom, _letter(letter) if letter else None, _denominator(of))


_WANTED = {
    Focus.ALL: "Báo cáo «{kind}» tính trên tất cả cơ quan: bỏ --agency và --letter.",
    Focus.AGENCY: "Báo cáo «{kind}» cần cơ quan: thêm --agency MÃ và bỏ --letter.",
    Focus.LETTER: "Báo cáo «{kind}» cần văn bản: thêm --letter SỐ và bỏ --agency.",
}


def _kind(kind: str, agency: str, letter: str) -> ReportKind:
    if not kind:
        return ReportKind.AGENCY if agency else ReportKind.LETTER if letter else ReportKind.PROGRESS
    try:
        return ReportKind(kind)
    except ValueError as problem:
        raise Refused(f"Không có loại báo cáo «{kind}». Chọn một trong: {', '.join(ReportKind.values)}.") from problem


def _denominator(of: str) -> Denominator:
    try:
        return Denominator(of or Denominator.FALLEN_DUE)
    except ValueError as problem:
        raise Refused(f"Không có mẫu số «{of}». Chọn một trong: {', '.join(Denominator.values)}.") from problem


def _letter(number: str) -> Letter:
    asked = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    found = Letter.objects.exclude(state=LetterState.DRAFT).filter(pk=asked).first()
    if found is None:
        raise Refused(
            f"Không có văn bản nào mang số thứ tự «{number}» trên hệ thống. Xem số trong địa chỉ của văn bản."
        )
    return found


def _make(asked: Asked, out: Path) -> Report:
    form, unfinished = _format(out), _place_for(out)
    try:
        report = _render(asked)
        with report.files[form].open("rb") as content:
            unfinished.write_bytes(content.read())
        os.replace(unfinished, out)
    finally:
        unfinished.unlink(missing_ok=True)
    return report


def _render(asked: Asked) -> Report:
    with transaction.atomic():  # a worker sees the report only when it is claimed
        waiting = snapshots.freeze(asked, by=None, now=timezone.now())
        if waiting.state == ReportState.DONE:  # said the same before
            return waiting
        report = rendering.claim(waiting.pk, now=timezone.now())
    if report is None or not rendering.make(report, clock=timezone.now):
        raise Refused("Không tạo được báo cáo. Xem nguyên nhân trong nhật ký ở trên rồi chạy lại lệnh.")
    report.refresh_from_db()
    return report


def _format(out: Path) -> ReportFormat:
    try:
        return ReportFormat(out.suffix.lower().removeprefix("."))
    except ValueError as problem:
        raise Refused(f"Không rõ dạng của tệp «{out.name}». Đặt tên tệp với đuôi .pdf, .docx hoặc .xlsx.") from problem


def _window(first: str, last: str, on: str) -> Window:
    window = Window(_day(first), _day(last), _day(on) if on else timezone.localdate())
    if window.last < window.first:
        raise Refused(f"Ngày cuối kỳ ({last}) phải từ ngày đầu kỳ ({first}) trở đi.")
    if window.first < EARLIEST:
        raise Refused(f"Ngày đầu kỳ ({first}) phải từ {EARLIEST:%Y-%m-%d} trở đi.")
    if window.on > timezone.localdate():
        raise Refused(f"Ngày lấy số liệu ({on}) chưa tới. Chọn hôm nay hoặc một ngày trước đó.")
    return window


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise Refused(f"Không có ngày «{text}». Nhập ngày dạng năm-tháng-ngày, ví dụ 2023-01-31.") from problem


def _agency(code: str, window: Window) -> Agency:
    """The body that bore the code last within the window: codes are given again (DOMAIN §5)."""
    bearers = Agency.objects.filter(code__iexact=code).exclude(valid_from__gt=window.last)
    found = bearers.order_by(F("valid_from").asc(nulls_first=True), "pk").last()
    if found is None:
        raise Refused(f"Không có cơ quan nào mang mã «{code}» đến ngày {window.last:%d/%m/%Y}. Kiểm tra lại mã.")
    return found


def _place_for(out: Path) -> Path:
    """An empty file beside `out`, so that nothing is made that cannot be written."""
    unfinished = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        if out.is_dir():
            raise IsADirectoryError
        unfinished.touch()
    except OSError as problem:
        raise Refused(f"Không ghi được tệp «{out}». Chọn tệp trong một thư mục có sẵn và có quyền ghi.") from problem
    return unfinished
