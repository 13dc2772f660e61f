"""The chain of seals and `manage.py verify_history`: whoever lays hands on the history is found out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.core.management.color import no_style
from django.db import IntegrityError, connection, transaction

from agencies.models import User
from directives import chain
from directives.actions import seals
from directives.chain import Fault, code_of, digest, examine
from directives.models import LONGEST, HistoryEntry, HistorySeal, Tick, TickName
from tests.directives.sealed import HANDS, LINES, cut, past_the_guards, rewrite, seal, sealed_history, sql, write_lines
from tests.factories import NOW, AssignmentFactory

pytestmark = pytest.mark.django_db
TIMES = 20  # of each kind


@pytest.fixture
def ids(dung: User) -> list[int]:
    return sealed_history(dung)


@pytest.fixture
def unguarded(ids: list[int]) -> Iterator[list[int]]:
    """The ids; nothing that is done to the lines outlasts the test."""
    with transaction.atomic():
        past_the_guards()
        yield ids
        transaction.set_rollback(True)


def verify(*options: str) -> str:
    said = StringIO()
    call_command("verify_history", *options, stdout=said)
    return said.getvalue()


def refusal(*options: str) -> str:
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_history", *options, stderr=said)
    assert ended.value.code == 1
    return said.getvalue()


# --- found out --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.__name__)
def test_whatever_hands_do_is_found(ids, hand):
    """Against a head that was kept; without one too, but for a tail that was cut off or sealed anew."""
    head = HistorySeal.objects.head()
    for seed in range(TIMES):
        with transaction.atomic():
            past_the_guards()
            hand(ids, Random(f"{hand.__name__} {seed}"))
            found, alone = examine([head]), examine()
            transaction.set_rollback(True)
        assert found.broken, f"{hand.__name__} with seed {seed} was not found"
        assert alone.broken or hand in (cut, rewrite), f"{hand.__name__} with seed {seed} was not found without a head"
    assert examine([head]).broken is None


@pytest.mark.parametrize(
    ("change", "fault", "place"),
    [
        ("UPDATE LINES SET note = 'khác' WHERE id = %s", Fault.CHANGED, 12),
        ("DELETE FROM LINES WHERE id = %s", Fault.DELETED, 12),
        ("DELETE FROM SEALS WHERE entry_id = %s", Fault.GAP, 12),
        ("UPDATE SEALS SET hash = entry_id WHERE entry_id = %s", Fault.CHANGED, 12),
        ("UPDATE SEALS SET form = 9 WHERE entry_id = %s", Fault.CHANGED, 12),
    ],
)
def test_the_first_broken_place_is_named(unguarded, change, fault, place):
    for later in (20, 11):
        sql(change, unguarded[later])
    found = examine()
    assert found.broken and (found.broken.fault, found.broken.position) == (fault, place)
    assert (found.sealed, found.broken.entry in (0, unguarded[11])) == (11, True)


def test_when_a_line_was_sealed_cannot_be_changed_either(unguarded):
    sql("UPDATE SEALS SET sealed_at = %s WHERE position = 5", NOW)
    assert examine().broken


# --- sealed -----------------------------------------------------------------------------------------------------------
def test_again_nothing_is_sealed(ids):
    before = HistorySeal.objects.head()
    assert (seal(NOW + timedelta(days=1)), HistorySeal.objects.head()) == (0, before)
    assert Tick.objects.get(name=TickName.SEAL).by == "may-1"


def test_a_line_whose_transaction_ended_late_is_sealed_after_those_that_were_quicker(dung):
    assignment = AssignmentFactory.create()
    for pk in (900, 907, 903):  # 903 was begun before 907 and committed after it was sealed
        write_lines(assignment, dung, range(1), pk=pk)
        seal(NOW)
    assert list(HistorySeal.objects.order_by("position").values_list("entry", flat=True)) == [900, 907, 903]
    assert examine().broken is None


def test_after_an_outage_a_late_line_is_sealed_too(dung):
    assignment = AssignmentFactory.create()
    for pk, after in ((907, timedelta()), (903, timedelta(days=3))):
        write_lines(assignment, dung, range(1), pk=pk)
        seal(NOW + after)
    assert HistorySeal.objects.count() == 2


def test_what_was_sealed_long_ago_is_not_looked_at_again(ids):
    newest = HistorySeal.objects.get(position=LINES)
    settled = HistorySeal.objects.filter(sealed_at__lte=newest.sealed_at - LONGEST).latest("position")
    assert f'"id" > {settled.entry_id}' in str(HistorySeal.objects.waiting().query)


def test_many_lines_are_sealed_block_by_block(dung, monkeypatch):
    monkeypatch.setattr(seals, "BLOCK", 4)
    monkeypatch.setattr(seals, "AT_ONCE", 3)
    monkeypatch.setattr(chain, "BLOCK", 4)
    write_lines(AssignmentFactory.create(), dung, range(14))
    assert [seal(NOW), seal(NOW), seal(NOW)] == [12, 2, 0]
    assert examine().sealed == 14


def test_whoever_comes_second_leaves_the_rest_to_the_first(ids, dung, monkeypatch):
    """Both read the same newest seal; the first has made the next one when the second comes to it."""
    stale = HistorySeal.objects.get(position=LINES - 1)
    write_lines(AssignmentFactory.create(), dung, range(LINES, LINES + 2))
    monkeypatch.setattr("directives.models.seal.HistorySealQuerySet.newest", lambda self: stale)
    assert seal(NOW) == 0
    assert HistorySeal.objects.count() == LINES


# --- the hash ---------------------------------------------------------------------------------------------------------
def test_a_seal_hashes_every_field_of_a_line():
    """A field that is added needs a new form in chain.FIELDS; seals of the old form stay as they are."""
    assert set(chain.FIELDS[chain.FORM]) == {column.attname for column in HistoryEntry._meta.concrete_fields}


def test_the_hash_is_the_same_in_every_time_zone_and_of_every_way_to_write_a_letter():
    at = datetime(2023, 2, 20, 1, tzinfo=UTC)
    line = dict.fromkeys(chain.FIELDS[1], 1) | {"at": at, "note": "Đã nộp"}
    in_hanoi = {"at": at.astimezone(timezone(timedelta(hours=7)))}
    decomposed = {"note": "Đa\u0303 no\u0323\u0302p"}
    for same in ({}, in_hanoi, decomposed):
        made = digest(1, "", at, line | same, form=1)
        assert made == "5bd1938df6b1f80de556ebcf5ffe330c1e420b0c140cdb8fb16cb0d163ed58c5"


# --- the database -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("table", ["LINES", "SEALS"])
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = NULL", "DELETE FROM {}"])
def test_the_database_refuses_to_change_history(ids, table, change):
    column = {"LINES": "assignment_id", "SEALS": "hash"}[table]
    with pytest.raises(IntegrityError, match="the history only grows"), transaction.atomic():
        sql(change.format(table, column))


@pytest.mark.services
@pytest.mark.parametrize("table", ["directives_historyentry", "directives_historyseal"])
def test_the_database_refuses_to_empty_the_history(ids, table):
    """As Django would do it; PostgreSQL's own word for it is let pass in tests that end so (conftest)."""
    connection.check_constraints()
    if connection.vendor == "postgresql":
        sql(f"ALTER TABLE {table} ENABLE TRIGGER history_is_not_emptied")
    with pytest.raises(IntegrityError, match="the history only grows"), transaction.atomic():
        connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), [table], allow_cascade=True))


# --- the command ------------------------------------------------------------------------------------------------------
def test_it_says_in_one_sentence_that_all_is_well(ids, dung):
    head = HistorySeal.objects.head()
    write_lines(AssignmentFactory.create(), dung, range(LINES, LINES + 2))
    whole = f"Nhật ký nguyên vẹn: 30 dòng đã niêm phong, 2 dòng chờ niêm phong; mã niêm phong cuối {head}"
    assert verify() == f"{whole}.\n"
    middle = HistorySeal.objects.get(position=17).hash
    assert verify("--head", code_of(middle), "--head", head) == (
        f"{whole}; mã {code_of(middle)} khớp với dòng thứ 17; mã {code_of(head)} khớp với dòng thứ 30.\n"
    )


def test_of_an_empty_history_too(db):
    assert verify() == "Nhật ký nguyên vẹn: 0 dòng đã niêm phong, 0 dòng chờ niêm phong.\n"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("UPDATE LINES SET note = '' WHERE id = %s", "dòng thứ 3 (số {}, ghi lúc 08:14 20/02/2023) không còn như khi"),
        ("DELETE FROM LINES WHERE id = %s", "dòng thứ 3 (số {}) đã bị xóa."),
        ("DELETE FROM SEALS WHERE entry_id = %s", "niêm phong thứ 3 không còn."),
    ],
)
def test_or_where_somebody_laid_hands_on_it(unguarded, change, sentence):
    sql(change, unguarded[2])
    assert refusal().startswith(f"Nhật ký đã bị thay đổi: {sentence.format(unguarded[2])}")


def test_a_line_that_came_long_after_its_time_is_named(ids, dung):
    (late,) = write_lines(AssignmentFactory.create(), dung, range(1))
    expected = f"Nhật ký đã bị thay đổi: dòng số {late.pk} ghi lúc 08:00 20/02/2023 nhưng chưa có khi các dòng sau giờ"
    assert refusal().startswith(expected)
    seal(NOW + timedelta(days=1))
    assert refusal().startswith(expected)


def test_a_tail_that_was_cut_off_is_found_against_a_head_from_a_report(unguarded):
    head = HistorySeal.objects.head()
    sql("DELETE FROM SEALS WHERE position > 25")
    sql("DELETE FROM LINES WHERE id > %s", unguarded[24])
    assert verify().startswith("Nhật ký nguyên vẹn: 25 dòng")
    assert refusal("--head", code_of(head)) == (
        f"Nhật ký đã bị thay đổi: không có niêm phong nào mang mã {code_of(head)}; "
        "phần cuối đã bị cắt hoặc nhật ký đã bị viết lại.\n"
    )


@pytest.mark.parametrize("head", ["3F2A-91C0", "không rõ", "G" * 64, "a" * 65])
def test_what_cannot_be_a_head_is_refused(db, head):
    with pytest.raises(CommandError, match="Nhập ít nhất 16 chữ số"):
        verify("--head", head)
