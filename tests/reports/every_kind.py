"""A snapshot of every kind of report, made by hand, and of whatever people may have typed."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date
from functools import cache

from directives.deadlines import Label
from reports import pdf
from reports.exports import workbook
from reports.models import ReportKind
from reports.queries import Figures
from reports.snapshots import (
    AgencyLine,
    DirectiveFigures,
    DueWeek,
    LetterLine,
    PeriodFigures,
    Snapshot,
)
from tests.reports import frozen

BEFORE = (
    PeriodFigures(date(2021, 1, 1), date(2021, 12, 31), Figures(done_on_time=3, open_overdue=1)),
    PeriodFigures(date(2022, 1, 1), date(2022, 12, 31), Figures(done_on_time=5, done_late=2, open_on_track=4)),
)
WEEKS = (DueWeek(date(2023, 2, 20), 3), DueWeek(date(2023, 2, 27), 0), DueWeek(date(2023, 3, 6), 1))
LETTER = LetterLine("Công văn", "125/UBND-KGVX", "05/01/2023", "V/v tăng cường công tác truyền thông chính sách")
AGENCY = AgencyLine("STP", "Sở Tư pháp tỉnh Lạng Sơn", "Sở Tư pháp", "STP", "so")


def progress() -> Snapshot:
    return replace(frozen.usual(), trend=BEFORE, due_weeks=WEEKS)


def agency() -> Snapshot:
    tasks = [frozen.task(obstacles="Chưa có biên chế", state=Label.ON_TRACK), frozen.task(due="Thường xuyên")]
    return replace(frozen.of_agency(tasks), kind=ReportKind.AGENCY, agency=AGENCY, support=2, trend=BEFORE)


def letter() -> Snapshot:
    bodies = [frozen.body("Sở Tư pháp", open_overdue=1), frozen.body("Sở Nội vụ", done_on_time=1, open_on_track=1)]
    tasks = [
        frozen.task("Sở Tư pháp", state=Label.OVERDUE, days_late=12, status="Quá hạn 12 ngày"),
        frozen.task("Sở Nội vụ", state=Label.DONE, status="Hoàn thành"),
        frozen.task("Sở Nội vụ", label="3", state=Label.ON_TRACK),
    ]
    directives = (
        DirectiveFigures("2.1", "Theo dõi, đôn đốc triển khai kế hoạch", Figures(done_on_time=1, open_overdue=1)),
        DirectiveFigures("3", "Rà soát vị trí việc làm", Figures(open_on_track=1)),
    )
    made = frozen.snapshot(bodies, tasks)
    return replace(made, kind=ReportKind.LETTER, letter=LETTER, directives=directives)


def exceptions() -> Snapshot:
    late = [
        frozen.task("Sở Nội vụ", state=Label.OVERDUE, days_late=days, status=f"Quá hạn {days} ngày", missing="Báo cáo")
        for days in range(30, 8, -1)
    ]
    made = frozen.snapshot([frozen.body("Sở Nội vụ", done_on_time=4, open_overdue=len(late))], late)
    return replace(made, kind=ReportKind.EXCEPTIONS)


def own() -> Snapshot:
    tasks = [
        frozen.task(state=Label.DONE, status="Hoàn thành", evidence="88/BC-STP"),
        frozen.task(obstacles="Thiếu kinh phí", causes="Dự toán giao chậm", proposals="Bổ sung kinh phí"),
    ]
    made = frozen.snapshot([frozen.body(done_on_time=1, open_on_track=1)], tasks, scope="Sở Tư pháp")
    return replace(made, kind=ReportKind.OWN, agency=AGENCY)


def nothing() -> Snapshot:
    return frozen.snapshot([])


def typed() -> Snapshot:
    """Signs of markup, decomposed letters, controls, long cells and a title of 500 characters."""
    name = 'Sở TT&TT <b onclick="x">'
    tasks = [
        frozen.task(name, title="Nhiệm vụ " * 55 + "hết."),
        frozen.task(name, result="50%. " + " ".join(f"chữ{n}" for n in range(430))),
        frozen.task(name, result=unicodedata.normalize("NFD", "Đã rà soát việc sử dụng biên chế")),
        frozen.task(name, evidence="\x00\x01\x0b\x1f\ufffesố 5\x7f", obstacles="=HYPERLINK(1)\n\n- dòng hai\u202e"),
    ]
    return frozen.snapshot([frozen.body(name, open_on_track=4)], tasks, scope=name)


EVERY = {
    "tinh-hinh": progress(),
    "co-quan": agency(),
    "van-ban": letter(),
    "can-chi-dao": exceptions(),
    "tu-bao-cao": own(),
    "khong-co-gi": nothing(),
    "go-linh-tinh": typed(),
}


@cache
def rendered(kind: str) -> pdf.Rendered:
    """The PDF of a kind with its workbook inside, made once for the tests that share an xdist group."""
    return pdf.render(EVERY[kind], data=workbook.write(EVERY[kind]))
