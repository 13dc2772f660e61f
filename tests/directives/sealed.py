"""A sealed history, and hands laid on it past every guard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import connection

from agencies.models import User
from directives.actions.seals import seal_history
from directives.chain import FORM, digest
from directives.models import Assignment, HistoryEntry, HistorySeal
from directives.states import Verb
from tests.factories import NOW, AssignmentFactory

LINES, RUNS = 30, 3


def write_lines(assignment: Assignment, actor: User, numbers: range, **words: Any) -> list[HistoryEntry]:
    """Lines seven minutes apart."""
    return HistoryEntry.objects.bulk_create(
        HistoryEntry(
            letter_id=assignment.directive.letter_id,
            directive_id=assignment.directive_id,
            assignment=assignment,
            verb=(Verb.REPORT, Verb.CHASE, Verb.RETURN)[number % 3],
            to_status=assignment.status,
            actor=actor,
            at=NOW + timedelta(minutes=7 * number),
            **{"note": f"Đề nghị bổ sung {number}", "details": {"due_on": ["2023-02-01", f"ngày {number}"]}} | words,
        )
        for number in numbers
    )


def seal(now: datetime) -> int:
    return seal_history(by="may-1", now=now)


def sealed_history(actor: User) -> list[int]:
    """Lines that several runs sealed; their ids."""
    assignment, each = AssignmentFactory.create(), LINES // RUNS
    found: list[int] = []
    for run in range(RUNS):
        found += [one.pk for one in write_lines(assignment, actor, range(run * each, (run + 1) * each))]
        seal(NOW + timedelta(minutes=7 * found.index(found[-1]) + 1))
    return found


def past_the_guards() -> None:
    """Until the end of the transaction neither triggers nor foreign keys hold."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def sql(text: str, *values: Any) -> None:
    text = text.replace("SEALS", "directives_historyseal").replace("LINES", "directives_historyentry")
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(text, [adapt(one) if isinstance(one, datetime) else one for one in values])


# --- what hands may do ------------------------------------------------------------------------------------------------
def edit(ids: list[int], random: Random) -> None:
    column, value = random.choice(
        [
            ("note", "Đã nhận đủ hồ sơ"),
            ("verb", "assess"),
            ("to_status", "hoan-thanh"),
            ("from_status", "tra-lai"),
            ("at", NOW + timedelta(seconds=random.randrange(1, 10**6))),
            ("details", '{"due_on": ["2023-02-01", "2023-12-31"]}'),
            ("assignment_id", None),
            ("directive_id", None),
        ]
    )
    sql(f"UPDATE LINES SET {column} = %s WHERE id = %s", value, random.choice(ids))


def delete(ids: list[int], random: Random) -> None:
    """The line alone, with its seal, or with its seal and the gap closed; never from the end (that is `cut`)."""
    place = random.randrange(1, LINES)
    how = random.choice(("line", "seal too", "close the gap"))
    sql("DELETE FROM LINES WHERE id = %s", ids[place - 1])
    if how != "line":
        sql("DELETE FROM SEALS WHERE position = %s", place)
    if how == "close the gap":
        for later in range(place + 1, LINES + 1):
            sql("UPDATE SEALS SET position = %s WHERE position = %s", later - 1, later)


def insert(ids: list[int], random: Random) -> None:
    """A line of an earlier hour: left for the next run or not, or with a seal made for it in the middle."""
    new, at = max(ids) + 1, NOW - timedelta(seconds=random.randrange(10**6))
    columns = "letter_id, directive_id, assignment_id, update_id, verb, from_status, to_status, actor_id, note, details"
    sql(f"INSERT INTO LINES (id, at, {columns}) SELECT %s, %s, {columns} FROM LINES WHERE id = %s", new, at, ids[0])
    how = random.choice(("unsealed", "sealed by the next run", "sealed by hand"))
    if how == "sealed by the next run":
        seal(NOW + timedelta(days=1))
    if how == "sealed by hand":
        _forge(new, random.randrange(2, LINES + 1))


def _forge(entry: int, place: int) -> None:
    for later in range(LINES, place - 1, -1):
        sql("UPDATE SEALS SET position = %s WHERE position = %s", later + 1, later)
    before = HistorySeal.objects.get(position=place - 1)
    line = HistoryEntry.objects.filter(pk=entry).values().get()
    forged = digest(place, before.hash, before.sealed_at, line, form=FORM)
    HistorySeal.objects.create(position=place, entry_id=entry, form=FORM, sealed_at=before.sealed_at, hash=forged)


def swap(ids: list[int], random: Random) -> None:
    """Two lines, the lines of two seals, or the places of two seals."""
    one, other = random.sample(range(LINES), 2)
    column, table, values = random.choice(
        [
            ("id", "LINES", (ids[one], ids[other])),
            ("entry_id", "SEALS", (ids[one], ids[other])),
            ("position", "SEALS", (one + 1, other + 1)),
        ]
    )
    aside = 10**9
    for old, new in ((values[0], aside), (values[1], values[0]), (aside, values[1])):
        sql(f"UPDATE {table} SET {column} = %s WHERE {column} = %s", new, old)


def cut(ids: list[int], random: Random) -> None:
    """The last lines with their seals, or the seals alone to be made anew."""
    kept = random.randrange(LINES)
    sql("DELETE FROM SEALS WHERE position > %s", kept)
    if random.random() < 0.5:
        sql("DELETE FROM LINES WHERE id > %s", ids[kept - 1] if kept else 0)
    else:
        seal(NOW + timedelta(days=1))


def rewrite(ids: list[int], random: Random) -> None:
    """A line is changed and its seal made anew, perhaps with all that follow; but the last was seen by others."""
    place = random.randrange(1, LINES)
    sql("UPDATE LINES SET note = 'khác' WHERE id = %s", ids[place - 1])
    last = random.choice((place, LINES))
    for one in HistorySeal.objects.filter(position__range=(place, last)).order_by("position"):
        before = HistorySeal.objects.filter(position=one.position - 1).values_list("hash", flat=True).first() or ""
        line = HistoryEntry.objects.filter(pk=one.entry_id).values().get()
        sql("UPDATE SEALS SET hash = %s WHERE position = %s", _hash(one, before, line), one.position)


def _hash(one: HistorySeal, before: str, line: Any) -> str:
    return digest(one.position, before, one.sealed_at, line, form=FORM)


HANDS: tuple[Callable[[list[int], Random], None], ...] = (edit, delete, insert, swap, cut, rewrite)
