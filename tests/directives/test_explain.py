"""«Vì sao hạn này?»: every date is explained, by the rule, the letter's words, days left out, and what moved it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from directives.actions.adjustments import correct_due, pause, resume
from directives.actions.conditions import Met, meet_condition
from directives.actions.extensions import grant_extension
from directives.calendars import Calendar
from directives.clocks import clock_of
from directives.deadlines import DueKind, DueRule, Period
from directives.explain import Move, Story, explain
from directives.models import Assignment
from directives.periods import window_of
from directives.states import Verb
from tests.factories import NOW, TODAY, VIETNAM, AssignmentFactory, DirectiveFactory, ExtensionFactory

USUAL = Calendar()
GIVEN = date(2026, 2, 12)


def told(rule: DueRule, due: date | None, **details: object) -> list[str]:
    return explain(Story(rule, due, due, GIVEN, **details), USUAL)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("phrase", "due", "printed"),
    [
        ("trước ngày 30/6/2026", date(2026, 6, 29), "30/06/2026"),
        ("trước ngày 01 tháng 7 năm 2026", date(2026, 6, 30), "01/07/2026"),
        ("trước ngày 30/6/2026", date(2026, 6, 30), ""),
        ("chậm nhất ngày 30/6/2026", date(2026, 6, 30), ""),
    ],
)
def test_a_date_of_the_letter(phrase: str, due: date, printed: str) -> None:
    before = f"«Trước ngày {printed}» được hiểu là hết ngày liền trước: {due:%d/%m/%Y}."
    rule = before if printed else f"Hạn là hết ngày {due:%d/%m/%Y}."
    assert told(DueRule(DueKind.DATE, phrase), due) == [f"Văn bản ghi «{phrase}».", rule]


def test_a_day_set_by_the_office_and_a_day_off() -> None:
    assert told(DueRule(DueKind.DATE), date(2026, 6, 28), is_internal=True) == [
        "Văn bản không nêu thời hạn; Văn phòng đặt hạn nội bộ.",
        "Hạn là hết ngày 28/06/2026.",
        "Ngày 28/06/2026 là ngày nghỉ (Chủ nhật); hạn không tự dời.",
    ]


def test_working_days_over_tet_name_what_was_left_out() -> None:
    rule = DueRule(DueKind.RELATIVE, "trong 05 ngày làm việc kể từ ngày nhận", count=5)
    assert told(rule, date(2026, 2, 26)) == [
        "Văn bản ghi «trong 05 ngày làm việc kể từ ngày nhận».",
        "5 ngày làm việc kể từ ngày giao 12/02/2026 (không tính ngày đó): hết ngày 26/02/2026.",
        "Không tính 4 ngày cuối tuần, 16/02 (Giao thừa Tết Nguyên Đán), 17/02 (Tết Nguyên Đán), "
        "18/02 (Mùng hai Tết Nguyên Đán), 19/02 (Mùng ba Tết Nguyên Đán), 20/02 (Mùng bốn Tết Nguyên Đán).",
        "Cơ quan chưa xác nhận đã nhận nên tạm tính từ ngày giao.",
    ]


def test_a_saturday_that_is_worked_is_told() -> None:
    rule = DueRule(DueKind.RELATIVE, count=2, from_receipt=False)
    said = explain(Story(rule, date(2026, 8, 22), date(2026, 8, 22), date(2026, 8, 20)), USUAL)
    assert said == [
        "2 ngày làm việc kể từ ngày ban hành văn bản 20/08/2026 (không tính ngày đó): hết ngày 22/08/2026.",
        "Có tính 22/08 (ngày làm bù).",
    ]


def test_days_from_receipt_and_calendar_days() -> None:
    rule = DueRule(DueKind.RELATIVE, count=5)
    said = told(rule, date(2026, 2, 27), received_on=date(2026, 2, 13))
    assert said[0] == "5 ngày làm việc kể từ ngày cơ quan nhận 13/02/2026 (không tính ngày đó): hết ngày 27/02/2026."
    said = told(replace(rule, working_days=False), date(2026, 2, 17))
    assert said[0] == "5 ngày kể từ ngày giao 12/02/2026 (không tính ngày đó): hết ngày 17/02/2026."


def test_a_period_with_the_days_its_figures_cover() -> None:
    window = window_of("2026-Q2", nd09=True)
    assert told(DueRule(DueKind.RECURRING, period=Period.QUARTER), date(2026, 6, 14), window=window)[0] == (
        "Kỳ quý II/2026, số liệu tính từ 15/03/2026 đến 14/06/2026; báo cáo hết ngày 14/06/2026."
    )


@pytest.mark.parametrize(
    ("kind", "begin"),
    [
        (DueKind.CONDITIONAL, "Chưa tính hạn: còn chờ điều kiện."),
        (DueKind.STANDING, "Nhiệm vụ thường xuyên"),
        (DueKind.NONE, "Văn bản không đặt thời hạn."),
    ],
)
def test_why_there_is_none(kind: DueKind, begin: str) -> None:
    (sentence,) = told(DueRule(kind), None)
    assert sentence.startswith(begin)


def test_every_move_is_told_in_order() -> None:
    day = date(2026, 6, 30)
    moves = [
        Move(Verb.GRANT_EXTENSION, date(2026, 6, 20), day, date(2026, 7, 10)),
        Move(Verb.CORRECT, date(2026, 7, 1), date(2026, 7, 10), date(2026, 7, 15), reason="Nhập nhầm."),
        Move(Verb.RECOUNT, date(2026, 7, 2), date(2026, 7, 15), date(2026, 7, 16), reason="Nghỉ bão."),
        Move(Verb.RESUME, date(2026, 7, 8), date(2026, 7, 16), date(2026, 7, 20), since=date(2026, 7, 6), left=8),
        Move(Verb.PAUSE, date(2026, 7, 9), None, None, reason="Chờ Bộ."),
    ]
    assert told(DueRule(DueKind.DATE), date(2026, 7, 20), moves=moves) == [
        "Hạn là hết ngày 30/06/2026.",
        "20/06/2026: gia hạn 10 ngày, từ 30/06/2026 đến 10/07/2026.",
        "01/07/2026: đính chính hạn từ 10/07/2026 thành 15/07/2026. Lý do: Nhập nhầm.",
        "02/07/2026: lịch làm việc thay đổi nên hạn dời từ 15/07/2026 thành 16/07/2026. Lý do: Nghỉ bão.",
        "Tạm dừng từ 06/07/2026, tiếp tục ngày 08/07/2026: 8 ngày làm việc còn lại tính từ ngày tiếp tục, "
        "hạn mới 20/07/2026.",
        "Không tính 4 ngày cuối tuần.",
        "Tạm dừng từ 09/07/2026, chưa tính tiếp. Lý do: Chờ Bộ.",
    ]


def why(client, duty: Assignment) -> list[str]:
    return client.get(f"/viec/{duty.pk}/").context["why"]


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
def test_the_task_page_explains_what_really_happened(client_of, an, dung, stp) -> None:
    duty = AssignmentFactory.create(
        agency=stp, directive__due_kind=DueKind.DATE, directive__due_on=date(2023, 3, 17), directive__due_phrase=""
    )
    asked = ExtensionFactory.create(assignment=duty)
    grant_extension(asked, by=dung, now=NOW, granted_on=date(2023, 3, 27), version=1)
    pause(duty, by=dung, now=NOW, reason="Chờ Bộ.", version=2)
    assert why(client_of(an), duty)[-1] == "Tạm dừng từ 20/02/2023, chưa tính tiếp. Lý do: Chờ Bộ."
    resume(duty, by=dung, now=datetime(2023, 2, 22, 9, 0, tzinfo=VIETNAM), version=3)
    assert why(client_of(an), duty) == [
        "Hạn là hết ngày 17/03/2023.",
        "20/02/2023: gia hạn 10 ngày, từ 17/03/2023 đến 27/03/2023.",
        "Tạm dừng từ 20/02/2023, tiếp tục ngày 22/02/2023: 25 ngày làm việc còn lại tính từ ngày tiếp tục, "
        "hạn mới 29/03/2023.",
        "Không tính 10 ngày cuối tuần.",
    ]
    day = date(2023, 3, 31)
    correct_due(duty, by=dung, now=NOW, original_due_on=day, due_on=day, reason="Nhầm.", version=4)
    assert "Vì sao hạn này?" in client_of(an).get(f"/viec/{duty.pk}/").text


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
def test_a_condition_that_was_met_is_explained(client_of, an, dung, stp) -> None:
    directive = DirectiveFactory.create(due_kind=DueKind.CONDITIONAL, due_phrase="sau khi có hướng dẫn")
    duty = AssignmentFactory.create(agency=stp, directive=directive, undated=True)
    meet_condition(directive, by=dung, now=NOW, met=Met("12/BNV", TODAY, count=3))
    assert why(client_of(an), duty) == [
        "Văn bản ghi «sau khi có hướng dẫn».",
        "20/02/2023: điều kiện đã có theo 12/BNV ngày 20/02/2023, thời hạn 23/02/2023.",
        "3 ngày làm việc kể từ 20/02/2023 (không tính ngày đó).",
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
def test_a_standing_duty_says_how_long_nothing_was_reported(client_of, an, stp) -> None:
    directive = DirectiveFactory.create(due_kind=DueKind.STANDING)
    quiet = AssignmentFactory.create(
        agency=stp, directive=directive, undated=True, assigned_on=TODAY - timedelta(days=45)
    )
    busy = AssignmentFactory.create(agency=stp, directive__due_kind=DueKind.STANDING, undated=True, in_progress=True)
    assert "<strong>Chưa báo cáo 45 ngày</strong>" in client_of(an).get(f"/viec/{quiet.pk}/").text
    page = client_of(an).get(f"/viec/{busy.pk}/").text
    assert "Báo cáo lần cuối 18/02/2023" in page
    assert "Chưa báo cáo" not in page
    assert [one.pk for one in Assignment.objects.standing_silent(TODAY, 45)] == [quiet.pk]
    assert not Assignment.objects.standing_silent(TODAY, 46).exists()


@pytest.mark.django_db
def test_a_relative_rule_is_told_as_it_was_counted(client_of, an, stp) -> None:
    details = {"count": 5, "working_days": True, "from_receipt": True}
    directive = DirectiveFactory.create(due_kind=DueKind.RELATIVE, due_details=details)
    columns = clock_of(directive.rule, on=date(2023, 1, 5)).columns
    duty = AssignmentFactory.create(agency=stp, directive=directive, **columns)
    assert why(client_of(an), duty)[0] == (
        "5 ngày làm việc kể từ ngày giao 05/01/2023 (không tính ngày đó): hết ngày 12/01/2023."
    )
