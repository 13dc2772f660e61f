"""The calendar feed: right by RFC 5545, one's own deadlines only, closed once its address is taken back."""

from __future__ import annotations

import re
from datetime import UTC, date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.models import User
from directives import icalendar
from directives.actions.feeds import renew_feed, revoke_feed
from directives.models import Assignment
from tests.factories import NOW, TODAY, AssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def fetch(client, feed, query=""):
    return client.get(f"/lich/{feed.token}.ics{query}")


def unfolded(content):
    """The content lines of a calendar, with the checks every line has to pass."""
    assert content.endswith(b"\r\n")
    raw = content.removesuffix(b"\r\n").split(b"\r\n")
    assert b"\n" not in b"".join(raw)
    assert b"\r" not in b"".join(raw)
    assert all(0 < len(line) <= 75 for line in raw)
    assert all(line.decode() for line in raw)  # no letter is cut in two
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def events_of(content):
    """Each event as {name with parameters: value}."""
    lines = unfolded(content)
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    assert any(line.startswith("PRODID:") for line in lines)
    found: list[dict[str, str]] = []
    inside = False
    for line in lines:
        if line in ("BEGIN:VEVENT", "END:VEVENT"):
            inside = line == "BEGIN:VEVENT"
            found += [{}] if inside else []
        elif inside:
            name, _, value = line.partition(":")
            assert name not in found[-1]
            found[-1][name] = value
    return found


@pytest.fixture
def duty(stp):
    return AssignmentFactory.create(agency=stp, due_soon=True, in_progress=True)


def test_an_event_is_the_whole_due_day(client, an, duty):
    response = fetch(client, renew_feed(by=an, now=NOW))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = events_of(response.content)
    assert event["UID"] == f"assignment-{duty.pk}@127.0.0.1"
    assert event["DTSTAMP"] == f"{NOW.astimezone(UTC):%Y%m%dT%H%M%SZ}" == "20230220T010000Z"
    assert (event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]) == ("20230223", "20230224")
    title = "Theo dõi\\, đôn đốc triển khai Kế hoạch số 91/KH-UBND"
    assert event["SUMMARY"] == f"Hạn: {duty.directive.label} {title}"
    assert event["DESCRIPTION"].startswith("Sở Tư pháp\\nCông văn ")
    assert event["URL"] == f"http://127.0.0.1:8000/viec/{duty.pk}/"


def test_a_moved_deadline_is_the_same_event_with_a_higher_revision(client, an, duty):
    feed = renew_feed(by=an, now=NOW)
    [before] = events_of(fetch(client, feed).content)
    Assignment.objects.update(due_on=TODAY + timedelta(days=9), version=7)
    [after] = events_of(fetch(client, feed).content)
    assert (after["UID"], after["SEQUENCE"]) == (before["UID"], "7")
    assert after["DTSTART;VALUE=DATE"] == "20230301"


def test_only_what_the_agency_still_has_to_do_is_there(client, an, stp, stttt, duty):
    AssignmentFactory.create(agency=stttt, due_soon=True)
    for trait in ("done", "submitted", "withdrawn", "undated"):
        AssignmentFactory.create(agency=stp, **{trait: True})
    assert len(events_of(fetch(client, renew_feed(by=an, now=NOW)).content)) == 1


def test_the_office_sees_all_or_what_it_asks_for(client, dung, stttt, duty):
    other = AssignmentFactory.create(agency=stttt, due_soon=True)
    feed = renew_feed(by=dung, now=NOW)
    assert len(events_of(fetch(client, feed).content)) == 2
    [event] = events_of(fetch(client, feed, "?cq=STTTT").content)
    assert event["SUMMARY"].endswith(" – Sở Thông tin và Truyền thông")
    assert len(events_of(fetch(client, feed, f"?vb={other.directive.letter_id}").content)) == 1


def test_a_calendar_without_events_is_a_calendar(client, an):
    assert events_of(fetch(client, renew_feed(by=an, now=NOW)).content) == []


@pytest.mark.parametrize("token", ["", "x", "1", "1-", "1-" + "0" * 64, "9" * 16 + "-" + "0" * 64, "١-" + "0" * 64])
def test_an_unknown_token_is_404(client, an, token):
    renew_feed(by=an, now=NOW)
    assert client.get(f"/lich/{token}.ics").status_code == 404


def test_a_revoked_and_a_replaced_address_open_nothing(client, an, duty):
    first = renew_feed(by=an, now=NOW)
    second = renew_feed(by=an, now=NOW)
    assert (fetch(client, first).status_code, fetch(client, second).status_code) == (404, 200)
    revoke_feed(by=an, now=NOW)
    assert fetch(client, second).status_code == 404


def test_whoever_left_has_no_feed_any_more(client, an, duty):
    feed = renew_feed(by=an, now=NOW)
    User.objects.filter(pk=an.pk).update(is_active=False)
    assert fetch(client, feed).status_code == 404


def test_another_key_makes_other_tokens(settings, an):
    feed = renew_feed(by=an, now=NOW)
    before = feed.token
    settings.SECRET_KEY = "another key " * 6
    assert feed.token != before


@given(st.text(), st.text(max_size=300))
def test_any_text_makes_lines_that_give_it_back(title, words):
    """Read back by hand: unfold, then take the backslashes away."""
    event = icalendar.Event("a@b", date(2023, 2, 20), title, words, "http://127.0.0.1/", 1)
    [read] = events_of(icalendar.calendar("Lịch", [event], now=NOW))

    def plain(text):
        return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)

    def kept(text):
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        return "".join(char for char in lines if char >= " " or char in "\n\t")

    assert (plain(read["SUMMARY"]), plain(read["DESCRIPTION"])) == (kept(title), kept(words))
