"""The Office sees how every message stands, what did not arrive first, and who cannot be written to at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.models import Agency, User
from directives import notices
from directives.models import Notice, NoticeKind, NoticeState
from directives.notices import NewNotice
from tests.factories import AssignmentFactory, UserFactory

URL = "/thu-bao/"
OpenAs = Callable[[User], Client]


@pytest.fixture
def put(stp: Agency, now: datetime) -> Callable[..., Notice]:
    """A message about one assignment of Sở Tư pháp in some state."""
    duty = AssignmentFactory.create(agency=stp, overdue=True)

    def make(person: User, state: NoticeState = NoticeState.PENDING, problem: str = "", key: str = "") -> Notice:
        notices.queue([NewNotice(person, NoticeKind.RETURNED, key, ((duty.pk, ""),))], now=now)
        found = Notice.objects.filter(recipient=person, key=key)
        found.update(
            state=state,
            problem=problem,
            sent_at=now if state == NoticeState.SENT else None,
            lease_until=now if state == NoticeState.SENDING else None,
        )
        return found.get()

    return make


def test_a_message_is_shown_with_recipient_state_and_reason(
    client_of: OpenAs, dung: User, an: User, put: Callable[..., Notice]
) -> None:
    put(an, NoticeState.BOUNCED, "550 No such user")
    text = client_of(dung).get(URL).text
    for words in ("Nông Văn An", "an@langson.example", "Không gửi được", "550 No such user", "Trả lại để bổ sung"):
        assert words in text
    assert "1 nhiệm vụ" in text


def test_the_tabs_count_and_lead_to_their_states(
    client_of: OpenAs, dung: User, an: User, put: Callable[..., Notice]
) -> None:
    for number, state in enumerate(NoticeState):
        put(an, state, key=str(number))
    first = client_of(dung).get(URL)
    assert [(tab.text, tab.count) for tab in first.context["tabs"]] == [
        ("Cần xử lý", 2),
        ("Tất cả", 8),
        ("Chờ gửi", 1),
        ("Đang gửi", 2),
        ("Đã gửi", 1),
        ("Không gửi", 2),
    ]
    for tab in first.context["tabs"]:
        assert client_of(dung).get(tab.url).context["page_obj"].paginator.count == tab.count


def test_words_find_people_addresses_and_agencies_without_diacritics(
    client_of: OpenAs, dung: User, an: User, chi: User, put: Callable[..., Notice]
) -> None:
    put(an)
    put(chi)
    for words, found in {"so tu phap": [an], "chi@": [chi], "Lý Thị": [chi], "vang mat": []}.items():
        rows = client_of(dung).get(URL, {"q": words}).context["page_obj"]
        assert [row.recipient for row in rows] == found, words


def test_a_kind_can_be_chosen_and_nonsense_is_ignored(
    client_of: OpenAs, dung: User, an: User, put: Callable[..., Notice]
) -> None:
    put(an)
    assert client_of(dung).get(URL, {"loai": "nhac-han"}).context["page_obj"].paginator.count == 0
    assert client_of(dung).get(URL, {"loai": "xyz", "tt": "xyz", "trang": "x"}).context["page_obj"].paginator.count == 1


def test_only_what_did_not_simply_arrive_has_buttons(
    client_of: OpenAs, dung: User, an: User, put: Callable[..., Notice]
) -> None:
    buttons = {}
    for number, state in enumerate(NoticeState):
        put(an, state, key=str(number))
        text = client_of(dung).get(URL, {"tt": ""}).text
        buttons[state] = (text.count("gui-lai/"), text.count("da-den/"))
        Notice.objects.filter(key=str(number)).update(state=NoticeState.PENDING, lease_until=None)
    assert buttons.pop(NoticeState.UNCERTAIN) == (1, 1)
    assert buttons.pop(NoticeState.BOUNCED) == (1, 0)
    assert set(buttons.values()) == {(0, 0)}


def test_agencies_with_work_and_nobody_to_write_to_are_named(
    client_of: OpenAs, dung: User, stp: Agency, stttt: Agency, an: User
) -> None:
    AssignmentFactory.create(agency=stp)
    AssignmentFactory.create(agency=stttt)
    UserFactory.create(agency=stttt, email="")
    text = client_of(dung).get(URL).text
    assert "1 cơ quan đang có nhiệm vụ nhưng không có ai nhận được thư" in text
    assert "Sở Thông tin và Truyền thông" in text
    assert "Sở Tư pháp" not in text


def test_an_empty_outbox_says_so(client_of: OpenAs, dung: User) -> None:
    assert "Chưa có thư nào." in client_of(dung).get(URL).text
    assert "Không có thư nào cần xử lý." in client_of(dung).get(URL, {"tt": "can-xu-ly"}).text


def test_the_page_takes_as_many_queries_for_many_messages(
    client_of: OpenAs, dung: User, an: User, put: Callable[..., Notice]
) -> None:
    browser = client_of(dung)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser.get(URL)
        return len(captured)

    put(an, key="0")
    few = queries()
    for number in range(1, 15):
        put(an, key=str(number))
    assert queries() == few <= 9
