"""What reports there are, what each is on, what their percentages are of and how their files stand."""

from __future__ import annotations

from django.db import models


class ReportKind(models.TextChoices):
    """The forms of DOMAIN §7; what each is on is `FOCUS`."""

    PROGRESS = "tinh-hinh", "Tình hình thực hiện nhiệm vụ"
    AGENCY = "co-quan", "Tình hình thực hiện nhiệm vụ của một cơ quan"
    LETTER = "van-ban", "Tình hình thực hiện một văn bản"
    EXCEPTIONS = "can-chi-dao", "Nhiệm vụ quá hạn cần chỉ đạo"
    OWN = "tu-bao-cao", "Báo cáo của cơ quan về nhiệm vụ được giao"


class Focus(models.TextChoices):
    ALL = "all", "Tất cả cơ quan"
    AGENCY = "agency", "Một cơ quan"
    LETTER = "letter", "Một văn bản"


FOCUS = {
    ReportKind.PROGRESS: Focus.ALL,
    ReportKind.AGENCY: Focus.AGENCY,
    ReportKind.LETTER: Focus.LETTER,
    ReportKind.EXCEPTIONS: Focus.ALL,
    ReportKind.OWN: Focus.AGENCY,
}


# What the document calls itself, after "Báo cáo".
TITLES = {
    ReportKind.PROGRESS: "tình hình thực hiện nhiệm vụ",
    ReportKind.AGENCY: "tình hình thực hiện nhiệm vụ",
    ReportKind.LETTER: "tình hình thực hiện văn bản",
    ReportKind.EXCEPTIONS: "nhiệm vụ quá hạn cần chỉ đạo",
    ReportKind.OWN: "kết quả thực hiện nhiệm vụ được giao",
}


class Denominator(models.TextChoices):
    """What the percentages of a report are of (DOMAIN §2): real reports know three."""

    FALLEN_DUE = "den-han", "Số nhiệm vụ đến hạn"
    GIVEN = "tong-giao", "Tổng số nhiệm vụ được giao"
    DONE = "da-hoan-thanh", "Tổng số nhiệm vụ đã hoàn thành"


class ReportFormat(models.TextChoices):
    """The files of a report; the value is the end of their names."""

    PDF = "pdf", "PDF"
    WORD = "docx", "DOCX"
    WORKBOOK = "xlsx", "XLSX"


class ReportState(models.TextChoices):
    """How the file of a report stands."""

    WAITING = "cho-tao", "Chờ tạo"
    RENDERING = "dang-tao", "Đang tạo"
    DONE = "da-xong", "Đã xong"
    FAILED = "that-bai", "Không tạo được"
    STOPPED = "da-dung", "Đã dừng"
    SAME = "trung", "Trùng báo cáo đã có"  # another report said the same when its figures were taken


def kinds_on(focus: Focus) -> list[str]:
    return [kind.value for kind, its in FOCUS.items() if its == focus]
