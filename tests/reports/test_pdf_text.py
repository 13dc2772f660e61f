"""What the report says: the official components, figures with their denominators, proposals that have a ground."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

import pytest

from agencies.models import Agency, Comparison, Kind
from directives.models import Assignment
from reports import pdf, snapshots
from reports.content import narrative
from reports.content.letterhead import OFFICE
from reports.content.summary import summarise
from reports.content.wording import quantity
from reports.periods import words_of
from reports.queries import Figures, count, total
from tests.factories import NOW, TODAY, AgencyFactory, AssignmentFactory
from tests.reports import frozen
from tests.reports.paper import Paper


def written(snapshot: snapshots.Snapshot) -> str:
    """All sentences of the report."""
    return " ".join(paragraph for block in narrative.write(snapshot, OFFICE).blocks for paragraph in block.paragraphs)


def proposed(snapshot: snapshots.Snapshot) -> list[str]:
    """The paragraphs of the chapter of proposals, without the first, which only leads to them."""
    chapters = narrative.write(snapshot, OFFICE).chapters
    return [paragraph for chapter in chapters if chapter.name == "kien-nghi" for paragraph in chapter.paragraphs[1:]]


def test_the_components_stand_in_their_order() -> None:
    text = Paper(pdf.render(frozen.usual()).content).text("-raw")
    components = [
        "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN",
        "VĂN PHÒNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "BÁO CÁO Tình hình thực hiện nhiệm vụ do Ủy ban nhân dân tỉnh giao năm 2023",
        "Thực hiện chức năng theo dõi, đôn đốc",
        "I. TÌNH HÌNH THỰC HIỆN NHIỆM VỤ",
        "BIỂU TỔNG HỢP",
        "II. KIẾN NGHỊ",
        "kính báo cáo Chủ tịch, các Phó Chủ tịch UBND tỉnh./.",
        "Nơi nhận:",
        "Phụ lục DANH MỤC NHIỆM VỤ",
    ]
    places = [text.find(component) for component in components]
    assert -1 not in places, components[places.index(-1)]
    assert places == sorted(places)
    assert "số liệu tính từ ngày 01/01/2023 đến ngày 31/12/2023, trạng thái tính đến ngày 20/02/2023" in text


@pytest.mark.django_db
def test_the_figures_and_rows_are_those_of_the_database(stp: Agency, stttt: Agency) -> None:
    mttq = AgencyFactory.create(code="MTTQ", short_name="Ủy ban MTTQ Việt Nam tỉnh", kind=Kind.FRONT)
    AssignmentFactory.create_batch(2, agency=stp, done=True)
    AssignmentFactory.create(agency=stp, overdue=True)
    AssignmentFactory.create(agency=stttt, done_late=True)
    AssignmentFactory.create(agency=stttt, undated=True, directive__title="Báo cáo về vị trí việc làm")
    AssignmentFactory.create(agency=mttq, submitted=True)
    window = snapshots.Window(date(2023, 1, 1), date(2023, 12, 31), TODAY)
    taken = snapshots.take(snapshots.Asked(window), now=NOW)
    text = Paper(pdf.render(taken).content).text("-raw")
    figures = count(Assignment.objects.all(), TODAY)
    assert total(taken.agencies) == taken.totals == figures
    assert f"Đã hoàn thành {quantity(figures.done)} nhiệm vụ, bằng 50,0% (3/6) tổng số nhiệm vụ" in text
    assert "hoàn thành trong hạn 2/4, đạt 50,0%; hoàn thành quá hạn 1/4, bằng 25,0%" in text
    assert "Tổng cộng 6 2 1 0 1 1 1 50,0% 2/4 25,0% 1/4 25,0% 1/4 01 chờ xác nhận" in text
    assert "Báo cáo về vị trí việc làm" in text
    for agency in (stp, stttt, mttq):
        assert text.count(agency.short_name) >= 2


def test_the_printed_sums_hold() -> None:
    """(3) = (4) + … + (9), in every row and from row to row."""
    summary = summarise(frozen.usual())
    lines = [line for band in summary.bands for line in band.lines]
    assert summary.total is not None
    for line in [*lines, summary.total]:
        whole, *parts = map(int, line.counts)
        assert whole == sum(parts)
    columns = zip(*(map(int, line.counts) for line in lines), strict=True)
    assert tuple(map(sum, columns)) == tuple(map(int, summary.total.counts))


def test_shares_add_up_to_a_hundred_and_carry_their_denominator() -> None:
    summary = summarise(frozen.snapshot([frozen.body(done_on_time=2, done_late=1, open_overdue=1, open_undated=5)]))
    (line,) = summary.bands[0].lines
    assert line.shares == (("50,0%", "2/4"), ("25,0%", "1/4"), ("25,0%", "1/4"))


def test_nothing_due_is_a_dash_and_not_a_percentage() -> None:
    summary = summarise(frozen.snapshot([frozen.body(open_undated=3)]))
    assert summary.bands[0].lines[0].shares == (("–", ""),) * 3
    assert "Chưa có nhiệm vụ nào đến hạn." in written(frozen.snapshot([frozen.body(open_undated=3)]))


def test_bodies_that_take_no_orders_stand_by_name_and_are_not_named_as_late() -> None:
    bodies = [
        frozen.body("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", Comparison.OTHERS, open_overdue=3),
        frozen.body("Hội Nông dân tỉnh", Comparison.OTHERS, open_undated=1),
        frozen.body("Sở Y tế", open_overdue=2),
        frozen.body("Sở Nội vụ", open_on_track=1),
    ]
    snapshot = frozen.snapshot(bodies)
    others = summarise(snapshot).bands[-1]
    assert [line.name for line in others.lines] == ["Hội Nông dân tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"]
    text = written(snapshot)
    assert "Còn nhiệm vụ quá hạn (số nhiệm vụ ghi trong ngoặc): Sở Y tế (02)." in text
    assert "khẩn trương hoàn thành 02 nhiệm vụ quá hạn" in text
    assert "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh, các đoàn thể và cơ quan khác quan tâm" in text


def test_proposals_need_a_ground() -> None:
    calm = frozen.snapshot([frozen.body(done_on_time=3, open_on_track=2)])
    assert proposed(calm) == []
    assert "KIẾN NGHỊ" not in Paper(pdf.render(calm).content).text()


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ({"open_overdue": 4, "overdue_submitted": 1}, "khẩn trương hoàn thành 03 nhiệm vụ quá hạn"),
        ({"open_on_track": 2, "returned": 2}, "bổ sung kết quả, minh chứng của 02 nhiệm vụ"),
        ({"open_on_track": 12, "due_soon": 12}, "tập trung thực hiện 12 nhiệm vụ sắp đến hạn"),
        ({"open_overdue": 1, "overdue_submitted": 1}, "xác nhận hoặc yêu cầu bổ sung đối với 01 nhiệm vụ"),
    ],
)
def test_each_ground_has_its_proposal(figures: dict[str, Any], sentence: str) -> None:
    assert sentence in " ".join(proposed(frozen.snapshot([frozen.body(**figures)])))


def test_obstacles_are_counted_and_lead_to_the_annex() -> None:
    snapshot = frozen.of_agency([frozen.task(obstacles="Chưa có biên chế."), frozen.task()])
    assert "đối với 01 nhiệm vụ, nội dung cụ thể tại cột (10) của Phụ lục" in written(snapshot)
    assert any("Giải quyết khó khăn" in proposal for proposal in proposed(snapshot))


def test_a_report_on_one_agency_speaks_of_it_alone() -> None:
    snapshot = frozen.snapshot([frozen.body("Sở Y tế", open_overdue=1)], scope="Sở Y tế")
    text = Paper(pdf.render(snapshot).content).text()
    assert "nhiệm vụ do Ủy ban nhân dân tỉnh giao của Sở Y tế năm 2023" in text
    assert "1. Sở Y tế khẩn trương hoàn thành 01 nhiệm vụ quá hạn" in text
    assert "- Sở Y tế;" in text
    assert "Tổng cộng" not in text


def test_an_empty_window_makes_a_short_correct_document() -> None:
    made = pdf.render(frozen.snapshot([]))
    text = Paper(made.content).text()
    assert made.pages == 1
    assert "Trong kỳ báo cáo không có nhiệm vụ nào được giao hoặc đang thực hiện." in text
    assert "Văn phòng UBND tỉnh kính báo cáo Chủ tịch, các Phó Chủ tịch UBND tỉnh./." in text
    assert not any(word in text for word in ("BIỂU TỔNG HỢP", "KIẾN NGHỊ", "Phụ lục", "%"))


def test_signs_of_html_in_a_name_are_printed_as_they_are() -> None:
    name = 'Sở TT&TT <b onclick="x">Cao & Thấp</b> <img src="file:///etc/passwd">'
    text = Paper(
        pdf.render(frozen.snapshot([frozen.body(name, open_overdue=1), frozen.body("Sở Y tế")])).content
    ).text()
    assert text.count(re.sub(r"\s+", " ", name)) >= 1
    assert name in text.replace(" >", ">")


def test_decomposed_letters_are_composed() -> None:
    name, result = (unicodedata.normalize("NFD", text) for text in ("Sở Nội vụ", "Đã rà soát việc sử dụng biên chế"))
    snapshot = frozen.snapshot([frozen.body(name, open_on_track=1)], [frozen.task(name, result=result)], scope=name)
    text = Paper(pdf.render(snapshot).content).text()
    assert unicodedata.is_normalized("NFC", text)
    assert "Đã rà soát việc sử dụng biên chế" in text


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2023, 1, 1), date(2023, 12, 31), "năm 2023"),
        (date(2023, 7, 1), date(2023, 12, 31), "6 tháng cuối năm 2023"),
        (date(2023, 4, 1), date(2023, 6, 30), "quý II năm 2023"),
        (date(2024, 2, 1), date(2024, 2, 29), "tháng 02 năm 2024"),
        (date(2023, 2, 1), date(2023, 2, 27), "từ ngày 01/02/2023 đến ngày 27/02/2023"),
        (date(2022, 12, 15), date(2023, 12, 14), "năm 2023"),
        (date(2022, 2, 1), date(2023, 1, 31), "từ ngày 01/02/2022 đến ngày 31/01/2023"),
    ],
)
def test_periods_have_their_names(first: date, last: date, name: str) -> None:
    assert words_of(first, last) == name


def test_figures_of_nothing_are_zero() -> None:
    assert summarise(frozen.snapshot([])).total is None
    assert frozen.snapshot([]).totals == Figures()


def test_a_name_of_200_letters_without_a_blank_keeps_the_margins() -> None:
    name = "Sở" + "x" * 198
    snapshot = frozen.snapshot([frozen.body(name, open_overdue=1), frozen.body("Sở Y tế", open_on_track=1)])
    paper = Paper(pdf.render(snapshot).content)
    for word in paper.words:
        width, _ = paper.sizes[word.page - 1]
        assert 29.9 <= word.left <= word.right <= width - 14.7, word
