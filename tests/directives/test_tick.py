"""`manage.py tick`: plan and send without Celery; a dry run says who would get what and why, and writes nothing."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from agencies.models import Agency, User
from directives.chain import examine
from directives.deadlines import DueKind
from directives.models import Notice, NoticeState, Tick, TickName
from directives.policy import Hearer, Step
from tests.directives.policies import lay_down
from tests.directives.sealed import write_lines
from tests.factories import AssignmentFactory, DirectiveFactory


def tick(*options: str) -> str:
    out = StringIO()
    call_command("tick", *options, stdout=out)
    return out.getvalue()


def test_it_plans_and_sends(stp: Agency, an: User) -> None:
    AssignmentFactory.create(agency=stp, due_soon=True)
    assert tick("--on", "2023-02-20") == "1 người được nhắc thêm, 1 thư đã gửi.\n"
    assert [message.to for message in mail.outbox] == [[an.email]]
    assert tick("--on", "2023-02-20") == "0 người được nhắc thêm, 0 thư đã gửi.\n"
    assert Notice.objects.get(key="").state == NoticeState.SENT


def test_it_seals_the_history(dung: User) -> None:
    write_lines(AssignmentFactory.create(), dung, range(3))
    tick()
    assert examine().sealed == 3
    assert Tick.objects.get(name=TickName.SEAL).by.endswith("(manage.py tick)")


def test_on_a_rest_day_it_says_so(stp: Agency, an: User) -> None:
    AssignmentFactory.create(agency=stp, due_soon=True)
    assert tick("--dry-run", "--on", "2023-02-18") == (
        "Ngày 18/02/2023 không gửi thư nhắc (ngày nghỉ hoặc ngày không nhắc theo chính sách).\n"
    )
    assert tick("--on", "2023-02-18").startswith("Ngoài giờ làm việc: thư nhắc hạn chờ đến giờ làm việc tiếp theo.\n")
    assert not Notice.objects.exists()


def test_a_dry_run_names_people_assignments_and_reasons_and_writes_nothing(
    stp: Agency, an: User, binh: User, chi: User
) -> None:
    AssignmentFactory.create(agency=stp, due_soon=True, directive__label="2.1")
    AssignmentFactory.create(agency=stp, due_on="2023-02-18", directive__label="2.2")
    said = tick("--dry-run", "--on", "2023-02-20")
    assert "Ngày 20/02/2023: 1 người sẽ được nhắc." in said
    assert "Nông Văn An <an@langson.example>, Sở Tư pháp – Cán bộ cơ quan" in said
    assert "hạn 23/02/2023, mốc trước hạn 3 ngày: 2.1 Theo dõi" in said
    assert "hạn 18/02/2023, mốc quá hạn 1 ngày, nhắc bù sau 1 ngày: 2.2 Theo dõi" in said
    assert "Lý Thị Chi" not in said
    assert not Notice.objects.exists()
    assert not mail.outbox


def test_a_dry_run_says_so_when_nobody_is_due(db: None) -> None:
    assert tick("--dry-run", "--on", "2023-02-20") == "Ngày 20/02/2023: 0 người sẽ được nhắc.\n"


def test_without_a_day_it_is_today(stp: Agency, an: User) -> None:
    AssignmentFactory.create(agency=stp, due_soon=True)  # long over by now
    assert tick().splitlines()[-1] == "0 người được nhắc thêm, 0 thư đã gửi."


def test_a_day_that_is_none_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match="--on"):
        tick("--on", "31/02/2023")


def test_a_dry_run_names_whoever_hears_above_what_has_no_day_and_the_overview(
    stp: Agency, an: User, dung: User, giang: User
) -> None:
    AssignmentFactory.create(agency=stp, due_on="2023-02-15", directive__label="2.1")
    standing = DirectiveFactory.create(due_kind=DueKind.STANDING, label="2.2")
    AssignmentFactory.create(agency=stp, directive=standing, undated=True)
    said = tick("--dry-run", "--on", "2023-02-20")
    assert "Ngày 20/02/2023: 3 người sẽ được nhắc." in said
    assert said.count("hạn 15/02/2023, mốc quá hạn 5 ngày: 2.1 Theo dõi") == 3
    assert "nhiệm vụ thường xuyên, 46 ngày không cập nhật: 2.2 Theo dõi" in said
    assert "Dương Thị Giang <giang@langson.example> – Lãnh đạo UBND tỉnh" in said
    officer = said[said.index("Trần Văn Dũng") :]
    assert "tổng hợp buổi sáng" in officer
    assert not Notice.objects.exists()
    assert not mail.outbox


def test_a_dry_run_goes_by_the_policy_of_the_day(stp: Agency, an: User) -> None:
    lay_down(since=date(2023, 2, 20), steps=(Step(-2, frozenset({Hearer.STAFF})),))
    AssignmentFactory.create(agency=stp, due_on="2023-02-22", directive__label="2.1")
    assert "mốc trước hạn 2 ngày: 2.1" in tick("--dry-run", "--on", "2023-02-20")
    assert "mốc trước hạn 7 ngày, nhắc bù sau 2 ngày: 2.1" in tick("--dry-run", "--on", "2023-02-17")
