"""Punctuality by the due day that was granted and by the one first set (DOMAIN §3): wherever it is shown, and right."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest

from directives.models import Assignment
from reports.content import narrative
from reports.content.letterhead import OFFICE
from reports.queries import MoreTime, Share, count, more_time
from reports.snapshots import Asked, Snapshot, Window, take
from tests.factories import NOW, TODAY, AssignmentFactory, ExtensionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

FIRST = TODAY - timedelta(days=20)
YEAR = Window(date(2023, 1, 1), date(2023, 12, 31), TODAY)
# Fallen due: by the days granted two done in them, one in the first, one late, one overdue; by the first days one more.
EXPECTED = MoreTime(extended=3, often=1, granted=Share(3, 5), original=Share(1, 6))


def extended(times: int = 1, **traits) -> Assignment:
    """First due twenty days ago; the last extension moved that to where `traits` have it."""
    row = AssignmentFactory.create(original_due_on=FIRST, **traits)
    for n in range(times):
        before = FIRST + timedelta(days=n)
        day = row.due_on if n == times - 1 else before + timedelta(days=1)
        ExtensionFactory.create(assignment=row, granted=True, due_before=before, granted_on=day)
    return row


@pytest.fixture
def work():
    """Done in the time granted, twice; still open in the time granted; in time as first set; late; overdue."""
    extended(done=True, due_on=TODAY - timedelta(days=2))
    extended(3, done=True, due_on=TODAY)
    extended(due_on=TODAY + timedelta(days=5))
    AssignmentFactory.create(done=True)
    AssignmentFactory.create(done_late=True)
    AssignmentFactory.create(overdue=True)
    AssignmentFactory.create(undated=True)


def words_of(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", response.text)))


def test_both_are_counted_of_what_had_fallen_due_by_each(work):
    rows = Assignment.objects.all()
    assert more_time(rows, TODAY, count(rows, TODAY)) == EXPECTED


def test_a_report_counts_the_same_keeps_it_and_says_it(work):
    taken = take(Asked(YEAR), now=NOW)
    assert taken.more_time == EXPECTED
    assert Snapshot.from_data(taken.as_data()) == taken
    [said] = [
        one for part in narrative.write(taken, OFFICE).chapters[0].parts for one in part.paragraphs if "gia hạn" in one
    ]
    assert said == (
        "- Đã gia hạn 03 nhiệm vụ, trong đó 01 nhiệm vụ từ 03 lần trở lên. Tỷ lệ hoàn thành trong hạn trên số nhiệm vụ "
        "đến hạn: theo thời hạn đã gia hạn 60,0% (3/5); theo thời hạn ban đầu 16,7% (1/6)."
    )


def test_of_a_day_before_it_was_granted_nothing_is_told(work):
    before = TODAY - timedelta(days=1)
    assert take(Asked(Window(YEAR.first, before, before)), now=NOW).more_time is None


def test_without_extensions_nothing_is_said(client_of, giang, stp):
    AssignmentFactory.create(agency=stp, overdue=True)
    for page in ("/lanh-dao/", "/tong-quan/"):
        assert "hạn ban đầu" not in client_of(giang).get(page).text


@pytest.mark.parametrize(
    ("person", "page"), [("giang", "/lanh-dao/"), ("giang", "/tong-quan/"), ("dung", "/tong-quan/")]
)
def test_leaders_and_officers_see_both_and_the_lists_behind_them(person, page, request, client_of, work):
    browser = client_of(request.getfixturevalue(person))
    answer = browser.get(page)
    said = words_of(answer)
    assert "Theo hạn ban đầu (không tính gia hạn): đúng hạn 16,7 % (1/6); theo hạn đã gia hạn: 60,0 % (3/5)." in said
    assert "3 nhiệm vụ đã gia hạn, 1 nhiệm vụ từ 3 lần." in said
    for gh, number in (("1", 3), ("3", 1)):
        assert f'href="/nhiem-vu/?gh={gh}"' in answer.text
        assert browser.get(f"/nhiem-vu/?gh={gh}").context["page_obj"].paginator.count == number


def test_the_list_of_extensions_and_the_task_say_how_far_past_the_first_day_it_is(client_of, dung, work):
    said = words_of(client_of(dung).get("/gia-han/?tt=da-quyet-dinh"))
    assert "3 nhiệm vụ đã gia hạn, 1 nhiệm vụ từ 3 lần" in said
    assert f"hạn ban đầu {FIRST:%d/%m/%Y}, xong sau hạn đó 15 ngày" in said
    assert f"hạn ban đầu {FIRST:%d/%m/%Y}, đã qua 20 ngày" in said
    row = extended(done=True, due_on=TODAY, stopped_on=FIRST)
    assert f"hạn ban đầu {FIRST:%d/%m/%Y}, vẫn đúng hạn" in words_of(client_of(dung).get(f"/viec/{row.pk}/"))
