"""Reports tell how often each task was chased by their day, in the same words on paper, in Word and in the workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Agency, Kind, User
from directives.actions.chases import undo_chase
from directives.actions.explanations import Answer, explain
from directives.models import Assignment, PartyRole
from reports.content.composing import compose
from reports.exports import forms
from reports.models import ReportKind
from reports.snapshots import AgencyChases, AgencyLine, Asked, Snapshot, TaskRow, Window, take
from tests.directives.chased import chase_now
from tests.directives.test_demand_explanation import demand
from tests.factories import NOW, TODAY, AgencyFactory, AssignmentFactory
from tests.reports import frozen, office
from tests.reports.paper import Paper

LATER = NOW + timedelta(days=3)
FEBRUARY = Window(date(2023, 2, 1), date(2023, 2, 28), TODAY)
CHASED: dict[str, Any] = {"chases": 2, "chased": "18/02/2023", "demanded": True}
WORDS = "Đã đôn đốc 2 lần, gần nhất 18/02/2023; đã yêu cầu giải trình, chưa trả lời"
PERIOD = (
    "Trong kỳ, Văn phòng UBND tỉnh đã đôn đốc 05 lượt đối với 02 cơ quan, trong đó Sở Tư pháp 03 lượt, Sở Nội vụ 02 "
    "lượt; đã đề nghị 01 lượt đối với Hội Nông dân tỉnh; Lãnh đạo UBND tỉnh đã yêu cầu giải trình 02 lượt đối với "
    "Sở Nội vụ, còn 01 lượt chưa được trả lời."
)
LINES = (
    AgencyChases("Hội Nông dân tỉnh", 0, 1, 0, 0),
    AgencyChases("Sở Nội vụ", 2, 0, 2, 1),
    AgencyChases("Sở Tư pháp", 3, 0, 0, 0),
)


def taken(on: date = TODAY, window: Window = FEBRUARY, kind: ReportKind = ReportKind.PROGRESS) -> Snapshot:
    return take(Asked(replace(window, on=on), kind), now=LATER + timedelta(hours=1))


def said(snapshot: Snapshot) -> list[tuple[int, int, str, bool, bool]]:
    return [(row.chases, row.requests, row.chased, row.demanded, row.explained) for row in snapshot.tasks]


# --- what is frozen ---------------------------------------------------------------------------------------------------
@pytest.fixture
def duty(stp: Agency, an: User) -> Assignment:
    return AssignmentFactory.create(agency=stp, overdue=True)


@pytest.mark.django_db
def test_a_row_counts_what_was_done_by_the_day_of_the_report(
    dung: User, giang: User, an: User, duty: Assignment
) -> None:
    chase_now(dung, duty, now=NOW - timedelta(days=2))
    chase_now(dung, duty)
    demand(giang, duty)
    chase_now(dung, duty, now=LATER, answer_by=LATER.date())
    explain(duty, by=an, now=LATER, answer=Answer("Chờ ý kiến Bộ Tư pháp"))
    yesterday = TODAY - timedelta(days=1)
    assert said(taken(TODAY - timedelta(days=3))) == [(0, 0, "", False, False)]
    assert said(taken(yesterday)) == [(1, 0, f"{TODAY - timedelta(days=2):%d/%m/%Y}", False, False)]
    assert said(taken()) == [(2, 0, "20/02/2023", True, False)]
    assert said(taken(LATER.date())) == [(3, 0, "23/02/2023", True, True)]
    assert taken(yesterday).chasing == (AgencyChases("Sở Tư pháp", 1, 0, 0, 0),)
    assert taken(LATER.date()).chasing == (AgencyChases("Sở Tư pháp", 3, 0, 1, 1),)
    assert taken(LATER.date(), Window(TODAY, TODAY, TODAY)).chasing == (AgencyChases("Sở Tư pháp", 1, 0, 1, 1),)
    again = taken()
    assert Snapshot.from_data(again.as_data()) == again


@pytest.mark.django_db
def test_what_was_taken_back_and_what_others_only_support_is_not_counted(dung: User, duty: Assignment) -> None:
    supporting = AssignmentFactory.create(agency=duty.agency, role=PartyRole.SUPPORT, overdue=True)
    (act,) = chase_now(dung, duty)
    undo_chase(act, by=dung, now=NOW + timedelta(minutes=5))
    chase_now(dung, supporting)
    snapshot = taken()
    assert (said(snapshot), snapshot.chasing) == ([(0, 0, "", False, False)], ())
    assert not {"chases", "requests", "chased", "demanded", "explained"} & snapshot.as_data()["tasks"][0].keys()
    assert "chasing" not in snapshot.as_data()


@pytest.mark.django_db
def test_one_act_about_many_tasks_is_one_and_bodies_that_take_no_orders_are_asked(dung: User, stp: Agency) -> None:
    front = AgencyFactory.create(short_name="Hội Nông dân tỉnh", kind=Kind.FRONT)
    rows = [AssignmentFactory.create(agency=agency, overdue=True) for agency in (stp, stp, front)]
    with CaptureQueriesContext(connection) as before:
        taken()
    chase_now(dung, *rows)
    with CaptureQueriesContext(connection) as after:
        snapshot = taken()
    assert len(after) == len(before)
    assert {row.agency: (row.chases, row.requests) for row in snapshot.tasks} == {
        "Sở Tư pháp": (1, 0),
        "Hội Nông dân tỉnh": (0, 1),
    }
    assert set(snapshot.chasing) == {
        AgencyChases("Sở Tư pháp", 1, 0, 0, 0),
        AgencyChases("Hội Nông dân tỉnh", 0, 1, 0, 0),
    }
    assert {row.chases for row in taken(kind=ReportKind.EXCEPTIONS).tasks} == {1}


# --- what is said -----------------------------------------------------------------------------------------------------
def notes(*tasks: TaskRow) -> list[str]:
    (annex,) = compose(frozen.of_agency(tasks)).annexes
    return [row[-1] for row in annex.sections[0].rows]


def test_the_notes_of_a_task_join_what_stands_there() -> None:
    asked: dict[str, Any] = {"requests": 1, "chased": "18/02/2023"}
    assert notes(
        frozen.task(),
        frozen.task(**CHASED),
        frozen.task(note="Hạn nội bộ", **asked),
        frozen.task(demanded=True, explained=True),
    ) == [
        "",
        WORDS,
        "Hạn nội bộ; đã đề nghị 1 lần, gần nhất 18/02/2023",
        "Đã yêu cầu giải trình, đã trả lời",
    ]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((), ""),
        (LINES[:1], "Trong kỳ, Văn phòng UBND tỉnh đã đề nghị 01 lượt đối với Hội Nông dân tỉnh."),
        (
            [AgencyChases("Sở Y tế", 0, 0, 1, 1)],
            "Trong kỳ, Lãnh đạo UBND tỉnh đã yêu cầu giải trình 01 lượt đối với Sở Y tế, đã được trả lời.",
        ),
        (
            [AgencyChases(f"Sở {letter}", 1, 0, 0, 0) for letter in "ABCDEF"],
            "Trong kỳ, Văn phòng UBND tỉnh đã đôn đốc 06 lượt đối với 06 cơ quan, trong đó Sở A 01 lượt, Sở B 01 "
            "lượt, Sở C 01 lượt, Sở D 01 lượt và 02 cơ quan khác 02 lượt.",
        ),
        (LINES, PERIOD),
    ],
)
def test_one_sentence_tells_the_acts_of_the_period(lines: list[AgencyChases], words: str) -> None:
    text = compose(replace(frozen.usual(), chasing=tuple(lines))).text
    assert [one for one in text.parts[0].paragraphs if "lượt" in one] == ([words] if words else [])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            AgencyChases("Sở Tư pháp", 2, 0, 1, 0),
            "Trong kỳ, Sở Tư pháp được Văn phòng UBND tỉnh đôn đốc 02 lượt; được Lãnh đạo UBND tỉnh yêu cầu giải trình "
            "01 lượt, còn 01 lượt chưa giải trình.",
        ),
        (
            AgencyChases("Sở Tư pháp", 0, 1, 2, 2),
            "Trong kỳ, Sở Tư pháp được Văn phòng UBND tỉnh đề nghị 01 lượt; được Lãnh đạo UBND tỉnh yêu cầu giải trình "
            "02 lượt, đã giải trình đầy đủ.",
        ),
        (
            AgencyChases("Sở Tư pháp", 0, 0, 1, 1),
            "Trong kỳ, Sở Tư pháp được Lãnh đạo UBND tỉnh yêu cầu giải trình 01 lượt, đã giải trình đầy đủ.",
        ),
    ],
)
def test_an_agencys_own_report_tells_how_it_was_chased(line: AgencyChases, words: str) -> None:
    line_of = AgencyLine("STP", "Sở Tư pháp", "Sở Tư pháp", "STP", Kind.DEPARTMENT)
    told: dict[str, Any] = {"kind": ReportKind.OWN, "agency": line_of}
    assert (
        words
        in compose(frozen.of_agency([frozen.task()], chasing=(line,), **told)).text.chapters[0].parts[0].paragraphs
    )
    silent = compose(frozen.of_agency([frozen.task()], **told)).text.chapters[0].parts[0].paragraphs
    assert not any("đôn đốc" in paragraph or "giải trình" in paragraph for paragraph in silent)


def test_the_leaders_page_tells_it_of_each_task() -> None:
    rows = [frozen.task(state="qua-han", days_late=12, **CHASED), frozen.task(state="qua-han", days_late=9)]
    page = compose(replace(frozen.of_agency(rows), scope="", kind=ReportKind.EXCEPTIONS))
    first, second = (row[1] for row in page.tables[0].rows)
    assert first.startswith("Theo dõi, đôn đốc triển khai thực hiện kế hoạch truyền… (125/UBND-KGVX")
    assert first.endswith(", mục 2.1). Đã đôn đốc 2 lần; chưa giải trình")
    assert "Đã đôn đốc" not in second


def test_every_form_says_it_in_the_same_words() -> None:
    made = forms.make(replace(frozen.of_agency([frozen.task(**CHASED)]), scope="", chasing=LINES))
    paper = Paper(made.pdf.content)
    assert PERIOD in " ".join(paper.text().split())
    annex = paper.on_page(len(paper.sizes))
    left = next(word.left for word in annex if word.text == "Đã")
    assert WORDS in " ".join(word.text for word in annex if word.left > left - 1)
    assert PERIOD in office.texts(made.word)
    assert WORDS in [row[-1] for row in office.rows(made.word) if row]
    head, row = openpyxl.load_workbook(BytesIO(made.workbook))["Nhiệm vụ"].iter_rows(values_only=True)
    cells = dict(zip(head, row, strict=True))
    assert (cells["Số lần đôn đốc, đề nghị"], cells["Ghi chú"]) == (2, WORDS)
