"""The derived label: the Python function, its SQL twin, and the words on the chip."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.deadlines import DueKind, Facts, Label, label_of, words_of
from directives.models import Assignment
from directives.states import Status
from tests.factories import TODAY, AssignmentFactory, DirectiveFactory

FACTS = [
    (Status.NOT_STARTED, -1, None, Label.OVERDUE, "Quá hạn 1 ngày"),
    (Status.NOT_STARTED, 0, None, Label.DUE_SOON, "Đến hạn hôm nay"),
    (Status.IN_PROGRESS, 7, None, Label.DUE_SOON, "Còn 7 ngày"),
    (Status.IN_PROGRESS, 8, None, Label.ON_TRACK, "Trong hạn, còn 8 ngày"),
    (Status.IN_PROGRESS, None, None, Label.UNDATED, "Không có thời hạn"),
    (Status.SUBMITTED, -5, -6, Label.WAITING, "Chờ xác nhận"),
    (Status.SUBMITTED, -5, -3, Label.OVERDUE, "Quá hạn 2 ngày"),
    (Status.RETURNED, 3, None, Label.RETURNED, "Trả lại, cần bổ sung"),
    (Status.RETURNED, -3, None, Label.OVERDUE, "Quá hạn 3 ngày"),
    (Status.DONE, -9, -9, Label.DONE, "Hoàn thành"),
    (Status.DONE, -9, -4, Label.DONE_LATE, "Hoàn thành, quá hạn 5 ngày"),
    (Status.DONE, None, -4, Label.DONE, "Hoàn thành"),
    (Status.PAUSED, -9, None, Label.PAUSED, "Tạm dừng"),
    (Status.WITHDRAWN, -9, None, Label.WITHDRAWN, "Đã thu hồi"),
]


def day(offset: int | None) -> date | None:
    return None if offset is None else TODAY + timedelta(days=offset)


@pytest.mark.parametrize(("status", "due", "stopped", "label", "words"), FACTS)
def test_the_label_and_its_words(
    status: Status, due: int | None, stopped: int | None, label: Label, words: str
) -> None:
    facts = Facts(status, day(due), day(stopped), DueKind.NONE)
    assert label_of(facts, on=TODAY) == label
    assert words_of(facts, on=TODAY) == words


@given(
    st.sampled_from(Status.values),
    st.none() | st.integers(-40, 40),
    st.none() | st.integers(-40, 0),
    st.sampled_from(DueKind.values),
)
def test_every_assignment_has_one_label(status: str, due: int | None, stopped: int | None, kind: str) -> None:
    assert label_of(Facts(status, day(due), day(stopped), kind), on=TODAY) in Label


def test_sql_says_the_same_as_python(db: None) -> None:
    for kind in (DueKind.NONE, DueKind.STANDING, DueKind.CONDITIONAL):
        directive = DirectiveFactory.create(due_kind=kind)
        for trait in ("in_progress", "submitted", "returned", "done", "withdrawn", "paused"):
            for due in (-12, -2, -1, 0, 1, 7, 8, 30, None):
                AssignmentFactory.create(directive=directive, due_on=day(due), **{trait: True})
    rows = Assignment.objects.select_related("directive").labelled(TODAY)
    assert len(rows) == 3 * 6 * 9
    by_sql = dict(rows.values_list("pk", "label"))  # type: ignore[misc]
    assert by_sql == {row.pk: row.label_on(TODAY) for row in rows}
