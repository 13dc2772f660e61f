"""What each kind of report says, and that nothing people type makes it wrong (DOMAIN §7)."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from agencies.models import Kind
from reports import pdf
from reports.content.composing import compose
from reports.content.edition import Edition
from reports.content.letterhead import of_agency
from reports.exports import forms
from reports.models import Denominator, ReportKind
from reports.queries import Figures
from reports.snapshots import AgencyLine, DirectiveFigures, LetterLine, PeriodFigures, Replaced, Snapshot
from tests.factories import NOW
from tests.reports import frozen, office
from tests.reports.paper import Paper

STP = AgencyLine("STP", "Sở Tư pháp tỉnh Lạng Sơn", "Sở Tư pháp", "STP", Kind.DEPARTMENT)
LETTER = LetterLine("Công văn", "125/UBND-KGVX", "05/01/2023", "tăng cường công tác truyền thông chính sách")
BEFORE = PeriodFigures(date(2022, 1, 1), date(2022, 12, 31), Figures(done_on_time=3, open_overdue=2), "AAAA-BBBB-CCCC")


def words(snapshot: Snapshot, edition: Edition | None = None) -> str:
    return " ".join(paragraph for block in compose(snapshot, edition).text.blocks for paragraph in block.paragraphs)


def of_kind(kind: ReportKind, name: str = "Sở Tư pháp", **texts: str) -> Snapshot:
    """A report with one task, overdue, whose texts are these."""
    details = {"state": "qua-han", "status": "Quá hạn 12 ngày", "days_late": 12, "updated": "18/02/2023"}
    task = frozen.task(name, **{"assignment": 1, **details, **texts})
    figures = Figures(open_overdue=1)
    snapshot = frozen.snapshot([frozen.body(name, open_overdue=1)], [task], kind=kind, trend=(BEFORE,))
    if kind in (ReportKind.AGENCY, ReportKind.OWN):
        return replace(snapshot, scope=name, agency=replace(STP, short_name=name, name=f"{name} tỉnh Lạng Sơn"))
    if kind == ReportKind.LETTER:
        return replace(snapshot, letter=LETTER, directives=(DirectiveFigures(task.label, task.title, figures),))
    return snapshot


def test_the_period_before_stands_beside_this_one() -> None:
    snapshot = replace(frozen.usual(), trend=(BEFORE,))
    assert (
        "So với kỳ trước liền kề, tổng số nhiệm vụ tăng 13 (từ 05 lên 18); "
        "nhiệm vụ đã hoàn thành tăng 05 (từ 03 lên 08); nhiệm vụ chưa hoàn thành, quá hạn tăng 02 (từ 02 lên 04)."
    ) in words(snapshot)
    (table,) = [table for table in compose(snapshot).tables if table.slug == "so-sanh"]
    assert ("Tổng số nhiệm vụ", "5", "18", "+13") in table.rows
    assert ("Tỷ lệ hoàn thành đúng hạn", "60,0% (3/5)", "54,5% (6/11)", "-5,5 điểm %") in table.rows
    assert table.notes == (
        "Kỳ trước: từ ngày 01/01/2022 đến ngày 31/12/2022, theo báo cáo đã phát hành mã AAAA-BBBB-CCCC.",
    )


@pytest.mark.parametrize(
    ("leading", "sentence"),
    [
        (
            Denominator.FALLEN_DUE,
            "- Trong 11 nhiệm vụ đến hạn (nhiệm vụ có thời hạn đã hoàn thành hoặc đã quá hạn): hoàn thành trong hạn "
            "6/11, đạt 54,5%;",
        ),
        (Denominator.GIVEN, "- Trong 18 nhiệm vụ được giao: hoàn thành trong hạn 6/18, đạt 33,3%;"),
        (Denominator.DONE, "chưa hoàn thành, quá hạn 4/10, bằng 40,0% số nhiệm vụ chưa hoàn thành."),
    ],
)
def test_the_denominator_that_leads_is_printed_with_its_figures(leading: Denominator, sentence: str) -> None:
    snapshot = replace(frozen.usual(), leading=leading)
    assert sentence in words(snapshot)
    total = compose(snapshot).summary.total
    assert total is not None
    assert [fraction for _, fraction in total.shares] == {
        Denominator.FALLEN_DUE: ["6/11", "1/11", "4/11"],
        Denominator.GIVEN: ["6/18", "1/18", "4/18"],
        Denominator.DONE: ["6/8", "1/8", "4/10"],
    }[leading]


def test_an_agencys_own_report_tells_what_it_reported() -> None:
    told = {"obstacles": "Thiếu người", "causes": "Chưa tuyển dụng", "proposals": "Giao thêm biên chế."}
    snapshot = of_kind(ReportKind.OWN, **told, evidence="12/BC-STP")
    text = words(snapshot)
    named = "Theo dõi, đôn đốc triển khai thực hiện kế hoạch truyền thông chính sách (mục 2.1, 125/UBND-KGVX)"
    assert f"- {named}: tiến độ 30%. Đã có văn bản đôn đốc;" in text
    assert "Văn bản, minh chứng: 12/BC-STP. Trạng thái: quá hạn 12 ngày." in text
    assert f"- {named}: Thiếu người. Nguyên nhân: Chưa tuyển dụng." in text
    assert f"- {named}: Giao thêm biên chế." in text
    composed = compose(snapshot)
    assert composed.text.addressees == ("Ủy ban nhân dân tỉnh Lạng Sơn",)
    assert (composed.letterhead.issuer, composed.letterhead.notation) == ("SỞ TƯ PHÁP", "BC-STP")
    assert composed.signer == ("GIÁM ĐỐC",)


def test_a_locality_reports_under_its_own_name_and_place() -> None:
    head = of_agency(AgencyLine("LB", "UBND huyện Lộc Bình", "UBND huyện Lộc Bình", "", Kind.DISTRICT))
    assert (head.superior, head.issuer) == ((), "ỦY BAN NHÂN DÂN HUYỆN LỘC BÌNH")
    assert (head.place, head.notation) == ("Lộc Bình", "BC-UBND")
    assert head.position == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")


def test_very_many_tasks_are_told_in_the_annex() -> None:
    rows = [frozen.task(assignment=n, updated="18/02/2023") for n in range(1, 31)]
    snapshot = replace(frozen.of_agency(rows), kind=ReportKind.OWN, agency=STP)
    assert "- 10 nhiệm vụ khác: chi tiết tại Phụ lục." in words(snapshot)


def test_a_report_on_a_letter_has_agency_by_directive_in_its_first_annex() -> None:
    snapshot = of_kind(ReportKind.LETTER)
    composed = compose(snapshot)
    assert composed.text.subject == "Tình hình thực hiện Công văn số 125/UBND-KGVX ngày 05/01/2023"
    first, second = composed.annexes
    assert (first.name, second.name) == ("Phụ lục I", "Phụ lục II")
    assert first.tables[0].rows == (("1", "Sở Tư pháp", "QH"),)
    assert first.tables[0].notes == ("QH: quá hạn; –: không giao.",)


def test_a_letter_with_many_directives_has_several_tables() -> None:
    labels = [str(n) for n in range(1, 21)]
    rows = [frozen.task(label=label, state="hoan-thanh", assignment=n) for n, label in enumerate(labels, start=1)]
    directives = tuple(DirectiveFigures(label, "Nhiệm vụ", Figures(done_on_time=1)) for label in labels)
    snapshot = replace(
        frozen.snapshot([frozen.body(done_on_time=20)], rows),
        kind=ReportKind.LETTER,
        letter=LETTER,
        directives=directives,
    )
    tables = compose(snapshot).annexes[0].tables
    assert [len(table.columns) for table in tables] == [18, 6]


def test_the_leaders_page_is_one_page_and_says_how_many_there_are() -> None:
    names = [f"Sở Thử nghiệm {n}" for n in range(40)]
    rows = [frozen.task(name, days_late=60 - n, title="Nhiệm vụ " * 55, assignment=n) for n, name in enumerate(names)]
    snapshot = frozen.snapshot([frozen.body(name, open_overdue=1) for name in names], rows, kind=ReportKind.EXCEPTIONS)
    made = pdf.render(snapshot)
    text = Paper(made.content).text()
    assert made.pages == 1
    assert f"{made.shown:02d} nhiệm vụ quá hạn lâu nhất:" in text
    assert "của 40 cơ quan: Sở Thử nghiệm 0 (01); Sở Thử nghiệm 1 (01)" in text
    assert "và 36 cơ quan, địa phương khác." in text
    assert text.count(" ngày Chưa báo cáo") + text.count("60 ngày") >= 3
    assert "kính báo cáo Chủ tịch, các Phó Chủ tịch UBND tỉnh xem xét, chỉ đạo./." in text


def test_without_anything_overdue_the_leaders_page_says_so() -> None:
    snapshot = frozen.snapshot([frozen.body(done_on_time=1)], [], kind=ReportKind.EXCEPTIONS)
    assert "Không có nhiệm vụ nào quá hạn thuộc trách nhiệm của cơ quan do UBND tỉnh chỉ đạo." in words(snapshot)


def test_what_was_filled_in_is_printed_and_the_draft_mark_goes() -> None:
    edition = Edition(
        {"ket-thuc": ("Trên đây là kết quả./.",)}, "7", date(2023, 3, 5), "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "Vũ Hùng", True
    )
    snapshot = replace(of_kind(ReportKind.OWN), replaces=Replaced("AAAA-BBBB-CCCC", NOW))
    draft, final = (Paper(pdf.render(snapshot, one).content).text() for one in (None, edition))
    assert "Dự thảo" in draft
    assert "Dự thảo" not in final
    for said in ("Số: 07/BC-STP", "ngày 05 tháng 3 năm 2023", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Vũ Hùng"):
        assert said in final
    assert "Trên đây là kết quả./." in final
    assert "(Kèm theo Báo cáo số 07/BC-STP ngày 05 tháng 3 năm 2023 của Sở Tư pháp tỉnh Lạng Sơn)" in final
    assert "Báo cáo này thay thế báo cáo mã AAAA-BBBB-CCCC lập lúc 08 giờ 00 ngày 20/02/2023." in final


@pytest.mark.parametrize("kind", ReportKind)
def test_nothing_people_type_makes_a_report_wrong(kind: ReportKind) -> None:
    """500 letters in a title, signs of HTML in a name, a cell of 3,000 letters, decomposed letters, a formula."""
    snapshot = of_kind(
        kind,
        unicodedata.normalize("NFD", "Sở <Cao> & Thấp"),
        title=("Rà soát & <b>trình</b> " * 30)[:500],
        result="90%. " + unicodedata.normalize("NFD", "Đã ban hành kế hoạch truyền thông. ") * 90,
        obstacles="=1+1\x00\u202e" + "Thiếu kinh phí. " * 190,
        proposals="Bố trí kinh phí " * 190,
    )
    made = forms.make(snapshot)
    book = openpyxl.load_workbook(BytesIO(made.workbook))
    cells = (str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)
    for text in (Paper(made.pdf.content).text(), " ".join(office.texts(made.word)), " ".join(cells)):
        assert unicodedata.is_normalized("NFC", text)
        assert "Sở <Cao> & Thấp" in text
        assert "&amp;" not in text
        assert "\u202e" not in text


@pytest.mark.parametrize("kind", ReportKind)
def test_an_empty_period_is_a_correct_document_of_every_kind(kind: ReportKind) -> None:
    filled = of_kind(kind)
    empty = replace(filled, totals=Figures(), agencies=(), tasks=(), directives=(), trend=())
    composed = compose(empty)
    assert composed.annexes == ()
    assert composed.text.closing.endswith("./.")
    said = words(empty)
    assert "không có nhiệm vụ nào" in said or "Không có nhiệm vụ nào" in said
    assert "%" not in said
