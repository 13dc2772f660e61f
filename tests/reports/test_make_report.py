"""`manage.py make_report`."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from agencies.models import Agency
from reports import pdf, snapshots
from reports.exports import forms
from reports.models import Report, ReportKind, ReportState
from tests.factories import AgencyFactory, AssignmentFactory
from tests.reports.paper import Paper

pytestmark = pytest.mark.django_db

YEAR = {"first": "2023-01-01", "last": "2023-12-31"}


def make(out: Path, **options: Any) -> str:
    said = StringIO()
    call_command("make_report", **YEAR | {"out": out, "stdout": said} | options)
    return said.getvalue()


def refusal(out: Path, **options: Any) -> str:
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        make(out, stderr=said, **options)
    assert ended.value.code == 1
    return said.getvalue().strip()


def test_it_writes_the_file_that_the_portal_keeps(tmp_path: Path, stp: Agency) -> None:
    AssignmentFactory.create(agency=stp, overdue=True)
    out = tmp_path / "báo cáo.pdf"
    said = make(out, on="2023-02-20")
    report = Report.objects.get()
    assert report.state == ReportState.DONE
    assert (report.window_from, report.window_to, report.on) == (
        date(2023, 1, 1),
        date(2023, 12, 31),
        date(2023, 2, 20),
    )
    assert (
        out.read_bytes()
        == Path(report.file.path).read_bytes()
        == forms.make(snapshots.Snapshot.from_data(report.snapshot)).pdf.content
    )
    assert snapshots.code_of(report.snapshot_hash) in said
    assert f"{report.pages} trang" in said
    assert "Quá hạn 12 ngày" in Paper(out.read_bytes()).text()
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_it_takes_one_agency_by_its_code(tmp_path: Path, stp: Agency, stttt: Agency) -> None:
    AssignmentFactory.create(agency=stp)
    AssignmentFactory.create(agency=stttt)
    make(tmp_path / "stp.pdf", agency="stp")
    report = Report.objects.get()
    assert report.agency == stp
    assert snapshots.Snapshot.from_data(report.snapshot).totals.given == 1


def test_it_makes_the_kind_that_is_asked_for(tmp_path: Path, stp: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "render", lambda *_, **__: pdf.Rendered(b"%PDF-1.7 made", 1))
    given = AssignmentFactory.create(agency=stp, overdue=True)
    letter = given.directive.letter
    for options in (
        {"kind": "tu-bao-cao", "agency": "STP"},
        {"kind": "can-chi-dao", "of": "tong-giao"},
        {"letter": str(letter.pk)},
    ):
        make(tmp_path / "report.pdf", on="2023-02-20", **options)
    made = Report.objects.order_by("requested_at")
    assert [(report.kind, report.agency, report.letter) for report in made] == [
        (ReportKind.OWN, stp, None),
        (ReportKind.EXCEPTIONS, None, None),
        (ReportKind.LETTER, None, letter),
    ]
    assert [report.snapshot.get("leading") for report in made] == [None, "tong-giao", None]


def test_on_a_day_that_has_passed_it_says_how_things_stood_then(
    tmp_path: Path, stp: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "render", lambda *_, **__: pdf.Rendered(b"%PDF-1.7 made", 1))
    AssignmentFactory.create(agency=stp, done=True)  # submitted on 15/02, confirmed on the 16th
    for on, field in (("2023-02-14", "running"), ("2023-02-15", "waiting"), ("2023-02-16", "done_on_time")):
        make(tmp_path / "report.pdf", on=on)
        totals = Report.objects.get(on=date.fromisoformat(on)).snapshot["totals"]
        assert totals[field] == 1, on


def test_a_code_that_was_given_again_means_its_last_bearer_in_the_window(tmp_path: Path) -> None:
    old = AgencyFactory.create(code="SNV", short_name="Sở Nội vụ", valid_to=date(2025, 2, 28))
    later = Agency(code="SNV", short_name="Sở Nội vụ mới", name="Sở Nội vụ mới", kind=old.kind, is_subordinate=True)
    later.valid_from = date(2025, 3, 1)
    later.describe()
    later.save()
    make(tmp_path / "a.pdf", agency="SNV")
    make(tmp_path / "b.pdf", agency="SNV", last="2025-06-30")
    assert set(Report.objects.values_list("agency", flat=True)) == {old.pk, later.pk}


def test_a_file_that_is_there_is_replaced(tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    out.write_bytes(b"old")
    make(out)
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"agency": "XYZ"}, "Không có cơ quan nào mang mã «XYZ» đến ngày 31/12/2023. Kiểm tra lại mã."),
        ({"last": "2022-12-31"}, "Ngày cuối kỳ (2022-12-31) phải từ ngày đầu kỳ (2023-01-01) trở đi."),
        ({"first": "2023-02-30"}, "Không có ngày «2023-02-30». Nhập ngày dạng năm-tháng-ngày, ví dụ 2023-01-31."),
        ({"on": "2999-01-01"}, "Ngày lấy số liệu (2999-01-01) chưa tới. Chọn hôm nay hoặc một ngày trước đó."),
        ({"first": "1999-12-31"}, "Ngày đầu kỳ (1999-12-31) phải từ 2000-01-01 trở đi."),
        (
            {"kind": "khac"},
            "Không có loại báo cáo «khac». Chọn một trong: tinh-hinh, co-quan, van-ban, can-chi-dao, tu-bao-cao.",
        ),
        ({"kind": "tu-bao-cao"}, "Báo cáo «tu-bao-cao» cần cơ quan: thêm --agency MÃ và bỏ --letter."),
        ({"kind": "van-ban"}, "Báo cáo «van-ban» cần văn bản: thêm --letter SỐ và bỏ --agency."),
        (
            {"kind": "can-chi-dao", "agency": "STP"},
            "Báo cáo «can-chi-dao» tính trên tất cả cơ quan: bỏ --agency và --letter.",
        ),
        (
            {"letter": "99"},
            "Không có văn bản nào mang số thứ tự «99» trên hệ thống. Xem số trong địa chỉ của văn bản.",
        ),
        ({"of": "khac"}, "Không có mẫu số «khac». Chọn một trong: den-han, tong-giao, da-hoan-thanh."),
        ({"on": "20/02/2023"}, "Không có ngày «20/02/2023». Nhập ngày dạng năm-tháng-ngày, ví dụ 2023-01-31."),
    ],
)
def test_bad_input_is_one_sentence_and_makes_nothing(options: dict[str, str], sentence: str, tmp_path: Path) -> None:
    assert refusal(tmp_path / "report.pdf", **options) == sentence
    assert not Report.objects.exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("out", ["khong-co/report.pdf", "thu-muc.pdf", "x" * 300 + ".pdf"])
def test_a_place_that_cannot_be_written_is_refused_before_anything_is_made(out: str, tmp_path: Path) -> None:
    (tmp_path / "thu-muc.pdf").mkdir()
    assert refusal(tmp_path / out).startswith("Không ghi được tệp «")
    assert not Report.objects.exists()


def test_an_error_in_rendering_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("out of ink")

    monkeypatch.setattr(pdf, "render", fail)
    assert refusal(tmp_path / "report.pdf").startswith("Không tạo được báo cáo.")
    assert list(tmp_path.iterdir()) == []
    assert Report.objects.get().state == ReportState.WAITING


@pytest.mark.parametrize(("name", "field"), [("bao-cao.docx", "word_file"), ("Bao-cao.XLSX", "workbook_file")])
def test_the_end_of_the_name_says_which_form_is_written(name: str, field: str, tmp_path: Path, stp: Agency) -> None:
    AssignmentFactory.create(agency=stp)
    make(tmp_path / name)
    stored = getattr(Report.objects.get(), field)
    assert (tmp_path / name).read_bytes() == Path(stored.path).read_bytes()
    assert (tmp_path / name).read_bytes().startswith(b"PK")


@pytest.mark.parametrize("name", ["bao-cao", "bao-cao.doc", "bao-cao.pdf.exe"])
def test_an_unknown_form_is_refused_with_what_to_do(name: str, tmp_path: Path) -> None:
    said = refusal(tmp_path / name)
    assert said == f"Không rõ dạng của tệp «{name}». Đặt tên tệp với đuôi .pdf, .docx hoặc .xlsx."
    assert not Report.objects.exists()


def test_what_was_made_already_is_written_in_another_form_without_being_made_again(tmp_path: Path, stp: Agency) -> None:
    AssignmentFactory.create(agency=stp)
    for name in ("a.pdf", "b.pdf", "c.xlsx"):
        make(tmp_path / name, on="2023-02-20")
    report = Report.objects.get()
    assert report.attempt == 1
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert (tmp_path / "c.xlsx").read_bytes() == Path(report.workbook_file.path).read_bytes()
